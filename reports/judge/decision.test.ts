import { expect } from 'chai';
import * as fc from 'fast-check';
import { atLeast, atMost, between, intervalUncertainty_us, notBeforeCause } from './decision.ts';

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const width = fc.double({ min: 0, max: 1e6, noNaN: true });

/** From 10 to 20, known to +-1. */
const inside = (at: number, margin: number) => between(at, 10, 20, 1, margin);

describe('the decision at a limit', () => {
  it('passes inside by the uncertainty, fails outside by more, and is marginal between', () => {
    expect([atLeast(30.1, 30, 0.1 - 1e-9), atLeast(30.05, 30, 0.1), atLeast(29.95, 30, 0.1), atLeast(29.89, 30, 0.1)]).to.deep.equal([
      'pass',
      'marginal',
      'marginal',
      'fail',
    ]);
    expect([atMost(34.9, 35, 0), atMost(35, 35, 0), atMost(35.2, 35, 0.1)]).to.deep.equal(['pass', 'pass', 'fail']);
  });

  it('between two limits leaves a margin inside each, in which nothing passes and nothing fails', () => {
    expect([11, 12.9, 13, 17, 17.1, 19].map((at) => inside(at, 2))).to.deep.equal([
      'marginal',
      'marginal',
      'pass',
      'pass',
      'marginal',
      'marginal',
    ]);
    expect([8.9, 21.1].map((at) => inside(at, 2))).to.deep.equal(['fail', 'fail']);
    expect([between(12, 10, null, 1, 2), between(13, 10, null, 1, 2), between(25, null, 20, 1, 2)]).to.deep.equal([
      'marginal',
      'pass',
      'fail',
    ]);
    fc.assert(
      fc.property(value, width, width, (one, U, margin) => {
        const [without, withIt] = [between(one, -1e6, 1e6, U, 0), between(one, -1e6, 1e6, U, margin)];
        expect(withIt === without || (without === 'pass' && withIt === 'marginal')).to.equal(true);
      }),
    );
  });

  it('accepts nothing more with a larger uncertainty', () => {
    fc.assert(
      fc.property(value, value, width, width, (v, limit, u, more) => {
        if (atLeast(v, limit, u + more) === 'pass') expect(atLeast(v, limit, u)).to.equal('pass');
        if (v < limit) expect(atLeast(v, limit, u)).to.not.equal('pass');
      }),
    );
  });

  it('decides nothing from what is no number', () => {
    for (const [v, limit, u] of [
      [NaN, 1, 1],
      [1, NaN, 1],
      [1, 0, NaN],
      [1, 0, Infinity],
      [1, 0, -1],
      [Infinity, 0, 1],
    ] as const)
      expect(atLeast(v, limit, u)).to.equal('marginal');
    expect(notBeforeCause(NaN, 0, 1)).to.equal('marginal');
    expect(notBeforeCause(1, 0, Infinity)).to.equal('marginal');
  });

  it('forgives an effect stamped within the uncertainty before its cause and nothing beyond', () => {
    expect([notBeforeCause(5, 0, 3), notBeforeCause(-3, 0, 3), notBeforeCause(-3.1, 0, 3)]).to.deep.equal(['pass', 'pass', 'fail']);
  });

  it('adds both stamps and the clock over the interval', () => {
    const clock = { rate_ppm: 5_000, bound_ppm: 5, jump_us: 0, samples: 9 };
    expect(intervalUncertainty_us({ at_us: 5e6, uncertainty_us: 2 }, { at_us: 35e6, uncertainty_us: 7 }, clock)).to.be.closeTo(159, 1e-9);
  });
});
