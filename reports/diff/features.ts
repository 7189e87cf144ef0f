/** What of a run is compared with another: verdicts, what was different, the order of states, how long each edge took after what set it off, and what was measured. */

import type { Difference } from '../judge/result.ts';
import { happened, signalName } from '../judge/wording.ts';
import { finalAttempts, type RecordedAttempt, type RunRecord } from '../record.ts';
import type { Blame, CaseVerdict } from '../../scenarios/contracts/blame.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;
type Edge = Trace['edges'][number];

/** A number of one run, and how surely it is known. */
export interface Reading {
  readonly value: number;
  /** Worst case, one side. */
  readonly uncertainty: number;
}

export interface Quantity extends Reading {
  readonly unit: 'mV' | 'uA';
  readonly low: number | null;
  readonly high: number | null;
  readonly outcome: 'pass' | 'marginal' | 'fail' | 'notMeasured';
}

export interface CaseFeatures {
  readonly verdict: CaseVerdict;
  readonly blame: Blame | null;
  readonly reason: string;
  readonly scenarioHash: string;
  /** What the unit did otherwise, by kind, signal and requirement, without what only follows. */
  readonly differences: ReadonlyMap<string, string>;
  /** By signal: its levels in their order, the first before the case. */
  readonly states: ReadonlyMap<string, readonly string[]>;
  /** In us, by words for the edge and what it is counted from. */
  readonly timings: ReadonlyMap<string, Reading>;
  readonly quantities: ReadonlyMap<string, Quantity>;
}

export interface RunFeatures {
  readonly run: string;
  readonly simulated: boolean | null;
  /** Tells whether two runs were of one unit: its serial number, or the seed that drew it. */
  readonly unit: string | null;
  readonly unitImage: string | null;
  readonly model: string;
  readonly cases: ReadonlyMap<string, CaseFeatures>;
}

interface Cause {
  readonly text: string;
  readonly at_us: number;
  readonly uncertainty_us: number;
  readonly isEdge: boolean;
}

const ORDINALS = ['', '2nd ', '3rd '];
const ordinal = (index: number): string => ORDINALS[index] ?? `${index + 1}th `;

/** Names each edge by signal, level and how often that has come: the same edge of two runs has the same name. */
function namesOf(trace: Trace): ReadonlyMap<Edge, string> {
  const counts = new Map<string, number>();
  return new Map(
    trace.edges.map((edge) => {
      const key = `${edge.signal} ${edge.level}`;
      const index = counts.get(key) ?? 0;
      counts.set(key, index + 1);
      return [edge, `${ordinal(index)}${signalName(edge.signal)} ${happened(edge.level)}`];
    }),
  );
}

/** What may have set an edge off, as the reference names it. */
function causesOf(edge: Edge, attempt: RecordedAttempt, trace: Trace, names: ReadonlyMap<Edge, string>): readonly Cause[] {
  const predicted = attempt.prediction?.edges.find(({ observed }) => observed === edge.seq && observed !== null);
  return (predicted?.causes ?? []).flatMap(({ ref }): readonly Cause[] => {
    if (ref.kind === 'entry') {
      const done = trace.stimuli.find(({ entry }) => entry === ref.entry);
      return done?.done_us == null
        ? []
        : [{ text: ref.entry, at_us: done.done_us, uncertainty_us: done.uncertainty_us ?? 0, isEdge: false }];
    }
    const other = ref.kind === 'observed' ? trace.edges.find(({ seq }) => seq === ref.seq) : undefined;
    return other?.at_us == null
      ? []
      : [{ text: names.get(other)!, at_us: other.at_us, uncertainty_us: other.uncertainty_us ?? 0, isEdge: true }];
  });
}

const POWER: Cause = { text: 'power', at_us: 0, uncertainty_us: 0, isEdge: false };

/** What an edge is counted from: what came last before it, and the edge that it waited for longest. */
function countedFrom(at_us: number, causes: readonly Cause[]): ReadonlySet<Cause> {
  const ordered = causes.toSorted((a, b) => a.at_us - b.at_us);
  const last = ordered.findLast((cause) => cause.at_us <= at_us) ?? ordered[0] ?? POWER;
  const awaited = ordered.find(({ isEdge }) => isEdge);
  return new Set([last, ...(awaited === undefined ? [] : [awaited])]);
}

function timingsOf(attempt: RecordedAttempt): ReadonlyMap<string, Reading> {
  const { trace } = attempt;
  if (trace === null) return new Map();
  const names = namesOf(trace);
  const bound_ppm = trace.clock.bound_ppm ?? 0;
  return new Map(
    trace.edges.flatMap((edge) => {
      const { at_us, uncertainty_us } = edge;
      if (at_us === null || uncertainty_us === null) return [];
      return [...countedFrom(at_us, causesOf(edge, attempt, trace, names))].map((cause) => {
        const value = at_us - cause.at_us;
        const uncertainty = uncertainty_us + cause.uncertainty_us + (Math.abs(value) * bound_ppm) / 1e6;
        return [`${names.get(edge)} after ${cause.text}`, { value, uncertainty }] as const;
      });
    }),
  );
}

const statesOf = (trace: Trace): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(trace.initial).map(([signal, first]) => [
      signal,
      [first, ...trace.edges.filter((edge) => edge.signal === signal).map(({ level }) => level)],
    ]),
  );

const differenceKey = ({ kind, signal, requirement, rule }: Difference): string =>
  [kind, signalName(signal), requirement ?? rule].filter((part) => part !== null).join(' ');

function caseFeatures(attempt: RecordedAttempt, scenarioHash: string): CaseFeatures {
  const { result, trace } = attempt;
  const own = result.differences.filter(({ consequence, blame }) => !consequence && blame === 'unit');
  return {
    verdict: result.verdict,
    blame: result.blame,
    reason: result.reason,
    scenarioHash,
    differences: new Map(own.map((one) => [differenceKey(one), one.text])),
    states: trace === null ? new Map() : statesOf(trace),
    timings: timingsOf(attempt),
    quantities: new Map(
      result.measurements.flatMap(({ name, value, uncertainty, unit, low, high, outcome }) =>
        value === null || uncertainty === null ? [] : [[name, { value, uncertainty, unit, low, high, outcome }] as const],
      ),
    ),
  };
}

export function runFeatures(record: RunRecord): RunFeatures {
  const { identity, bench, seed, hashes, runId } = record;
  const unit = identity.serial !== null ? `serial ${identity.serial}` : bench.simulated === true && seed !== null ? `seed ${seed}` : null;
  return {
    run: runId,
    simulated: bench.simulated,
    unit,
    unitImage: hashes.unitImage,
    model: hashes.model,
    cases: new Map(finalAttempts(record).map(({ recorded, last }) => [recorded.case.id, caseFeatures(last, recorded.case.scenarioHash)])),
  };
}
