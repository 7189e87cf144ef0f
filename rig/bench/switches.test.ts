import { expect } from 'chai';
import { TERMINAL_NAMES } from '../../scenarios/signals.ts';
import { isTellable, remoteSwitchFault, type SwitchReading, switchFault } from './switches.ts';

const good: SwitchReading = { bit: 'pole1', open_mOhm: Infinity, closed_mOhm: 25_300 };
const said = (...readings: readonly SwitchReading[]): string | null => switchFault(readings)?.message ?? null;

const readings = (mOhm: number) => TERMINAL_NAMES.map((terminal) => ({ terminal, value_mOhm: mOhm, uncertainty_mOhm: 450 }));

describe('switches between two terminals', () => {
  it('follow: nothing while open, less than 50 Ohm once closed', () => {
    expect(said(good, { ...good, bit: 'remoteLink', closed_mOhm: 2_700 })).to.equal(null);
  });

  it('are stuck open where they read nothing when closed', () => {
    expect(said(good, { ...good, bit: 'pole4', closed_mOhm: Infinity })).to.match(/^The switch of pole 4 is stuck open/);
  });

  it('are stuck closed where they read the same either way', () => {
    expect(said({ ...good, open_mOhm: 10_200, closed_mOhm: 10_150 })).to.match(/^The switch of pole 1 is stuck closed: .* 10\.2 Ohm/);
  });

  it('are not blamed for what conducts in the unit: closed they lie beside it, and nothing of theirs has less than 2 Ohm', () => {
    expect(said({ ...good, open_mOhm: 10_200, closed_mOhm: 7_300 })).to.equal(null);
    expect(said({ ...good, open_mOhm: 400, closed_mOhm: 400 })).to.equal(null);
  });

  it('are not told through contacts of an ohm and more', () => {
    expect(isTellable('pole3', readings(120))).to.equal(true);
    expect(isTellable('pole3', readings(600))).to.equal(false);
    expect(isTellable('pole3', readings(Infinity))).to.equal(false);
  });
});

describe('switches of the remote drives', () => {
  const open = { remoteHBattery: Infinity, remoteHDrive: Infinity, remoteLMinus: Infinity, remoteLDrive: Infinity };

  it('are open before the supply is on', () => {
    expect(remoteSwitchFault(open)).to.equal(null);
  });

  it('are stuck closed where the ohmmeter reads anything across one', () => {
    for (const [bit, words] of [
      ['remoteHBattery', 'that puts battery plus on REMOTE H'],
      ['remoteHDrive', 'between REMOTE H and its drive'],
      ['remoteLMinus', 'that puts battery minus on REMOTE L'],
      ['remoteLDrive', 'between REMOTE L and its drive'],
    ] as const) {
      const fault = remoteSwitchFault({ ...open, [bit]: 10_200 });
      expect([fault?.code, fault?.blame, fault?.message]).to.deep.equal([
        'switchBad',
        'rig',
        `The switch ${words} is stuck closed: the ohmmeter across it reads 10.2 Ohm while it is told to be open.`,
      ]);
      expect(fault?.hint).to.include(`K.${bit} `);
    }
  });
});
