/** One link of an archive's chain: what a run's files were when it ended, which link was before it, and the station's signature. */

import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../shape/plain.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const body = z.strictObject({
  /** From 1, without a gap. */
  n: z.number().int().positive(),
  archive: z.string(),
  run: z.string(),
  /** sha256 of each file of the run's folder, record.json among them. */
  files: z.record(z.string(), sha256),
  /** Hash of the link before; that of the archive's id for the first. */
  prev: sha256,
  /** First digits of the hash of the public key that signs. */
  key: z.string(),
});
export type EntryBody = z.infer<typeof body>;

export const chainEntry = body.extend({ sig: z.string() });
export type ChainEntry = z.infer<typeof chainEntry>;

export const sha256Of = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const bodyText = ({ n, archive, run, files, prev, key }: EntryBody): string => canonicalJson({ n, archive, run, files, prev, key });

/** What the next link names. Without the signature, so that a link that is gone can be told from what is left of its run. */
export const hashOfEntry = (entry: EntryBody): string => sha256Of(bodyText(entry));
export const firstPrev = (archive: string): string => sha256Of(`bms-rig archive ${archive}`);

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const keyId = (publicKey: KeyObject): string => sha256Of(publicKey.export({ type: 'spki', format: 'der' })).slice(0, 16);

/** From the text of a file. Throws for anything but an Ed25519 key. */
export const signingKeyOf = (pem: string): SigningKey => {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new TypeError(`an Ed25519 key is expected, not ${privateKey.asymmetricKeyType ?? 'this'}`);
  const publicKey = createPublicKey(privateKey);
  return { id: keyId(publicKey), privateKey, publicKey };
};

export const publicKeyOf = (pem: string): KeyObject => {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError(`an Ed25519 key is expected, not ${key.asymmetricKeyType ?? 'this'}`);
  return key;
};

export const signEntry = (unsigned: Omit<EntryBody, 'key'>, key: SigningKey): ChainEntry => {
  const signed: EntryBody = { ...unsigned, key: key.id };
  return { ...signed, sig: sign(null, Buffer.from(bodyText(signed)), key.privateKey).toString('base64') };
};

/** Whether the key made it. False for whatever is no signature. */
export const isSignedBy = (entry: ChainEntry, publicKey: KeyObject): boolean =>
  Buffer.from(entry.sig, 'base64').toString('base64') === entry.sig &&
  verify(null, Buffer.from(bodyText(entry)), publicKey, Buffer.from(entry.sig, 'base64'));

export const entryLine = (entry: ChainEntry): string => `${JSON.stringify(entry)}\n`;

/** Null for what is no link. */
export const parseEntry = (line: string): ChainEntry | null => {
  try {
    return chainEntry.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
};

/** Where a chain ended when a station last added to it, as its key folder keeps it. */
export const headShape = z.strictObject({
  archive: z.string(),
  n: z.number().int().positive(),
  run: z.string(),
  hash: sha256,
  sig: z.string(),
});
export type Head = z.infer<typeof headShape>;

const headText = ({ archive, n, run, hash }: Omit<Head, 'sig'>): string => canonicalJson({ archive, n, run, hash });

export const signHead = (entry: ChainEntry, key: SigningKey): Head => {
  const head = { archive: entry.archive, n: entry.n, run: entry.run, hash: hashOfEntry(entry) };
  return { ...head, sig: sign(null, Buffer.from(headText(head)), key.privateKey).toString('base64') };
};

export const isHeadOf = (head: Head, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(headText(head)), publicKey, Buffer.from(head.sig, 'base64'));
