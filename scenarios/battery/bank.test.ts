import { expect } from 'chai';
import { HIGHEST, LOWEST, allOpen, changeBank, polesOf, startBank } from './bank.ts';
import type { Bank } from './bank.ts';

const poles = (bank: Bank): string => {
  const { pole1, pole3, pole4 } = polesOf(bank);
  return `${pole1 === 'open' ? '1' : '-'}${pole3 === 'open' ? '3' : '-'}${pole4 === 'open' ? '4' : '-'}`;
};
const lowest = (mV: number) => ({ assigned: [{ where: LOWEST, to: mV }] });
const highest = (mV: number) => ({ assigned: [{ where: HIGHEST, to: mV }] });
const cells = (mV: number) => ({ assigned: [LOWEST, HIGHEST].map((where) => ({ where, to: mV })) });
const at = (temperature_mC: number) => ({ assigned: [{ where: { battery: 0, cell: null }, to: temperature_mC }] });
const cell = (battery: number, index: number, to: number) => ({ assigned: [{ where: { battery, cell: index }, to }] });
/** The poles after each of the changes in turn. */
const walk = (bank: Bank, ...changes: readonly Parameters<typeof changeBank>[1][]): readonly string[] => {
  let now = bank;
  return changes.map((change) => {
    now = changeBank(now, change);
    return poles(now);
  });
};

describe('bank', () => {
  it('is healthy with usual values', () => {
    expect(poles(startBank())).to.equal('---');
  });

  it('raises the pre-alarm below 3.10 V and the low cell below 2.80 V, not at them', () => {
    expect(walk(startBank(), lowest(3_100), lowest(3_099), lowest(2_800), lowest(2_799))).to.deep.equal(['---', '--4', '--4', '1-4']);
  });

  it('releases the low cell at 3.20 V and the pre-alarm above it', () => {
    const low = startBank({}, lowest(2_700).assigned);
    expect(walk(low, lowest(3_199), lowest(3_200), lowest(3_201))).to.deep.equal(['1-4', '--4', '---']);
  });

  it('does not raise an alarm inside a hysteresis band without a history', () => {
    expect(poles(startBank({}, lowest(3_150).assigned))).to.equal('---');
    expect(poles(startBank({}, highest(3_700).assigned))).to.equal('---');
    expect(poles(startBank({}, at(6_000).assigned))).to.equal('---');
  });

  it('raises the high cell at 3.75 V and releases it below 3.60 V', () => {
    expect(walk(startBank(), highest(3_749), highest(3_750), highest(3_600), highest(3_599))).to.deep.equal(['---', '-3-', '-3-', '---']);
  });

  it('stops charging below 5 °C and above 50 °C, with 2 K back', () => {
    expect(walk(startBank(), at(5_000), at(4_999), at(6_999), at(7_000))).to.deep.equal(['---', '-3-', '-3-', '---']);
    expect(walk(startBank(), at(50_000), at(50_001), at(48_001), at(48_000))).to.deep.equal(['---', '-3-', '-3-', '---']);
  });

  it('keeps pole 3 open from hot to full without a gap', () => {
    expect(walk(startBank(), at(51_000), { assigned: [...highest(3_760).assigned, ...at(30_000).assigned] }, highest(3_500))).to.deep.equal(
      ['-3-', '-3-', '---'],
    );
  });

  it('follows its settings', () => {
    const settings = { lowCell_mV: 2_600, preAlarm_mV: 2_850, lowTemperature_mC: -20_000 };
    expect(walk(startBank(settings), lowest(2_850), lowest(2_849), lowest(2_600), lowest(2_599))).to.deep.equal([
      '---',
      '--4',
      '--4',
      '1-4',
    ]);
    expect(walk(startBank(settings), at(-20_000), at(-20_001))).to.deep.equal(['---', '-3-']);
  });

  it('an older battery has no pre-alarm signal', () => {
    expect(walk(startBank({ preAlarmHardware: false }), cells(3_000), cells(2_700), cells(3_300))).to.deep.equal(['---', '1--', '---']);
  });

  it('a broken cable opens every pole and a mended one shows the alarms again', () => {
    expect(walk(startBank({}, lowest(3_000).assigned), { cable: 'broken' }, { cable: 'connected' })).to.deep.equal(['134', '--4']);
  });

  it('a cold bank with a low cell opens every pole too', () => {
    expect(allOpen(polesOf(startBank({}, [...lowest(2_700).assigned, ...at(0).assigned])))).to.equal(true);
  });

  describe('of several batteries', () => {
    const size = { batteries: 3, cells: 4 };

    it('acts on an alarm of any one of them', () => {
      const bank = startBank({}, [], size);
      expect(walk(bank, cell(1, 2, 3_000), cell(2, 0, 3_760), cell(1, 2, 3_300), cell(2, 0, 3_500))).to.deep.equal([
        '--4',
        '-34',
        '-3-',
        '---',
      ]);
    });

    it('releases an alarm when all cells of its battery are back, whatever those of others are', () => {
      const low = startBank({}, [...cell(0, 0, 2_700).assigned, ...cell(0, 1, 3_150).assigned, ...cell(1, 0, 3_150).assigned], size);
      // Cell 1 of battery 0 has no alarm of its own, but keeps that of its battery.
      expect(walk(low, cell(0, 0, 3_300), cell(0, 1, 3_201))).to.deep.equal(['1-4', '---']);
    });

    it('minds the temperature of each', () => {
      const cold = { assigned: [{ where: { battery: 2, cell: null }, to: 2_000 }] };
      expect(walk(startBank({}, [], size), cold)).to.deep.equal(['-3-']);
    });
  });
});
