/** What the parts of the judge hand back, and how it adds up. */

import { bySignal } from '../../scenarios/by-signal.ts';
import type { Blame } from '../../scenarios/contracts/blame.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import type { Level, SenseLevel, SenseSignal } from '../../scenarios/signals.ts';
import type { Held } from './held.ts';
import type { Difference, Doubt, Fault, Glitch } from './result.ts';

export interface Findings {
  readonly differences: readonly Difference[];
  readonly notMeasured: readonly Doubt[];
  readonly marginal: readonly Doubt[];
  readonly faults: readonly Fault[];
  readonly glitches: readonly Glitch[];
}

export const NOTHING: Findings = { differences: [], notMeasured: [], marginal: [], faults: [], glitches: [] };

/** Any number of them: a trace may have a million edges, and a call no million arguments. */
export const gathered = (all: readonly Partial<Findings>[]): Findings => {
  const parts = all.filter((part) => part !== NOTHING);
  return {
    differences: parts.flatMap((part) => part.differences ?? []),
    notMeasured: parts.flatMap((part) => part.notMeasured ?? []),
    marginal: parts.flatMap((part) => part.marginal ?? []),
    faults: parts.flatMap((part) => part.faults ?? []),
    glitches: parts.flatMap((part) => part.glitches ?? []),
  };
};

export const together = (...parts: readonly Partial<Findings>[]): Findings => gathered(parts);

export const fault = (blame: Blame, text: string): Fault => ({ blame, text });
export const doubt = (check: string, signal: string | null, text: string, blame: Blame = 'rig'): Doubt => ({ check, signal, blame, text });

/** What every part of the judge looks at. */
export interface Evidence {
  readonly testCase: Case;
  /** Without what the fixture itself did to the outputs (`unitsOwn`). */
  readonly trace: Trace;
  readonly prediction: Prediction;
  /** True when a step's trigger timed out and the case ended there: what lies behind was never asked. */
  readonly cutShort: boolean;
  /** When the fixture itself held an output. */
  readonly held: readonly Held[];
}

/** Whether an observed level is one that `wanted` allows; `floating` and `low` need a probe on top. */
export const agrees = (observed: SenseLevel, wanted: Level): boolean =>
  observed === wanted || (observed === 'notHigh' && (wanted === 'floating' || wanted === 'low'));

/** Every part of the judge asks. */
export const edgesOf = bySignal<Edge>();

/** The level a signal has at an instant, by these of its edges. */
export const levelAt = (trace: Trace, edges: readonly Edge[], signal: SenseSignal, at_us: number): SenseLevel =>
  edgesOf(edges, signal).findLast((edge) => edge.at_us <= at_us)?.level ?? trace.initial[signal];

/** JSON knows no infinity: an open bound is null. */
export const bound_us = (us: number): number | null => (Number.isFinite(us) ? us : null);
