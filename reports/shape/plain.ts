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

function plainValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([key, member]) => [key, plainValue(member)]));
}

/** A deep copy that JSON keeps as it is. */
export const plain = <T>(value: T): Plain<T> => plainValue(value) as Plain<T>;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}

/** JSON with sorted keys: equal values give equal text. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(plainValue(value)));

/** sha256 over the canonical JSON, in hex. Same seed, same trace means: same of this. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
