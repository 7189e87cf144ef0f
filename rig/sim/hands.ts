/** The hands of the simulated bench: they do what a scenario asks an operator for, in a time of their own, and then say so. */

import type { Deed } from '../../scenarios/contracts/timeline.ts';
import { randomStream } from './random.ts';
import type { Simulation } from './simulation.ts';

/** From the question to the deed, and from the deed to the answer: short, so that campaigns take no longer than they must, and never the same. */
const REACH_ms = { least: 300, most: 2_500 };
const SAY_ms = { least: 200, most: 4_000 };
/** Of the time for an answer they never take more than this part. */
const HURRY = 0.7;

export const simulatedHands = (
  { clock, plug }: Pick<Simulation, 'clock' | 'plug'>,
  seed: number,
  occasion: string,
): ((deed: Deed, within_ms: number) => Promise<void>) => {
  const random = randomStream(seed, `hands ${occasion}`);
  return async ({ end, to }, within_ms) => {
    const hurry = Math.min(1, (HURRY * within_ms) / (REACH_ms.most + SAY_ms.most));
    await clock.sleep(hurry * random.between(REACH_ms.least, REACH_ms.most));
    plug(end, to);
    await clock.sleep(hurry * random.between(SAY_ms.least, SAY_ms.most));
  };
};
