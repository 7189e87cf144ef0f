/** The shape of a profile file, declared once: it gives the type, the check and the JSON Schema. */

import { z } from 'zod';
import { PROFILE_READINGS, COMBINATION_POLES, type Response } from '../../contracts/profile.ts';
import { leaf, mapping, name, quantity, word } from '../fields.ts';
import { readQuantity } from '../quantity.ts';

const SECOND_us = 1e6;
const MINUTE_us = 60 * SECOND_us;
const TIME = { min: 0, max: 10 * MINUTE_us } as const;
const time = (what?: string) => quantity('time', TIME, what);
const limit = (most_us: number, what: string) => quantity('time', { min: 1_000, max: most_us }, what);

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const date = leaf<string>(
  (input) => {
    const [, , month = '', day = ''] = (typeof input === 'string' ? /^(\d{4})-(\d\d)-(\d\d)$/u.exec(input) : null) ?? [];
    return Number(day) >= 1 && Number(day) <= (DAYS[Number(month) - 1] ?? 0)
      ? { ok: true, value: String(input) }
      : { ok: false, id: 'not-a-date', message: 'a date is written as year, month and day', hint: 'e.g. 2026-11-29' };
  },
  { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', examples: ['2026-11-29'] },
);

const times = leaf<number>(
  (input) =>
    typeof input === 'number' && Number.isInteger(input) && input >= 1
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-count', message: 'a whole number from 1 on is expected here', hint: 'how often it was measured' },
  { type: 'integer', minimum: 1, examples: [12] },
);

const seen = mapping({ least: time(), most: time(), 'known to': time('worst case of either, one side'), times });

/** The open poles of a combination. */
const open = leaf<readonly string[]>(
  (input) => {
    const list = Array.isArray(input) ? input.map(String) : null;
    const known = list !== null && list.every((pole) => (COMBINATION_POLES as readonly string[]).includes(pole));
    return known && new Set(list).size === list.length
      ? { ok: true, value: list.toSorted() }
      : { ok: false, id: 'wrong-kind', message: 'a list of the open poles is expected here', hint: 'e.g. [1, 4], or [] for none' };
  },
  { type: 'array', items: { enum: [1, 3, 4] }, examples: [[1, 4]] },
);

/** `floating`, or what it came to by which changes: `high after 0.02 s, floating after 31 s`. */
const response = (levels: readonly Response['level'][]) =>
  leaf<Response>(
    (input) => {
      const text = typeof input === 'string' ? input.trim() : '';
      const hint = `${levels.join(' or ')}, or each change with its time: ${levels[0]} after 0.02 s, ${levels[1]} after 31 s`;
      const wrong = { ok: false, id: 'unknown-word', message: 'what an output came to is expected here', hint } as const;
      const known = (level: string): level is Response['level'] => (levels as readonly string[]).includes(level);
      if (known(text)) return { ok: true, value: { level: text, changes: [] } };
      const changes: Response['changes'][number][] = [];
      for (const part of text.split(',')) {
        const [, level = '', after = ''] = /^\s*(\w+) after (\S+ \S+)\s*$/u.exec(part) ?? [];
        if (!known(level)) return wrong;
        const at = readQuantity(after, ['time'], TIME);
        if (!at.ok) return at;
        changes.push({ level, after_us: at.value });
      }
      return { ok: true, value: { level: changes.at(-1)!.level, changes } };
    },
    { type: 'string', examples: [`${levels[0]} after 0.02 s`] },
  );
const output = response(['high', 'floating']);
const led = response(['on', 'off']);

export const profileShape = mapping({
  profile: name('the profile', 'smallBMS rev 2'),
  hardware: name('the hardware revision', 'rev 2'),
  'golden unit': name('the golden unit', 'G-07'),
  learned: date,
  expires: date,
  seen: mapping({
    reaction: z.optional(seen),
    'start-up': z.optional(seen),
    wait: z.optional(seen),
    'trip together': z.optional(seen),
  }).default({}),
  limits: mapping({
    reaction: z.optional(limit(MINUTE_us, 'nothing reacts later (R16)')),
    'start-up': z.optional(limit(MINUTE_us, 'from 8 V rising until the outputs are as asked (R15)')),
    'wait at least': z.optional(limit(5 * MINUTE_us, 'from PRE-ALARM rising to LOAD floating (R3)')),
    'wait at most': z.optional(limit(5 * MINUTE_us, 'from PRE-ALARM rising to LOAD floating (R4)')),
    'trip together': z.optional(limit(MINUTE_us, 'PRE-ALARM and LOAD fall this near to each other (R9)')),
  }).default({}),
  readings: mapping({
    R8: z.optional(word(PROFILE_READINGS.R8, 'unknown-word', 'a reading of R8')),
    R10: z.optional(word(PROFILE_READINGS.R10, 'unknown-word', 'a reading of R10')),
    R12: z.optional(word(PROFILE_READINGS.R12, 'unknown-word', 'a reading of R12')),
  }).default({}),
  poles: z.array(mapping({ open, load: output, preAlarm: output, charger: output, ledBlue: led, ledRed: led })),
});

export type ProfileContent = z.output<typeof profileShape>;
