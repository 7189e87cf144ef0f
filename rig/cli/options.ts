/** Options that several commands share, and how their values are read: each once, with a value, and of the right kind. */

import { UsageError } from './failures.ts';

export const JSON_OPTION = { json: { type: 'boolean', default: false, describe: 'one JSON document on standard output' } } as const;

export const UNIT_OPTIONS = {
  unit: {
    type: 'string',
    requiresArg: true,
    describe:
      'Intel HEX image for the unit (a real one is programmed where its bench file says how), or the name of a good one; "list" names them',
  },
  defect: { type: 'string', requiresArg: true, describe: 'a named defect of the simulated unit; "list" names them' },
  seed: { type: 'string', requiresArg: true, describe: 'draws parts, crystals and noise of the simulated bench [default: 1]' },
} as const;

export const FAULT_OPTION = {
  fault: { type: 'string', requiresArg: true, describe: 'a named fault of the simulated bench, may be repeated; "list" names them' },
} as const;

/** Options that may be given more than once. */
export const REPEATED = ['fault'] as const;

/** The names given with --fault, in their order. Throws UsageError for one that is there twice, or empty. */
export const readFaults = (given: string | readonly string[] | undefined): readonly string[] => {
  const names = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  for (const [index, name] of names.entries()) {
    if (name === '') throw new UsageError('--fault has an empty value.', 'give a name or leave the option out');
    if (names.indexOf(name) !== index) throw new UsageError(`--fault ${name} is given twice.`, 'give each fault once');
  }
  return names;
};

export const WORKERS_OPTION = {
  workers: { type: 'string', requiresArg: true, describe: 'how many worker threads [default: one a core]' },
} as const;

const DEFAULT_SEED = 1;
const MOST_WORKERS = 256;

/** Throws UsageError for anything but a whole number from 1 to `most`. */
export const readCount = (name: string, text: string | undefined, most = MOST_WORKERS): number | undefined => {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > most)
    throw new UsageError(`--${name} wants a whole number from 1 to ${most}, not "${text}".`, `for example --${name} 2`);
  return count;
};

const UNITS_ms: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000 };

/** Throws UsageError for anything but a positive number with its unit. */
export const readDuration_ms = (name: string, text: string): number => {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(s|min|h)$/.exec(text.trim()) ?? [];
  const duration_ms = Number(number) * (UNITS_ms[unit] ?? NaN);
  if (!(duration_ms > 0 && Number.isFinite(duration_ms)))
    throw new UsageError(`--${name} wants a time with its unit, not "${text}".`, `for example --${name} 90s, 10min or 2h`);
  return duration_ms;
};

/** Throws UsageError for anything but a whole number that a double holds exactly. */
export const readSeed = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_SEED;
  const seed = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(seed)) {
    throw new UsageError(`--seed wants a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not "${text}".`, 'for example --seed 42');
  }
  return seed;
};

/** Throws UsageError for an option that was given twice (only `lists` may be) or empty. The command line's parser lets both pass. */
export const refuseOddities = (args: Readonly<Record<string, unknown>>, lists: readonly string[]): void => {
  for (const [name, value] of Object.entries(args)) {
    if (name === '_' || name === '$0' || lists.includes(name)) continue;
    if (Array.isArray(value)) throw new UsageError(`--${name} is given ${value.length} times.`, 'give it once');
    if (value === '') throw new UsageError(`--${name} has an empty value.`, 'give a value or leave the option out');
  }
};
