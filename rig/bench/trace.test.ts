import { expect } from 'chai';
import { fixtureTicks, hostTime } from '../../scenarios/contracts/clocks.ts';
import { type OutputSignal, SENSES } from '../../scenarios/signals.ts';
import type { FixtureEvent } from '../wire/messages.ts';
import { DIVIDERS_AS_BUILT } from '../calibration/dividers.ts';
import type { RawRun, StampedEvent } from './run-timeline.ts';
import { after, at, caseOf, POWERED, set, timeline } from './testing/cases.ts';
import { buildTrace } from './trace.ts';

/** Scenario 0. */
const T0 = 5_000_000_000;
/** 0.1 % fast: 2.002 ticks a microsecond. */
const RATE = 2.002;
const stamp = (at_us: number): number => T0 + Math.round(at_us * RATE);

const event = (body: FixtureEvent, at_us: number, until_us = at_us): StampedEvent => ({
  event: body,
  ticks: fixtureTicks(stamp(at_us)),
  until: fixtureTicks(stamp(until_us)),
});
const done = (id: number, at_us: number): StampedEvent => event({ kind: 'done', id, tick: 0 }, at_us);
const edge = (
  sense: (typeof SENSES)[number],
  level: number,
  at_us: number,
  via: 'capture' | 'pinChange' | 'lightSensor' | 'probe' = 'capture',
): StampedEvent => event({ kind: 'edge', sense, level, tick: 0, via }, at_us);
const probe = (id: number, from_us: number, to_us: number, codes: { off: number; on: number; supply: number }): StampedEvent =>
  event({ kind: 'probe', id, output: 'load', from: 0, to: 0, level: 0, ...codes }, from_us, to_us);

const rawRun = (events: readonly StampedEvent[], over: Partial<RawRun> = {}): RawRun => ({
  t0: fixtureTicks(T0),
  events,
  entryOf: new Map([
    [1, 'given'],
    [2, 'power'],
    [3, 'three'],
    [4, 'four'],
  ]),
  end: 'complete',
  reason: null,
  endedBy: null,
  ended: fixtureTicks(stamp(9_000_000)),
  fit: {
    rate_ppm: 1_000,
    bound_ppm: 61,
    jump_us: 0,
    samples: 40,
    scatter_ppm: 1,
    ticksPer_us: RATE,
    ticksAt: () => fixtureTicks(0),
    hostAt: () => hostTime(0),
  },
  begun_ppm: 420,
  counters: { linesSent: 10, linesReceived: 20, resent: 1, crcErrors: 2, overflow: 0, lost: 0, stalled_ms: 0 },
  boots: ['00000001'],
  operator: [],
  ...over,
});
const BENCH = { simulated: true, board: '000000B1', firmware: '0000BEEF', unitImage: null };
const by = (seed: number | null) => ({
  bench: BENCH,
  calibration: null,
  inForce: { id: null, fault: 'missing' as const },
  contacts: [],
  dividers: DIVIDERS_AS_BUILT,
  seed,
});
const BEGUN = event({ kind: 'levels', levels: 0b01000, tick: 0 }, -300_000);

const falls = (at_us: number) => event({ kind: 'edge', sense: 'ledBlue', level: 0, tick: 0, via: 'lightSensor' }, at_us);

describe('trace', () => {
  it('converts every stamp with the one final rate, from the tick of scenario 0', () => {
    const plan = timeline(9_000_000, [...POWERED, at('three', 4_000_000, set({ pole1: 'open' }))]);
    const trace = buildTrace(
      rawRun([BEGUN, done(1, -100_000), done(2, 0), edge('load', 1, 130_000), done(3, 4_000_001)]),
      caseOf(plan),
      by(7),
    );
    expect(trace.stimuli.map(({ entry, outcome, asked_us, done_us }) => [entry, outcome, asked_us, Math.round(done_us!)])).to.deep.equal([
      ['given', 'done', -100_000, -100_000],
      ['power', 'done', 0, 0],
      ['three', 'done', 4_000_000, 4_000_001],
    ]);
    expect(trace.edges[0]!.at_us).to.be.closeTo(130_000, 0.5);
    expect(trace.edges[0]!.ticks).to.equal(stamp(130_000));
    expect(trace.ended_us).to.be.closeTo(9_000_000, 0.5);
    expect(trace).to.deep.include({
      bench: BENCH,
      case: 'bench/test',
      seed: 7,
      end: 'complete',
      clock: { rate_ppm: 1_000, bound_ppm: 61, begun_ppm: 420, jump_us: 0, samples: 40 },
    });
    expect(trace.initial).to.deep.equal({ load: 'notHigh', preAlarm: 'notHigh', charger: 'notHigh', ledBlue: 'on', ledRed: 'off' });
  });

  it('says how sure each stamp is: pins to a tick, converters to 30 us, edges as they were seen', () => {
    const plan = timeline(9_000_000, [
      ...POWERED,
      at('three', 1, set({ remoteH: { mV: 3_000 } })),
      at('four', 2, set({ remoteH: 'battery' })),
    ]);
    const trace = buildTrace(
      rawRun([BEGUN, edge('load', 1, 1), edge('charger', 1, 2, 'pinChange'), edge('ledRed', 1, 3, 'lightSensor')]),
      caseOf(plan),
      by(null),
    );
    expect(trace.stimuli.map(({ uncertainty_us }) => uncertainty_us)).to.deep.equal([1.5, 30.5, 30.5, 1.5]);
    expect(trace.edges.map(({ via, uncertainty_us }) => [via, uncertainty_us])).to.deep.equal([
      ['capture', 3],
      ['comparator', 41],
      ['light', 139.5],
    ]);
  });

  it('sorts and numbers edges by time, also where a probe found one late', () => {
    const trace = buildTrace(
      rawRun([
        BEGUN,
        edge('load', 0, 5_000),
        edge('charger', 1, 9_000, 'pinChange'),
        probe(0, 6_000, 8_800, { off: 330, on: 331, supply: 332 }),
        edge('load', 1, 8_800, 'probe'),
        edge('ledBlue', 0, 7_000, 'lightSensor'),
      ]),
      caseOf(timeline(9_000_000, POWERED)),
      by(null),
    );
    expect(trace.edges.map(({ seq, signal, level }) => [seq, signal, level])).to.deep.equal([
      [0, 'load', 'notHigh'],
      [1, 'ledBlue', 'off'],
      [2, 'load', 'high'],
      [3, 'charger', 'high'],
    ]);
    expect(trace.edges[2]!.uncertainty_us, 'the whole span of the probe').to.be.closeTo(2_802, 1);
  });

  it('reads probes by the limits, planned ones with their entry, and counts their spans as blind', () => {
    const plan = timeline(9_000_000, [...POWERED, at('three', 4_000_000, { kind: 'probe', output: 'load' })]);
    const trace = buildTrace(
      rawRun([
        BEGUN,
        probe(0, 1_000, 3_900, { off: 0, on: 302, supply: 332 }),
        done(3, 4_000_000),
        probe(3, 4_000_000, 4_002_900, { off: 0, on: 20, supply: 332 }),
      ]),
      caseOf(plan),
      by(null),
    );
    expect(trace.probes.map(({ entry, result }) => [entry, result])).to.deep.equal([
      [null, 'floating'],
      ['three', 'low'],
    ]);
    expect(trace.probes[0]!.supply_mV).to.be.closeTo(25_938, 1);
    expect(trace.blind.map(({ signal, from_us, to_us }) => [signal, Math.round(from_us), Math.round(to_us)])).to.deep.equal([
      ['load', 1_000, 3_900],
      ['load', 4_000_000, 4_002_900],
    ]);
  });

  it("takes the fixture's own burdens out of the supply current, one for each output that is high", () => {
    const plan = timeline(9_000_000, [...POWERED, at('three', 5_000_000, { kind: 'sample', analog: 'supplyCurrent', count: 16 })]);
    const taken = event(
      {
        kind: 'sample',
        id: 3,
        tick: 0,
        channel: 'supplyCurrentLow',
        count: 16,
        sum: 16 * 400,
        min: 400,
        max: 400,
        reference: 4 * 511,
        second: 0,
      },
      5_000_000,
    );
    const valueWith = (high: readonly OutputSignal[]): number => {
      const events = [
        BEGUN,
        done(1, -100_000),
        done(2, 0),
        ...high.map((output, index) => edge(output, 1, 100_000 + index)),
        done(3, 5_000_000),
        taken,
        edge('preAlarm', 1, 6_000_000),
      ];
      const trace = buildTrace(rawRun(events), caseOf(plan), by(null));
      expect(trace.samples[0]).to.include({ entry: 'three', analog: 'supplyCurrent', unit: 'uA', count: 16 });
      return trace.samples[0]!.value;
    };
    // 26 V over 100 kOhm are 260 uA.
    expect(valueWith([]) - valueWith(['load'])).to.be.closeTo(260, 0.01);
    expect(valueWith([]) - valueWith(['load', 'charger'])).to.be.closeTo(520, 0.01);
  });

  it('follows the supply through steps, pulses and ramps for that', () => {
    const ramp = at('three', 2_000_000, { kind: 'ramp', signal: 'supply', from_mV: 26_000, to_mV: 10_000, over_us: 1_000_000 });
    const plan = timeline(9_000_000, [...POWERED, ramp, at('four', 2_500_000, { kind: 'sample', analog: 'supplyCurrent', count: 1 })]);
    const taken = event(
      {
        kind: 'sample',
        id: 4,
        tick: 0,
        channel: 'supplyCurrentLow',
        count: 1,
        sum: 400,
        min: 400,
        max: 400,
        reference: 4 * 511,
        second: 0,
      },
      2_500_000,
    );
    const events = [
      BEGUN,
      done(2, 0),
      edge('load', 1, 100_000),
      done(3, 2_000_000),
      event({ kind: 'finished', id: 3, tick: 0 }, 3_000_000),
      done(4, 2_500_000),
      taken,
    ];
    const half = buildTrace(rawRun(events), caseOf(plan), by(null)).samples[0]!.value;
    const none = buildTrace(rawRun(events.filter(({ event: { kind } }) => kind !== 'edge')), caseOf(plan), by(null)).samples[0]!.value;
    expect(none - half).to.be.closeTo(180, 0.01); // 18 V half way
  });

  it('tells entries that were not reached, timed out, ended', () => {
    const pulse = at('three', 1_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 });
    const plan = timeline(9_000_000, [...POWERED, pulse, after('four', pulse, 5, set({}))]);
    const events = [
      BEGUN,
      done(1, -100_000),
      done(3, 1_000_000),
      event({ kind: 'finished', id: 3, tick: 0 }, 1_020_000),
      event({ kind: 'triggerTimeout', id: 2, tick: 0 }, 500_000),
    ];
    const { stimuli } = buildTrace(rawRun(events), caseOf(plan), by(null));
    expect(stimuli.map(({ outcome }) => outcome)).to.deep.equal(['done', 'timedOut', 'done', 'notReached']);
    expect(stimuli[2]!.ended_us).to.be.closeTo(1_020_000, 0.5);
    expect(stimuli[3]!.asked_us).to.be.closeTo(1_000_005, 0.5);
  });

  it('counts what hangs on a refused sink from the refusal, and calls the sink refused then', () => {
    const pulse = at('three', 1_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 });
    const plan = timeline(9_000_000, [...POWERED, pulse, after('four', pulse, 500_000, set({}))]);
    const events = [BEGUN, event({ kind: 'refused', code: 'outputNotHigh', id: 3, tick: 0 }, 1_000_002), done(4, 1_500_002)];
    const [, , three, four] = buildTrace(rawRun(events), caseOf(plan), by(null)).stimuli;
    expect(three).to.include({ outcome: 'refused', ended_us: null });
    expect(three!.done_us).to.be.closeTo(1_000_002, 1);
    expect(four!.asked_us).to.be.closeTo(1_500_002, 1);
  });

  it('says when a sink was let go of that had been on', () => {
    const pulse = at('three', 1_000_000, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 });
    const letGo = event({ kind: 'refused', code: 'outputNotHigh', id: 3, tick: 0 }, 1_000_900);
    const events = [BEGUN, done(3, 1_000_000), letGo, event({ kind: 'finished', id: 3, tick: 0 }, 1_020_000)];
    const [, , three] = buildTrace(rawRun(events), caseOf(timeline(9_000_000, [...POWERED, pulse])), by(null)).stimuli;
    expect(three).to.include({ outcome: 'done' });
    expect([three!.done_us, three!.letGo_us, three!.ended_us].map((us) => Math.round(us!))).to.deep.equal([
      1_000_000, 1_000_900, 1_020_000,
    ]);
  });

  it('claims no capture before the begin nor after the end of a case', () => {
    const plan = caseOf(timeline(9_000_000, POWERED));
    const trace = buildTrace(
      rawRun([BEGUN], { end: 'lost', reason: 'portClosed: gone', ended: fixtureTicks(stamp(2_000_000)) }),
      plan,
      by(null),
    );
    expect(trace.captured.map(({ signal, from_us, to_us }) => [signal, Math.round(from_us), Math.round(to_us)])).to.deep.equal(
      SENSES.map((signal) => [signal, -300_000, 2_000_000]),
    );
    expect(buildTrace(rawRun([]), plan, by(null)).captured).to.deep.equal([]);
  });

  it('ends with the case: what falls when everything is made safe is not the unit', () => {
    const raw = rawRun([BEGUN, falls(8_000_000), falls(9_000_100)], { ended: fixtureTicks(stamp(9_000_000)) });
    expect(buildTrace(raw, caseOf(timeline(9_000_000, POWERED)), by(null)).edges.map(({ at_us }) => Math.round(at_us))).to.deep.equal([
      8_000_000,
    ]);
  });

  it('gives no limit a chance to be met by a reading at the end of its range', () => {
    const plan = timeline(9_000_000, [...POWERED, at('three', 5_000_000, { kind: 'sample', analog: 'loadDrop', count: 1 })]);
    const taken = event(
      { kind: 'sample', id: 3, tick: 0, channel: 'loadDrop', count: 1, sum: 1_023, min: 1_023, max: 1_023, reference: 4 * 511, second: 0 },
      5_000_000,
    );
    expect(buildTrace(rawRun([BEGUN, taken]), caseOf(plan), by(null)).samples[0]!.uncertainty).to.be.at.least(70_000);
  });
});
