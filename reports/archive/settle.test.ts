// What becomes of runs that were interrupted: aborted, never passed, and everything kept that was whole.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { archiveQueries } from './testing/open.ts';
import { sha256Of } from './chain/entry.ts';
import { stationKey } from './chain/keys.ts';
import { JOURNAL } from './journal.ts';
import { RunInProgress } from './progress.ts';
import { RECORD, RECORD_PART, recordBytes } from './run-folder.ts';
import { readRun } from './read-run.ts';
import { settle } from './settle.ts';
import { eventsOf, interruptedFolder, written, wrongRecord } from './testing/interrupted.ts';
import { verifyArchive } from './verify-archive.ts';
import { facts, goodAttempt, goodRecord, retriedRecord } from '../testing/runs.ts';

describe('runs that were interrupted', () => {
  const keys = mkdtempSync(path.join(tmpdir(), 'bms-rig-keys-'));
  const options = { keys, forLab: false, transcriptHash: sha256Of };
  after(() => rmSync(keys, { recursive: true }));
  const whole = retriedRecord;
  let [bytes, ends]: [Buffer, readonly number[]] = [Buffer.alloc(0), []];
  before(async () => {
    const { key } = await stationKey(keys);
    ({ bytes, ends } = written(eventsOf(whole, hostname(), key)));
  });

  const settled = async (out: string) => {
    const found = await settle(out, options);
    const verified = await verifyArchive(out, { keys, given: [], running: [] });
    expect(verified.problems).to.deep.equal([]);
    return found;
  };

  it('are aborted and keep each attempt that was over, wherever they were cut', async () => {
    // At the end of each line, and just before it.
    const cuts = ends.flatMap((end) => [end - 1, end]);
    for (const cut of cuts) {
      const out = interruptedFolder(whole, bytes.subarray(0, cut));
      const kept = ends.filter((end) => end <= cut).length;
      const found = await settled(out);
      expect(found.troubles).to.deep.equal([]);
      if (kept === 0) expect(readdirSync(out)).to.deep.equal(['archive']);
      else {
        expect(
          wrongRecord(whole, JSON.parse(readFileSync(path.join(out, whole.runId, 'record.json'), 'utf8')), kept),
          `cut at ${cut}`,
        ).to.equal(null);
        const [listed] = await archiveQueries(out, (ask) => ask.runs({}));
        expect(listed!.ended).to.equal(kept === ends.length ? 'complete' : 'aborted');
        expect(await settle(out, options), 'a second start finds nothing').to.deep.include({ aborted: [], filed: [] });
      }
      rmSync(out, { recursive: true });
    }
  });

  it('keep the lines of the attempt that was cut short beside the record, and of no other', async () => {
    const [begin, first, attempt, ...rest] = eventsOf(goodRecord, hostname());
    expect([first!.kind, attempt!.kind, rest.at(-1)!.kind]).to.deep.equal(['case', 'attempt', 'end']);
    const said = [
      ['s', 1.5, 'P01'],
      ['r', 2.5, 'e0001E30'],
    ];
    const lines = { kind: 'lines', index: 0, lines: said } as const;
    const cut = interruptedFolder(goodRecord, written([begin!, first!, lines, lines]).bytes);
    await settled(cut);
    const dir = path.join(cut, goodRecord.runId);
    expect(
      readFileSync(path.join(dir, 'cut-short.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).to.deep.equal([...said, ...said]);
    const { record } = await readRun(goodRecord.runId, cut);
    expect(record.cases[0]!.attempts[0]!.result).to.include({ verdict: 'broken', blame: 'rig' });
    expect(record.cases[0]!.attempts[0]!.result.reason).to.contain('4 lines').and.to.contain('cut-short.jsonl');
    rmSync(cut, { recursive: true });
    const over = interruptedFolder(goodRecord, written([begin!, first!, lines, attempt!]).bytes);
    await settled(over);
    expect(readdirSync(path.join(over, goodRecord.runId))).not.to.include('cut-short.jsonl');
    rmSync(over, { recursive: true });
  });

  it('are not touched while their process lives, nor if it runs on another machine', async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-cut-'));
    const { cases, ...begin } = facts([goodAttempt]);
    const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: cases.map(({ testCase }) => testCase) });
    progress.caseBegins(0);
    expect(await settle(out, options)).to.deep.include({ running: [begin.runId], aborted: [] });
    writeFileSync(path.join(out, 'archive', 'open', begin.runId), JSON.stringify({ host: 'another', pid: 1, boot: null, began: null }));
    expect((await settle(out, options)).running).to.deep.equal([begin.runId]);
    await progress.discard();
    expect(await settle(out, options)).to.deep.equal({ aborted: [], filed: [], entered: [], running: [], elsewhere: [], troubles: [] });
    expect(existsSync(path.join(out, begin.runId))).to.equal(false);
    rmSync(out, { recursive: true });
  });

  it('are named as what they are to whoever asks for one before it is finished', async () => {
    const out = interruptedFolder(whole, bytes.subarray(0, ends[1]));
    const cause: unknown = await readRun(whole.runId, out).catch((found: unknown) => found);
    expect((cause as Error).message).to.contain(`Run ${whole.runId} goes on or was interrupted`);
    expect((cause as { readonly hint: string }).hint).to.contain(`rig verify ${out}`);
    rmSync(out, { recursive: true });
  });

  it('that were finished and lost their record since are told in words', async () => {
    const out = interruptedFolder(whole, bytes);
    await settled(out);
    rmSync(path.join(out, whole.runId, RECORD));
    const { troubles } = await settle(out, options, [whole.runId]);
    expect(troubles.join()).to.contain('it is signed, and its record is there no more').and.to.not.contain('ENOENT');
    rmSync(out, { recursive: true });
  });

  it('whose beginning is damaged are left as they are, and told', async () => {
    const damaged = Buffer.from(bytes);
    damaged[200] = damaged[200]! ^ 1;
    const out = interruptedFolder(whole, damaged);
    const { troubles, aborted } = await settle(out, options);
    expect([aborted.length, troubles.length]).to.deep.equal([0, 1]);
    expect(troubles[0]).to.contain(whole.runId).and.to.contain('damaged');
    expect(readFileSync(path.join(out, whole.runId, JOURNAL))).to.deep.equal(damaged);
    rmSync(out, { recursive: true });
  });

  it('are found without a mark where they are named, and those of one folder go into one chain', async () => {
    const out = interruptedFolder(whole, bytes.subarray(0, ends[2]));
    rmSync(path.join(out, 'archive'), { recursive: true });
    const other = { ...goodRecord, runId: '20260203-000000-0001' };
    mkdirSync(path.join(out, other.runId));
    writeFileSync(path.join(out, other.runId, JOURNAL), written(eventsOf(other, hostname())).bytes.subarray(0, -5));
    expect((await settle(out, options, [whole.runId, other.runId])).aborted).to.deep.equal([whole.runId, other.runId]);
    const { records, problems } = await verifyArchive(out, { keys, given: [], running: [] });
    expect([records, problems]).to.deep.equal([2, []]);
    expect((await readRun('latest', out)).record.ended).to.equal('aborted');
    rmSync(out, { recursive: true });
  });

  it('are not signed where the record is not what this station sealed: the forger is named, and verify finds it inserted', async () => {
    const stranger = await stationKey(mkdtempSync(path.join(keys, 'stranger-')));
    const { runId } = whole;
    const forged = `${readFileSync(path.join(interruptedFolder(whole, bytes), runId, RECORD_PART), 'utf8')}\n`;
    const open = (text: string, journal: Buffer, name: string): string => {
      const out = interruptedFolder(whole, journal);
      rmSync(path.join(out, runId, RECORD_PART));
      writeFileSync(path.join(out, runId, name), text);
      return out;
    };
    const genuine = recordBytes(whole).toString();
    const tried: readonly string[] = [
      open(genuine, written(eventsOf(whole, hostname())).bytes, RECORD),
      open(genuine, written(eventsOf(whole, hostname(), stranger.key)).bytes, RECORD_PART),
      open(forged, bytes, RECORD),
      open(genuine, Buffer.alloc(0), RECORD),
    ];
    for (const [index, out] of tried.entries()) {
      const { filed, aborted, troubles } = await settle(out, options);
      expect([filed, aborted, troubles.length], `${index}`).to.deep.equal([[], [], 1]);
      expect(troubles[0])
        .to.contain(runId)
        .and.to.contain('nothing shows that this station made its record')
        .and.to.contain(`rig archive import ${path.join(out, runId)} --out ${out} `);
      const { problems } = await verifyArchive(out, { keys, given: [], running: [] });
      if (existsSync(path.join(out, runId, RECORD))) expect(problems.map(({ kind }) => kind)).to.deep.equal(['inserted']);
      rmSync(out, { recursive: true });
    }
  });

  it('are filed where an earlier key of this station sealed them', async () => {
    const folder = mkdtempSync(path.join(keys, 'earlier-'));
    const { key } = await stationKey(folder);
    rmSync(path.join(folder, 'station.key'));
    await stationKey(folder);
    const out = interruptedFolder(whole, written(eventsOf(whole, hostname(), key)).bytes);
    expect((await settle(out, { ...options, keys: folder })).filed).to.deep.equal([whole.runId]);
    rmSync(out, { recursive: true });
  });
});
