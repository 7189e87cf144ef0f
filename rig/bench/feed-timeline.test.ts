import { expect } from 'chai';
import { hostTime, scenarioTime, fixtureTicks } from '../../scenarios/contracts/clocks.ts';
import type { Fit } from '../link/clock-fit.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { VirtualTime } from '../link/testing/virtual-time.ts';
import type { PlannedCommand } from './encode-timeline.ts';
import { feedTimeline } from './feed-timeline.ts';

const planned = (number: number, wantedBy_us: number, own: boolean): PlannedCommand => ({
  what: `entry ${number}`,
  number,
  wantedBy_us: scenarioTime(wantedBy_us),
  command: () => ({ kind: 'ping', number }) as unknown as Command,
  at_us: own ? scenarioTime(wantedBy_us) : null,
  barrier: null,
});
const FIT = {
  scatter_ppm: 1,
  ticksPer_us: 2,
  hostAt: (ticks: number) => hostTime(ticks / 2_000),
  ticksAt: (host: number) => fixtureTicks(host * 2_000),
} as unknown as Fit;

/** A fixture with so many places, which it gives back when it is told to. */
function fedTo(places: number, commands: readonly PlannedCommand[]) {
  const time = new VirtualTime();
  const taken: { readonly number: number; readonly at_ms: number }[] = [];
  let credit = places;
  let told = Promise.withResolvers<void>();
  const conversation = {
    get credit() {
      return credit;
    },
    ping: async () => undefined,
    command: async ({ number }: { readonly number: number }) => {
      credit--;
      taken.push({ number, at_ms: time.clock.now() });
      return { accepted: true };
    },
  } as unknown as Conversation;
  const free = (count: number): void => {
    credit += count;
    told.resolve();
    told = Promise.withResolvers();
  };
  const feeding = feedTimeline({
    conversation,
    clock: time.clock,
    commands,
    t0: fixtureTicks(0),
    fit: () => FIT,
    signal: new AbortController().signal,
    release: () => Promise.reject(new Error('no barrier is here')),
    creditChanged: () => told.promise,
  });
  return { time, taken, free, feeding };
}

describe('feeding a timeline', () => {
  const chain = Array.from({ length: 200 }, (_, index) => planned(index + 1, 1e6, false));

  it('sends in order, some seconds ahead', async () => {
    const { time, taken, feeding } = fedTo(64, [planned(1, 1e6, true), planned(2, 9e6, true), planned(3, 9e6, false)]);
    await time.run(feeding);
    expect(taken.map(({ number }) => number)).to.deep.equal([1, 2, 3]);
    expect(taken[1]?.at_ms).to.be.within(6_000, 6_100);
  });

  it('lets what has a time of its own past what waits for edges, and keeps places for it', async () => {
    const looks = Array.from({ length: 8 }, (_, index) => planned(901 + index, 20e6, true));
    const { time, taken, free, feeding } = fedTo(64, [...chain, ...looks]);
    time.at(30_000, () => free(300));
    await time.run(feeding);
    for (const { number } of looks) expect(taken.find((one) => one.number === number)?.at_ms).to.be.within(17_000, 19_000);
    const others = taken.map(({ number }) => number).filter((number) => number < 900);
    expect(others).to.deep.equal(chain.map(({ number }) => number));
  });

  it('gives all places to what waits for edges where nothing else is to come', async () => {
    const { time, taken, free, feeding } = fedTo(64, chain);
    let sent = 0;
    time.at(5_000, () => {
      sent = taken.length;
      free(200);
    });
    await time.run(feeding);
    expect(sent).to.equal(64);
  });
});
