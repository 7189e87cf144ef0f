/** The folder of one run on disk: written whole or not at all, and never over another. The only code of this stage that touches files. */

import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RunRecord } from '../record.ts';
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

/** Where the lines between host and fixture are kept. */
export const TRANSCRIPT = 'transcript.jsonl.gz';

/** One path component, nothing that leads elsewhere. */
const RUN_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false;
      throw cause;
    },
  );

/**
 * Writes `<out>/<runId>/` with record.json, junit.xml, report.html, trace.vcd and, where there is one, the transcript. The files are made in a hidden folder beside it that is then renamed, so a
 * reader sees all or nothing. Rejects with RunFolderClash when the folder exists, with the system's error when it cannot be written.
 */
export async function writeRunFolder(out: string, record: RunRecord, transcript: string | null = null): Promise<RunFolder> {
  if (!RUN_ID.test(record.runId)) throw new RangeError(`The run id ${JSON.stringify(record.runId)} cannot name a folder.`);
  const dir = path.join(out, record.runId);
  await mkdir(out, { recursive: true });
  if (await exists(dir)) throw new RunFolderClash(dir);
  const temporary = await mkdtemp(path.join(out, `.${record.runId}-`));
  try {
    await writeFile(path.join(temporary, 'record.json'), `${JSON.stringify(record, null, 1)}\n`, { flag: 'wx' });
    await writeFile(path.join(temporary, 'junit.xml'), renderJunit(record), { flag: 'wx' });
    await writeFile(path.join(temporary, 'report.html'), renderReport(record), { flag: 'wx' });
    await writeFile(path.join(temporary, 'trace.vcd'), renderVcd(record), { flag: 'wx' });
    if (transcript !== null) await writeFile(path.join(temporary, TRANSCRIPT), gzipSync(transcript), { flag: 'wx' });
    // A folder that came up meanwhile is empty or full: renaming onto a full one fails, and an empty one holds no run.
    await rename(temporary, dir).catch((cause: NodeJS.ErrnoException) => {
      throw cause.code === 'ENOTEMPTY' || cause.code === 'EEXIST' || cause.code === 'EPERM' ? new RunFolderClash(dir) : cause;
    });
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw cause;
  }
  const [recordFile, junit, report, vcd] = ['record.json', 'junit.xml', 'report.html', 'trace.vcd'].map((name) => path.join(dir, name));
  return { dir, record: recordFile!, junit: junit!, report: report!, vcd: vcd! };
}
