/** The folder of one run on disk: what is in it, and how its files are written so that the record is there whole or not at all, and never over another. */

import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RunRecord } from '../record.ts';
import { makeFolder } from './make-folder.ts';
import { renderJunit } from '../render/junit.ts';
import { renderReport } from '../render/report-html.ts';
import { renderVcd } from '../render/vcd.ts';

/** The run's folder exists already; nothing was written. */
export class RunFolderClash extends Error {
  readonly code = 'runFolderClash';
  readonly dir: string;
  constructor(dir: string) {
    super(`The run folder ${dir} exists already, and runs are never overwritten.`);
    this.name = 'RunFolderClash';
    this.dir = dir;
  }
}

export interface RunFolder {
  readonly dir: string;
  readonly record: string;
  readonly junit: string;
  readonly report: string;
  readonly vcd: string;
}

export const RECORD = 'record.json';
/** The record before the run is filed: whoever finds it alone finds a run that is not finished. */
export const RECORD_PART = '.record.json.part';
/** Where the lines of an attempt are kept that was cut short: too little to make a trace of. */
export const CUT_LINES = 'cut-short.jsonl';
/** Where the lines between host and fixture are kept. */
export const TRANSCRIPT = 'transcript.jsonl.gz';

/** One path component, nothing that leads elsewhere. */
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** Where a run of this name lies. Throws RangeError for what cannot name a folder. */
export const runDir = (out: string, runId: string): string => {
  if (!RUN_ID.test(runId)) throw new RangeError(`The run id ${JSON.stringify(runId)} cannot name a folder.`);
  return path.join(out, runId);
};

export const folderAt = (dir: string): RunFolder => ({
  dir,
  record: path.join(dir, RECORD),
  junit: path.join(dir, 'junit.xml'),
  report: path.join(dir, 'report.html'),
  vcd: path.join(dir, 'trace.vcd'),
});

/** Makes the folder. Rejects with RunFolderClash where there is one of that name, empty or not. */
export const makeRunDir = async (out: string, runId: string): Promise<string> => {
  const dir = runDir(out, runId);
  await makeFolder(out);
  await mkdir(dir).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? new RunFolderClash(dir) : cause;
  });
  return dir;
};

/** On the disk before this resolves: what is hashed next must not be lost with the power. */
export const writeDurably = async (file: string, bytes: string | Uint8Array): Promise<void> => {
  const handle: FileHandle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const recordBytes = (record: RunRecord): Buffer => {
  const json = JSON.stringify(record, null, 1);
  // Not joined as text: the whole of it would be copied once more.
  const bytes = Buffer.allocUnsafe(Buffer.byteLength(json) + 1);
  bytes.writeUInt8(0x0a, bytes.write(json));
  return bytes;
};

const zipped = promisify(gzip);

/**
 * Every file of a finished run except the journal, the record under its provisional name; all at once, as a disk flushes several in the time of one, and each is
 * written while the next is made. `bytes`: of the record, where the caller has them already.
 */
export const writeRunFiles = async (
  dir: string,
  record: RunRecord,
  transcript: string | null,
  bytes: Uint8Array = recordBytes(record),
): Promise<void> => {
  const put = async (name: string, content: string | Uint8Array | Promise<Uint8Array>): Promise<void> =>
    writeDurably(path.join(dir, name), await content);
  const written = await Promise.allSettled([
    ...(transcript === null ? [] : [put(TRANSCRIPT, zipped(transcript))]),
    put(RECORD_PART, bytes),
    put('report.html', renderReport(record)),
    put('trace.vcd', renderVcd(record)),
    put('junit.xml', renderJunit(record)),
  ]);
  // Not before all have ended: the caller may take the folder away.
  for (const one of written) if (one.status === 'rejected') throw one.reason;
};

/** Gives the record its name. Where another process was faster its file is the same. */
export const settleRecord = async (dir: string): Promise<void> => {
  await rename(path.join(dir, RECORD_PART), path.join(dir, RECORD)).catch(async (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT' || !(await stat(path.join(dir, RECORD)).catch(() => null))) throw cause;
  });
};

/**
 * Writes a run that nobody followed while it went on: its whole folder at once, without a journal. Rejects with RunFolderClash when the folder exists, with the
 * system's error when it cannot be written.
 */
export async function writeRunFolder(out: string, record: RunRecord, transcript: string | null = null): Promise<RunFolder> {
  const dir = await makeRunDir(out, record.runId);
  await writeRunFiles(dir, record, transcript);
  await settleRecord(dir);
  return folderAt(dir);
}
