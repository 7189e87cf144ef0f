import { expect } from 'chai';
import { fixtureTicks } from '../../scenarios/contracts/clocks.ts';
import type { Action } from '../../scenarios/contracts/timeline.ts';
import { ScenarioAxis } from '../link/clock-fit.ts';
import { RigError } from '../error.ts';
import { encodeCommand } from '../wire/codec.ts';
import { encodeTimeline } from './encode-timeline.ts';
import { after, afterEdge, at, set, timeline } from './testing/cases.ts';

/** Scenario 0 at tick 0x00100000, ticks 0.5 % fast. */
const AXIS = new ScenarioAxis(fixtureTicks(0x100000), 2.01);

/** Bodies as they go over the wire with sequence number 00, written out by hand in the tests from PROTOCOL.md. */
const bodies = (plan: Parameters<typeof encodeTimeline>[0]): string[] =>
  encodeTimeline(plan, null).commands.map(({ command }) => encodeCommand({ ...command(AXIS), seq: 0 }).slice(0, -6));
const bodyOf = (action: Action): string => bodies(timeline(10_000_000, [at('one', 1_000_000, action)]))[0]!;
/** 0x100000 + 2 010 000. */
const AT_1_s = 'T002EAB90';

describe('timeline on the wire', () => {
  it('puts all changes of an entry into one command: mask, value, codes', () => {
    // Mask and value of poles 1, 3, 4 (bits 0-2) and the link (bit 3).
    expect(bodyOf(set({ pole1: 'closed', pole3: 'open', pole4: 'closed', remoteLink: 'closed' }))).to.equal(`S000001${AT_1_s}000F000D0`);
    // 26 V of 80 V are code 0x5333.
    expect(bodyOf(set({ supply: { mV: 26_000 } }))).to.equal(`S000001${AT_1_s}00000000105333`);
    expect(bodyOf(set({ supply: { mV: 0 } }))).to.equal(`S000001${AT_1_s}00000000100000`);
    // H: bits 4 (battery) and 5 (drive), L: bits 6 (minus) and 7 (drive); 3.1 V of 5 V are 0x9EB8.
    expect(bodyOf(set({ remoteH: { mV: 3_100 }, remoteL: 'open' }))).to.equal(`S000001${AT_1_s}00F00020119EB8`);
    expect(bodyOf(set({ remoteH: 'battery', remoteL: 'minus' }))).to.equal(`S000001${AT_1_s}00F000500`);
    // Charger sink: bits 10 (1 mA) and 11 (10 mA).
    expect(bodyOf(set({ chargerSink: '10mA' }))).to.equal(`S000001${AT_1_s}0C0008000`);
  });

  it("closes and opens the shunt's bypass where the host looks at it, and touches nothing else", () => {
    expect(bodyOf({ kind: 'set', changes: [], bypass: 'closed' })).to.equal(`S000001${AT_1_s}200020000`);
    expect(bodyOf({ kind: 'set', changes: [], bypass: 'open' })).to.equal(`S000001${AT_1_s}200000000`);
  });

  it("closes the shunt's bypass with the first entry, and only there, where something attached draws current", () => {
    const plan = timeline(10_000_000, [at('one', 1_000_000, set({ pole1: 'closed' })), at('two', 2_000_000, set({ pole1: 'open' }))]);
    const sent = encodeTimeline(plan, null, true).commands.map(({ command }) => encodeCommand({ ...command(AXIS), seq: 0 }).slice(16, 24));
    // Mask and value; bit 13 is the bypass.
    expect(sent.slice(0, 2)).to.deep.equal(['20012001', '00010000']);
    expect(bodies(plan)[0]!.slice(16, 24)).to.equal('00010001');
  });

  it('puts pulses, ramps, samples and probes', () => {
    // 20 ms are 40 200 ticks here.
    expect(bodyOf({ kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 })).to.equal(
      `U000001${AT_1_s}0100010000009D080`,
    );
    // 26 V to 13 V in 1 s: code 0x299A, 2 010 000 ticks, a step each 2 000.
    expect(bodyOf({ kind: 'ramp', signal: 'supply', from_mV: 26_000, to_mV: 13_000, over_us: 1_000_000 })).to.equal(
      `M000001${AT_1_s}0299A001EAB900007D0`,
    );
    expect(bodyOf({ kind: 'sample', analog: 'supplyCurrent', count: 16 })).to.equal(`A000001${AT_1_s}0710`);
    expect(bodyOf({ kind: 'probe', output: 'preAlarm' })).to.equal(`V000001${AT_1_s}1`);
  });

  it('hangs entries on entries and edges by their numbers, and ends last', () => {
    const first = at('first', 1_000_000, set({ pole1: 'open' }));
    const second = after('second', first, 500_000, set({ pole1: 'closed' }));
    const third = afterEdge('third', second, ['preAlarm', 'notHigh'], 2_000, 35_000_000, { kind: 'probe', output: 'load' });
    const plan = timeline(5_000_000, [first, second, third], { kind: 'afterEntry', entry: 'third', delay_us: 1_000_000 });
    expect(bodies(plan)).to.deep.equal([
      `S000001${AT_1_s}000100000`,
      'S000002D0001000F55C8000100010', // 1 005 000 ticks
      'V000003E02000200000FB4043174B00', // preAlarm is sense 1, notHigh level 0; armed by 2; 4 020 ticks; 70 350 000 ticks; output 0
      'Z000004D0003001EAB90',
    ]);
  });

  it('sends what is wanted first first, but nothing before what it hangs on', () => {
    const late = at('late', 9_000_000, set({ pole1: 'open' }));
    const child = after('child', late, 10_000, set({ pole1: 'closed' }));
    const early = at('early', 1_000_000, set({ pole3: 'open' }));
    const { commands, entryOf, end } = encodeTimeline(timeline(20_000_000, [child, late, early]), null);
    expect(commands.map(({ what }) => what)).to.deep.equal(['entry early', 'entry late', 'entry child', 'the end of the case']);
    expect([...entryOf]).to.deep.equal([
      [1, 'child'],
      [2, 'late'],
      [3, 'early'],
    ]);
    expect(end).to.equal(4);
  });

  it('refuses what the fixture cannot wait for, in words', () => {
    const plan = timeline(1, [at('a', 0, set({})), after('b', at('a', 0, set({})), 600_000_000, set({}))]);
    expect(() => bodies(plan)).to.throw(RigError, /waits 603 s in one piece/);
    expect(() => bodies(timeline(1, [after('b', at('missing', 0, set({})), 5, set({}))]))).to.throw(RigError, /no entry missing/);
  });
});
