/** The run that a command is given by name, by folder or as `latest`, and what may go wrong with it in our words. */

import type { Argv } from 'yargs';
import type { StoredRun } from '../../reports/archive/read-run.ts';
import { RigError } from '../error.ts';

export const STORED_RUN_OPTIONS = {
  out: { type: 'string', requiresArg: true, default: 'reports/runs', describe: 'the folder that holds the runs' },
} as const;

/** The argument `run`. */
export const withStoredRun = (y: Argv) =>
  y.positional('run', { type: 'string', default: 'latest', describe: 'folder or name of a run, or latest' });

/** Rejects with RigError `runMissing`, `recordDamaged` or `recordNewer`. */
export const loadRun = async (where: string, out: string): Promise<StoredRun> => {
  const { readRun, RunUnreadable } = await import('../../reports/archive/read-run.ts');
  try {
    return await readRun(where, out);
  } catch (cause) {
    if (cause instanceof RunUnreadable) throw new RigError(cause.code, cause.message, { hint: cause.hint, blame: 'operator', cause });
    throw cause;
  }
};
