import { expect } from 'chai';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { goodTrace } from '../testing/build.ts';
import { wholeBenchFaults } from './whole-bench.ts';

const codes = (more: Partial<Trace>): string[] => wholeBenchFaults({ ...goodTrace, ...more }).map(({ code, blame }) => `${code} ${blame}`);
const clock = (more: Partial<Trace['clock']>): Partial<Trace> => ({ clock: { ...goodTrace.clock, ...more } });
const textAt = (rate_ppm: number): string => wholeBenchFaults({ ...goodTrace, ...clock({ rate_ppm }) })[0]!.text;

describe('faults of the whole bench in a trace', () => {
  it('are none in a good one, nor with a resonator as far off as it may be', () => {
    expect(codes({})).to.deep.equal([]);
    expect(codes(clock({ rate_ppm: -5_040, bound_ppm: 100 }))).to.deep.equal([]);
  });

  it('are a restart, and a fixture whose restarts nobody would see', () => {
    expect(codes({ boots: ['a', 'b'] })).to.deep.equal(['fixtureReset rig']);
    expect(codes({ boots: [] })).to.deep.equal(['fixtureReset rig']);
  });

  it('are a clock without a bound, one that is too far off, and one that jumped', () => {
    expect(codes(clock({ samples: 1 }))).to.deep.equal(['clockBad rig']);
    expect(codes(clock({ jump_us: NaN }))).to.deep.equal(['clockBad rig']);
    expect(codes(clock({ rate_ppm: 15_000 }))).to.deep.equal(['clockBad rig']);
    expect(codes(clock({ jump_us: 2_000 }))).to.deep.equal(['clockBad rig']);
  });

  it('are a clock that stood still or was set, where it is farther off than any clock runs', () => {
    expect(textAt(15_000)).to.match(/1\.50 % faster .*: one of them is defective/);
    expect(textAt(1_782_200)).to.match(/178\.22 % faster .*: no clock is so wrong, /);
  });

  it('are no jump where the link was lost: what cut the case short held up its pings too', () => {
    expect(codes({ ...clock({ jump_us: 2_000 }), end: 'lost' })).to.deep.equal([]);
  });
});
