/** What of a case its result repeats, and how an author's demand relates to the reference. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { CheckId, Expectation } from '../../scenarios/contracts/expectation.ts';

/** How an author's demand relates to what the reference allows: all behaviours keep it, some, or none. */
export type Entailment = 'entailed' | 'stricter' | 'contradicted';
export type Entailments = Readonly<Record<CheckId, Entailment>>;

export const identity = (testCase: Case) => ({
  id: testCase.id,
  title: testCase.title,
  file: testCase.place.file,
  line: testCase.place.line,
  parameters: { ...testCase.parameters },
  covers: [...testCase.covers],
});

/** Ready for a result: the frame of an expectation's outcome. */
export const expectationFrame = (one: Expectation, entailment: Entailment | undefined) => ({
  id: one.id,
  file: one.place.file,
  line: one.place.line,
  what: one.text,
  signal: one.signal,
  limitFrom: entailment === undefined ? null : entailment === 'entailed' ? ('reference' as const) : ('scenario' as const),
});
