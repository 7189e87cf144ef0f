/** A good unit on every faulty bench of the catalogue: none may be blamed on it, and each has to end as the catalogue says. */

import { suiteCases } from '../../rig/run/suites.ts';
import { judgedOn } from '../../rig/run/testing/faulty-bench.ts';
import { FAULTS } from '../../rig/sim/faults/catalogue.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';

export const RIG_FAULTS: Campaign = {
  summary: 'every fault of the bench with a good unit, none blamed on the unit',
  counts: 'seeds for each fault',
  usual: 1,
  run: async ({ count, seed, row }) => {
    const [testCase] = suiteCases('eol');
    const blamed: string[] = [];
    const otherwise: string[] = [];
    let run = 0;
    for (const { name, verdict, blame } of FAULTS)
      for (let one = seed; one < seed + count; one += 1) {
        const judged = await judgedOn(testCase!, { seed: one, faults: [name] });
        progress(`${(run += 1)} of ${FAULTS.length * count}: ${name}`);
        if (judged.verdict === 'fail' || judged.blame === 'unit') blamed.push(`${name}, seed ${one}: ${judged.reason}`);
        if (judged.verdict !== verdict || judged.blame !== blame)
          otherwise.push(`${name}, seed ${one}: ${judged.verdict}: ${judged.reason}`);
      }
    return {
      rows: [
        row('rig-faults', FAULTS.length, '', '>=', 50),
        row('rig-faults-blamed-on-the-unit', blamed.length, '', '<=', 0),
        row('rig-faults-otherwise-than-stated', otherwise.length, '', '<=', 0),
      ],
      notes: [...blamed, ...otherwise],
    };
  },
};
