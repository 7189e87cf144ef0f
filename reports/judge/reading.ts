/** Between which values a measured one lies. */

import type { Sample } from '../../scenarios/contracts/trace.ts';

export type Reading = Pick<Sample, 'value' | 'uncertainty' | 'least'>;

export const leastOf = ({ value, uncertainty, least }: Reading): number => least ?? value - uncertainty;
/** Of a reading at the end of its range nothing is known above. */
export const mostOf = ({ value, uncertainty, least }: Reading): number => (least === undefined ? value + uncertainty : Infinity);

/** A window with both its ranges; another one, or a probe, that is under way puts it off by some milliseconds. */
export const WINDOW_us = 2_000;

/** Whether a window that began at an instant lies between two others whole, wherever it was put off to. */
export const isWindowWithin = (at_us: number, from_us: number, to_us: number): boolean => at_us > from_us && at_us + WINDOW_us < to_us;
