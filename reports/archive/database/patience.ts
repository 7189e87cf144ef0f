/** How long a database that another process holds is waited for, and that whoever sits in front of it is told of a longer wait. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync } from 'node:sqlite';
import { isSqlite, SQLITE } from './sqlite-code.ts';

/** Gets a sentence. SQLite's waiting stops the process: what is written later is not seen before the wait is over. */
export type TellWaiting = (text: string) => void;

const listeners = new AsyncLocalStorage<TellWaiting>();

/** Everything that `work` begins tells `tell` what it waits for. */
export const tellingWaits = <T>(tell: TellWaiting, work: () => T): T => listeners.run(tell, work);

export const tellWait: TellWaiting = (text) => listeners.getStore()?.(text);

/** Writers take turns of less than that all the time. */
export const SILENT_ms = 1_000;

export interface Patience {
  /** Who is waited for, as the beginning of a sentence. */
  readonly holder: string;
  readonly patience_ms: number;
}

/** For the option `timeout` of a database that `patiently` works on. */
export const silent_ms = ({ patience_ms }: Patience): number => Math.min(patience_ms, SILENT_ms);

/** `attempt` has no effect where it throws that the database is busy. It is made once more then, with the rest of the patience. Throws what it throws. */
export const patiently = <T>(database: DatabaseSync, patience: Patience, attempt: () => T): T => {
  try {
    return attempt();
  } catch (cause) {
    const silent = silent_ms(patience);
    if (!isSqlite(cause, [SQLITE.busy]) || patience.patience_ms <= silent) throw cause;
    tellWait(`${patience.holder}: waiting for at most ${patience.patience_ms / 1000} s.`);
    const until = (ms: number): void => database.exec(`pragma busy_timeout = ${ms}`);
    until(patience.patience_ms - silent);
    try {
      return attempt();
    } finally {
      until(silent);
    }
  }
};
