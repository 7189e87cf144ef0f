/** How a case asks a person: what is asked, and what comes of it; who is there to ask is handed in. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { Prompt, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { OperatorAnswer } from '../../scenarios/contracts/trace.ts';
import { answerFor, type AnswersFile } from '../../scenarios/language/answers.ts';

export interface Question extends Omit<Prompt, 'right' | 'image'> {
  readonly case: string;
  /** The scenario's file, which a picture lies beside. */
  readonly file: string;
  readonly within_ms: number;
}
export type Answer = Omit<OperatorAnswer, 'entry' | 'question'>;
/** Never rejects for a person's doing: no answer in time is `choice: null`. */
export type AskOperator = (question: Question, signal: AbortSignal) => Promise<Answer>;

/** Where there is neither a terminal nor a file. */
export const nobody: AskOperator = () => Promise.resolve({ choice: null, by: null, from: 'nobody' });

/** What a file says, to whatever it is asked of; as if nobody were there for what it does not say. It says the same of a good unit as of a bad one. */
export const fromFile =
  (answers: AnswersFile | null): AskOperator =>
  (question, signal) => {
    const given = answers === null ? undefined : answerFor(answers, question);
    return given === undefined
      ? nobody(question, signal)
      : Promise.resolve({ choice: given.choice, by: answers?.by ?? null, from: 'file' });
  };

type Barrier = TimelineEntry['do'] & { kind: 'barrier' };
export const barrierOf = ({ do: action }: TimelineEntry): Barrier | null => (action.kind === 'barrier' ? action : null);

/** Asks; what is right stays with the judge. An answer that was not offered counts as none. */
export const askAt = async (
  entry: TimelineEntry,
  {
    ask,
    clock,
    caseId,
    signal,
  }: { readonly ask: AskOperator; readonly clock: Clock; readonly caseId: string; readonly signal: AbortSignal },
): Promise<OperatorAnswer> => {
  const action = barrierOf(entry);
  if (action === null || entry.when.kind !== 'released') throw new Error(`${entry.id} asks nothing.`);
  const { text, picture, choices, step } = action.prompt;
  const question: Question = {
    case: caseId,
    file: entry.place.file,
    text,
    picture,
    choices,
    step,
    within_ms: entry.when.timeout_us / 1_000,
  };
  const { choice, by, from } = await clock.external(ask(question, signal));
  return { entry: entry.id, question: text, choice: choice !== null && choices.includes(choice) ? choice : null, by, from };
};
