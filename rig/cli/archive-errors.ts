/** What may go wrong with an archive, as an error of the rig with its code. */

import { RigError, type RigErrorCode } from '../error.ts';

const CODES: readonly string[] = [
  'archiveAway',
  'archiveDamaged',
  'archiveLocked',
  'archiveNewer',
  'archiveUnwritable',
  'chainDamaged',
  'keyUnusable',
  'runMissing',
  'recordDamaged',
  'recordNewer',
  'runFolderClash',
] satisfies readonly RigErrorCode[];

/** Rejects with RigError for what archives reject with; anything else passes as it is. */
export const inOurWords = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    const { code, message, hint = '' } = cause as { readonly code?: string; readonly message: string; readonly hint?: string };
    if (cause instanceof RigError || code === undefined || !CODES.includes(code)) throw cause;
    throw new RigError(code as RigErrorCode, message, { hint, blame: code === 'archiveAway' ? 'rig' : 'operator', cause });
  }
};
