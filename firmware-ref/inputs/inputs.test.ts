/** What the unit sees of the drives, by the words of R2, R13 and R14; and that no ramp passes a change of it unseen. */

import { expect } from 'chai';
import { CHAIN_ENDS } from '../../scenarios/contracts/timeline.ts';
import type { DriveValue } from '../../scenarios/signals.ts';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { chainBroken, inputsOf, SAFE_SURROUNDINGS, thresholdsOf, type Surroundings } from './inputs.ts';

const numbers = numbersOf(PARAMETERS);
const V = (volts: number): DriveValue => ({ mV: Math.round(volts * 1_000) });
/** Whole, supplied and off, but for what is said. */
const seen = (drives: Partial<Surroundings>) =>
  inputsOf({ ...SAFE_SURROUNDINGS, supply: V(12.8), pole1: 'closed', pole3: 'closed', pole4: 'closed', ...drives }, numbers);
const remote = (drives: Partial<Surroundings>): string => {
  const { remote: is, remoteBy } = seen(drives);
  return remoteBy === null ? is : `${is} by ${remoteBy}`;
};

describe('what the unit sees', () => {
  it('of the supply: full from 8.0 V on, anything down to 6.5 V, too little below, and nothing to judge below 3 V', () => {
    const zones = [0, 2.999, 3, 6.499, 6.5, 7.999, 8, 70].map((volts) => seen({ supply: V(volts) }).zone);
    expect(zones).to.deep.equal(['unjudged', 'unjudged', 'low', 'low', 'grey', 'grey', 'full', 'full']);
    expect(seen({ supply: 'off' }).zone).to.equal('unjudged');
  });

  it('of the remote: one way to switch on suffices, whatever the other terminals are', () => {
    for (const remoteH of ['open', V(1), V(2.5), 'battery'] as const) {
      expect(remote({ remoteLink: 'closed', remoteH })).to.equal('on');
      expect(remote({ remoteL: 'minus', remoteH })).to.equal('on');
      expect(remote({ remoteL: V(3.499), remoteH })).to.equal('on by remoteLOn_mV');
    }
    for (const remoteL of ['open', V(3.5), V(12)] as const) {
      expect(remote({ remoteH: 'battery', remoteL })).to.equal('on');
      expect(remote({ remoteH: V(2.901), remoteL })).to.equal('on by remoteHOn_mV');
    }
  });

  it('of the remote: off only with L open and H open or below 2.0 V', () => {
    expect(remote({})).to.equal('off');
    expect(remote({ remoteH: V(1.999) })).to.equal('off by remoteHOff_mV');
    expect(remote({ remoteH: V(1.999), remoteL: V(3.5) })).to.equal('either');
    expect(remote({ remoteL: V(3.5) })).to.equal('either');
  });

  it('of the remote: either between the limits of H, and above the battery', () => {
    expect([2, 2.5, 2.9].map((volts) => remote({ remoteH: V(volts) }))).to.deep.equal(['either', 'either', 'either']);
    expect(remote({ remoteH: V(12.8) })).to.equal('on by remoteHOn_mV');
    expect(remote({ remoteH: V(12.801) })).to.equal('either');
    expect(remote({ remoteH: V(3), supply: 'off' })).to.equal('either');
  });

  it('of the chain: an end pulled apart opens every pole, and the unit cannot tell which', () => {
    for (const end of CHAIN_ENDS) {
      const inputs = seen({ [end]: 'apart' });
      expect(chainBroken(inputs)).to.equal(true);
      expect(inputs.endsApart).to.deep.equal([end]);
    }
    expect(seen({ male: 'apart', female: 'apart' }).endsApart).to.have.members(['male', 'female']);
    for (const pole of ['pole1', 'pole3', 'pole4'] as const) {
      const inputs = seen({ [pole]: 'open' });
      expect([inputs.pole1Open, inputs.pole3Open, inputs.pole4Open].filter((open) => open)).to.have.length(1);
      expect(inputs[`${pole}Open`]).to.equal(true);
      expect(chainBroken(inputs)).to.equal(false);
    }
    expect(chainBroken(seen({ pole1: 'open', pole3: 'open', pole4: 'open' }))).to.equal(true);
  });
});

describe('the thresholds of a ramp', () => {
  /** All that surrounds the drive and may decide in its place. */
  const around: readonly Partial<Surroundings>[] = [
    {},
    { remoteLink: 'closed' },
    { remoteH: V(2.5) },
    { remoteH: 'battery' },
    { remoteL: V(3.5) },
    { remoteL: 'minus' },
  ];

  it('are where what the unit sees of the driven signal changes, each at that millivolt, and nowhere else', () => {
    for (const [drive, most_mV] of [
      ['supply', 12_000],
      ['remoteH', 12_800],
      ['remoteL', 12_800],
    ] as const) {
      const met = new Set<number>();
      for (const drives of around) {
        let before = JSON.stringify(seen({ ...drives, [drive]: V(0) }));
        for (let mV = 1; mV <= most_mV; mV++) {
          const now = JSON.stringify(seen({ ...drives, [drive]: { mV } }));
          if (now !== before) met.add(mV);
          before = now;
        }
      }
      // The battery itself is a limit of H, and moves with the supply: it is no threshold of its own.
      expect(
        [...met].toSorted((a, b) => a - b),
        drive,
      ).to.deep.equal(thresholdsOf(drive, numbers).toSorted((a, b) => a - b));
    }
  });
});
