import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { DriveChange, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { remoteInstants, remoteLooks } from './plan-remote-looks.ts';
import { at } from './testing/cases.ts';

const set = (id: string, at_ms: number, ...changes: readonly DriveChange[]): TimelineEntry => at(id, at_ms * 1e3, { kind: 'set', changes });
const LINK = { signal: 'remoteLink', value: 'closed' } as const;
const OFF = { signal: 'remoteLink', value: 'open' } as const;
const volts = (id: string, at_ms: number, mV: number): TimelineEntry => set(id, at_ms, { signal: 'remoteH', value: { mV } });
/** It follows an edge: nobody knows when. */
const some = (entry: TimelineEntry): TimelineEntry => ({
  ...entry,
  bounds_us: [entry.bounds_us[0], scenarioTime(entry.bounds_us[1] + 2e6)],
});

describe('looks at the remote terminals', () => {
  it('are one once each state has settled, and another when it comes again much later', () => {
    const states = [set('a', 4_000, OFF), set('b', 6_000, LINK), set('c', 8_000, OFF), set('d', 15_000, OFF)];
    expect(remoteInstants(states)).to.deep.equal([4_030_000, 6_030_000, 15_030_000]);
    expect(remoteLooks(states)).to.deep.equal([]);
  });

  it('tell one voltage from another, and wait for the end of a ramp', () => {
    const ramp = at('ramp', 8e6, { kind: 'ramp', signal: 'remoteH', from_mV: 3_100, to_mV: 1_900, over_us: 1e6 });
    expect(remoteInstants([volts('a', 4_000, 1_900), volts('b', 6_000, 3_100), ramp])).to.deep.equal([4_030_000, 6_030_000]);
    expect(remoteInstants([volts('b', 6_000, 3_100), ramp])).to.deep.equal([6_030_000, 9_030_000]);
  });

  it('follow the entry where nobody knows when that is', () => {
    const found = remoteLooks([some(set('a', 4_000, OFF))]);
    expect(found.map(({ when, do: action }) => [when, action.kind === 'sample' && action.analog])).to.deep.equal([
      [{ kind: 'afterEntry', entry: 'a', delay_us: 30_000 }, 'remoteHVoltage'],
      [{ kind: 'afterEntry', entry: 'a', delay_us: 34_000 }, 'remoteLVoltage'],
    ]);
    expect(remoteInstants([some(set('a', 4_000, OFF))])).to.deep.equal([]);
  });

  it('are none of what comes before the supply, nor of anything else', () => {
    expect(remoteInstants([set('given', -200, LINK), set('a', 4_000, { signal: 'pole1', value: 'open' })])).to.deep.equal([]);
  });
});
