import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { readProfile } from '../scenarios/language/profile/read.ts';
import type { UnitProfile } from '../scenarios/contracts/profile.ts';
import { PARAMETERS } from './parameters.ts';
import { basisOf, profileIssues, REFERENCE } from './profile.ts';

const EXAMPLE = readFileSync(new URL('../rig/profile/example.yaml', import.meta.url), 'utf8');
const profile = (change: (text: string) => string = (text) => text): UnitProfile => {
  const read = readProfile({ file: 'unit.yaml', bytes: Buffer.from(change(EXAMPLE)) });
  if (!read.ok) throw new Error(read.issues[0]!.message);
  return read.profile;
};
const withInstead = (from: string, to: string) => profileIssues(profile((text) => text.replace(from, to)));
const use = (change: Partial<Parameters<typeof basisOf>[0]> = {}) => ({
  profile: profile(),
  hardware: 'simulated',
  date: '2027-01-01',
  ...change,
});

describe('a profile in the reference', () => {
  it('gives its limits, and names itself as their source', () => {
    const { parameters, profile: inForce } = basisOf(use());
    expect(parameters.reaction_us).to.deep.include({ value: 241_000, learned: true });
    expect(parameters.reaction_us.source).to.include('G-07');
    expect(parameters.supplyFull_mV).to.equal(PARAMETERS.supplyFull_mV);
    expect(inForce?.fault).to.equal(null);
    expect(inForce?.readings).to.deep.include({ ruling: 'R12', shown: 'LOAD and PRE-ALARM go high' });
  });

  it('counts for nothing on other hardware, before its time and after it', () => {
    for (const [change, text] of [
      [{ hardware: 'rev 2' }, 'of hardware simulated, and this unit is of hardware rev 2'],
      [{ date: '2036-11-30' }, 'has expired'],
      [{ date: '2026-11-28' }, 'still to come'],
    ] as const) {
      const { parameters, profile: inForce } = basisOf(use(change));
      expect(parameters).to.equal(REFERENCE.parameters);
      expect(inForce?.fault).to.include(text);
      expect(inForce?.readings).to.deep.equal([]);
    }
    expect(basisOf(use({ date: '2036-11-29' })).profile?.fault, 'on its last day').to.equal(null);
  });

  it('may say otherwise what is inferred, and loosens nothing official', () => {
    expect(withInstead('reaction: 0.241 s', 'reaction: 3 s')).to.deep.equal([]);
    expect(withInstead('wait at most: 31.52 s', 'wait at most: 45 s')).to.deep.equal([]);
    const [wait] = withInstead('wait at least: 30.724 s', 'wait at least: 29.999 s');
    expect(wait).to.include({ id: 'loosens-official', line: 18 });
    expect(withInstead('trip together: 0.01 s', 'trip together: 0.6 s')[0]).to.include({ id: 'loosens-official' });
    expect(withInstead('trip together: 0.01 s', 'trip together: 0.5 s')).to.deep.equal([]);
  });

  it('has no table that a good unit cannot give', () => {
    const [issue] = profileIssues(
      profile((text) =>
        text.replace('open: [4], load: high, preAlarm: "high after 0.022886 s"', 'open: [4], load: high, preAlarm: floating'),
      ),
    );
    expect(issue).to.include({ id: 'no-good-unit' });
    expect(issue?.message).to.equal('preAlarm is floating 40 s after poles 4 opened, and high on every good unit');
  });
});
