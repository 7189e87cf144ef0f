/** Who answers what a scenario asks: a file of answers, a person at the terminal, or nobody. */

import { statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { visible } from '../../scenarios/contracts/issue.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Deed, Prompt } from '../../scenarios/contracts/timeline.ts';
import { answerFor, readAnswers, type AnswersFile } from '../../scenarios/language/answers.ts';
import { type Answer, type AskOperator, barrierOf, fromFile, type Question } from '../bench/operator.ts';
import { plainBytes } from '../run/plain-file.ts';
import { LARGEST_FILE_bytes } from '../run/scenario-files.ts';
import { IssuesError, UsageError } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

export const ANSWERS_OPTION = {
  answers: { type: 'string', requiresArg: true, describe: 'file with the answers to what scenarios ask, where no person is' },
} as const;

interface Asked extends Prompt {
  readonly case: string;
  readonly deed: Deed | null;
}

const promptsOf = (cases: readonly Case[]): readonly Asked[] =>
  cases.flatMap(({ id, timeline }) =>
    timeline.entries.flatMap((entry) => {
      const barrier = barrierOf(entry);
      return barrier === null ? [] : [{ ...barrier.prompt, case: id, deed: barrier.deed }];
    }),
  );

/** Anything that a person is needed for: the simulated bench has hands of its own, but no eyes. */
export const asksAnybody = (cases: readonly Case[], simulated: boolean): boolean =>
  promptsOf(cases).some(({ deed }) => deed === null || !simulated);

const load = (file: string): AnswersFile => {
  let bytes: Uint8Array;
  try {
    if (statSync(file).size > LARGEST_FILE_bytes) throw new Error('it has more than 1 MiB');
    bytes = plainBytes(file);
  } catch (cause) {
    throw new UsageError(`The answers in ${file} cannot be read: ${(cause as Error).message}.`, 'check the path after --answers');
  }
  const read = readAnswers({ file, bytes });
  if (!read.ok) throw new IssuesError(read.issues, 'answers');
  return read.answers;
};

/** An answer that nothing asks for, or that is not offered, is a mistake of whoever wrote it: told before anything runs. */
const refuseStray = ({ answers }: AnswersFile, cases: readonly Case[], hands: boolean): void => {
  const prompts = promptsOf(cases);
  for (const { case: id, step, choice, place } of answers) {
    const meant = prompts.filter((prompt) => prompt.step === step && (id === null || prompt.case === id));
    const what = id === null ? step : `${step} of ${id}`;
    if (meant.length === 0)
      throw new UsageError(`${place} answers ${what}, which nothing here asks.`, 'leave it out, or run the case that asks it');
    if (!hands && meant.some(({ deed }) => deed !== null))
      throw new UsageError(
        `${place} answers ${what}, where something is to be done to the circuit.`,
        'a file has no hands: answer it at the terminal',
      );
    const other = meant.find(({ choices }) => !choices.includes(choice));
    if (other !== undefined)
      throw new UsageError(`${place} answers ${what} with "${choice}".`, `it offers ${other.choices.map((one) => `"${one}"`).join(', ')}`);
  }
};

/** The answers of a file, held against the cases; `hands`: the bench does by itself what is to be done. Throws UsageError or IssuesError. */
export const loadAnswers = (file: string | undefined, cases: readonly Case[], hands = true): AnswersFile | null => {
  if (file === undefined) return null;
  const answers = load(file);
  refuseStray(answers, cases, hands);
  return answers;
};

const pictureOf = ({ picture, file }: Question): string =>
  picture === null ? '' : `  Picture: ${visible(path.join(path.dirname(file), picture))}\n`;

/** What is shown; the keys are the numbers of the choices. */
export const questionText = (question: Question): string => {
  const { text, choices, step, within_ms } = question;
  const list = choices.map((choice, index) => `    ${index + 1}  ${visible(choice)}\n`).join('');
  const keys = choices.length === 1 ? 'Press 1' : `Press 1 to ${choices.length}`;
  return `\n${visible(question.case)}, ${visible(step)}: ${visible(text)}\n${pictureOf(question)}${list}  ${keys} (${Math.round(within_ms / 1_000)} s): `;
};

/** One key at a time, as a terminal gives it. */
export interface Keys {
  /** Calls back with each key until the returned function is called. */
  readonly listen: (onKey: (key: string) => void) => () => void;
}

const INTERRUPT = '\u0003';

/** The process's own terminal, or null where there is none. */
export const terminalKeys = (): Keys | null => {
  const { stdin } = process;
  if (!stdin.isTTY) return null;
  return {
    listen: (onKey) => {
      const take = (data: Buffer): void => {
        // A terminal that gives keys one by one gives Ctrl-C as one of them.
        if (data.includes(INTERRUPT)) process.kill(process.pid, 'SIGINT');
        else onKey(data.toString());
      };
      stdin.setRawMode(true);
      stdin.resume();
      stdin.on('data', take);
      return () => {
        stdin.off('data', take);
        stdin.setRawMode(false);
        stdin.pause();
      };
    },
  };
};

/** A person at a terminal; by whom it is answered nobody has said. */
export const askTerminal =
  (keys: Keys, { err, clock }: Pick<Surroundings, 'err' | 'clock'>): AskOperator =>
  async (question, signal): Promise<Answer> => {
    err.write(questionText(question));
    const answered = Promise.withResolvers<string | null>();
    const stop = keys.listen((key) => {
      const choice = question.choices[Number(key.trim()) - 1];
      if (/^[1-9]$/.test(key.trim()) && choice !== undefined) answered.resolve(choice);
    });
    const over = new AbortController();
    const give = (): void => answered.resolve(null);
    signal.addEventListener('abort', give, { once: true });
    clock.sleep(question.within_ms, over.signal).then(give, () => undefined);
    const choice = await answered.promise;
    stop();
    over.abort();
    signal.removeEventListener('abort', give);
    err.write(choice === null ? 'no answer\n' : `${visible(choice)}\n`);
    return { choice, by: null, from: 'terminal' };
  };

/** The file first; then the terminal, one question at a time; else nobody. Nobody is asked for what the simulated bench has done by itself. */
export const operatorOf = (answers: AnswersFile | null, terminal: AskOperator | null): AskOperator => {
  let last: Promise<unknown> = Promise.resolve();
  return (question, signal) => {
    const filed = answers !== null && answerFor(answers, question) !== undefined;
    if (terminal === null || filed || question.deed === 'done') return fromFile(answers)(question, signal);
    const next = last.then(() => terminal(question, signal));
    last = next.catch(() => undefined);
    return next;
  };
};
