/** The lines of a stored run, read from its folder and held against the hash in its record. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { TRANSCRIPT } from '../../reports/archive/run-folder.ts';
import { RigError } from '../error.ts';
import { type KeptTranscript, readTranscripts, transcriptHash } from '../run/transcript-file.ts';

const damaged = (file: string, what: string, cause?: unknown): RigError =>
  new RigError('recordDamaged', `${file} is damaged: ${what}.`, {
    hint: 'a transcript is never edited; take a copy of it',
    blame: 'operator',
    cause,
  });

/** Throws RigError `runMissing` or `recordDamaged`. */
export const loadTranscripts = async (dir: string, hash: string | null): Promise<readonly KeptTranscript[]> => {
  const file = path.join(dir, TRANSCRIPT);
  if (hash === null) return [];
  const packed = await readFile(file).catch((cause: unknown) => {
    throw new RigError('runMissing', `${file} cannot be read: ${(cause as Error).message}.`, {
      hint: 'without its transcript a run cannot be made again',
      blame: 'operator',
      cause,
    });
  });
  let text: string;
  try {
    text = gunzipSync(packed).toString('utf8');
  } catch (cause) {
    throw damaged(file, (cause as Error).message, cause);
  }
  if (transcriptHash(text) !== hash) throw damaged(file, 'it is not the one that the record was made with');
  try {
    return readTranscripts(text);
  } catch (cause) {
    throw damaged(file, (cause as Error).message, cause);
  }
};
