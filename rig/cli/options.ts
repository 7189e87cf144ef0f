/** Options that several commands share, and how their values are read: each once, with a value, and of the right kind. */

import { UsageError } from './failures.ts';

export const JSON_OPTION = { json: { type: 'boolean', default: false, describe: 'one JSON document on standard output' } } as const;

export const UNIT_OPTIONS = {
  unit: { type: 'string', requiresArg: true, describe: 'Intel HEX image for the simulated unit' },
  defect: { type: 'string', requiresArg: true, describe: 'a named defect of the simulated unit; "list" names them' },
  seed: { type: 'string', requiresArg: true, describe: 'draws parts, crystals and noise of the simulated bench [default: 1]' },
} as const;

const DEFAULT_SEED = 1;

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
