import { expect } from 'chai';
import { assert, constantFrom, integer, property } from 'fast-check';
import { holds } from './alarms.ts';
import { changeBank, polesOf, startBank } from './bank.ts';
import { firstTime_us, rampBank } from './ramp.ts';

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
    const down = rampBank(startBank(), { lowest_mV: { to: 2_700, over_us: 6_000_000 }, highest_mV: { to: 2_700, over_us: 6_000_000 } });
    expect(down.changes).to.deep.equal([
      { at_us: 2_000_001, poles: { pole1: 'closed', pole3: 'closed', pole4: 'open' } },
      { at_us: 5_000_001, poles: { pole1: 'open', pole3: 'closed', pole4: 'open' } },
    ]);
    const up = rampBank(down.end, { lowest_mV: { to: 3_300, over_us: 6_000_000 } });
    expect(up.changes).to.deep.equal([
      { at_us: 5_000_000, poles: { pole1: 'closed', pole3: 'closed', pole4: 'open' } },
      { at_us: 5_000_001, poles: { pole1: 'closed', pole3: 'closed', pole4: 'closed' } },
    ]);
  });

  it('merges what happens at one microsecond and leaves out what does not show at the poles', () => {
    const hot = startBank({}, { temperature_mC: 51_000 });
    const crossing = rampBank(hot, { temperature_mC: { to: 30_000, over_us: 21 }, highest_mV: { to: 3_750, over_us: 3 } });
    // The high cell takes over at 3 us, before the temperature lets go at 3 us: pole 3 never closes.
    expect(crossing.changes).to.deep.equal([]);
    expect(crossing.end.alarms).to.deep.equal(['highCell']);
  });

  it('ends where changing at once ends, whenever no band is left half-way', () => {
    const voltage = integer({ min: 2_500, max: 4_000 });
    assert(
      property(voltage, voltage, integer({ min: 1, max: 60_000_000 }), (from, to, over_us) => {
        const start = startBank({}, { lowest_mV: from, highest_mV: from });
        const target = { to, over_us };
        const ramped = rampBank(start, { lowest_mV: target, highest_mV: target }).end;
        const jumped = changeBank(start, { values: { lowest_mV: to, highest_mV: to } });
        expect(polesOf(ramped)).to.deep.equal(polesOf(jumped));
        expect(ramped.values).to.deep.equal(jumped.values);
      }),
    );
  });
});
