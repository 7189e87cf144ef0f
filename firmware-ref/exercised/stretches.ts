/** Where a played case stands still: no drive and no input changes, so that what a good unit shows there is one thing or a few. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { DriveState } from '../../scenarios/contracts/timeline.ts';
import { statesOf } from '../../scenarios/states.ts';
import { SAFE_DRIVES } from '../inputs/inputs.ts';
import type { Interval } from '../inputs/steps.ts';
import { END } from './apart.ts';
import type { Held, Played } from './play.ts';

export interface Stretch extends Held {
  readonly drives: DriveState;
  /** It lasts at least this long. */
  readonly least_us: number;
}

/** The drives from an instant on at which one of them changes. */
export interface DrivesFrom {
  readonly entry: string;
  readonly at_us: Interval;
  readonly drives: DriveState;
}

export const drivesOver = ({ timeline }: Case, { apart }: Played): readonly DrivesFrom[] =>
  statesOf(timeline).map(({ entry: { id }, drives }) => ({ entry: id, at_us: apart.at_us(id), drives }));

export function drivesAt(over: readonly DrivesFrom[], at_us: number): DriveState {
  return over.findLast((one) => one.at_us[0] <= at_us)?.drives ?? SAFE_DRIVES;
}

export const supply_mV = ({ supply }: DriveState): number => (typeof supply === 'object' ? supply.mV : 0);

interface Bound {
  readonly entry: string | null;
  readonly at_us: Interval;
}

const begins = ({ segment: { cause, kind }, from_us }: Held): Bound => ({
  // Without its supply a unit loses its state a second after the entry.
  entry: cause?.kind === 'entry' && kind !== 'off' ? cause.entry : null,
  at_us: from_us,
});

/** Scene by scene, each once the next one is known. */
export function* stretchesOver(testCase: Case, played: Played): Generator<Stretch> {
  const over = drivesOver(testCase, played);
  let before: Held | null = null;
  for (const { held } of played.scenes) {
    if (before !== null) yield* partsOf(before, begins(held), over, played);
    before = held;
  }
  if (before !== null) yield* partsOf(before, { entry: END, at_us: before.to_us }, over, played);
}

function partsOf(one: Held, end: Bound, over: readonly DrivesFrom[], { apart }: Played): readonly Stretch[] {
  const inside = over.filter(({ at_us }) => at_us[0] > one.from_us[0] && at_us[0] < one.to_us[0]);
  const bounds: readonly Bound[] = [begins(one), ...inside, end];
  return bounds.slice(1).map((to, part): Stretch => {
    const from = bounds[part]!;
    const known_us = to.at_us[0] - from.at_us[1];
    const least_us = from.entry === null || to.entry === null ? known_us : Math.max(known_us, apart.least_us(from.entry, to.entry));
    const { segment, pairs, charger, ledRed } = one;
    return { segment, pairs, charger, ledRed, from_us: from.at_us, to_us: to.at_us, drives: drivesAt(over, from.at_us[0]), least_us };
  });
}

export const stretchesOf = (testCase: Case, played: Played): readonly Stretch[] => [...stretchesOver(testCase, played)];
