import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { formatIssue } from '../../contracts/issue.ts';
import { readProfile } from './read.ts';

const EXAMPLE = readFileSync(new URL('../../../rig/profile/example.yaml', import.meta.url), 'utf8');
const read = (text: string) => readProfile({ file: 'unit.yaml', bytes: Buffer.from(text) });
const issues = (text: string): readonly string[] => {
  const result = read(text);
  return result.ok ? [] : result.issues.map(formatIssue);
};

describe('a profile', () => {
  it('says what stands in the example', () => {
    const result = read(EXAMPLE);
    if (!result.ok) throw new Error(issues(EXAMPLE).join('\n'));
    const { profile } = result;
    expect(profile).to.include({ hardware: 'simulated', goldenUnit: 'G-07', learned: '2026-11-29', expires: '2036-11-29' });
    expect(profile.limits).to.include({ reaction_us: 241_000, waitLeast_us: 30_724_000, tripTogether_us: 10_000 });
    expect(profile.readings).to.deep.equal({ R8: 'stays', R10: 'rises', R12: 'on' });
    expect(profile.seen['wait']).to.include({ times: 12, least_us: 31_095_268 });
    expect(profile.hash).to.match(/^[0-9a-f]{64}$/);
    const low = profile.poles.find(({ open }) => open.join() === '1')!;
    expect(low.responses.load).to.deep.equal({ level: 'floating', changes: [{ level: 'floating', after_us: 31_142_708 }] });
    expect(low.responses.preAlarm.changes.map(({ level }) => level)).to.deep.equal(['high', 'floating']);
    expect(low.responses.charger).to.deep.equal({ level: 'high', changes: [] });
  });

  it('tells every mistake at once, each at its place', () => {
    const text = EXAMPLE.replace(/^expires: .*/mu, 'expires: next year')
      .replace('R10: rises', 'R10: goes up')
      .replace('reaction: 0.241 s', 'reaction: 0.241')
      .replace('limits:\n', 'limits:\n  colour: red\n')
      .replace('open: [3, 4], load: high', 'open: [3, 5], load: low');
    const found = issues(text);
    expect(found.map((one) => one.replace(/^unit\.yaml:(\d+:\d+).*\[(.*)\]$/u, '$1 $2'))).to.have.members([
      '7:10 not-a-date',
      '16:3 unknown-key',
      '17:13 bare-number',
      '23:29 unknown-word',
      '29:13 wrong-kind',
      '29:27 unknown-word',
    ]);
  });

  it('has all eight combinations once, a wait that is one, and an end after its beginning', () => {
    const row = /.*open: \[3, 4\].*\n/u.exec(EXAMPLE)![0];
    expect(issues(EXAMPLE.replace(row, ''))[0]).to.include('7 combinations of poles');
    expect(issues(EXAMPLE + row)[0]).to.include('these poles stand in the table already');
    expect(issues(EXAMPLE.replace('wait at most: 31.52 s', 'wait at most: 30.5 s'))[0]).to.include('not longer than the shortest');
    expect(issues(EXAMPLE.replace('expires: 2036', 'expires: 2026'))[0]).to.include('expires before it was learned');
    expect(issues(EXAMPLE.replace('learned: 2026-11-29', 'learned: 2026-11-31'))[0]).to.include('not-a-date');
  });

  it('is not taken for a scenario, nor the other way round, and any bytes are survived', () => {
    expect(issues('scenario: A title\n')[0]).to.include('not the profile of a unit');
    for (const text of ['', '\0', '[', 'profile:', 'profile: [1]\npoles: {}']) expect(issues(text)).to.not.deep.equal([]);
  });
});
