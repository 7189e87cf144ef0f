// The journal: cut at every byte, damaged, written to a disk that is full for a while.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { type JournalEvent, type JournalFile, journalLine, JournalWriter, readJournal } from './journal.ts';
import { written } from './testing/interrupted.ts';

const EVENTS: readonly JournalEvent[] = [
  { kind: 'case', index: 0 },
  { kind: 'lines', index: 0, lines: ['ä "quoted" \n}{', 1] },
  { kind: 'case', index: 1 },
];

describe('the journal of a run', () => {
  const { bytes, ends } = written(EVENTS);

  it('cut at any byte holds every event that was whole, and nothing else', () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const whole = ends.filter((end) => end <= cut).length;
      const { events, lost } = readJournal(bytes.subarray(0, cut));
      expect(events, `cut at ${cut}`).to.deep.equal(EVENTS.slice(0, whole));
      expect(lost).to.equal(cut - (ends[whole - 1] ?? 0));
    }
  });

  it('with any byte changed ends before the line that it is in', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = changed[at]! ^ 1;
      const before = ends.filter((end) => end <= at).length;
      expect(readJournal(changed).events, `byte ${at}`).to.deep.equal(EVENTS.slice(0, before));
    }
  });

  it('shows a line that was taken out, put in or moved', () => {
    const lines = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
    expect(readJournal(Buffer.concat([lines[0]!, lines[2]!])).events).to.have.length(1);
    expect(readJournal(Buffer.concat([lines[1]!, lines[0]!, lines[2]!])).events).to.have.length(0);
    expect(readJournal(Buffer.concat([lines[0]!, journalLine('', EVENTS[2]!).bytes, lines[1]!])).events).to.have.length(1);
  });

  it('is written in order behind the back of whoever adds to it', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-journal-'));
    const file = path.join(folder, 'journal.jsonl');
    const writer = await JournalWriter.create(file);
    for (const event of EVENTS) writer.add(event);
    await writer.close();
    expect(readFileSync(file)).to.deep.equal(bytes);
    const again = await JournalWriter.create(file).catch((cause: NodeJS.ErrnoException) => cause.code);
    expect(again).to.equal('EEXIST');
    rmSync(folder, { recursive: true });
  });

  it('loses nothing to a disk that is full for a while, and tells one that stays so', async () => {
    const disk = Buffer.alloc(4096);
    let room = 60;
    let size = 0;
    // Takes what it has room for, as a disk does.
    const file = {
      write: async (from: Buffer, offset: number, length: number, at: number) => {
        const bytesWritten = Math.min(length, room - at);
        if (bytesWritten <= 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
        from.copy(disk, at, offset, offset + bytesWritten);
        size = at + bytesWritten;
        return { bytesWritten, buffer: from };
      },
      datasync: async () => undefined,
      close: async () => undefined,
    } as unknown as JournalFile;
    const writer = new JournalWriter(file);
    writer.add(EVENTS[0]!);
    writer.add(EVENTS[1]!);
    expect(await writer.flush().catch((cause: NodeJS.ErrnoException) => cause.code)).to.equal('ENOSPC');
    expect(readJournal(disk.subarray(0, size)).events.length).to.be.below(2);
    room = 4096;
    writer.add(EVENTS[2]!);
    await writer.close();
    expect(disk.subarray(0, size)).to.deep.equal(bytes);
  });
});
