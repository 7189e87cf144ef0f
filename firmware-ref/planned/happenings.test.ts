/** When an entry happens as planned: at its time, so long after another, or where the edge can lie that it waits for. */

import { expect } from 'chai';
import type { Timeline, TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import type { Interval } from '../inputs/steps.ts';
import { planned, type Expected } from './happenings.ts';

const ALWAYS: Interval = [0, 1e9];
const entry = (id: string, when: When, bounds_us: Interval = ALWAYS, action: unknown = { kind: 'set', changes: [] }): TimelineEntry =>
  ({ id, when, bounds_us, do: action }) as unknown as TimelineEntry;
const at = (id: string, at_us: number, action?: unknown): TimelineEntry => entry(id, { kind: 'at', at_us: at_us as never }, ALWAYS, action);
const behind = (id: string, other: string, delay_us: number): TimelineEntry => entry(id, { kind: 'afterEntry', entry: other, delay_us });
const onEdge = (armedBy: string, bounds_us: Interval = ALWAYS, level: 'high' | 'notHigh' | 'on' | 'off' = 'high'): TimelineEntry =>
  entry('edge', { kind: 'afterEdge', signal: 'load', level, armedBy, delay_us: 100, timeout_us: 5_000 }, bounds_us);

const happen = (entries: readonly TimelineEntry[], edges: readonly Expected[] = []) =>
  planned({ entries } as unknown as Timeline, { happens: () => undefined, expected: () => edges });
const begin = (...given: Parameters<typeof happen>): Interval => happen(...given).at(-1)!.begin_us;
const edge = (from_us: number, to_us: number, required = true): Expected => ({ window_us: [from_us, to_us], required });
/** An entry 100 us after an edge that is waited for, for 5 ms from 1000 on. */
const waits = (...edges: readonly Expected[]): Interval => begin([at('arm', 1_000), onEdge('arm')], edges);
/** An entry 100 us after an edge that is waited for from 2100 to 3100 us on; the edges are those expected after that. */
function waitsAgain(...edges: readonly Expected[]) {
  const asked: number[] = [];
  const entries = [at('arm', 1_000), onEdge('arm'), { ...onEdge('edge'), id: 'again' }];
  const happenings = planned({ entries } as unknown as Timeline, {
    happens: () => undefined,
    expected: (_signal, _high, since_us) => {
      asked.push(since_us);
      return asked.length === 1 ? [edge(2_000, 3_000)] : edges;
    },
  });
  return { asked, begin_us: happenings.at(-1)!.begin_us };
}

const clipped = (from_us: number, to_us: number) => begin([at('arm', 1_000), onEdge('arm', [from_us, to_us])], [edge(2_000, 3_000)]);
const ends = (action: unknown) => happen([at('a', 7, action)])[0]!.end_us;

describe('when an entry happens', () => {
  it('is at its time, or so long after another, as badly as that is known', () => {
    expect(begin([at('a', 7)])).to.deep.equal([7, 7]);
    expect(begin([at('a', 7), behind('b', 'a', 5)])).to.deep.equal([12, 12]);
    expect(begin([at('arm', 1_000), onEdge('arm'), behind('b', 'edge', 5)], [edge(2_000, 3_000)])).to.deep.equal([2_105, 3_105]);
  });

  it('is from the first edge that may come to the first that has to, and the delay later', () => {
    expect(waits(edge(2_000, 3_000))).to.deep.equal([2_100, 3_100]);
    expect(waits(edge(1_500, 1_800, false), edge(2_000, 3_000))).to.deep.equal([1_600, 3_100]);
    expect(waits(edge(4_000, 5_000), edge(2_000, 3_000)), 'in any order').to.deep.equal([2_100, 3_100]);
  });

  it('is no edge that was over before, and none that is waited for too long', () => {
    expect(waits(edge(200, 999), edge(2_000, 3_000))).to.deep.equal([2_100, 3_100]);
    expect(waits(edge(200, 1_000, false), edge(2_000, 3_000)), 'just not over').to.deep.equal([1_100, 3_100]);
    expect(waits(edge(2_000, 9_000))).to.deep.equal([2_100, 6_100]);
    expect(waits(edge(2_000, 3_000, false)), 'it need not come').to.deep.equal([2_100, 6_100]);
  });

  it('trusts an edge that may have been before the wait only where no other has to come', () => {
    expect(waits(edge(500, 1_500), edge(2_000, 3_000))).to.deep.equal([1_100, 3_100]);
    expect(waits(edge(500, 1_500))).to.deep.equal([1_100, 1_600]);
  });

  it('counts, where it is not known since when it waits, from the earliest to the latest', () => {
    expect(waitsAgain(edge(2_500, 9_000, false))).to.deep.equal({ asked: [1_000, 2_100], begin_us: [2_600, 8_200] });
    expect(waitsAgain(edge(2_500, 2_700), edge(3_100, 3_500)).begin_us, 'the first may be over').to.deep.equal([2_600, 3_600]);
  });

  it('is what the timeline says where nothing is known', () => {
    const bounds: Interval = [40, 50];
    expect(begin([at('arm', 0), onEdge('arm', bounds)])).to.deep.equal(bounds);
    expect(begin([onEdge('nobody', bounds)], [edge(1, 2)])).to.deep.equal(bounds);
  });

  it('lies within what the timeline says, and is that where the two do not meet', () => {
    expect(clipped(2_500, 9_000)).to.deep.equal([2_500, 3_100]);
    expect(clipped(0, 2_600)).to.deep.equal([2_100, 2_600]);
    expect(clipped(3_100, 9_000), 'they touch').to.deep.equal([3_100, 3_100]);
    expect(clipped(8_000, 9_000)).to.deep.equal([8_000, 9_000]);
  });

  it('is, of an answer, any time from the question on', () => {
    const answered = entry('done', { kind: 'released', entry: 'asked', delay_us: 0 } as unknown as When, [1_000, 20_000]);
    expect(begin([at('asked', 3_000), answered])).to.deep.equal([3_000, 20_000]);
  });

  it('ends after the length of a ramp or a pulse', () => {
    expect(ends({ kind: 'ramp', over_us: 30 })).to.deep.equal([37, 37]);
    expect(ends({ kind: 'pulse', for_us: 4 })).to.deep.equal([11, 11]);
    expect(ends({ kind: 'set' })).to.deep.equal([7, 7]);
  });

  it('says which entry it hangs on, and how long after that it comes at least', () => {
    expect(happen([at('a', 7), behind('b', 'a', 5), onEdge('b')]).map(({ hangsOn }) => hangsOn)).to.deep.equal([
      null,
      { entry: 'a', least_us: 5 },
      { entry: 'b', least_us: 100 },
    ]);
  });

  it('is told before the next one asks for its edge, with the level and since when', () => {
    const log: unknown[] = [];
    for (const level of ['high', 'notHigh', 'on', 'off'] as const)
      planned({ entries: [at('arm', 1_000), onEdge('arm', ALWAYS, level)] } as unknown as Timeline, {
        happens: ({ entry: { id } }) => log.push(id),
        expected: (...asked) => (log.push(asked), []),
      });
    expect(log).to.deep.equal([true, false, true, false].flatMap((up) => ['arm', ['load', up, 1_000], 'edge']));
  });
});
