/** The chain of an archive on disk: its id, the keys that signed, and a link added for each run that ends. */

import { randomUUID, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import {
  type ChainEntry,
  entryLine,
  firstPrev,
  hashOfEntry,
  type Head,
  parseEntry,
  publicKeyOf,
  signEntry,
  signHead,
  type SigningKey,
} from './entry.ts';

const ARCHIVE_FILE = 'archive.json';
export const CHAIN = 'chain.jsonl';
const KEYS = 'keys';

const archiveShape = z.strictObject({ schema: z.literal('bms-rig/archive-folder/1'), id: z.uuid() });

/** The chain, or what says which archive it is, is no chain. */
export class ChainDamaged extends Error {
  readonly code = 'chainDamaged';
  readonly hint = '`rig verify` shows what is left of it';
}

const missing = (cause: NodeJS.ErrnoException): null => {
  if (cause.code === 'ENOENT') return null;
  throw cause;
};

/** Null where there is no archive. Rejects with ChainDamaged. */
export const readArchiveId = async (folder: string): Promise<string | null> => {
  const file = path.join(folder, ARCHIVE_FILE);
  const text = await readFile(file, 'utf8').catch(missing);
  if (text === null) return null;
  try {
    return archiveShape.parse(JSON.parse(text)).id;
  } catch (cause) {
    throw new ChainDamaged(`${file} does not say which archive this is.`, { cause });
  }
};

/** Makes the archive where there is none. */
export const archiveIdOf = async (folder: string): Promise<string> => {
  const found = await readArchiveId(folder);
  if (found !== null) return found;
  await mkdir(folder, { recursive: true });
  const part = path.join(folder, `.${ARCHIVE_FILE}.${randomUUID()}`);
  await writeFile(part, `${JSON.stringify({ schema: 'bms-rig/archive-folder/1', id: randomUUID() })}\n`, { flush: true });
  // Fails where another process was faster: then its id counts.
  await link(part, path.join(folder, ARCHIVE_FILE)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
  });
  await rm(part, { force: true });
  return (await readArchiveId(folder))!;
};

/** Lines of the chain, also the last one where it is not whole. */
export async function* chainLines(folder: string): AsyncGenerator<string> {
  const file = path.join(folder, CHAIN);
  const handle = await open(file, 'r').catch(missing);
  if (handle === null) return;
  await handle.close();
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) if (line !== '') yield line;
}

/** Where a run stands in the chain; null where it does not. */
export const findEntry = async (folder: string, run: string): Promise<ChainEntry | null> => {
  for await (const line of chainLines(folder)) {
    const entry = line.includes(run) ? parseEntry(line) : null;
    if (entry?.run === run) return entry;
  }
  return null;
};

/** Public keys that the archive holds, by id. What is no key is left out: its links then have no signature that holds. */
export const archiveKeys = async (folder: string): Promise<ReadonlyMap<string, KeyObject>> => {
  const names = await readdir(path.join(folder, KEYS)).catch((cause: NodeJS.ErrnoException) => missing(cause) ?? []);
  const found = new Map<string, KeyObject>();
  for (const name of names.filter((one) => one.endsWith('.pub'))) {
    try {
      found.set(name.slice(0, -4), publicKeyOf(await readFile(path.join(folder, KEYS, name), 'utf8')));
    } catch {
      continue;
    }
  }
  return found;
};

/** A link is well below this, with its files and names. */
const TAIL_bytes = 65_536;

/** The last whole link, and where the file ends after it: what a power cut left of a line is written over. */
const tailOf = async (file: string): Promise<{ readonly entry: ChainEntry | null; readonly end: number }> => {
  const handle = await open(file, 'r').catch(missing);
  if (handle === null) return { entry: null, end: 0 };
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = buffer.subarray(0, bytesRead);
    const end = text.lastIndexOf(0x0a) + 1;
    const start = text.lastIndexOf(0x0a, end - 2) + 1;
    return { entry: end === 0 ? null : parseEntry(text.toString('utf8', start, end - 1)), end: from + end };
  } finally {
    await handle.close();
  }
};

/** Number of the last whole link; 0 where there is none. */
export const lastNumber = async (folder: string): Promise<number> => (await tailOf(path.join(folder, CHAIN))).entry?.n ?? 0;

export interface NewLink {
  readonly archive: string;
  readonly run: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Adds a link, on the disk before this resolves. Only under the archive's lock. `head` is what the station signed last: where the chain ends before it, it was cut,
 * and the new link goes on from the head, so that the gap stays to be seen.
 */
export const addLink = async (
  folder: string,
  added: NewLink,
  key: SigningKey,
  head: Head | null,
): Promise<{ entry: ChainEntry; head: Head }> => {
  await mkdir(path.join(folder, KEYS), { recursive: true });
  const publicText = key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await writeFile(path.join(folder, KEYS, `${key.id}.pub`), publicText, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw cause;
  });
  const file = path.join(folder, CHAIN);
  const { entry: tail, end } = await tailOf(file);
  const isCut = head !== null && head.n > (tail?.n ?? 0);
  const n = (isCut ? head.n : (tail?.n ?? 0)) + 1;
  const prev = isCut ? head.hash : tail === null ? firstPrev(added.archive) : hashOfEntry(tail);
  const entry = signEntry({ n, archive: added.archive, run: added.run, files: { ...added.files }, prev }, key);
  const handle = await open(file, end === 0 ? 'w' : 'r+');
  try {
    const bytes = Buffer.from(entryLine(entry));
    await handle.write(bytes, 0, bytes.length, end);
    await handle.truncate(end + bytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { entry, head: signHead(entry, key) };
};
