/** A host that gets no processor for half a second while no sink is on, and for five: `npm run campaigns -- stalls`. */

import { type Judged, judgedOn } from '../../rig/run/testing/faulty-bench.ts';
import { suiteCases } from '../../rig/run/suites.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';

/** Half a second, less the 0.3 s after which the host had planned to speak anyway. */
const LEAST_SHOWN_ms = 195;

const shown = (judged: Judged): number => judged.trace?.link.stalled_ms ?? 0;

export const STALLS: Campaign = {
  summary: 'the host without a processor for 0.5 s with no sink on (it passes, and shows it) and for 5 s (broken, blame rig)',
  counts: 'benches',
  usual: 20,
  run: async ({ count, seed, row }) => {
    const [testCase] = suiteCases('eol');
    if (testCase === undefined) throw new Error('There is no end-of-line case.');
    const [short, long]: [Judged[], Judged[]] = [[], []];
    for (let index = 0; index < count; index += 1) {
      progress(`bench ${index + 1} of ${count}`);
      short.push(await judgedOn(testCase, { seed: seed + index, faults: ['host-stall-500ms'] }));
      long.push(await judgedOn(testCase, { seed: seed + index, faults: ['host-stall-5s'] }));
    }
    const passed = short.filter((one) => one.verdict === 'pass' && shown(one) > 0);
    const broken = long.filter(({ verdict, blame }) => verdict === 'broken' && blame === 'rig');
    return {
      rows: [
        row('stall-500ms-passed', passed.length, 'cases', '>=', count),
        row('stall-500ms-shown', Math.min(...short.map(shown)), 'ms', '>=', LEAST_SHOWN_ms),
        row('stall-5s-broken-rig', broken.length, 'cases', '>=', count),
      ],
      notes: [
        `stalls: the counter of the trace shows ${Math.min(...short.map(shown))} to ${Math.max(...short.map(shown))} ms for half a second`,
        ...[...short.filter((one) => !passed.includes(one)), ...long.filter((one) => !broken.includes(one))].map(
          ({ verdict, blame, reason }) => `not as it should be: ${verdict}, blame ${blame}: ${reason}`,
        ),
      ],
    };
  },
};
