/** How a scenario asks an operator: a question, the choices, which of them a good unit shows, how long there is for an answer, and what hands are to do meanwhile. */

import { z } from 'zod';
import { CHAIN_ENDS, PLUG_STATES } from '../contracts/timeline.ts';
import type { Deed } from '../contracts/timeline.ts';
import { leaf, mapping, quantity, word } from './fields.ts';
import type { Range } from './quantity.ts';

const LONGEST_us = 3_600_000_000;
const ANSWER_RANGE: Range = { min: 1_000_000, max: LONGEST_us };
export const USUAL_ANSWER_us = 120_000_000;
/** A choice is answered by the key of its number. */
const MOST_CHOICES = 9;

/** Without control signs: it is shown on a terminal. */
const words = (what: string, most: number) =>
  leaf<string>(
    (input) => {
      const fits = typeof input === 'string' && input.trim() !== '' && input.length <= most && !/\p{Cc}/u.test(input);
      if (fits) return { ok: true, value: input.trim() };
      return {
        ok: false,
        id: 'not-text',
        message: `${what} is expected here, one line of at most ${most} signs`,
        hint: 'put it in quotes when it looks like a number or a yes',
      };
    },
    { type: 'string', minLength: 1 },
  );

const choice = () => words('a choice', 40);

export interface AskWord {
  readonly text: string;
  readonly picture: string | null;
  readonly choices: readonly string[];
  readonly right: readonly string[];
  readonly within_us: number;
  /** What is done where the answer says so; null: nothing that the unit could see. */
  readonly deed: Deed | null;
}

/** Of a question that asks for a deed and offers no choices. */
const DONE = ['done'] as const;

/** In the words of a scenario: `male end apart`. */
export const deedText = ({ end, to }: Deed): string => `${end} end ${to}`;
const DEEDS = CHAIN_ENDS.flatMap((end) => PLUG_STATES.map((to): Deed => ({ end, to })));

export const askWord = mapping({
  text: words('a question', 300),
  picture: z.optional(words('a path', 300)),
  choices: z.optional(z.array(choice()).min(1).max(MOST_CHOICES)),
  right: z.optional(z.union([choice().transform((one) => [one]), z.array(choice()).min(1)])),
  within: z.optional(quantity('time', ANSWER_RANGE)),
  does: z.optional(word(DEEDS.map(deedText), 'unknown-word', 'something an operator does to the chain')),
}).transform(({ text, picture = null, choices: given, right, within = USUAL_ANSWER_us, does }): AskWord => {
  const choices = given ?? (does === undefined ? [] : DONE);
  return {
    text,
    picture,
    choices,
    // Where there is but one, it only says that something is done.
    right: right ?? (choices.length === 1 ? choices : []),
    within_us: within,
    deed: DEEDS.find((deed) => deedText(deed) === does) ?? null,
  };
});
