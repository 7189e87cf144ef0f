// A clock that was never known makes an open case the link's, and no other.
import { expect } from 'chai';
import { NOTHING, doubt, fault, type Findings } from './findings.ts';
import { withLostClock } from './lost-clock.ts';
import { goodTrace } from '../testing/build.ts';
import { earlyAttempt } from '../testing/runs.ts';

const trace = (bound_ppm: number) => ({ ...goodTrace, clock: { ...goodTrace.clock, bound_ppm } });

const open: Findings = { ...NOTHING, notMeasured: [doubt('reference', 'load', 'LOAD may become floating.', 'scenario')] };
const blameOf = (findings: Findings, bound_ppm: number, outcome: 'held' | 'broken' = 'held'): readonly string[] =>
  withLostClock(findings, trace(bound_ppm), [{ outcome }]).faults.map(({ blame }) => blame);

describe('a clock that was never known', () => {
  it('breaks a case that could not be decided, blame link, with what is known of the clock', () => {
    const { faults, notMeasured } = withLostClock(open, trace(100_400), []);
    expect(faults.map(({ blame }) => blame)).to.deep.equal(['link']);
    expect(faults[0]!.text).to.contain('+-10.0 %');
    expect(notMeasured).to.equal(open.notMeasured);
    expect(blameOf({ ...NOTHING, marginal: open.notMeasured }, 5_001)).to.deep.equal(['link']);
  });

  it('leaves a case whose clock is known, and one that was decided all the same', () => {
    expect(blameOf(open, 450)).to.deep.equal([]);
    expect(blameOf(open, Number.NaN)).to.deep.equal([]);
    expect(blameOf(NOTHING, 100_400)).to.deep.equal([]);
    expect(blameOf(open, 100_400, 'broken')).to.deep.equal([]);
    const [difference] = earlyAttempt.result.differences;
    expect(difference!.blame).to.equal('unit');
    expect(blameOf({ ...open, differences: [difference!] }, 100_400)).to.deep.equal([]);
    expect(blameOf({ ...open, faults: [fault('rig', 'Something else.')] }, 100_400)).to.deep.equal(['rig']);
  });
});
