/** A stored run made again from its transcript alone: the trace has to be the stored one, and the verdict too. */

import { canonicalJson, hashOf, plain } from '../../reports/shape/plain.ts';
import type { RunRecord } from '../../reports/record.ts';
import type { ReplayDocument } from '../../reports/shape/replay.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { Parameters } from '../../firmware-ref/parameters.ts';
import { type Basis, REFERENCE } from '../../firmware-ref/profile.ts';
import { predict } from '../../firmware-ref/predict.ts';
import { replayTrace } from '../bench/case-transcript.ts';
import { judgeTrace } from './case-run.ts';
import { caseAsRun } from './stored-case.ts';
import type { KeptTranscript } from './transcript-file.ts';

/** How one attempt came out. */
export type ReplayedCase = ReplayDocument['cases'][number];

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

const isContainer = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** The first place at which two values differ; null where they are the same. */
const firstDifference = (stored: unknown, again: unknown, path = ''): string | null => {
  if (canonicalJson(stored) === canonicalJson(again)) return null;
  if (isContainer(stored) && isContainer(again) && Array.isArray(stored) === Array.isArray(again)) {
    for (const key of new Set([...Object.keys(stored), ...Object.keys(again)])) {
      const inside = Array.isArray(stored) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      const found = firstDifference(stored[key], again[key], inside);
      if (found !== null) return found;
    }
  }
  return `${path}: stored ${shown(stored)}, from the transcript ${shown(again)}`;
};

/** What the unit was judged by: a profile leaves its limits in the record. */
export const storedBasis = (prediction: RunRecord['cases'][number]['attempts'][number]['prediction']): Basis =>
  prediction?.profile === undefined
    ? REFERENCE
    : { parameters: prediction.parameters as unknown as Parameters, profile: prediction.profile };

/** Every attempt of every case, in the order of the record. */
export const replayRun = (record: RunRecord, kept: readonly KeptTranscript[]): readonly ReplayedCase[] =>
  record.cases.flatMap(({ case: recorded, attempts }) =>
    attempts.map(({ attempt, trace, traceHash, result, prediction }): ReplayedCase => {
      const { id } = recorded;
      const found = kept.find((one) => one.testCase.id === id && one.attempt === attempt);
      const nothing = { id, attempt, stored: result.verdict, now: null, lines: found?.transcript.lines.length ?? 0 };
      if (trace === null) return { ...nothing, trace: 'none', difference: null };
      if (found === undefined) return { ...nothing, trace: 'differs', difference: 'the transcript holds nothing of this case' };
      const { transcript } = found;
      const testCase = caseAsRun(recorded, found.testCase);
      // No number of a trace is open, so that its JSON is the trace itself.
      const again = replayTrace(testCase, trace as unknown as Trace, transcript);
      const basis = storedBasis(prediction);
      const judged = judgeTrace(testCase, again, predict(testCase, basis.parameters), basis).result;
      const difference =
        hashOf(again) === traceHash
          ? null
          : (firstDifference(trace, plain(again)) ?? 'the stored trace is not the one that its hash was made of');
      return {
        ...nothing,
        trace: difference === null ? 'equal' : 'differs',
        now: judged.verdict,
        difference: difference ?? firstDifference(result, plain(judged), 'result'),
      };
    }),
  );
