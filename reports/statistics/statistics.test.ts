import { expect } from 'chai';
import * as fc from 'fast-check';
import { capability } from './capability.ts';
import { controlChart, signals } from './control-chart.ts';
import { chiSquareQuantile, fAbove, normalQuantile, tQuantile, tTwoSided } from './distributions.ts';
import { drift } from './drift.ts';
import { anova, averageAndRange, type Readings } from './gauge.ts';
import { summaryOf } from './summary.ts';
import { welch } from './welch.ts';

/** SAS/QC sample library, CAPSPEC3: amplification of 75 telephone amplifiers, dB. */
const AMPLIFIERS =
  `4.54 4.87 4.66 4.90 4.68 5.22 4.43 5.14 3.07 4.22 5.09 3.41 5.75 5.16 3.96 5.37 5.70 4.11 4.83 4.51 4.57 4.16 5.73 3.64 5.48
4.95 4.57 4.46 4.75 5.38 5.19 4.35 4.98 4.87 3.53 4.46 4.57 4.69 5.27 4.67 5.03 4.50 5.35 4.55 4.05 6.63 5.32 5.24 5.73 5.08 5.07 5.42 5.05 5.70
4.79 4.34 5.06 4.64 4.82 3.24 4.79 4.46 3.84 5.05 5.46 4.64 6.13 4.31 4.81 4.98 4.95 5.57 4.11 4.15 5.95`
    .split(/\s+/)
    .map(Number);

/** AIAG, "Measurement Systems Analysis", 4th edition, the study of chapter III (10 parts, 3 appraisers, 3 trials), trial by trial. */
const AIAG = [
  [
    [0.29, -0.56, 1.34, 0.47, -0.8, 0.02, 0.59, -0.31, 2.26, -1.36],
    [0.41, -0.68, 1.17, 0.5, -0.92, -0.11, 0.75, -0.2, 1.99, -1.25],
    [0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31],
  ],
  [
    [0.08, -0.47, 1.19, 0.01, -0.56, -0.2, 0.47, -0.63, 1.8, -1.68],
    [0.25, -1.22, 0.94, 1.03, -1.2, 0.22, 0.55, 0.08, 2.12, -1.62],
    [0.07, -0.68, 1.34, 0.2, -1.28, 0.06, 0.83, -0.34, 2.19, -1.5],
  ],
  [
    [0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49],
    [-0.11, -1.13, 1.09, 0.2, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77],
    [-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16],
  ],
];
const study: Readings = AIAG.map((trials) => trials[0]!.map((_, part) => trials.map((values) => values[part]!)));

describe('distributions', () => {
  it('have the quantiles of the tables (NIST/SEMATECH e-Handbook, 1.3.6.7)', () => {
    expect(normalQuantile(0.975)).to.be.closeTo(1.959964, 1e-5);
    expect(chiSquareQuantile(0.025, 19)).to.be.closeTo(8.907, 5e-4);
    expect(chiSquareQuantile(0.975, 19)).to.be.closeTo(32.852, 5e-4);
    expect(tQuantile(0.975, 10)).to.be.closeTo(2.228, 5e-4);
    expect(fAbove(3.885, 2, 12)).to.be.closeTo(0.05, 5e-5);
    expect(tTwoSided(2.228, 10)).to.be.closeTo(0.05, 5e-5);
  });
});

describe('capability', () => {
  it('reproduces the example of the NIST/SEMATECH e-Handbook, 6.1.6', () => {
    const found = capability({ n: 50, mean: 16, sd: 2 }, 8, 20)!;
    expect(found.cp!.value.toFixed(4)).to.equal('1.0000');
    expect(found.cpk.value.toFixed(4)).to.equal('0.6667');
  });

  it('reproduces confidence limits: Montgomery, "Introduction to Statistical Quality Control" (Cp, n = 20); Quality Digest, May 2000 (Cpk, n = 45)', () => {
    const { cp } = capability({ n: 20, mean: 50, sd: 24 / (6 * 2.29) }, 38, 62)!;
    expect([cp!.value, cp!.low, cp!.high].map((one) => one.toFixed(2))).to.deep.equal(['2.29', '1.57', '3.01']);
    const { cpk } = capability({ n: 45, mean: 0, sd: 1 }, -3.45, null)!;
    expect([cpk.value, cpk.low, cpk.high].map((one) => one.toFixed(2))).to.deep.equal(['1.15', '0.89', '1.41']);
  });

  it('reproduces the 90 % interval of SAS/QC, example 5.3, from its 75 values', () => {
    const { cpk } = capability(summaryOf(AMPLIFIERS)!, 4, 6, 0.9)!;
    expect([cpk.low.toFixed(3), cpk.high.toFixed(3)]).to.deep.equal(['0.328', '0.496']);
  });

  it('says nothing where there is nothing to say', () => {
    expect(capability(summaryOf([1])!, 0, 2)).to.equal(null);
    expect(capability(summaryOf([1, 1])!, 0, 2)).to.equal(null);
    expect(capability(summaryOf([1, 2])!, null, null)).to.equal(null);
    expect(capability(summaryOf([1, 2])!, null, 9)).to.have.property('cp', null);
    expect(summaryOf([])).to.equal(null);
  });
});

describe('control charts', () => {
  /** NIST/SEMATECH e-Handbook, 6.3.2.2: flow rate of ten batches. */
  const FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];

  it('reproduce the chart of single values of the NIST/SEMATECH e-Handbook, 6.3.2.2', () => {
    const chart = controlChart(FLOW)!;
    expect([chart.centre, chart.rangeCentre, chart.high, chart.low].map((one) => one.toFixed(4))).to.deep.equal([
      '50.8100',
      '1.8778',
      '55.8041',
      '45.8159',
    ]);
    expect(signals(FLOW, chart)).to.deep.equal([]);
  });

  it('reproduce the moving average of the NIST/SEMATECH e-Handbook, 6.3.2.4', () => {
    const values = [52, 47, 53, 49.3, 50.1, 47, 51, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    const found = drift(values, 50, 2.0539)!;
    expect(found.high.toFixed(4)).to.equal('52.5884');
    // The handbook rounds the factor 0.42008 to 0.4201 on the way.
    expect(found.low).to.be.closeTo(47.4115, 1.5e-4);
    expect(found.averages.map((one) => one.toFixed(2)).join(' ')).to.equal(
      '50.60 49.52 50.56 50.18 50.16 49.21 49.75 49.85 50.26 50.33 50.11 49.36 49.52 50.05 49.38 49.92 50.73 51.23 51.94 51.99',
    );
    expect(found).to.include({ first: null, now: null });
  });

  it('signal each pattern of Nelson at the value that completes it, and not before', () => {
    const chart = { centre: 0, sigma: 1 };
    const patterns: Readonly<Record<number, readonly number[]>> = {
      1: [0.5, 3.01],
      2: [-0.1, ...Array.from({ length: 9 }, (_, index) => 0.2 + (index % 2) * 0.1)],
      3: [0.4, -1.1, -0.9, -0.5, -0.1, 0.2, 0.6],
      4: [0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5, 0.5, -0.5],
      5: [0.1, 2.1, 0.5, 2.2],
      6: [0.1, 1.1, 1.2, 0.4, 1.3, 1.2],
      7: Array.from({ length: 15 }, (_, index) => [0.1, -0.2, 0.3, 0.5, -0.4][index % 5]!),
      8: [1.1, -1.2, -1.1, 1.5, -1.3, 1.2, 1.2, -1.1],
    };
    for (const [rule, values] of Object.entries(patterns)) {
      const own = signals(values, chart).filter((one) => one.rule === Number(rule));
      expect(
        own.map(({ at }) => at),
        `rule ${rule}`,
      ).to.deep.equal([values.length - 1]);
      expect(signals(values.slice(0, -1), chart).filter((one) => one.rule === Number(rule))).to.deep.equal([]);
    }
    expect(signals([1, 2, 3], { centre: 2, sigma: 0 })).to.deep.equal([]);
  });

  it('find a drift of half a sigma that no single value shows', () => {
    const noise = [0.3, -0.5, 0.1, 0.6, -0.2, -0.7, 0.4, 0.2, -0.4, 0.2];
    const values = Array.from({ length: 60 }, (_, index) => noise[index % 10]! + (index < 20 ? 0 : (index - 20) * 0.06));
    expect(values.every((value) => Math.abs(value) < 3)).to.equal(true);
    expect(drift(values.slice(0, 20), 0, 1)).to.include({ first: null, now: null });
    expect(drift(values, 0, 1)).to.include({ now: 'high' });
  });
});

const of = (...values: readonly number[]) => summaryOf(values)!;

describe('two samples', () => {
  it('reproduce the test of the NIST/SEMATECH e-Handbook, 1.3.5.3, without equal variances', () => {
    const found = welch({ n: 249, mean: 20.14458, sd: 6.4147 }, { n: 79, mean: 30.48101, sd: 6.10771 })!;
    expect([(-found.t).toFixed(4), found.dof.toFixed(2)]).to.deep.equal(['-12.9463', '136.87']);
    expect(found.p).to.be.below(1e-12);
  });

  it('are the same where nothing varies only if they are equal', () => {
    expect(welch(of(1, 1), of(1, 1))).to.include({ p: 1, delta: 0 });
    expect(welch(of(1, 1), of(2, 2))).to.include({ p: 0, delta: 1 });
    expect(welch(of(1), of(2, 2))).to.equal(null);
  });
});

describe('a gauge study', () => {
  it('reproduces the AIAG manual by averages and ranges', () => {
    const found = averageAndRange(study);
    const { ev, av, grr, pv, tv } = found;
    // The manual gives five digits, from intermediate values of four.
    for (const [index, published] of [0.20188, 0.22963, 0.30575, 1.10456, 1.1461].entries())
      expect([ev, av, grr, pv, tv][index]).to.be.closeTo(published, 1e-4);
    expect(found.grr_percent!.toFixed(2)).to.equal('26.68');
    expect(found.ndc).to.equal(5);
  });

  it('reproduces the AIAG manual by analysis of variance', () => {
    const { operators, parts, both, equipment, ...found } = anova(study);
    expect([operators, parts, both, equipment].map(({ dof, ss }) => [dof, ss.toFixed(4)])).to.deep.equal([
      [2, '3.1673'],
      [9, '88.3619'],
      [18, '0.3590'],
      [60, '2.7589'],
    ]);
    expect([operators, parts, both, equipment].map(({ ms }) => ms.toFixed(4))).to.deep.equal(['1.5836', '9.8180', '0.0199', '0.0460']);
    expect(both.f!.toFixed(3)).to.equal('0.434');
    expect(found).to.include({ pooled: true, interaction: 0, ndc: 4 });
    const { ev, av, grr, pv, tv } = found;
    expect([ev, av, grr, pv, tv].map((one) => one.toFixed(4))).to.deep.equal(['0.1999', '0.2268', '0.3024', '1.0423', '1.0853']);
    expect(found.grr_percent!.toFixed(1)).to.equal('27.9');
  });

  it('keeps an interaction that is there apart from the trials', () => {
    const twisted = study.map((parts, operator) => parts.map((trials, part) => trials.map((value) => value + ((operator * part) % 3))));
    expect(anova(twisted)).to.include({ pooled: false });
    expect(anova(twisted).interaction).to.be.above(0.5);
  });

  it('adds up, whatever was read: squares of the parts give the whole', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 2, max: 4 }),
        fc.array(value, { minLength: 96, maxLength: 96 }),
        (k, n, r, pool) => {
          const readings = Array.from({ length: k }, (_, o) =>
            Array.from({ length: n }, (_, p) => Array.from({ length: r }, (_, t) => pool[(o * n + p) * r + t]!)),
          );
          for (const found of [anova(readings), averageAndRange(readings)]) {
            expect(Math.hypot(found.ev, found.av, found.interaction)).to.be.closeTo(found.grr, 1e-9);
            expect(Math.hypot(found.grr, found.pv)).to.be.closeTo(found.tv, 1e-9);
          }
          const { operators, parts, both, equipment } = anova(readings);
          const { n: count, sd } = summaryOf(readings.flat(2))!;
          expect(operators.ss + parts.ss + both.ss + equipment.ss).to.be.closeTo(sd! ** 2 * (count - 1), 1e-6);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes no rounding for a spread of the gauge: where each part repeats itself no categories are counted', () => {
    // Means of equal numbers differ in their last digit.
    const alike = Array.from({ length: 3 }, () => [4.7684599871932924, 4.555117, 0.1, 1234.5678].map((value) => [value, value, value]));
    for (const found of [anova(alike), averageAndRange(alike)]) {
      expect(found).to.include({ ev: 0, av: 0, interaction: 0, grr_percent: 0, ndc: null });
      expect(found.pv).to.be.above(100);
    }
    const small = alike.map((parts, operator) => parts.map((trials) => trials.map((value) => value + operator * 1e-6)));
    expect(anova(small).av, 'a millionth is one').to.be.closeTo(1e-6, 1e-9);
  });

  it('is refused with holes in it, and gives no number where nothing varies', () => {
    expect(() => anova([[[1, 2], [3]]])).to.throw(RangeError);
    expect(() => anova([[[1, 2]]])).to.throw(RangeError);
    expect(() =>
      averageAndRange([
        [
          [1, NaN],
          [3, 4],
        ],
      ]),
    ).to.throw(RangeError);
    expect(() => averageAndRange([Array.from({ length: 11 }, () => [1, 2])])).to.throw('analysis of variance');
    expect(
      anova([
        [
          [1, 1],
          [1, 1],
        ],
      ]),
    ).to.include({ grr_percent: null, ndc: null });
  });
});
