import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';
import { driveUncertainty_mV, stepOf_mV, traceRamps } from './trace-ramps.ts';

const text = 'scenario: A\ncovers: [REACTION]\nsteps:\n  - { at: 4 s, supply: { ramp to: 6 V, over: 60 s } }\n';
const compiled = readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(text) });
const timeline = compiled.ok ? compiled.cases[0]!.timeline : null!;
const stimulus = (more: Partial<Stimulus>): Stimulus => ({
  entry: 'step-1',
  outcome: 'done',
  asked_us: scenarioTime(4e6),
  done_us: scenarioTime(4.000_1e6),
  ended_us: scenarioTime(64.000_2e6),
  uncertainty_us: 30.5,
  ...more,
});

describe('ramps as executed', () => {
  it('are the line between their ends, at the instants in which they came', () => {
    const [ramp, ...more] = traceRamps(timeline, [stimulus({})], null);
    expect(more).to.have.length(0);
    expect(ramp).to.include({ entry: 'step-1', signal: 'supply', from_us: 4.000_1e6, to_us: 64.000_2e6, from_mV: 12_800, to_mV: 6_000 });
    // 0.3 % of 12.8 V, 10 mV, 51 mV behind the shunts and two codes of 1.2 mV.
    expect(ramp?.uncertainty_mV).to.be.closeTo(38.4 + 10 + 51 + 2.4, 0.2);
  });
  it('are none where the ramp was not begun or did not end', () => {
    for (const more of [{ ended_us: null }, { done_us: null }, { outcome: 'notReached' }] as const)
      expect(traceRamps(timeline, [stimulus(more)], null)).to.deep.equal([]);
  });
  it('follow a drive as well as its parts', () => {
    expect(driveUncertainty_mV('remoteH', 2_500, null)).to.be.closeTo(8.1, 0.1);
    expect(stepOf_mV('remoteH', 0, 5_000, 100_000)).to.equal(50);
    expect(stepOf_mV('remoteH', 0, 5_000, 10_000)).to.equal(250);
  });
});
