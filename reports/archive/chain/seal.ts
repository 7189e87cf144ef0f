/** What shows, until it is in the chain, that the record of a run that was over was made by this station. */

import { type KeyObject, sign, verify } from 'node:crypto';
import type { SigningKey } from './entry.ts';

const text = (run: string, recordHash: string): Buffer => Buffer.from(`bms-rig seal 1\n${run}\n${recordHash}\n`);

/** Base64. `run`: its name; `recordHash`: sha256 of the record's file. */
export const sealOf = (run: string, recordHash: string, { privateKey }: SigningKey): string =>
  sign(null, text(run, recordHash), privateKey).toString('base64');

export const isSealed = (seal: string, run: string, recordHash: string, keys: readonly KeyObject[]): boolean =>
  keys.some((key) => verify(null, text(run, recordHash), key, Buffer.from(seal, 'base64')));
