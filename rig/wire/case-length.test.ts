import { expect } from 'chai';
import { wrapsOf } from './case-length.ts';

describe('the longest case that a fixture is told', () => {
  it('is never shorter than asked for by a resonator 0.5 % fast, and little longer', () => {
    for (const ms of [1_000, 1_001, 40_000, 86_400_000]) {
      const wrap_ms = 32.768;
      expect(wrapsOf(ms) * wrap_ms * 0.995, `${ms} ms`).to.be.at.least(ms);
      expect((wrapsOf(ms) - 1) * wrap_ms, `${ms} ms`).to.be.below(ms * 1.01);
    }
  });

  it('is one that a begin can carry, whatever is asked for', () => {
    for (const ms of [-5_000, 0, 1e12]) expect(wrapsOf(ms)).to.be.within(1, 0xff_ff_ff);
  });
});
