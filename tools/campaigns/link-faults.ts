/** Random faults of the link, under good units and defective ones, and no wrong verdict: `npm run campaigns -- link-faults`. */

import type { LinkCounters } from '../../scenarios/contracts/trace.ts';
import type { Campaign } from './campaign.ts';
import { isRight, type LinkFaultRun } from './link-fault.ts';
import { onWorkers, seedsFrom } from './on-workers.ts';

const MOST_SHOWN = 20;

const told = ({ resent, crcErrors }: LinkCounters): boolean => resent + crcErrors > 0;

const countOf = (runs: readonly LinkFaultRun[], defective: boolean): string => {
  const of = runs.filter(({ defect }) => (defect !== null) === defective);
  const kinds = Map.groupBy(of, ({ verdict, blame }) => (blame === null ? verdict : `${verdict}, blame ${blame}`));
  return `${of.length} ${defective ? 'defective' : 'good'} units: ${[...kinds].map(([kind, some]) => `${some.length} ${kind}`).join('; ')}`;
};

export const LINK_FAULTS_AT_RANDOM: Campaign = {
  summary: 'one to three random faults of the link, every other unit defective: is any verdict wrong?',
  counts: 'runs',
  usual: 10_000,
  run: async ({ count, seed, row }) => {
    const runs = await onWorkers<LinkFaultRun>(
      new URL('link-fault-worker.ts', import.meta.url),
      seedsFrom(seed, count),
      (done) => `${done} of ${count} runs`,
    );
    const wrong = runs.filter((run) => !isRight(run));
    const passed = runs.filter(({ verdict }) => verdict === 'pass');
    const withLoss = passed.filter(({ link }) => link !== null && told(link));
    return {
      rows: [row('link-fault-runs', runs.length, 'runs', '>=', count), row('link-fault-wrong', wrong.length, 'verdicts', '<=', 0)],
      notes: [
        `link-faults: ${countOf(runs, false)}`,
        `link-faults: ${countOf(runs, true)}`,
        `link-faults: all ${passed.length} passes carry the link's counters; in ${withLoss.length} they show lines spoiled or sent again, in the others the faults drawn did no harm`,
        ...wrong.slice(0, MOST_SHOWN).map((run) => `wrong: ${JSON.stringify(run)}`),
      ],
    };
  },
};
