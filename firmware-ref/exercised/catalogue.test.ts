import { expect } from 'chai';
import { CITES, type CiteId } from '../rules/cites.ts';
import { transitions } from './catalogue.ts';

/** Written on differences, not by rules: a late trip, a change that nothing asked for. */
const OF_DIFFERENCES: readonly CiteId[] = ['tripLate', 'glitch'];

describe('the transitions of the reference', () => {
  const all = transitions();

  it('name each reason a rule gives, and no other', () => {
    const named = new Set(all.map((id) => id.slice(id.indexOf(': ') + 2)));
    const reasons = (Object.keys(CITES) as CiteId[]).filter((id) => !OF_DIFFERENCES.includes(id));
    expect([...named]).to.have.members(reasons);
  });

  it('are found by going there: a wait that ends, a recovery, a dip that is remembered', () => {
    expect(all).to.include.members([
      'load falls: trip',
      'load falls: tripWithPre',
      'preAlarm falls: preWithTrip',
      'load rises: recovery',
      'load falls: tripped',
      'preAlarm rises: newLowCell',
      'charger rises: chargerShorted',
      'ledRed lights: red',
    ]);
  });

  it('leave out what no good unit does', () => {
    for (const never of [
      'load falls: waiting',
      'load rises: tripped',
      'charger falls: charge',
      'ledRed lights: ledsDark',
      'load rises: remoteOff',
    ])
      expect(all).to.not.include(never);
  });
});
