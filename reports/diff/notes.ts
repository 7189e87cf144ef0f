/** What a reader has to know of a comparison before believing it. */

import type { RunFeatures } from './features.ts';

/** Both sides were of one unit, as far as anybody can tell. */
export const isOneUnit = (before: readonly RunFeatures[], after: readonly RunFeatures[]): boolean => {
  const units = new Set([...before, ...after].map(({ unit }) => unit));
  return units.size === 1 && !units.has(null);
};

const distinct = (runs: readonly RunFeatures[], of: (one: RunFeatures) => string | null): string =>
  [...new Set(runs.map((one) => of(one) ?? 'unknown'))].toSorted().join(' ');

/** Whether no run, some or all of them are simulated. */
export type Simulated = 'none' | 'some' | 'all';

export const simulatedOf = (runs: readonly RunFeatures[]): Simulated => {
  const kinds = new Set(runs.map(({ simulated }) => simulated));
  return kinds.size > 1 ? 'some' : kinds.has(true) ? 'all' : 'none';
};

const SIMULATED: Readonly<Record<Simulated, readonly string[]>> = {
  none: [],
  some: ['Some of these runs are simulated and some are not: what differs may be the simulation.'],
  all: ['All of these runs are simulated.'],
};

export function comparisonNotes(before: readonly RunFeatures[], after: readonly RunFeatures[]): readonly string[] {
  const notes: string[] = [...SIMULATED[simulatedOf([...before, ...after])]];
  if (distinct(before, ({ model }) => model) !== distinct(after, ({ model }) => model))
    notes.push('They were judged by different versions of the reference: verdicts may differ for that alone.');
  for (const id of new Set(before.flatMap(({ cases }) => [...cases.keys()]))) {
    const hashes = (runs: readonly RunFeatures[]) => new Set(runs.flatMap(({ cases }) => cases.get(id)?.scenarioHash ?? []));
    const [a, b] = [hashes(before), hashes(after)];
    if (b.size > 0 && ![...a, ...b].every((hash) => a.has(hash) && b.has(hash)))
      notes.push(`The scenario of ${id} is not the same on both sides.`);
  }
  if (before.length > 1 && after.length > 1)
    notes.push('A number counts as moved where chance explains all that moved together with at most 1 % (Welch, Holm).');
  else if (isOneUnit(before, after))
    notes.push(
      'One unit: a number counts as moved beyond what both runs know it to, and a time by more than 65 ms, as a unit may look only every 64 ms.',
    );
  else
    notes.push(
      'Not known to be one unit: what two good units differ by is left out, 1 % and 130 ms of a time, 15 % of a value. Compare sets of runs, or runs of one serial number, to see less.',
    );
  return notes;
}
