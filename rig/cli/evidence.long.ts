// Evidence from the command line: who the unit is, how often it may be tried, records that are found changed, old traces judged anew.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { archiveDocument, rejudgeDocument, verifyDocument } from '../../reports/shape/archive.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { recordShape } from '../../reports/record.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { wallTimeOf } from '../calendar.ts';
import type { RigError } from '../error.ts';
import { writeRecord } from './filing.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const SCENARIO = `scenario: Nothing happens to a healthy battery
covers: [LOAD-HEALTHY]
steps: []
until: 4 s
measure: [{ at: 3 s, what: loadDrop, high: 0.15 V }]
`;
const HOSTILE = `"><script>alert(1)</script>'; drop table run; -- =1+1 \u001B[31m`;

const runsOf = (out: string): readonly string[] => readdirSync(out).filter((name) => name !== 'archive');

describe('evidence', () => {
  const scratch = scratchFolder();
  const scenario = scratch.file('quiet.yaml', SCENARIO);
  const keys = path.join(scratch.path, 'keys');
  after(() => scratch.remove());

  const run = async (out: string, ...options: string[]) => {
    const { exit, out: text, err } = await runCommand(['run', scenario, '--out', out, '--json', ...options], { env: { RIG_KEYS: keys } });
    expect(err).to.equal('');
    return { exit, document: runDocument.parse(JSON.parse(text)) };
  };
  const verify = async (out: string, ...options: string[]) => {
    const { exit, out: text } = await runCommand(['verify', out, '--json', ...options], { env: { RIG_KEYS: keys } });
    const document = verifyDocument.parse(JSON.parse(text));
    expect(document.exit).to.equal(exit);
    return document;
  };

  it('holds who the unit is, counts its attempts, and refuses more than the station allows', async () => {
    const out = path.join(scratch.path, 'identity');
    const station = scratch.file(
      'station.yaml',
      'station: hall 2\nserial: { pattern: "HQ-####", check: luhn }\nretest: { attempts: 2, after pass: refuse }\nrequired: [serial, operator]\n',
    );
    const options = [
      '--station',
      station,
      '--operator',
      'operator 4',
      '--work-order',
      'WO-1',
      '--unit-firmware-version',
      '1.4',
      '--note',
      HOSTILE,
    ];
    const asked = ['run', scenario, '--out', out, '--station', station];
    expect((await refused(asked, 2)).message).to.contain('asks for the serial');
    expect((await refused([...asked, '--operator', 'x', '--serial', 'HQ-12'], 2)).message).to.contain('HQ-####');
    expect((await refused([...asked, '--operator', 'x', '--serial', 'HQ-1234'], 2)).message).to.contain('check digit');
    const wrong = scratch.file('wrong.yaml', 'station: hall 2\nserial: { check: lunn }\n');
    expect((await refused(['run', scenario, '--station', wrong], 2)).issues[0]).to.contain('2:18');

    const spoilt = await run(out, ...options, '--serial', 'HQ-1230', '--fault', 'unplugged');
    expect(spoilt.document.identity.attempt).to.equal(1);
    const failed = await run(out, ...options, '--serial', 'HQ-1230', '--defect', 'load-stuck-floating');
    expect([failed.exit, failed.document.identity.attempt], 'what the link spoilt was no attempt').to.deep.equal([1, 1]);
    const passed = await run(out, ...options, '--serial', 'HQ-1230');
    const { identity } = passed.document;
    expect(identity).to.deep.equal({
      serial: 'HQ-1230',
      operator: 'operator 4',
      workOrder: 'WO-1',
      unitFirmwareVersion: '1.4',
      note: HOSTILE,
      attempt: 2,
    });
    expect((await refused([...asked, '--operator', 'x', '--serial', 'HQ-1230'], 2)).message).to.contain('passed already');
    const record = recordShape.parse(JSON.parse(readFileSync(path.join(passed.document.run.dir!, 'record.json'), 'utf8')));
    expect([record.bench.station, record.hashes.stationFile?.length]).to.deep.equal(['hall 2', 64]);
    expect(runsOf(out), 'each attempt is kept').to.have.length(3);
    for (const page of ['report.html', 'junit.xml'])
      expect(readFileSync(path.join(passed.document.run.dir!, page), 'utf8'), page).to.not.contain('<script>alert(1)');
    expect(await verify(out)).to.include({ ok: true, records: 3 });
  });

  it('is not taken of one unit twice at a time', async () => {
    const out = path.join(scratch.path, 'twice');
    const { cases, ...begin } = facts([goodAttempt]);
    const other = await RunInProgress.begin(out, {
      runId: begin.runId,
      facts: { ...begin, identity: { serial: 'A-1' } },
      cases: cases.map(({ testCase }) => testCase),
    });
    const asked = ['run', scenario, '--out', out];
    expect((await refused([...asked, '--serial', 'A-1'], 2)).message)
      .to.contain('A-1')
      .and.to.contain(begin.runId);
    expect(runsOf(out), 'the refused run leaves nothing').to.deep.equal([begin.runId]);
    expect((await run(out, '--serial', 'A-2')).exit).to.equal(0);
    await other.discard();
    expect((await run(out, '--serial', 'A-1')).exit).to.equal(0);
  });

  it('is kept elsewhere where its folder takes no more, and taken in from there as it was', async () => {
    const out = path.join(scratch.path, 'full');
    const { cases, ...begin } = facts([goodAttempt]);
    const asked = { runId: begin.runId, facts: begin, cases: cases.map(({ testCase }) => testCase) };
    const progress = await RunInProgress.begin(out, asked);
    progress.caseBegins(0);
    // No file can be made in it any more, whoever asks.
    rmSync(progress.dir, { recursive: true });
    writeFileSync(progress.dir, '');
    const failed = await writeRecord(out, { record: goodRecord, transcript: null, progress }, { env: { RIG_KEYS: keys } }).then(
      () => expect.fail('it was written'),
      (cause: unknown) => cause as RigError,
    );
    expect(failed.code).to.equal('outUnwritable');
    const kept = /kept in (.+)\.$/.exec(failed.message)![1]!;
    const taken = await runCommand(['archive', 'import', kept, '--out', out, '--json'], { env: { RIG_KEYS: keys } });
    expect(archiveDocument.parse(JSON.parse(taken.out))).to.deep.include({ runs: 1, added: 1, refused: [] });
    const record = path.join(out, begin.runId, 'record.json');
    expect(recordShape.parse(JSON.parse(readFileSync(record, 'utf8'))).verdict).to.equal('pass');
    expect(await verify(out)).to.include({ ok: true, records: 1 });
    // The same once more is nothing new; another record under the same name is told, and does not get in.
    const again = async () =>
      archiveDocument.parse(
        JSON.parse((await runCommand(['archive', 'import', kept, '--out', out, '--json'], { env: { RIG_KEYS: keys } })).out),
      );
    expect(await again()).to.deep.include({ runs: 1, added: 0, refused: [] });
    const changed = path.join(kept, 'record.json');
    writeFileSync(changed, readFileSync(changed, 'utf8').replace('"pass"', '"fail"'));
    expect((await again()).refused[0]?.why).to.contain(`another record of run ${begin.runId}`);
    expect(await verify(out)).to.include({ ok: true, records: 1 });
    rmSync(kept, { recursive: true });
  });

  it('is found changed, removed, added and cut off, and the record is named', async () => {
    const out = path.join(scratch.path, 'chain');
    for (const seed of ['1', '2', '3']) await run(out, '--seed', seed);
    const sound = await verify(out);
    expect([sound.ok, sound.records, sound.keys.map(({ known }) => known)]).to.deep.equal([true, 3, [true]]);
    const [first, second] = runsOf(out) as [string, string];
    const spoiled = async (name: string, spoil: (copy: string) => void): Promise<readonly string[]> => {
      const copy = path.join(scratch.path, name);
      cpSync(out, copy, { recursive: true });
      spoil(copy);
      const { problems, ok } = await verify(copy);
      expect(ok).to.equal(problems.length === 0);
      const told = (await runCommand(['verify', copy], { env: { RIG_KEYS: keys } })).out;
      for (const { run: named } of problems) expect(told).to.contain(named);
      return problems.map(({ run: named, kind }) => `${kind} ${named}`);
    };
    const record = (copy: string): string => path.join(copy, second, 'record.json');
    expect(
      await spoiled('changed', (copy) => writeFileSync(record(copy), readFileSync(record(copy), 'utf8').replace('"pass"', '"fail"'))),
    ).to.deep.equal([`changed ${second}`]);
    expect(await spoiled('removed', (copy) => rmSync(path.join(copy, first), { recursive: true }))).to.deep.equal([`removed ${first}`]);
    expect(
      await spoiled('inserted', (copy) => cpSync(path.join(copy, first), path.join(copy, `${first}-b`), { recursive: true })),
    ).to.deep.equal([`inserted ${first}-b`]);
    const cut = await spoiled('cut', (copy) => {
      const chain = path.join(copy, 'archive', 'chain.jsonl');
      writeFileSync(chain, readFileSync(chain, 'utf8').split('\n').slice(0, 2).join('\n') + '\n');
    });
    expect(cut.map((one) => one.split(' ')[0])).to.deep.equal(['truncated']);
    // Whoever has no key of the station sees that the records fit together, and is told that this is all.
    const elsewhere = verifyDocument.parse(
      JSON.parse((await runCommand(['verify', out, '--json'], { env: { RIG_KEYS: path.join(scratch.path, 'none') } })).out),
    );
    expect([elsewhere.ok, elsewhere.keys[0]?.known, elsewhere.notes.length]).to.deep.equal([true, false, 1]);
    const auditor = await runCommand(['verify', out, '--json', '--key', path.join(keys, 'station.pub')], {
      env: { RIG_KEYS: path.join(scratch.path, 'none') },
    });
    expect(verifyDocument.parse(JSON.parse(auditor.out)).keys[0]?.known).to.equal(true);
    expect((await refused(['verify', path.join(scratch.path, 'nowhere')], 2)).code).to.equal('runMissing');
  });

  it('of old traces is judged anew beside the original, which stays as it was', async () => {
    const out = path.join(scratch.path, 'anew');
    const { document } = await run(out);
    const dir = document.run.dir!;
    const before = readFileSync(path.join(dir, 'record.json'), 'utf8');
    const rejudge = async (...options: string[]) => {
      const { exit, out: text } = await runCommand(['rejudge', '--out', out, '--json', ...options], { env: { RIG_KEYS: keys } });
      const anew = rejudgeDocument.parse(JSON.parse(text));
      expect(anew.exit).to.equal(exit);
      return anew;
    };
    expect(await rejudge()).to.include({ exit: 0, stored: 'pass', now: 'pass' });
    writeFileSync(scenario, SCENARIO.replace('high: 0.15 V', 'low: 0.3 V, high: 0.5 V'));
    try {
      const stricter = await rejudge('--limits', scenario);
      expect(stricter).to.include({ exit: 1, stored: 'pass', now: 'fail' });
      expect(stricter.cases[0]!.changed[0]).to.contain('none to 150 mV then, 300 to 500 mV now');
      expect(path.basename(stricter.dir)).to.equal('rejudged-2');
      const record = recordShape.parse(JSON.parse(readFileSync(path.join(stricter.dir, 'record.json'), 'utf8')));
      expect([record.rejudged?.of, record.verdict]).to.deep.equal([document.run.id, 'fail']);
      // What the unit was not put through cannot be judged.
      writeFileSync(scenario, SCENARIO.replace('steps: []', 'steps: [{ at: 2 s, cells: 3.0 V }]'));
      expect((await refused(['rejudge', '--out', out, '--limits', scenario], 2)).message).to.contain('its steps are others');
    } finally {
      writeFileSync(scenario, SCENARIO);
    }
    expect(readFileSync(path.join(dir, 'record.json'), 'utf8')).to.equal(before);
    expect(await verify(out)).to.include({ ok: true, records: 3 });
  });

  it('is taken in from another folder, given out and backed up, and found again', async () => {
    const [out, other] = [path.join(scratch.path, 'here'), path.join(scratch.path, 'there')];
    const { document } = await run(out);
    await run(other, '--seed', '5');
    const archive = async (...argv: string[]) => {
      const { exit, out: text } = await runCommand(['archive', ...argv, '--out', out, '--json'], { env: { RIG_KEYS: keys } });
      const done = archiveDocument.parse(JSON.parse(text));
      expect(done.exit).to.equal(exit);
      return done;
    };
    expect(await archive('import', other)).to.include({ runs: 1, added: 1 });
    expect(await archive('import', other)).to.include({ runs: 1, added: 0 });
    const lines = path.join(scratch.path, 'runs.jsonl.gz');
    expect(await archive('export', lines)).to.include({ runs: 2 });
    expect((await refused(['archive', 'export', lines, '--out', out], 2)).message).to.contain('there already');
    expect(await archive('import', lines)).to.include({ runs: 2, added: 0 });
    const copy = path.join(scratch.path, 'backup');
    expect(await archive('backup', copy)).to.include({ runs: 2 });
    expect(await verify(copy)).to.include({ ok: true, records: 2 });
    expect(existsSync(path.join(copy, document.run.id, 'transcript.jsonl.gz'))).to.equal(true);
    const none = scratch.file('none.jsonl', '{"a":1}\nnothing\n');
    expect((await archive('import', none)).refused.map(({ what }) => what)).to.deep.equal(['line 1', 'line 2']);
  });

  it('is kept where the database or the key cannot be used, and told so; filed by the next run, or without a seal when somebody takes it in', async () => {
    const out = path.join(scratch.path, 'trouble');
    mkdirSync(path.join(out, 'archive'), { recursive: true });
    writeFileSync(path.join(out, 'archive', 'archive.db'), 'no database '.repeat(100));
    const { exit, document } = await run(out);
    expect([exit, document.notes.some((note) => note.includes('is damaged'))]).to.deep.equal([0, true]);
    expect(existsSync(path.join(document.run.dir!, 'record.json'))).to.equal(true);
    rmSync(path.join(out, 'archive', 'archive.db'));
    const locked = scratch.file('keys-that-are-a-file', '');
    const unsigned = await runCommand(['run', scenario, '--out', out, '--json'], { env: { RIG_KEYS: locked } });
    const later = runDocument.parse(JSON.parse(unsigned.out));
    expect([unsigned.exit, later.notes.some((note) => note.includes('key'))]).to.deep.equal([0, true]);
    // Without its key the station could not seal it, so that nothing signs it by itself; a person who knows that it is right takes it in.
    const third = await run(out);
    const refusals = third.document.notes.filter((note) => note.includes('nothing shows that this station made its record'));
    expect(refusals).to.have.length(1);
    expect(refusals[0])
      .to.contain(later.run.id)
      .and.to.contain(`rig archive import ${path.join(out, later.run.id)}`);
    expect((await verify(out)).ok).to.equal(false);
    const env = { RIG_KEYS: keys };
    expect((await runCommand(['archive', 'import', path.join(out, later.run.id), '--out', out], { env })).exit).to.equal(0);
    expect((await run(out)).document.notes).to.deep.equal([]);
    expect(await verify(out)).to.include({ ok: true, records: 4 });
  });

  it('doubts its date where the clock is behind an earlier run', async () => {
    const out = path.join(scratch.path, 'clock');
    await run(out);
    const earlier = await runCommand(['run', scenario, '--out', out, '--json'], {
      now: wallTimeOf('2001-01-01T00:00:00Z'),
      env: { RIG_KEYS: keys },
    });
    expect(runDocument.parse(JSON.parse(earlier.out)).dateDoubt).to.contain('2001-01-01');
    expect(await verify(out)).to.include({ ok: true, records: 2 });
  });
});
