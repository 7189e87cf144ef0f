/** The stand-in unit's remote input and supply lock-out over its whole part spread, on its committed image. */

import { expect } from 'chai';
import { join } from 'node:path';
import { LINKED, UNLINKED, Workbench } from './workbench.ts';
import type { Spread, Terminals } from './workbench.ts';

const UNIT = join(import.meta.dirname, 'unit.hex');
const NOMINAL: Partial<Spread> = {};
/** Nominal and the worst corners of 5 V reference (2 %) and dividers (1 %). */
const SPREADS: readonly Partial<Spread>[] = [NOMINAL, { reference: 0.98, divider: 1.01 }, { reference: 1.02, divider: 0.99 }];

/** Whether the unit is on after 2 s with these terminals. */
const isOn = (terminals: Partial<Terminals>, spread: Partial<Spread>, from: Terminals = UNLINKED): boolean => {
  const bench = new Workbench(UNIT, { terminals: from, spread });
  bench.run(500);
  bench.connect({ ...UNLINKED, ...terminals });
  bench.run(2_000);
  const on = bench.isOn('load');
  expect(bench.isOn('charger')).to.equal(on);
  return on;
};

/** The level in millivolts, within 20 mV, at which the answer turns from what it is at `from_mV`. */
const turnsAt = (terminal: 'h_mV' | 'l_mV', from_mV: number, to_mV: number): number => {
  const bench = new Workbench(UNIT, { terminals: { ...UNLINKED, [terminal]: from_mV } });
  bench.run(1_000);
  const before = bench.isOn('load');
  for (let level_mV = from_mV; level_mV !== to_mV; level_mV += Math.sign(to_mV - from_mV) * 20) {
    bench.connect({ [terminal]: level_mV });
    bench.run(300);
    if (bench.isOn('load') !== before) return level_mV;
  }
  return NaN;
};

describe('stand-in unit: remote (R13)', () => {
  for (const spread of SPREADS) {
    it(`all ways to on and to off hold with ${JSON.stringify(spread)}`, () => {
      for (const from of [UNLINKED, LINKED]) {
        expect(isOn({ link: true }, spread, from), 'link').to.equal(true);
        expect(isOn({ l_mV: 0 }, spread, from), 'L to minus').to.equal(true);
        expect(isOn({ l_mV: 3_300 }, spread, from), 'L at 3.3 V').to.equal(true);
        expect(isOn({ l_mV: 3_490 }, spread, from), 'L just below 3.5 V').to.equal(true);
        expect(isOn({ h_mV: 2_910 }, spread, from), 'H just above 2.9 V').to.equal(true);
        expect(isOn({ h_mV: 3_100 }, spread, from), 'H at 3.1 V').to.equal(true);
        expect(isOn({ h_mV: 12_800 }, spread, from), 'H at the battery').to.equal(true);
        expect(isOn({ h_mV: 12_800, l_mV: 0 }, spread, from), 'both').to.equal(true);
        expect(isOn({ h_mV: 0, l_mV: 0 }, spread, from), 'one suffices').to.equal(true);
        expect(isOn({}, spread, from), 'both open').to.equal(false);
        expect(isOn({ h_mV: 1_990 }, spread, from), 'H just below 2.0 V').to.equal(false);
      }
    });
  }

  it('switches in the middle of the free bands, with hysteresis', () => {
    expect(turnsAt('h_mV', 2_000, 2_900)).to.be.within(2_450, 2_550);
    expect(turnsAt('h_mV', 2_900, 2_000)).to.be.within(2_350, 2_450);
    expect(turnsAt('l_mV', 4_900, 3_500)).to.be.within(4_100, 4_200);
    expect(turnsAt('l_mV', 3_500, 4_900)).to.be.within(4_220, 4_320);
  });

  it('a level on the threshold does not make the outputs flutter', () => {
    const bench = new Workbench(UNIT, { terminals: { ...UNLINKED, h_mV: 2_600 } });
    bench.run(500);
    bench.edges.length = 0;
    for (let i = 0; i < 100; i++) {
      bench.connect({ h_mV: i % 2 === 0 ? 2_430 : 2_480 });
      bench.run(70);
    }
    expect(bench.edges).to.deep.equal([]);
  });

  it('an interruption of 50 ms is not seen', () => {
    const bench = new Workbench(UNIT);
    bench.run(500);
    bench.edges.length = 0;
    for (let i = 0; i < 20; i++) {
      bench.connect({ link: false });
      bench.run(50);
      bench.connect({ link: true });
      bench.run(201);
    }
    expect(bench.edges).to.deep.equal([]);
  });

  it('a change from one way to another without a gap leaves the outputs alone', () => {
    const bench = new Workbench(UNIT);
    bench.run(500);
    bench.edges.length = 0;
    for (const change of [
      { ...UNLINKED, l_mV: 0 },
      { ...UNLINKED, h_mV: 12_800 },
      LINKED,
      { ...UNLINKED, h_mV: 3_100 },
      { ...UNLINKED, l_mV: 3_300 },
    ]) {
      bench.connect(change);
      bench.run(500);
    }
    expect(bench.edges).to.deep.equal([]);
  });
});

describe('stand-in unit: supply (R14)', () => {
  for (const spread of SPREADS) {
    it(`works at 8.0 V and at 70 V, and rides steps between them, with ${JSON.stringify(spread)}`, () => {
      const bench = new Workbench(UNIT, { terminals: { ...LINKED, supply_mV: 8_000 }, spread });
      bench.run(1_000);
      const edges = bench.edges.length;
      expect(bench.on).to.deep.equal(['load', 'charger', 'ledBlue']);
      for (const supply_mV of [70_000, 8_000, 51_200, 8_000]) {
        bench.connect({ supply_mV });
        bench.run(1_500);
      }
      expect(bench.edges).to.have.length(edges);
    });
  }

  it('floats everything below 7 V and comes back within 2 s of 8 V', () => {
    const bench = new Workbench(UNIT);
    bench.run(1_000);
    bench.connect({ supply_mV: 6_900 });
    bench.run(1_000);
    expect(bench.on).to.deep.equal([]);
    bench.connect({ supply_mV: 8_000 });
    expect(bench.until('load', true, 2_000)).to.be.below(1_000);
  });

  it('an output that waits for a slowly rising supply rises once', () => {
    const bench = new Workbench(UNIT, { terminals: { ...LINKED, supply_mV: 7_000 } });
    for (let supply_mV = 7_000; supply_mV <= 8_000; supply_mV += 2) {
      bench.connect({ supply_mV });
      bench.run(10);
    }
    expect(bench.edges.map(({ signal, high }) => [signal, high])).to.deep.equal([
      ['load', true],
      ['charger', true],
      ['ledBlue', true],
    ]);
  });
});
