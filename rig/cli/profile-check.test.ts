// Scenarios against a unit's profile before anything runs: `rig check`, `rig predict` and `rig run` with --profile.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkDocument, predictDocument } from '../../reports/shape/documents.ts';
import { checkFiles } from '../check/check-files.ts';
import { profileInForce } from './profile-option.ts';
import { wallTime } from '../calendar.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const TEXT = readFileSync(new URL('../profile/example.yaml', import.meta.url), 'utf8');
/** The same, learned and expiring on other days. */
const dated = (learned: string, expires: string): string =>
  TEXT.replace(/^learned: .*$/mu, `learned: ${learned}`).replace(/^expires: .*$/mu, `expires: ${expires}`);

/** The example's unit reacts within 0.241 s and waits for 31.52 s at most. */
const scenario = (...expected: readonly string[]): string =>
  [
    'scenario: A',
    'covers: [LOAD-UV]',
    'steps:',
    '  - { name: low, at: 5 s, poles: { 1: open, 4: open } }',
    'until: 45 s',
    'expect:',
    ...expected,
    '',
  ].join('\n');
const LATE = '  - { edge: load falls, after: preAlarm rises, not before: 33 s, within: 35 s }';
const QUICK = '  - { edge: preAlarm rises, after: low, within: 0.3 s }';

const issues = async (...args: readonly string[]) => {
  const { exit, out } = await runCommand(['check', ...args, '--json']);
  return {
    exit,
    ids: checkDocument.parse(JSON.parse(out)).issues.flatMap(({ id, line }) => (id.startsWith('covers-') ? [] : [`${line} ${id}`])),
  };
};

/** Of the first fall of LOAD, in seconds. */
const latest = async (...args: readonly string[]): Promise<number> => {
  const { out } = await runCommand(['predict', ...args, '--json']);
  const { cases } = predictDocument.parse(JSON.parse(out));
  const falls = cases[0]!.edges.filter(({ signal, level }) => signal === 'load' && level === 'floating');
  return Number(falls[0]!.window_us[1]) / 1e6;
};

describe('a profile before a run', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const late = scratch.file('late.yaml', scenario(LATE));
  const quick = scratch.file('quick.yaml', scenario(QUICK));
  // Commands of a test are given a day of their own.
  const profileFile = scratch.file('unit.yaml', dated('2020-01-01', '2036-11-29'));

  it('contradicts what only other units keep, and calls nothing stricter that its unit keeps', async () => {
    expect(await issues(late)).to.deep.equal({ exit: 0, ids: [] });
    expect(await issues(late, '--profile', profileFile)).to.deep.equal({ exit: 2, ids: ['7 contradicted'] });
    expect(await issues(quick)).to.deep.equal({ exit: 0, ids: ['7 stricter'] });
    expect(await issues(quick, '--profile', profileFile)).to.deep.equal({ exit: 0, ids: [] });
  });

  it('says the same from a thread, and names the profile', async () => {
    const profile = profileInForce(profileFile, { now: () => wallTime(Date.UTC(2026, 11, 1)) });
    const alone = await checkFiles([late], { profile }, undefined, 1);
    expect(await checkFiles([late], { profile }, undefined, 2)).to.deep.equal(alone);
    const found = alone.issues.find(({ id }) => id === 'contradicted');
    expect(found?.message).to.contain(`the reference with ${profileFile} allows no behaviour`);
    expect(found?.hint).to.contain(`--profile ${profileFile}`);
  });

  it('narrows the windows that are told', async () => {
    expect(await latest(quick)).to.be.closeTo(5 + 2 + 35, 0.02);
    expect(await latest(quick, '--profile', profileFile)).to.be.closeTo(5 + 0.241 + 31.52, 0.02);
  });

  it('ends a run before it begins, unless it does not count for the unit', async () => {
    const run = ['run', late, '--profile', profileFile, '--seed', '3', '--out', scratch.path];
    expect((await runCommand(run)).exit).to.equal(2);
    // Of other hardware it narrows nothing: the unit is run, and not passed.
    const other = await runCommand([...run, '--hardware', 'other']);
    expect(other.out).to.match(/^(?:FAIL|INCONCLUSIVE)/mu);
  });

  it('is refused where it counts for no unit any more, or is none', async () => {
    expect((await refused(['check', late, '--profile', scratch.file('other.yaml', 'answers: []\n')], 2)).issues).to.have.length(1);
    const old = scratch.file('old.yaml', dated('2020-01-01', '2021-11-29'));
    for (const command of ['check', 'predict'])
      expect((await refused([command, late, '--profile', old], 2)).message).to.contain('has expired on 2021-11-29');
  });
});
