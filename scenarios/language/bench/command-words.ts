/** How a bench file writes a program to be started: a list of its words, or one line without quotes, with `{file}` where the image goes. No shell reads it. */

import { leaf } from '../fields.ts';

/** Stands for the path of the image. */
export const FILE_WORD = '{file}';

const wordsOf = (input: unknown): readonly string[] | null => {
  if (typeof input === 'string') return input.split(/\s+/u).filter((word) => word !== '');
  if (!Array.isArray(input) || !input.every((word) => typeof word === 'string' || typeof word === 'number')) return null;
  return input.map(String);
};

/** A program and its arguments, one of which has `{file}`. */
export const commandWords = leaf<readonly string[]>(
  (input) => {
    const words = wordsOf(input);
    const hint = `e.g. [avrdude, -p, m328p, -c, usbasp, -U, "flash:w:${FILE_WORD}:i"]`;
    if (words === null || words.length === 0 || words[0]!.trim() === '')
      return { ok: false, id: 'not-a-command', message: 'a program and its arguments are expected here', hint };
    if (typeof input === 'string' && /["'\\|&;<>$`]/u.test(input)) {
      const message = 'no shell reads this line, so quotes and operators mean nothing in it';
      return { ok: false, id: 'not-a-command', message, hint: `write it as a list, ${hint}` };
    }
    if (!words.slice(1).some((word) => word.includes(FILE_WORD)))
      return { ok: false, id: 'no-file-word', message: `no argument has ${FILE_WORD}, so the image would not be used`, hint };
    return { ok: true, value: words };
  },
  {
    anyOf: [{ type: 'array', items: { type: ['string', 'number'] }, minItems: 2 }, { type: 'string' }],
    examples: [['avrdude', '-p', 'm328p', '-c', 'usbasp', '-U', `flash:w:${FILE_WORD}:i`]],
    description: `program and arguments; ${FILE_WORD} is the image; no shell`,
  },
);
