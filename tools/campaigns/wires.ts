/** Every wire of the fixture opened, shorted and swapped with its neighbour, and the self-test on it: `npm run campaigns -- wires`. */

import { MISWIRINGS } from '../../rig/selftest/miswire.ts';
import { INVISIBLE_NAMES } from '../../rig/selftest/invisible.ts';
import type { Campaign } from './campaign.ts';
import { onWorkers } from './on-workers.ts';
import { isRightName, type WireJob, type WireRun } from './wire.ts';

const MOST_FAILED = 12;

const wrongText = ({ name, seed, outcome, failed, ended, suspects }: WireRun): string =>
  `${outcome}: ${name} (board of seed ${seed}); failed ${failed.slice(0, MOST_FAILED).join(', ')}${failed.length > MOST_FAILED ? ` and ${failed.length - MOST_FAILED} more` : ''}; ended ${ended ?? 'as planned'}; named ${suspects.slice(0, 3).join(' | ') || 'nothing'}`;

export const WIRE_CAMPAIGN: Campaign = {
  summary: 'each wire opened, shorted, swapped: does self-test fail and name it, or is it one that nothing shows?',
  counts: 'wiring mistakes',
  usual: MISWIRINGS.length,
  run: async ({ count, seed, row }) => {
    // Fewer are spread over all of them.
    const jobs = Array.from({ length: count }, (_, at): WireJob => ({
      index: Math.floor((at * MISWIRINGS.length) / count),
      seed: seed + at,
    }));
    const runs = await onWorkers<WireRun>(new URL('wire-worker.ts', import.meta.url), jobs, (done) => `${done} of ${count} mistakes`);
    const of = (outcome: WireRun['outcome']): number => runs.filter((run) => run.outcome === outcome).length;
    const wrong = runs.filter((run) => !isRightName(run));
    return {
      rows: [
        row('wires', runs.length, 'mistakes', '>=', count),
        row('wires-invisible', of('foreseen'), 'mistakes', '<=', INVISIBLE_NAMES.size),
        row('wires-wrong', wrong.length, 'mistakes', '<=', 0),
      ],
      notes: [
        `wires: ${of('named')} named, ${of('its wire')} by a wire of theirs and taken for another mistake, ${of('foreseen')} that no reading can show (rig/selftest/invisible.ts), ${of('other name')} under another name, ${of('passed') + of('shown all the same')} not as foreseen`,
        ...runs.filter((run) => run.outcome === 'its wire' || !isRightName(run)).map(wrongText),
      ],
    };
  },
};
