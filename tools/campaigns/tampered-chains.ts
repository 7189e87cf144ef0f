/** Chains of records that somebody tampered with: each has to be found, and its place named: `npm run campaigns -- tampered-chains`. */

import { examine } from '../../reports/archive/chain/examine.ts';
import { missed, soundChain, tamper, TAMPERINGS, testKey } from '../../reports/archive/testing/tampering.ts';
import { randomStream } from '../../rig/sim/random.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';

const LENGTHS = [2, 5, 12, 40];

export const TAMPERED_CHAINS: Campaign = {
  summary: 'chains with a record changed, removed, inserted, swapped or cut off: is each found and named?',
  counts: 'chains',
  usual: 10_000,
  run: async ({ count, seed, row }) => {
    const key = testKey();
    const chains = LENGTHS.map((length) => soundChain(length, key));
    const accused = chains.filter(({ evidence }) => examine(evidence).length > 0).length;
    const kinds = Object.keys(TAMPERINGS);
    const wrong: string[] = [];
    for (let at = 0; at < count; at += 1) {
      if (at % 500 === 0) progress(`${at} of ${count} chains`);
      const random = randomStream(seed + at, 'tampering');
      const tampered = tamper(kinds[at % kinds.length]!, chains[random.below(chains.length)]!, (most) => random.below(most));
      const why = missed(tampered, examine(tampered.evidence));
      if (why !== null) wrong.push(`seed ${seed + at}: ${why}`);
    }
    return {
      rows: [
        row('tampered-chains-missed', wrong.length, 'chains', '<=', 0),
        row('tampered-chains-sound-accused', accused, 'chains', '<=', 0),
      ],
      notes: [`tampered chains: ${count} of ${LENGTHS.join(', ')} records, ${kinds.length} ways`, ...wrong.slice(0, 10)],
    };
  },
};
