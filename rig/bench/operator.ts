/** How a case asks a person: what is asked, and what comes of it; who is there to ask, and whose hands do what is asked for, is handed in. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { Deed, Prompt, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { OperatorAnswer } from '../../scenarios/contracts/trace.ts';
import { answerFor, type AnswersFile } from '../../scenarios/language/answers.ts';

export interface Question extends Omit<Prompt, 'right' | 'image'> {
  readonly case: string;
  /** The scenario's file, which a picture lies beside. */
  readonly file: string;
  readonly within_ms: number;
  /** Whether something is to be done before it is answered, or has been by the bench's own hands; null: nothing is. */
  readonly deed: 'toDo' | 'done' | null;
}
/** Do a deed at a bench that has nobody beside it: resolves, well within the time for it, once it is done and can be said to be. */
export type Hands = (deed: Deed, within_ms: number) => Promise<void>;
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

export interface Asking {
  readonly ask: AskOperator;
  /** Null: those of whoever answers at a terminal, if any. */
  readonly hands: Hands | null;
  /** A simulated bench behind a port: nobody's hands reach it. */
  readonly outOfReach: boolean;
  readonly clock: Clock;
  readonly caseId: string;
  readonly signal: AbortSignal;
}

/** Only who has hands can say that something was done: no file has, and nobody has for a bench that is not there. */
const believed = (answer: Answer, outOfReach: boolean): Answer =>
  answer.from === 'terminal' && !outOfReach ? answer : { choice: null, by: null, from: 'nobody' };

/** Asks; what is right stays with the judge. An answer that was not offered counts as none. */
export const askAt = async (entry: TimelineEntry, { ask, hands, outOfReach, clock, caseId, signal }: Asking): Promise<OperatorAnswer> => {
  const action = barrierOf(entry);
  if (action === null || entry.when.kind !== 'released') throw new Error(`${entry.id} asks nothing.`);
  const { text, picture, choices, step } = action.prompt;
  const within_ms = entry.when.timeout_us / 1_000;
  if (action.deed !== null && hands !== null) await hands(action.deed, within_ms);
  const deed = action.deed === null ? null : hands === null ? 'toDo' : 'done';
  const question: Question = { case: caseId, file: entry.place.file, text, picture, choices, step, within_ms, deed };
  const given = await clock.external(ask(question, signal));
  // What has been done is no question any more, but a file may say who signs for it.
  const own: Answer = given.from === 'file' ? given : { choice: choices[0] ?? null, by: null, from: 'simulation' };
  const { choice, by, from } = deed === null ? given : deed === 'done' ? own : believed(given, outOfReach);
  return { entry: entry.id, question: text, choice: choice !== null && choices.includes(choice) ? choice : null, by, from };
};
