import { expect } from 'chai';
import type { Difference } from '../../reports/judge/result.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { breach_U } from './breach.ts';

const edge = (seq: number, at_us: number): Edge => ({
  seq,
  signal: 'load',
  level: seq % 2 === 0 ? 'high' : 'notHigh',
  at_us: scenarioTime(at_us),
  uncertainty_us: 10,
  via: 'capture',
  ticks: 0,
});
/** Stamps of 10 us and 5 us at worst, a clock known to 100 ppm: 20 us and 100 us a second. */
const TRACE = {
  stimuli: [{ entry: 'power', outcome: 'done', asked_us: 0, done_us: 0, ended_us: null, uncertainty_us: 5 }],
  edges: [edge(0, 1e6), edge(1, 4e6), edge(2, 4.05e6)],
  probes: [
    { entry: null, output: 'load', from_us: 5e6, to_us: 5.003e6, result: 'leaky', biasOff_mV: 0, biasOn_mV: 8_000, supply_mV: 12_800 },
    {
      entry: null,
      output: 'charger',
      from_us: 5e6,
      to_us: 5.003e6,
      result: 'leaky',
      biasOff_mV: 3_000,
      biasOn_mV: 12_000,
      supply_mV: 12_800,
    },
  ],
  clock: { rate_ppm: 0, bound_ppm: 100, samples: 9 },
  ended_us: 10e6,
} as unknown as Trace;

const difference = (change: Partial<Difference>): Difference => ({
  kind: 'late',
  signal: 'load',
  expected: { level: null, earliest_us: null, latest_us: null },
  got: { level: 'notHigh', at_us: 4e6, uncertainty_us: 10 },
  off_us: null,
  measured: null,
  rule: null,
  requirement: null,
  certainty: null,
  blame: 'unit',
  consequence: false,
  text: '',
  ...change,
});
const of = (change: Partial<Difference>): number => breach_U(difference(change), TRACE);

/** So many rises of `load`, each for 1 ms. */
const flickering = (times: number): Trace => ({
  ...TRACE,
  edges: Array.from({ length: 2 * times }, (_, index) => edge(index, 1e6 + Math.floor(index / 2) * 100_000 + (index % 2) * 1_000)),
});

describe('how far a difference lies beyond what is allowed', () => {
  it('counts times in the worst interval of the trace: 420 us at 4 s', () => {
    expect(of({ kind: 'late', off_us: 840 })).to.be.closeTo(2, 1e-9);
    expect(of({ kind: 'early', off_us: -420 })).to.be.closeTo(1, 1e-9);
    const due = { level: 'high', earliest_us: 0, latest_us: 10e6 - 2_040 };
    expect(of({ kind: 'missing', got: null, expected: due }), '1 020 us at the end').to.be.closeTo(2, 1e-9);
    expect(of({ kind: 'missing', got: null })).to.equal(0);
  });

  it('counts the length of what should not be there beyond what is forgiven', () => {
    expect(of({ kind: 'dropOut', off_us: 1_000 + 50 }), 'between its own two edges, 25 us in all').to.be.closeTo(2, 1e-9);
    const elsewhere = { level: 'notHigh', at_us: 4.2e6, uncertainty_us: 10 };
    expect(of({ kind: 'dropOut', got: elsewhere, off_us: 1_000 + 880 }), 'without them as the worst, 440 us').to.be.closeTo(2, 1e-9);
    expect(of({ kind: 'extra' }), 'until the next edge, 50 ms later').to.be.closeTo(49_000 / 420, 1e-9);
    expect(of({ kind: 'dropOut', signal: 'ledBlue', off_us: 20_000 })).to.equal(0);
  });

  it('counts values in their own uncertainty', () => {
    const measured = { value: 500, unit: 'mV', low: null, high: 300, uncertainty: 20, off: 200 };
    expect(of({ kind: 'outOfLimit', measured })).to.equal(10);
  });

  it('counts a probe from the limits of floating, by the error of its divider', () => {
    const got = { level: 'leaky', at_us: 5e6, uncertainty_us: null };
    expect(of({ kind: 'leaky', got })).to.be.within(5, 9); // 2.24 V short, known to 0.3 V
    expect(of({ kind: 'leaky', signal: 'charger', got })).to.be.within(5, 10); // 2 V above 1 V
    expect(of({ kind: 'leaky', signal: 'preAlarm', got }), 'no such probe').to.equal(0);
  });

  it('is beyond doubt where short changes are more than a case may have, and counts their length where they are not', () => {
    const pulse = difference({ kind: 'pulse', got: { level: 'high', at_us: 1e6, uncertainty_us: 10 }, off_us: 1_000 });
    expect(breach_U(pulse, flickering(21))).to.equal(Infinity);
    expect(breach_U(pulse, flickering(20))).to.be.below(1);
  });
});
