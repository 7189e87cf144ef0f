import { expect } from 'chai';
import { changeBank, LOWEST, startBank } from './bank.ts';
import { decisionsOf } from './decisions.ts';

const cells = (mV: number, from = 3_300) => {
  const before = startBank({}, [{ where: LOWEST, to: from }]);
  return decisionsOf(before, changeBank(before, { assigned: [{ where: LOWEST, to: mV }] })).map(
    ({ requirement, what }) => `${requirement} ${what}`,
  );
};

describe('what a bank decides', () => {
  it('is an alarm raised or released', () => {
    expect(cells(3_000)).to.deep.equal(['BAT-WARNING preAlarm raised', 'BAT-DECIDES preAlarm raised']);
    expect(cells(3_300, 2_700)).to.include.members(['BAT-LOW-RELEASE lowCell released', 'BAT-WARNING-RELEASE preAlarm released']);
  });

  it('is an alarm that just is not, too', () => {
    expect(cells(3_100)).to.include('BAT-WARNING preAlarm not raised');
    expect(cells(3_199, 2_700)).to.include.members(['BAT-LOW-RELEASE lowCell not released', 'BAT-WARNING-RELEASE preAlarm not released']);
    expect(cells(3_111)).to.deep.equal([]);
  });

  it('of several batteries is that of one', () => {
    const bank = startBank({ preAlarmHardware: false }, [], { batteries: 20, cells: 4 });
    const after = changeBank(bank, { assigned: [{ where: { battery: 19, cell: 2 }, to: 2_700 }] });
    expect(decisionsOf(bank, after).map(({ requirement }) => requirement)).to.include.members([
      'BAT-OLD',
      'BAT-ANY',
      'BANK-SIZE',
      'BAT-LOW-CELL',
    ]);
    const all = changeBank(bank, { assigned: bank.batteries.map((_, battery) => ({ where: { battery, cell: 0 }, to: 2_700 })) });
    expect(decisionsOf(bank, all).map(({ requirement }) => requirement)).to.not.include('BAT-ANY');
  });

  it('of a bank that starts with an alarm is that alarm', () => {
    expect(decisionsOf(null, startBank({}, [{ where: LOWEST, to: 2_700 }])).map(({ what }) => what)).to.include('lowCell raised');
  });
});
