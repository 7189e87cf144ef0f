/** What the archive asks of a database: queries, one writer at a time where it matters, and many rows at once. */

import type { Kysely, RawBuilder } from 'kysely';
import type { Value } from './rows.ts';
import { OF_RUNS, type Tables, type WrittenTable } from './tables.ts';

export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  /** For messages: a path, or a URL without its password. */
  readonly name: string;
  readonly db: Kysely<Tables>;
  /** One transaction that no other writer is in; rolled back where `work` rejects. */
  exclusive<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** For `from`: the rows, called `t`, whose key is one of these; the values of each key one after the other. Each is looked up by its index, however little the database knows of the table. */
  found(table: 'run' | 'hourly', key: readonly string[], values: readonly (string | number)[]): RawBuilder<unknown>;
  /**
   * Adds rows inside an exclusive transaction: their values one after the other, in the order of the table's columns. What belongs to a run must not be there yet;
   * of the other rows those whose key is there are left out, and sums of an hour are added to those that are there.
   */
  add(db: Kysely<Tables>, table: WrittenTable, values: readonly Value[]): Promise<void>;
  close(): Promise<void>;
}

const SUMS = ['n', 'total', 'squares', 'marginal', 'failed'].map((name) => `${name} = hourly.${name} + excluded.${name}`);
const ENDS = [
  ['least', '<'],
  ['most', '>'],
].map(([name, than]) => `${name} = case when excluded.${name} ${than} hourly.${name} then excluded.${name} else hourly.${name} end`);

/** What becomes of a row whose key is there. */
export const onConflict = (table: WrittenTable): string =>
  OF_RUNS.includes(table)
    ? ''
    : table === 'hourly'
      ? `on conflict (hour, lot, quantity) do update set ${[...SUMS, ...ENDS].join(', ')}`
      : 'on conflict do nothing';
