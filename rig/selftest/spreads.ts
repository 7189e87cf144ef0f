/** Which values of a netlist's parts differ from specimen to specimen, and the netlist with one of them at its end and all others in the middle. */

import type { Netlist } from '../fixture/netlist/netlist.ts';
import type { Part, Range, Spread } from '../fixture/netlist/part.ts';

/** Times decide when something is so, not what; they have their own ranges (paths.ts). */
const TIMED = /_us$|_ms$/;

const isSpread = (value: unknown): value is Spread =>
  typeof value === 'object' && value !== null && 'nominal' in value && 'tolerance' in value;
const isRange = (value: unknown): value is Range => typeof value === 'object' && value !== null && 'min' in value && 'max' in value;

/** A value by its path of keys. */
export interface Varied {
  readonly ref: string;
  readonly keys: readonly string[];
}

const visit = (value: unknown, keys: readonly string[], found: (keys: readonly string[], value: Spread | Range) => void): void => {
  if (isSpread(value) || isRange(value)) found(keys, value);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [key, inner] of Object.entries(value)) visit(inner, [...keys, key], found);
};

/** Every value with a spread that bears on what is measured. */
export const variedIn = (netlist: Netlist): readonly Varied[] =>
  netlist.parts.flatMap((part) => {
    const found: Varied[] = [];
    visit(part, [], (keys, value) => {
      if (!keys.some((key) => TIMED.test(key)) && (isRange(value) ? value.min !== value.max : value.tolerance > 0))
        found.push({ ref: part.ref, keys });
    });
    return found;
  });

/** Both inputs of an amplifier at once count as an offset, as far as it does not reject them. */
const common_V = (part: Part, most_V: number): number =>
  part.kind === 'differenceAmplifier' ? most_V * 10 ** (-part.rejection_dB / 20) : 0;

const settled = (value: Spread | Range, end: -1 | 0 | 1, more: number): Spread | Range => {
  if (isSpread(value)) return { nominal: value.nominal * (1 + end * value.tolerance), tolerance: 0 };
  const at = (value.min + value.max) / 2 + end * ((value.max - value.min) / 2 + more);
  return { min: at, max: at };
};

const settle = (value: unknown, keys: readonly string[], endOf: (keys: readonly string[]) => -1 | 0 | 1, more: number): unknown => {
  if (isSpread(value) || isRange(value)) return settled(value, endOf(keys), more);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, settle(inner, [...keys, key], endOf, more)]));
};

const IDEAL_dB = 1_000;
const ideal = (part: Part): Part => (part.kind === 'differenceAmplifier' ? { ...part, rejection_dB: IDEAL_dB } : part);

/** Every value in its middle, but those of `at` at their ends. */
export const netlistAt = (netlist: Netlist, at: readonly Varied[], end: -1 | 1, most_V: number): Netlist => {
  const ends = new Map<string, Set<string>>();
  for (const { ref, keys } of at) ends.set(ref, (ends.get(ref) ?? new Set()).add(keys.join('.')));
  return {
    parts: netlist.parts.map((part) => {
      const chosen = ends.get(part.ref);
      return ideal(settle(part, [], (keys) => (chosen?.has(keys.join('.')) ? end : 0), common_V(part, most_V)) as Part);
    }),
  };
};

/** Times all at their shortest or longest. What is drawn anew at each switching lies within the same range. */
export const netlistWithTimes = (netlist: Netlist, end: -1 | 1): Netlist => ({
  parts: netlist.parts.map((part) => {
    const steady = part.kind === 'switch' ? { ...part, jitter_us: 0 } : part;
    return settle(steady, [], (keys) => (keys.some((key) => TIMED.test(key)) ? end : 0), 0) as Part;
  }),
});
