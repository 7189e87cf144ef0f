/** Power cuts at random: is at most the last event lost, and does no interrupted run pass? `npm run campaigns -- power-cuts`. */

import { randomStream } from '../../rig/sim/random.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';
import { cutJournal, killRig, type PowerCut, wholeRun } from './power-cut.ts';

/** One in so many is a process that is really killed: each takes seconds. */
const KILLED_ONE_IN = 10;
const MOST_ms = 6_000;

export const POWER_CUTS: Campaign = {
  summary: 'rigs that are killed and journals that are cut: is at most the last event lost?',
  counts: 'cuts',
  usual: 1_000,
  run: async ({ count, seed, row }) => {
    const whole = await wholeRun();
    const cuts: PowerCut[] = [];
    for (let at = 0; at < count; at += 1) {
      progress(`${at} of ${count} power cuts`);
      const random = randomStream(seed + at, 'power cut');
      cuts.push(await (at % KILLED_ONE_IN === 0 ? killRig(random, MOST_ms) : cutJournal(random, whole)));
    }
    const wrong = cuts.flatMap((one, at) => (one.wrong === null ? [] : [`seed ${seed + at}, ${one.how}, ${one.state}: ${one.wrong}`]));
    const number = (how: PowerCut['how'], state: PowerCut['state']): number =>
      cuts.filter((one) => one.how === how && one.state === state).length;
    const told = (['killed', 'cut'] as const).map(
      (how) => `${how}: ${(['not begun', 'under way', 'over'] as const).map((state) => `${number(how, state)} ${state}`).join(', ')}`,
    );
    return {
      rows: [row('power-cuts', cuts.length, 'cuts', '>=', count), row('power-cuts-wrong', wrong.length, 'cuts', '<=', 0)],
      notes: [`power cuts: ${told.join('; ')}`, ...wrong.slice(0, 10)],
    };
  },
};
