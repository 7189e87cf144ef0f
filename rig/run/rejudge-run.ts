/** Stored traces judged anew: by today's model and judge, and against the limits that scenarios ask for today. */

import { predict } from '../../firmware-ref/predict.ts';
import type { Basis } from '../../firmware-ref/profile.ts';
import type { AttemptFacts, RecordedCase, RunRecord } from '../../reports/record.ts';
import { canonicalJson } from '../../reports/shape/plain.ts';
import type { RejudgeDocument } from '../../reports/shape/archive.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { judgeTrace } from './case-run.ts';
import { storedBasis } from './replay-run.ts';
import { caseAsRun } from './stored-case.ts';
import type { KeptTranscript } from './transcript-file.ts';

export type RejudgedCase = RejudgeDocument['cases'][number];

const limitsText = ({ low, high }: { readonly low: number | null; readonly high: number | null }): string =>
  `${low ?? 'none'} to ${high ?? 'none'}`;

/** Demands of a case that are others in today's scenario, in words. */
const changes = (then: Case, now: Case): readonly string[] => {
  const found: string[] = [];
  for (const one of now.measurements) {
    const before = then.measurements.find(({ id }) => id === one.id);
    if (before !== undefined && limitsText(before) !== limitsText(one))
      found.push(`${one.name}: ${limitsText(before)} ${one.unit} then, ${limitsText(one)} ${one.unit} now`);
  }
  for (const one of now.expectations) {
    const before = then.expectations.find(({ id }) => id === one.id);
    if (before !== undefined && before.text !== one.text) found.push(`${one.id}: "${before.text}" then, "${one.text}" now`);
  }
  return found;
};

/** What only looks, the bypass of the shunt included that is opened and closed for it: a bench plans such entries anew for each run. */
const isLook = ({ do: act }: TimelineEntry): boolean =>
  act.kind === 'probe' || act.kind === 'sample' || (act.kind === 'set' && act.changes.length === 0);

/** What the unit was put through. */
const stimuliOf = ({ timeline }: Case): string =>
  canonicalJson(timeline.entries.filter((entry) => !isLook(entry)).map(({ when, do: act }) => ({ when, act })));

/**
 * The case as it was run, with today's demands. Only where what is asked of the unit is the same: a trace says nothing about stimuli that it never saw. Throws
 * RangeError, which says what differs.
 */
export const withDemandsOf = (then: Case, now: Case): Case => {
  if (stimuliOf(then) !== stimuliOf(now)) throw new RangeError('its steps are others than those that were run');
  const sampled = new Set(then.timeline.entries.map(({ id }) => id));
  const unseen = now.measurements.find(({ entry }) => !sampled.has(entry));
  if (unseen !== undefined) throw new RangeError(`it measures ${unseen.name} where nothing was measured`);
  return {
    ...then,
    title: now.title,
    covers: now.covers,
    expectations: now.expectations,
    measurements: now.measurements,
    planned: now.planned,
  };
};

export interface Rejudged {
  readonly testCase: Case;
  readonly attempts: readonly AttemptFacts[];
  readonly told: RejudgedCase;
}

/** By what is judged today. */
export interface Today {
  /** Cases by id; one that is not among them keeps its demands. */
  readonly cases: ReadonlyMap<string, Case>;
  /** Absent: what each attempt was judged by, the reference or the profile of that day. */
  readonly basis?: Basis | undefined;
}

const rejudgeCase = (
  { case: recorded, attempts }: RecordedCase,
  kept: readonly KeptTranscript[],
  { cases, basis: given }: Today,
): Rejudged => {
  const now = cases.get(recorded.id);
  const asRun = caseAsRun(recorded, kept.find(({ testCase }) => testCase.id === recorded.id)?.testCase);
  const testCase = now === undefined ? asRun : withDemandsOf(asRun, now);
  const judged = attempts.map(({ result, trace, prediction }): AttemptFacts => {
    if (trace === null) return { result, trace, prediction: prediction as AttemptFacts['prediction'] };
    const stored = trace as unknown as Trace;
    const basis = given ?? storedBasis(prediction);
    return { trace: stored, ...judgeTrace(testCase, stored, predict(testCase, basis.parameters), basis) };
  });
  const last = judged.at(-1)!;
  return {
    testCase,
    attempts: judged,
    told: {
      id: recorded.id,
      stored: attempts.at(-1)!.result.verdict,
      now: last.result.verdict,
      judged: last.trace !== null,
      changed: now === undefined ? [] : [...changes(asRun, now)],
      reason: last.result.reason,
    },
  };
};

/** Throws RangeError with the case's name in it. */
export const rejudgeRun = (record: RunRecord, kept: readonly KeptTranscript[], today: Today): readonly Rejudged[] =>
  record.cases.map((one) => {
    try {
      return rejudgeCase(one, kept, today);
    } catch (cause) {
      if (cause instanceof RangeError) throw new RangeError(`${one.case.id}: ${cause.message}`, { cause });
      throw cause;
    }
  });
