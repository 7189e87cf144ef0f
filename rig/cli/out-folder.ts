/** Where runs are put: found writable before a run begins, and why it is not told in our words. */

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { makeFolder } from '../../reports/archive/make-folder.ts';
import { RigError } from '../error.ts';

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

export const unwritable = (out: string, cause: unknown): RigError => {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new RigError('outUnwritable', `Runs cannot be written to ${out}: ${REASONS[code] ?? message}.`, {
    hint: 'give another folder with --out',
    blame: 'operator',
    cause,
  });
};

/** Makes the folder where it is missing. Throws RigError `outUnwritable`. */
export const prepareOut = async (out: string): Promise<void> => {
  try {
    await makeFolder(out);
    await access(out, constants.W_OK);
  } catch (cause) {
    throw unwritable(out, cause);
  }
};
