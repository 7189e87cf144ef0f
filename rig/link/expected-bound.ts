/** How well a run will know its clock, before it runs: the terms of the fit's own bound (clock-fit.ts) for a case of some length over a USB port. */

import { HOST_OSCILLATOR_ppm, RESONATOR_DRIFT_ppm_per_min } from './clock-fit.ts';

/**
 * What the delays of pings over a USB port leave open, jumps included that nobody could tell from them, for cases from this length on. Many pings stand at both ends
 * of a case and one a second between: what all but a few of runs state, rounded up; `expected-bound.test.ts` holds runs against it. One of 40 runs of 25 s states more,
 * up to 580 ppm seen, and is inconclusive where that matters.
 */
const DELAYS: readonly { readonly from_s: number; readonly ppm: number }[] = [
  { from_s: 0, ppm: 600 },
  { from_s: 8, ppm: 370 },
  { from_s: 28, ppm: 190 },
  { from_s: 45, ppm: 140 },
];
const MINUTE_us = 60e6;

/** In ppm. Over a link that holds pings up the clock is known worse, and the run says by how much. */
export const expectedBound_ppm = (case_us: number): number => {
  const { ppm } = DELAYS.findLast(({ from_s }) => case_us >= from_s * 1e6) ?? DELAYS[0]!;
  return HOST_OSCILLATOR_ppm + (RESONATOR_DRIFT_ppm_per_min * case_us) / 2 / MINUTE_us + ppm;
};
