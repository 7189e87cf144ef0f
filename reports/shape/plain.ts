/** How values between stages look as JSON: no brands, nothing readonly, and null for a number that is not finite (an open bound). */

import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The type of `value` after a round trip through `plain`. */
export type Plain<T> = T extends number
  ? number | null
  : T extends string | boolean | null | undefined
    ? T
    : { -readonly [K in keyof T]: Plain<T[K]> };

/** A number, or null where it was not finite. */
export const measure = z.number().nullable();

type Members = Record<string, unknown>;

/** Also where the name is one that an assignment means otherwise. */
const put = (made: Members, key: string, value: unknown): void => {
  if (key === '__proto__') Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
  else made[key] = value;
};

// Plain loops: what is copied is a record's traces, for each of its values.
function plainValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plainValue);
  const made: Members = {};
  for (const key of Object.keys(value)) {
    const member = (value as Members)[key];
    if (member !== undefined) put(made, key, plainValue(member));
  }
  return made;
}

/** A deep copy that JSON keeps as it is, and writes as it would the original. */
export const plain = <T>(value: T): Plain<T> => plainValue(value) as Plain<T>;

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const made: Members = {};
  for (const key of Object.keys(value).toSorted()) put(made, key, sorted((value as Members)[key]));
  return made;
}

/** JSON with sorted keys: equal values give equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));

/** sha256 over the canonical JSON, in hex. Same seed, same trace means: same of this. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
