import { expect } from 'chai';
import { spanBefore, spanBehind } from './clear-span.ts';
import { after, afterEdge, at, POWERED, set } from './testing/cases.ts';

const OPEN = set({ pole1: 'open' });
const PULSE = { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 16_000 } as const;
const SAMPLE = { kind: 'sample', analog: 'loadDrop', count: 4 } as const;
const [TAKES_us, QUIET_us] = [40_000, 8_000];

const step = afterEdge('step', POWERED[0]!, ['load', 'high'], 10_000, 3_000_000, OPEN);
const pulse = after('pulse', step, 200_000, PULSE);
const before = (...more: Parameters<typeof spanBefore>[3]) => spanBefore(pulse, TAKES_us, QUIET_us, [...POWERED, step, pulse, ...more]);

describe('a span in which nothing else happens', () => {
  it('ends right before an entry that hangs on another', () => {
    expect(before()).to.deep.equal({
      anchor: 'step',
      delay_us: 152_000,
      bounds_us: step.bounds_us.map((at_us) => at_us + 152_000),
    });
  });

  it('is none where the entry has an instant of its own, or follows too closely', () => {
    const own = at('pulse', 200_000, PULSE);
    expect(spanBefore(own, TAKES_us, QUIET_us, [...POWERED, own])).to.equal(null);
    const close = after('pulse', step, 50_000, PULSE);
    expect(spanBefore(close, TAKES_us, QUIET_us, [...POWERED, step, close])).to.equal(null);
  });

  it('is none where something that hangs on the same entry falls into it or lasts into it', () => {
    expect(before(after('sample', step, 160_000, SAMPLE))).to.equal(null);
    expect(before(after('early', step, 130_000, PULSE))).to.equal(null);
    expect(before(after('sample', step, 140_000, SAMPLE))).not.to.equal(null);
    expect(before(after('late', step, 210_000, SAMPLE))).not.to.equal(null);
  });

  it('is none where something hangs on an entry further up and falls into it', () => {
    const second = after('second', step, 100_000, OPEN);
    const late = after('pulse', second, 200_000, PULSE);
    const beside = (delay_us: number) =>
      spanBefore(late, TAKES_us, QUIET_us, [...POWERED, step, second, late, after('sample', step, delay_us, SAMPLE)]);
    expect(beside(260_000)).to.equal(null);
    expect(beside(240_000)).not.to.equal(null);
    expect(beside(300_000)).not.to.equal(null);
  });

  it('is none beside what hangs on another edge, unless that is armed only afterwards', () => {
    expect(before(afterEdge('other', POWERED[0]!, ['charger', 'high'], 0, 3_000_000, OPEN))).to.equal(null);
    expect(before(afterEdge('next', pulse, ['load', 'notHigh'], 0, 3_000_000, OPEN))).not.to.equal(null);
  });

  it('lies behind all that may come, by its latest instant', () => {
    expect(spanBehind(0, TAKES_us, QUIET_us, [step])).to.equal(step.bounds_us[1] + QUIET_us);
    expect(spanBehind(0, TAKES_us, QUIET_us, [at('far', 100_000, OPEN)])).to.equal(0);
    expect(spanBehind(0, TAKES_us, QUIET_us, [at('near', 45_000, PULSE)])).to.equal(45_000 + 16_000 + QUIET_us);
  });
});
