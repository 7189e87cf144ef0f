/** How a scenario asks an operator: a question, the choices, which of them a good unit shows, and how long there is for an answer. */

import { z } from 'zod';
import { leaf, mapping, quantity } from './fields.ts';
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
}

export const askWord = mapping({
  text: words('a question', 300),
  picture: z.optional(words('a path', 300)),
  choices: z.array(choice()).min(1).max(MOST_CHOICES),
  right: z.optional(z.union([choice().transform((one) => [one]), z.array(choice()).min(1)])),
  within: z.optional(quantity('time', ANSWER_RANGE)),
}).transform(({ text, picture = null, choices, right, within = USUAL_ANSWER_us }): AskWord => ({
  text,
  picture,
  choices,
  // Where there is but one, it only says that something is done.
  right: right ?? (choices.length === 1 ? choices : []),
  within_us: within,
}));
