/** What the reference allows: initial levels, edges with causes and windows, allowed levels over time, and which reading the unit showed. */

import type { Level, SenseSignal } from '../signals.ts';
import type { ProfileInForce } from './profile.ts';
import type { ScenarioTime_us } from './clocks.ts';
import type { EntryId } from './timeline.ts';

/** How sure a limit is: O official, O* official for a sibling, R reseller, C community, I inferred, M recalled. Source: firmware-ref/FACTS.md. */
export type Certainty = 'O' | 'O*' | 'R' | 'C' | 'I' | 'M';

export type CauseRef =
  | { readonly kind: 'entry'; readonly entry: EntryId }
  /** An observed edge (by `account`) or a predicted one (by `predict`). */
  | { readonly kind: 'observed'; readonly seq: number }
  | { readonly kind: 'predicted'; readonly edge: string };

export interface Cause {
  readonly ref: CauseRef;
  /** The edge comes at least / at most this long after the cause. */
  readonly min_us: number;
  readonly max_us: number;
}

export interface PredictedEdge {
  readonly id: string;
  readonly signal: SenseSignal;
  readonly level: Level;
  readonly causes: readonly Cause[];
  /** `all`: the window is bounded by every cause; `any`: by whichever applies. */
  readonly combine: 'all' | 'any';
  /** Absolute, inclusive. The latest may be Infinity for an edge that may come whenever it likes. */
  readonly window_us: readonly [ScenarioTime_us, ScenarioTime_us];
  /** False where the facts allow it not to come at all. */
  readonly required: boolean;
  /** The observed edge that `account` takes for this one; null from `predict`, or when none came. */
  readonly observed: number | null;
  /** True when the edge only follows from an earlier difference on the same signal. */
  readonly consequence: boolean;
  /** Ruling or rule of the model, e.g. `R3`, `R17`. */
  readonly rule: string;
  /** Requirement ids behind the rule, e.g. `PRE-30S`. */
  readonly requirement: string;
  /** Names of the parameters that shaped the window. */
  readonly parameters: readonly string[];
  readonly certainty: Certainty;
  /** A limit of the unit's profile shaped the window. */
  readonly learned?: true;
  /** One sentence for a person: why this edge. */
  readonly why: string;
}

/** An observed edge that no state of the reference explains. */
export interface Unexplained {
  readonly seq: number;
  readonly signal: SenseSignal;
  readonly level: Level;
  readonly at_us: ScenarioTime_us;
  readonly rule: string;
  readonly requirement: string;
  readonly certainty: Certainty;
  readonly consequence: boolean;
  readonly why: string;
}

/** Between these instants the signal may have any of these levels and no other. Spans of one signal tile the case without gaps. */
export interface AllowedSpan {
  readonly signal: SenseSignal;
  readonly from_us: ScenarioTime_us;
  readonly to_us: ScenarioTime_us;
  readonly levels: readonly Level[];
  readonly rule: string;
  readonly requirement: string;
  readonly certainty: Certainty;
}

export interface Prediction {
  readonly case: string;
  /** `planned` from `predict`, `executed` from `account`. */
  readonly basis: 'planned' | 'executed';
  /** Before power: everything floating and dark. */
  readonly initial: Readonly<Record<SenseSignal, Level>>;
  readonly edges: readonly PredictedEdge[];
  readonly allowed: readonly AllowedSpan[];
  readonly unexplained: readonly Unexplained[];
  /** Which of two allowed readings was seen, by ruling. */
  readonly readings: readonly { readonly ruling: string; readonly shown: string }[];
  /** Live states at the most, and the bound above which the account gives up (then `complete` is false and the verdict inconclusive). */
  readonly states: { readonly most: number; readonly bound: number };
  readonly complete: boolean;
  /** Resolved parameters used, with their origin, for the record. */
  readonly parameters: Readonly<
    Record<
      string,
      {
        readonly value: number | string;
        readonly unit: string;
        readonly source: string;
        readonly certainty: Certainty;
        /** From a profile. */
        readonly learned?: true;
      }
    >
  >;
  /** Absent: judged by the reference alone. */
  readonly profile?: ProfileInForce;
}
