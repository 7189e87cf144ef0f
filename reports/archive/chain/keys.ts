/** The station's folder of keys: its signing key, and where each archive's chain ended when this station last added to it. */

import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { type Head, headShape, isHeadOf, keyId, publicKeyOf, type SigningKey, signingKeyOf } from './entry.ts';

export const KEYS_VARIABLE = 'RIG_KEYS';
const KEY = 'station.key';
const PUBLIC = 'station.pub';
const HEADS = 'heads';

/** The key cannot be read, made or used. */
export class KeyUnusable extends Error {
  readonly code = 'keyUnusable';
  readonly hint = `name a folder for the station's keys with ${KEYS_VARIABLE}, or mend this one`;
  constructor(folder: string, cause: unknown) {
    super(`The station's key in ${folder} cannot be used: ${(cause as Error).message}.`, { cause });
    this.name = 'KeyUnusable';
  }
}

/** Outside of every archive, so that who can change the one need not be able to sign. */
export const keyFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const named = (name: string): string | null => (env[name] === undefined || env[name] === '' ? null : env[name]);
  return named(KEYS_VARIABLE) ?? path.join(named('XDG_CONFIG_HOME') ?? path.join(named('HOME') ?? homedir(), '.config'), 'bms-rig', 'keys');
};

/** Whole or not at all, and on the disk. */
const write = async (file: string, text: string, mode: number): Promise<string> => {
  const part = `${file}.${process.pid}.part`;
  await rm(part, { force: true });
  const handle = await open(part, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return part;
};

const readText = (file: string): Promise<string | null> =>
  readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return null;
    throw cause;
  });

/** The public part of a key that was moved away stays: what it signed is still this station's. */
const keepEarlier = async (folder: string): Promise<void> => {
  const before = await readText(path.join(folder, PUBLIC));
  if (before === null) return;
  const kept = path.join(folder, `${keyId(publicKeyOf(before))}.pub`);
  await rename(await write(kept, before, 0o644), kept);
};

const make = async (folder: string): Promise<void> => {
  await makeFolder(folder, 0o700);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const part = await write(path.join(folder, KEY), privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  try {
    // Fails where another process made one meanwhile: that one counts.
    await link(part, path.join(folder, KEY));
    await keepEarlier(folder);
    const text = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await rename(await write(path.join(folder, PUBLIC), text, 0o644), path.join(folder, PUBLIC));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    await rm(part, { force: true });
  }
};

export interface StationKey {
  readonly key: SigningKey;
  /** True where it was made now. */
  readonly made: boolean;
}

/** The station's key, made where there is none. Rejects with KeyUnusable. */
export const stationKey = async (folder: string): Promise<StationKey> => {
  try {
    const found = await readText(path.join(folder, KEY));
    if (found !== null) return { key: signingKeyOf(found), made: false };
    await make(folder);
    return { key: signingKeyOf(await readFile(path.join(folder, KEY), 'utf8')), made: true };
  } catch (cause) {
    throw new KeyUnusable(folder, cause);
  }
};

/** For who only looks: null where this station has no key. Rejects with KeyUnusable. */
export const publicStationKey = async (folder: string): Promise<KeyObject | null> => {
  try {
    const found = await readText(path.join(folder, KEY));
    if (found !== null) return createPublicKey(signingKeyOf(found).privateKey);
    const shared = await readText(path.join(folder, PUBLIC));
    return shared === null ? null : publicKeyOf(shared);
  } catch (cause) {
    throw new KeyUnusable(folder, cause);
  }
};

const EARLIER = /^[0-9a-f]{16}\.pub$/;

/** Public parts of the keys that this station had before. Rejects with KeyUnusable. */
const earlierKeys = async (folder: string): Promise<readonly KeyObject[]> => {
  try {
    const names = await readdir(folder).catch((): string[] => []);
    const texts = await Promise.all(names.filter((name) => EARLIER.test(name)).map((name) => readFile(path.join(folder, name), 'utf8')));
    return texts.map(publicKeyOf);
  } catch (cause) {
    throw new KeyUnusable(folder, cause);
  }
};

/** All of them, today's first. Rejects with KeyUnusable. */
export const stationKeys = async (folder: string): Promise<readonly KeyObject[]> => {
  const own = await publicStationKey(folder);
  return [...(own === null ? [] : [own]), ...(await earlierKeys(folder))];
};

const headFile = (folder: string, archive: string): string => path.join(folder, HEADS, `${archive}.json`);

/** Null where this station never added to the archive. Rejects with KeyUnusable for one that is damaged or signed by none of this station's keys. */
export const readHead = async (folder: string, archive: string, publicKey: KeyObject): Promise<Head | null> => {
  try {
    const text = await readText(headFile(folder, archive));
    if (text === null) return null;
    const head = headShape.parse(JSON.parse(text));
    const keys = [publicKey, ...(await earlierKeys(folder))];
    if (head.archive !== archive || !keys.some((key) => isHeadOf(head, key)))
      throw new Error(`${headFile(folder, archive)} is not signed by this station`);
    return head;
  } catch (cause) {
    throw new KeyUnusable(folder, cause);
  }
};

export const writeHead = async (folder: string, head: Head): Promise<void> => {
  await mkdir(path.join(folder, HEADS), { recursive: true, mode: 0o700 });
  await rename(await write(headFile(folder, head.archive), JSON.stringify(head), 0o600), headFile(folder, head.archive));
};
