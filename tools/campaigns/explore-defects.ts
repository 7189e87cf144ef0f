/** How many single faults of the firmware `rig explore` finds by itself within a minute of one core, each from one seed. */

import { FAULTS_TO_FIND, hunt, type Hunted } from '../../rig/campaign/explore/defects.ts';
import { randomStream } from '../../rig/sim/random.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';

const BUDGET_ms = 60_000;
const LEAST_SHARE = 0.9;

/** Of this process alone: what a core has worked, whoever else uses the machine. */
const worked_ms = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const drawn = (count: number, seed: number): readonly string[] => {
  const random = randomStream(seed, 'explore-defects');
  const left = FAULTS_TO_FIND.map(({ name }) => name);
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.below(left.length), 1)[0]!);
};

export const EXPLORE_DEFECTS: Campaign = {
  summary: 'which firmware defects exploring finds by itself within 60 s of one core each',
  counts: 'defects, drawn by the seed',
  usual: FAULTS_TO_FIND.length,
  run: async ({ count, seed, row }) => {
    const hunted: (Hunted & { readonly spent_ms: number })[] = [];
    for (const defect of drawn(count, seed)) {
      const start_ms = worked_ms();
      const one = await hunt({ defect, seed }, { budget: BUDGET_ms, elapsed: () => worked_ms() - start_ms });
      hunted.push({ ...one, spent_ms: worked_ms() - start_ms });
      progress(`${hunted.length} of ${count}: ${defect} ${one.found ? `after ${one.sequences} sequences` : 'not found'}`);
      if (process.env['RIG_CAMPAIGN_LOG'] !== undefined)
        process.stderr.write(`${defect} ${one.found ? 'found' : 'NOT FOUND'} ${one.sequences} ${Math.round(hunted.at(-1)!.spent_ms)} ms\n`);
    }
    const found = hunted.filter((one) => one.found);
    const missed = hunted.filter((one) => !one.found).map(({ defect }) => defect);
    const spent = found.map(({ spent_ms }) => spent_ms / 1000).toSorted((a, b) => a - b);
    return {
      rows: [
        row('explore-found-share', hunted.length === 0 ? 0 : found.length / hunted.length, '', '>=', LEAST_SHARE),
        row('explore-median', spent[Math.floor(spent.length / 2)] ?? Number.NaN, 's', '<=', BUDGET_ms / 1000),
      ],
      notes: [
        `${found.length} of ${hunted.length} firmware defects found, of ${FAULTS_TO_FIND.length} that are always there`,
        ...(missed.length === 0 ? [] : [`not found: ${missed.join(', ')}`]),
      ],
    };
  },
};
