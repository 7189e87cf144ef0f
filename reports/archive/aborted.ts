/** The record of a run that was interrupted, from what its journal holds: what was done is kept, and the run never passes. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { CaseResult } from '../judge/result.ts';
import { unjudged } from '../judge/run.ts';
import { type AttemptFacts, makeRecord, type RunFacts, type RunRecord } from '../record.ts';
import type { FactsAtBegin, JournalEvent } from './journal.ts';
import { CUT_LINES } from './run-folder.ts';

type Attempt = Extract<JournalEvent, { kind: 'attempt' }>;

const factsOf = ({ result, trace, prediction }: Attempt): AttemptFacts => ({
  result: result as CaseResult,
  trace: trace as AttemptFacts['trace'],
  prediction: prediction as AttemptFacts['prediction'],
});

const NOT_RUN = 'Not run: the run was interrupted before.';
const CUT = 'The run was interrupted while this case went on.';
const cutText = (lines: number): string =>
  lines === 0 ? CUT : `${CUT} The ${lines} lines that had gone over the wire by then are in ${CUT_LINES}.`;

/** Lines of an attempt that never came to its end. */
const cutLines = (index: number, events: readonly JournalEvent[]): readonly unknown[] => {
  const over = events.findLastIndex((one) => one.kind === 'attempt' && one.index === index);
  return events.slice(over + 1).flatMap((one) => (one.kind === 'lines' && one.index === index ? one.lines : []));
};

const caseOf = (testCase: Case, index: number, events: readonly JournalEvent[], mode: RunFacts['mode']): RunFacts['cases'][number] => {
  const attempts = events.filter((one): one is Attempt => one.kind === 'attempt' && one.index === index);
  const begun = events.filter((one) => one.kind === 'case' && one.index === index).length;
  const last = attempts.at(-1)?.testCase as Case | undefined;
  const cut =
    begun > attempts.length
      ? [unjudged(testCase, 'broken', 'rig', cutText(cutLines(index, events).length), mode)]
      : attempts.length === 0
        ? [unjudged(testCase, 'notRun', null, NOT_RUN, mode)]
        : [];
  return {
    testCase: last ?? testCase,
    attempts: [...attempts.map(factsOf), ...cut.map((result) => ({ result, trace: null, prediction: null }))],
  };
};

/** What is left of the lines on the wire: each attempt's text begins with the same first line. */
const transcriptOf = (events: readonly JournalEvent[]): string | null => {
  const texts = events.flatMap((one) => (one.kind === 'attempt' && one.transcript !== null ? [one.transcript] : []));
  if (texts.length === 0) return null;
  return texts.map((text, index) => (index === 0 ? text : text.slice(text.indexOf('\n') + 1))).join('');
};

export interface AbortedRun {
  readonly record: RunRecord;
  readonly transcript: string | null;
  /** What went over the wire in the attempt that was cut short, one JSON value a line; null where nothing is known of it. */
  readonly cutLines: string | null;
}

/** `hashOf`: how a transcript is hashed for a record. Null where the journal does not even hold its beginning: nothing had happened yet. */
export const abortedRun = (events: readonly JournalEvent[], hashOf: (text: string) => string): AbortedRun | null => {
  const [begin] = events;
  if (begin?.kind !== 'begin') return null;
  const facts = begin.facts as FactsAtBegin;
  const cases = begin.cases.map((testCase, index) => caseOf(testCase as Case, index, events, facts.mode));
  const done = cases.filter(({ attempts }) =>
    attempts.some(({ result }) => result.verdict !== 'notRun' && !result.reason.startsWith(CUT)),
  ).length;
  const text = `The run was interrupted (power, or the process was ended) after ${done} of ${cases.length} case${cases.length === 1 ? '' : 's'}; this record was made from its journal.`;
  const virtual_s = cases.flatMap(({ attempts }) => attempts).reduce((sum, { result }) => sum + result.duration_us, 0) / 1e6;
  const transcript = transcriptOf(events);
  const [bench] = cases.flatMap(({ attempts }) => attempts.flatMap(({ trace }) => (trace === null ? [] : [trace.bench])));
  const record = makeRecord({
    ...facts,
    ended: 'aborted',
    // Known only once the fixture has answered.
    bench: { ...facts.bench, board: bench?.board ?? facts.bench.board },
    hashes: { ...facts.hashes, transcript: transcript === null ? null : hashOf(transcript) },
    speed: { virtual_s, wall_s: 0 },
    benchFaults: [{ code: 'aborted', blame: 'rig', text }],
    cases,
  });
  const lines = begin.cases.flatMap((_, index) => cutLines(index, events));
  return { record, transcript, cutLines: lines.length === 0 ? null : lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
};
