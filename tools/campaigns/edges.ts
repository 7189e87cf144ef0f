/** Edges at rate: 2 000 a second with lines lost on the way, bursts of 64, and more than the fixture can keep: `npm run campaigns -- edges`. */

import type { Act } from '../../rig/sim/faults/fault.ts';
import { randomStream } from '../../rig/sim/random.ts';
import { progress } from '../rows.ts';
import type { Campaign } from './campaign.ts';
import { matched, type Outcome, quietCase, runEdges, steadyToggles, type Toggle } from './edge-bench.ts';

const SECONDS = 6;
const EDGES_per_s = 2_000;
const LOST_LINES: readonly Act[] = (['toFixture', 'toHost'] as const).map((way) => ({ do: 'spoil', way, how: 'dropLine', share: 0.01 }));
const BURST = 64;
const BURST_Hz = 10_000;
const BURSTS_per_s = 5;
const EXCESS = 1_000;
/** Start and stop bit with eight between: 500 000 / 10. */
const CHARACTERS_per_s = 50_000;

export interface Sustained {
  readonly edges: number;
  readonly missing: number;
  /** Of the line towards the host, while the edges came. */
  readonly free: number;
  readonly lostLines: number;
  readonly sentLines: number;
  readonly reason: string | null;
}

const spanOf_s = ({ toggles }: Outcome): number => ((toggles.at(-1)?.cycle ?? 0) - (toggles[0]?.cycle ?? 0)) / 16e6;

export const sustained = async (seed: number, perSecond = EDGES_per_s): Promise<Sustained> => {
  const random = randomStream(seed, 'edges');
  const toggles = steadyToggles(SECONDS - 1, perSecond, () => random.next());
  const outcome = await runEdges({ seed, testCase: quietCase(SECONDS), toggles, conditions: LOST_LINES });
  const received = outcome.transcript.filter(({ way }) => way === 'received').length;
  return {
    edges: outcome.toggles.length,
    missing: matched(outcome).missing,
    free: 1 - outcome.sentBytes / (spanOf_s(outcome) * CHARACTERS_per_s),
    lostLines: outcome.sentLines - received,
    sentLines: outcome.sentLines,
    reason: outcome.trace.reason,
  };
};

/** Bursts of so many edges of a light sensor, at 10 000 a second. */
const bursts = (edges: number, seconds: number): readonly Toggle[] =>
  Array.from({ length: seconds * BURSTS_per_s }, (_, burst) =>
    Array.from({ length: edges }, (__, index): Toggle => ({
      signal: 'ledRed',
      high: index % 2 === 0,
      after_us: (burst * 1e6) / BURSTS_per_s + (index * 1e6) / BURST_Hz,
    })),
  ).flat();

export interface Burst {
  readonly edges: number;
  readonly missing: number;
  /** The case did not complete, and its reason names lost events. */
  readonly told: boolean;
}

export const inBursts = async (seed: number, edges = BURST): Promise<Burst> => {
  const seconds = edges > BURST ? 1 : SECONDS - 1;
  const toggles = edges > BURST ? bursts(edges, 1).slice(0, edges) : bursts(edges, seconds);
  const outcome = await runEdges({ seed, testCase: quietCase(seconds + 1), toggles });
  const { end, reason } = outcome.trace;
  return {
    edges: outcome.toggles.length,
    missing: matched(outcome).missing,
    told: end !== 'complete' && reason !== null && reason.includes('eventsLost'),
  };
};

const sum = <T>(list: readonly T[], of: (one: T) => number): number => list.reduce((total, one) => total + of(one), 0);

export const EDGES: Campaign = {
  summary: 'edges at 2 000/s with 1 % of the lines lost, in bursts of 64 at 10 000/s, and more than can be kept: is any lost in silence?',
  counts: 'benches',
  usual: 20,
  run: async ({ count, seed, row }) => {
    const [steady, small, excess]: [Sustained[], Burst[], Burst[]] = [[], [], []];
    for (let index = 0; index < count; index += 1) {
      progress(`bench ${index + 1} of ${count}`);
      steady.push(await sustained(seed + index));
      small.push(await inBursts(seed + index));
      excess.push(await inBursts(seed + index, EXCESS));
    }
    const [lines, lost] = [sum(steady, ({ sentLines }) => sentLines), sum(steady, ({ lostLines }) => lostLines)];
    return {
      rows: [
        row(
          'edges-sustained-missing',
          sum(steady, ({ missing }) => missing),
          'edges',
          '<=',
          0,
        ),
        row('edges-wire-free', Math.min(...steady.map(({ free }) => free)) * 100, '%', '>=', 40),
        row(
          'edges-burst-missing',
          sum(small, ({ missing }) => missing),
          'edges',
          '<=',
          0,
        ),
        row('edges-excess-silent', excess.filter(({ missing, told }) => missing > 0 && !told).length, 'cases', '<=', 0),
      ],
      notes: [
        `edges: ${sum(steady, ({ edges }) => edges)} at 2 000/s over ${count} benches, ${((lost / lines) * 100).toFixed(2)} % of the lines towards the host lost`,
        `edges: ${sum(small, ({ edges }) => edges)} in bursts of 64 at 10 000/s; of ${count} bursts of ${EXCESS} ${excess.filter(({ told }) => told).length} ended as lost events`,
        ...steady.filter(({ reason }) => reason !== null).map(({ reason }) => `not complete: ${reason}`),
      ],
    };
  },
};
