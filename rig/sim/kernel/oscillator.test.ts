import { expect } from 'chai';
import * as fc from 'fast-check';
import { createOscillator } from './oscillator.ts';

const NOMINAL_Hz = 16_000_000;
const DAY_cycles = 24 * 3600 * NOMINAL_Hz;
const error = fc.double({ min: -5_000, max: 5_000, noNaN: true });

describe('oscillator', () => {
  it('gives every cycle of a day back from its instant', () => {
    fc.assert(
      fc.property(error, fc.integer({ min: 0, max: DAY_cycles }), (error_ppm, cycle) => {
        const oscillator = createOscillator(NOMINAL_Hz, error_ppm);
        expect(oscillator.cycleAt(oscillator.instantOf(cycle))).to.equal(cycle);
      }),
      { numRuns: 1_000 },
    );
  });

  it('names the first cycle that begins at or after an instant', () => {
    fc.assert(
      fc.property(
        error,
        fc.integer({ min: 0, max: DAY_cycles }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (error_ppm, cycle, part) => {
          const oscillator = createOscillator(NOMINAL_Hz, error_ppm);
          const from_ns = oscillator.instantOf(cycle);
          const within_ns = from_ns + part * (oscillator.instantOf(cycle + 1) - from_ns);
          expect(oscillator.cycleAt(within_ns)).to.equal(cycle + 1);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('runs fast where its error is positive: 5 000 ppm are 5 ms in a second', () => {
    expect(createOscillator(NOMINAL_Hz, 5_000).cycleAt(1e9)).to.equal(16_080_000);
    expect(createOscillator(NOMINAL_Hz, -5_000).cycleAt(1e9)).to.equal(15_920_000);
  });

  it('runs away evenly where it drifts: 50 ppm a minute are 1.5 ms in the first minute', () => {
    const minute_ns = 60e9;
    for (const [drift, sign] of [
      [50, 1],
      [-50, -1],
    ] as const) {
      const oscillator = createOscillator(NOMINAL_Hz, 0, drift);
      expect(oscillator.cycleAt(minute_ns) - 60 * NOMINAL_Hz).to.be.closeTo(sign * 1.5e-3 * NOMINAL_Hz, 1);
      expect(oscillator.cycleAt(2 * minute_ns) - 120 * NOMINAL_Hz).to.be.closeTo(sign * 6e-3 * NOMINAL_Hz, 1);
    }
  });

  it('gives every cycle of an hour back while it drifts', () => {
    fc.assert(
      fc.property(error, fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 3600 * NOMINAL_Hz }), (error_ppm, drift, cycle) => {
        const oscillator = createOscillator(NOMINAL_Hz, error_ppm, drift);
        expect(oscillator.cycleAt(oscillator.instantOf(cycle))).to.equal(cycle);
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });
});
