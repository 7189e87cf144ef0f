/** The boundary unit: the stand-in's firmware with its times and thresholds in a table of the image, and where in the image each of them lies. */

import type { HexImage } from '../../sim/avr/hex.ts';
import type { GoodUnit } from '../../sim/good-units/good-units.ts';

/** As built it is a good unit without a lock-out. */
export const BOUNDARY_UNIT: Pick<GoodUnit, 'name' | 'patch' | 'image'> = {
  name: 'boundary',
  patch: 'rig/campaign/boundary/unit.patch',
  image: 'rig/campaign/boundary/unit.hex',
};

/** In the order of `enum constant` in `constants.h` of the patch; counts of 64 us, rests in quarters of a microsecond. */
const ORDER = [
  'magic1',
  'magic2',
  'waitCounts',
  'waitRest',
  'reactionCounts',
  'reactionRest',
  'startCounts',
  'startRest',
  'preAlarmLagCounts',
  'preAlarmLagRest',
  'gapPins',
  'gapRest',
  'lOnBelow',
  'lOffAbove',
  'hOnAbove',
  'hOffBelow',
] as const;

export type Constant = Exclude<(typeof ORDER)[number], 'magic1' | 'magic2'>;
export type Constants = Readonly<Partial<Record<Constant, number>>>;

/** What the table begins with, as it lies in the flash. */
const MAGIC = Buffer.from('BOUNDARY', 'latin1');
const BYTES = 4;

/** The image with these numbers in its table. Throws where it is not the boundary unit's, or a number does not fit. */
export const withConstants = ({ flash, usedBytes }: HexImage, constants: Constants): HexImage => {
  const table = Buffer.from(flash).indexOf(MAGIC);
  if (table < 0 || Buffer.from(flash).indexOf(MAGIC, table + 1) >= 0)
    throw new Error('The image has no table of constants, or more than one: build it anew with `npm run firmware -- boundary`.');
  const changed = Buffer.from(flash);
  for (const [name, value] of Object.entries(constants)) {
    if (!Number.isInteger(value) || value < 0) throw new Error(`${name} of the boundary unit would be ${value}`);
    changed.writeUInt32LE(value, table + BYTES * ORDER.indexOf(name as Constant));
  }
  return { flash: new Uint8Array(changed), usedBytes };
};

export const COUNT_us = 64;
const QUARTERS = 4;
/** A rest takes this long by itself, so one is never asked to be shorter. */
const LEAST_REST_us = 1_000;

/** A time as counts and the rest after them. */
export const timeOf = (time_us: number): { readonly counts: number; readonly rest: number } => {
  const counts = Math.floor((time_us - LEAST_REST_us) / COUNT_us);
  return { counts, rest: Math.round((time_us - counts * COUNT_us) * QUARTERS) };
};

export const quartersOf = (time_us: number): number => Math.round(time_us * QUARTERS);
