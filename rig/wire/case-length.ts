/** How long the fixture lets a case last at most: what a `begin` says, in wraps of the fixture's 16-bit clock. */

import { NOMINAL_TICK_Hz } from '../fixture/channels.ts';

const WRAP_ms = (2 ** 16 * 1_000) / NOMINAL_TICK_Hz;
/** Of a resonator, and some more. */
const FAST = 1.01;
const FIELD_MOST = 0xff_ff_ff;

/** Never less than so many milliseconds of true time, and 1 % and a wrap more at most; below a second it is one. */
export const wrapsOf = (ms: number): number => Math.min(FIELD_MOST, Math.ceil((Math.max(1_000, ms) * FAST) / WRAP_ms));
