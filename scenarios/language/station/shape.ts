/** The shape of a station file, declared once: it gives the type and the check. */

import { z } from 'zod';
import { ASKED_FIELDS } from '../../contracts/station-file.ts';
import { leaf, mapping, word } from '../fields.ts';
import { CHECK_DIGITS, type CheckDigit } from './check-digit.ts';

const name = leaf<string>(
  (input) => {
    const text = typeof input === 'number' || typeof input === 'string' ? String(input).trim() : '';
    return /^[\p{L}\p{N}][\p{L}\p{N} ,._/-]{0,59}$/u.test(text)
      ? { ok: true, value: text }
      : { ok: false, id: 'not-a-name', message: 'the station is a short name', hint: 'letters, digits and spaces, e.g. hall 2' };
  },
  { type: ['string', 'integer'], examples: ['hall 2'] },
);

const pattern = leaf<string>(
  (input) =>
    typeof input === 'string' && /^[\x21-\x7E]{1,64}$/.test(input)
      ? { ok: true, value: input }
      : {
          ok: false,
          id: 'not-a-name',
          message: 'a pattern of serial numbers is expected here, up to 64 signs in quotes',
          hint: '# stands for a digit, @ for a capital letter, * for either: "HQ####-#####"',
        },
  { type: 'string', pattern: '^[\\x21-\\x7E]{1,64}$', examples: ['HQ####-#####'] },
);

const MOST_ATTEMPTS = 1_000;
const attempts = leaf<number>(
  (input) =>
    typeof input === 'number' && Number.isInteger(input) && input >= 1 && input <= MOST_ATTEMPTS
      ? { ok: true, value: input }
      : { ok: false, id: 'not-a-count', message: `a whole number from 1 to ${MOST_ATTEMPTS} is expected here`, hint: 'e.g. 3' },
  { type: 'integer', minimum: 1, maximum: MOST_ATTEMPTS, examples: [3] },
);

export const stationShape = mapping({
  station: name,
  serial: mapping({
    pattern: z.optional(pattern),
    check: z.optional(word(Object.keys(CHECK_DIGITS) as CheckDigit[], 'unknown-word', 'an algorithm of check digits')),
  }).default({}),
  retest: mapping({
    attempts: z.optional(attempts),
    'after pass': z.optional(word(['refuse', 'allow'], 'unknown-word', 'refuse or allow')),
  }).default({}),
  required: z.array(word(ASKED_FIELDS, 'unknown-word', 'what a run can be asked for')).default([]),
});
export type StationContent = z.output<typeof stationShape>;
