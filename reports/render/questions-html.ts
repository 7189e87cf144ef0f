/** What a person was asked in a case, with the picture that was shown and what was answered. */

import type { RecordedAttempt, RecordedCase } from '../record.ts';
import { markup, type Markup } from './markup.ts';

type Answer = NonNullable<RecordedAttempt['trace']>['operator'][number];

const WHO = {
  terminal: 'at the terminal',
  file: 'by a file of answers',
  simulation: 'by the hands of the simulated bench',
  nobody: 'by nobody',
} as const;

const answerText = (answer: Answer | undefined): string => {
  if (answer === undefined) return 'not asked';
  if (answer.choice === null) return 'not answered';
  return `${answer.choice} (${answer.by ?? WHO[answer.from]})`;
};

export const asksIn = ({ case: { timeline } }: RecordedCase) =>
  timeline.entries.flatMap(({ id, do: action }) =>
    action.kind === 'barrier' ? [{ entry: id, prompt: action.prompt, deed: action.deed }] : [],
  );

/** Null where nothing is asked. */
export function questionsBlock(recorded: RecordedCase, { trace }: RecordedAttempt): Markup | null {
  const asks = asksIn(recorded);
  if (asks.length === 0) return null;
  return markup`<h3>Questions</h3>${asks.map(({ entry, prompt: { text, image, choices }, deed }) => {
    const answer = trace?.operator.find((one) => one.entry === entry);
    return markup`<div class="question">${image === null ? null : markup`<img src="${image}" alt="Shown with the question">`}<dl><dt>asked</dt><dd>${text}</dd><dt>choices</dt><dd>${choices.join(', ')}</dd>${deed === null ? null : markup`<dt>done by then</dt><dd>${deed.end} end of the chain ${deed.to}</dd>`}<dt>answered</dt><dd>${answerText(answer)}</dd></dl></div>`;
  })}`;
}
