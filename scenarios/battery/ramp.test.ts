import { expect } from 'chai';
import { assert, constantFrom, integer, property, tuple } from 'fast-check';
import { holds } from './alarms.ts';
import { HIGHEST, LOWEST, changeBank, polesOf, startBank, valueAt } from './bank.ts';
import { firstTime_us, rampBank } from './ramp.ts';

const TEMPERATURE = { battery: 0, cell: null };
const both = <T extends object>(target: T) => [LOWEST, HIGHEST].map((where) => ({ where, ...target }));

const SIDES = ['below', 'atOrBelow', 'above', 'atOrAbove'] as const;

describe('ramp', () => {
  it('crosses at whole microseconds: the first at which the condition holds', () => {
    const line = { from: 3_000, to: 2_700, over_us: 10_000_000 };
    // 2.80 V after 2/3 of 10 s; strictly below one microsecond later at the earliest.
    expect(firstTime_us(line, { side: 'below', level: 2_800 })).to.equal(6_666_667);
    expect(firstTime_us(line, { side: 'atOrBelow', level: 2_850 })).to.equal(5_000_000);
    expect(firstTime_us(line, { side: 'below', level: 2_850 })).to.equal(5_000_001);
    expect(firstTime_us(line, { side: 'below', level: 2_700 })).to.equal(null);
    expect(firstTime_us(line, { side: 'atOrBelow', level: 2_700 })).to.equal(10_000_000);
    expect(firstTime_us(line, { side: 'below', level: 3_001 })).to.equal(0);
  });

  it('is exact: the condition holds at that time and not a microsecond before', () => {
    const value = integer({ min: -40_000, max: 85_000 });
    assert(
      property(value, value, value, integer({ min: 1, max: 3_600_000_000 }), constantFrom(...SIDES), (from, to, level, over_us, side) => {
        const condition = { side, level };
        const at_us = firstTime_us({ from, to, over_us }, condition);
        /** The line's value times `over_us`, in exact integers. */
        const scaled = (t: number): bigint => BigInt(from) * BigInt(over_us) + BigInt(to - from) * BigInt(t);
        const judge = (t: number): boolean => {
          const difference = scaled(t) - BigInt(level) * BigInt(over_us);
          return holds({ side, level: 0 }, difference === 0n ? 0 : difference < 0n ? -1 : 1);
        };
        if (at_us === null) {
          expect(judge(0) || judge(over_us)).to.equal(false);
        } else {
          expect(Number.isInteger(at_us) && at_us >= 0 && at_us <= over_us).to.equal(true);
          expect(judge(at_us)).to.equal(true);
          expect(at_us > 0 && judge(at_us - 1)).to.equal(false);
        }
      }),
    );
  });

  it('a discharge opens pole 4, then pole 1, and a charge closes them in the other order', () => {
    const down = rampBank(startBank(), both({ to: 2_700, over_us: 6_000_000 }));
    expect(down.changes).to.deep.equal([
      { at_us: 2_000_001, poles: { pole1: 'closed', pole3: 'closed', pole4: 'open' } },
      { at_us: 5_000_001, poles: { pole1: 'open', pole3: 'closed', pole4: 'open' } },
    ]);
    const up = rampBank(down.end, both({ to: 3_300, over_us: 6_000_000 }));
    expect(up.changes).to.deep.equal([
      { at_us: 5_000_000, poles: { pole1: 'closed', pole3: 'closed', pole4: 'open' } },
      { at_us: 5_000_001, poles: { pole1: 'closed', pole3: 'closed', pole4: 'closed' } },
    ]);
  });

  it('merges what happens at one microsecond and leaves out what does not show at the poles', () => {
    const hot = startBank({}, [{ where: TEMPERATURE, to: 51_000 }]);
    const crossing = rampBank(hot, [
      { where: TEMPERATURE, to: 30_000, over_us: 21 },
      { where: HIGHEST, to: 3_750, over_us: 3 },
    ]);
    // The high cell takes over at 3 us, before the temperature lets go at 3 us: pole 3 never closes.
    expect(crossing.changes).to.deep.equal([]);
    expect(crossing.end.batteries[0]?.alarms).to.deep.equal(['highCell']);
  });

  it('ends where changing at once ends, whenever no band is left half-way', () => {
    const voltage = integer({ min: 2_500, max: 4_000 });
    assert(
      property(voltage, voltage, integer({ min: 1, max: 60_000_000 }), (from, to, over_us) => {
        const start = startBank({}, both({ to: from }));
        const ramped = rampBank(start, both({ to, over_us })).end;
        const jumped = changeBank(start, { assigned: both({ to }) });
        expect(polesOf(ramped)).to.deep.equal(polesOf(jumped));
        expect(ramped.batteries.map(({ cells_mV }) => cells_mV)).to.deep.equal(jumped.batteries.map(({ cells_mV }) => cells_mV));
      }),
    );
  });

  it('of one cell among many is found as if all were looked at in every microsecond', () => {
    const size = { batteries: 2, cells: 4 };
    const voltage = integer({ min: 2_500, max: 3_900 });
    const target = (battery: number, cell: number) => voltage.map((to) => ({ where: { battery, cell }, to, over_us: 200 }));
    assert(
      property(tuple(target(0, 1), target(0, 3), target(1, 0)), tuple(voltage, voltage), (targets, [a, b]) => {
        const start = startBank(
          {},
          [
            { where: { battery: 0, cell: 1 }, to: a },
            { where: { battery: 1, cell: 0 }, to: b },
          ],
          size,
        );
        const { changes, end } = rampBank(start, targets);
        let bank = start;
        const seen: (typeof changes)[number][] = [];
        for (let at_us = 0; at_us <= 200; at_us++) {
          const before = polesOf(bank);
          const along = targets.map(({ where, to }) => ({
            where,
            to: valueAt(start, where) + ((to - valueAt(start, where)) * at_us) / 200,
          }));
          bank = changeBank(bank, { assigned: along });
          const poles = polesOf(bank);
          if (JSON.stringify(poles) !== JSON.stringify(before)) seen.push({ at_us, poles });
        }
        expect(changes).to.deep.equal(seen);
        expect(end).to.deep.equal(bank);
      }),
      { seed: 20_261_128 },
    );
  });
});
