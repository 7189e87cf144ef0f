// A unit judged against its profile: what only the profile can tell, what it does not count for, and what of it stands in the record.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../../reports/record.ts';
import { rejudgeDocument } from '../../reports/shape/archive.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { wallTimeOf } from '../calendar.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

const EXAMPLE = path.join(import.meta.dirname, '../profile/example.yaml');
const SOON = { now: wallTimeOf('2026-12-24T10:00:00Z') };

describe('rig run --profile', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const reading = scratch.file(
    'reading.yaml',
    'scenario: Service with a low cell\ncovers: [ENTER-SERVICE]\ngiven: { poles: { 1: open } }\nsteps:\n  - { at: 5 s, poles: closed }\nuntil: 8 s\n',
  );
  after(() => scratch.remove());
  const run = async (argv: readonly string[], options: object = SOON) => {
    const { out } = await runCommand(['run', '--profile', EXAMPLE, '--out', scratch.path, '--json', ...argv], options);
    return runDocument.parse(JSON.parse(out));
  };

  it('passes a unit that does as the golden one, and keeps in the record which limits came from where', async () => {
    const { verdict, reason, profile, run: folder } = await run([quiet, '--seed', '3']);
    expect(verdict, reason).to.equal('pass');
    expect(profile?.limits).to.deep.include({
      parameter: 'waitMost_us',
      value: 31_520_000,
      unit: 'us',
      reference: 35_000_000,
      source: 'profile simulated of G-07 of G-07; R4',
    });
    const { hashes } = recordShape.parse(JSON.parse(readFileSync(path.join(folder.dir!, 'record.json'), 'utf8')));
    expect(hashes.profile).to.match(/^[0-9a-f]{64}$/);
    expect(readFileSync(path.join(folder.dir!, 'report.html'), 'utf8')).to.include('reaction at most 0.241 s (reference 2.000 s)');
  });

  it('fails a unit that only the profile can tell from a good one, and says so', async () => {
    const slow = await run([quiet, '--unit', 'start-up-2500ms']);
    expect(slow).to.include({ verdict: 'fail', blame: 'unit' });
    expect(slow.reason).to.match(/LOAD rose 2\.\d+ s after power.*differs from the profile/s);
    const other = await run([reading, '--unit', 'off-until-recovery']);
    expect(other).to.include({ verdict: 'fail', blame: 'unit' });
    expect(other.reason).to.include(
      'differs from the profile: LOAD and PRE-ALARM float until the cell recovers; on the golden unit G-07: LOAD and PRE-ALARM go high (R12',
    );
    expect((await run([reading])).verdict).to.equal('pass');
  });

  it('judges a trace that was measured before there was one, beside the original', async () => {
    const out = path.join(scratch.path, 'before');
    const { out: text } = await runCommand(['run', quiet, '--unit', 'start-up-2500ms', '--out', out, '--json'], SOON);
    const { verdict, run: stored } = runDocument.parse(JSON.parse(text));
    expect(verdict).to.equal('pass');
    const rejudge = async (...options: string[]) => {
      const told = await runCommand(['rejudge', '--out', out, '--profile', EXAMPLE, '--json', ...options], SOON);
      return rejudgeDocument.parse(JSON.parse(told.out));
    };
    const anew = await rejudge();
    expect(anew).to.include({ exit: 1, stored: 'pass', now: 'fail' });
    expect(anew.cases[0]!.reason).to.match(/LOAD rose 2\.\d+ s after power.*differs from the profile/s);
    const record = recordShape.parse(JSON.parse(readFileSync(path.join(anew.dir, 'record.json'), 'utf8')));
    expect([record.rejudged?.of, record.profile?.goldenUnit]).to.deep.equal([stored.id, 'G-07']);
    expect(record.rejudged?.with).to.include('profile');
    expect(record.hashes.profile).to.match(/^[0-9a-f]{64}$/);
    expect(await rejudge('--hardware', 'rev 9')).to.include({ exit: 3, now: 'inconclusive' });
    expect((await refused(['rejudge', '--out', out, '--hardware', 'rev 9'], 2)).hint).to.equal('add --profile unit.yaml');
  });

  it('decides nothing for a unit of other hardware, or once it has expired; what the reference forbids fails all the same', async () => {
    const elsewhere = await run([quiet, '--hardware', 'rev 9', '--unit', 'start-up-2500ms']);
    expect(elsewhere).to.include({ verdict: 'inconclusive', blame: 'operator', exit: 3 });
    expect(elsewhere.reason).to.include('of hardware simulated, and this unit is of hardware rev 9');
    expect(elsewhere.profile?.limits).to.deep.equal([]);
    const late = await run([quiet], { now: wallTimeOf('2037-01-01T00:00:00Z') });
    expect(late.verdict).to.equal('inconclusive');
    expect(late.reason).to.include('expired on 2036-11-29');
    expect((await run([quiet, '--hardware', 'rev 9', '--defect', 'load-stuck-floating'])).verdict).to.equal('fail');
  });

  it('is refused with the place of each mistake, and where there is no unit', async () => {
    const bad = scratch.file('bad.yaml', readFileSync(EXAMPLE, 'utf8').replace(/wait at least: .*/u, 'wait at least: 29 s'));
    const { issues } = await refused(['run', quiet, '--profile', bad], 2);
    expect(issues[0]).to.match(/^18:3 wait at least is official/);
    expect((await refused(['run', quiet, '--hardware', 'rev 2'], 2)).hint).to.equal('add --profile unit.yaml');
    expect((await refused(['run', quiet, '--profile', EXAMPLE, '--bench', 'reference'], 2)).message).to.include('the reference is none');
    expect((await refused(['run', quiet, '--profile', path.join(scratch.path, 'none.yaml')], 2)).issues[0]).to.include('does not exist');
  });
});

describe('rig learn', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('never writes over a profile, and says before it runs what it needs', async () => {
    const there = scratch.file('unit.yaml', 'profile: old\n');
    expect((await refused(['learn', '--golden', 'G-07', '--profile', there], 2)).message).to.include('never written over');
    expect(readFileSync(there, 'utf8')).to.equal('profile: old\n');
    expect((await refused(['learn', '--golden', 'G-07', '--bench', 'reference'], 2)).message).to.include('nothing to learn');
    expect(
      (await refused(['learn', '--golden', 'G-07', '--bench', '/dev/none', '--profile', path.join(scratch.path, 'x.yaml')], 2)).message,
    ).to.include('one hardware revision');
  });
});
