/** The archive in one file: SQLite with a write-ahead log, which several processes may use at once. */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatabaseSync, type StatementSync, type SQLInputValue } from 'node:sqlite';
import { type Kysely, Kysely as Database, type RawBuilder, SqliteDialect, sql } from 'kysely';
import { type Engine, onConflict } from './engine.ts';
import { type Patience, patiently, silent_ms } from './patience.ts';
import type { Value } from './rows.ts';
import { DAMAGED, SQLITE, sqliteCode } from './sqlite-code.ts';
import { COLUMNS, type Tables, type WrittenTable } from './tables.ts';

/** How long a writer waits for another: an import holds the file for a second or two at a time. */
const PATIENCE_ms = 30_000;

/** Pages of the log, 64 MiB of it, after which it is written into the file: an import changes most pages many times. Whoever closes the file last does so anyway. */
const LOG_PAGES = 16_384;

/** Rows that one statement adds: far fewer calls than one for each. */
const MANY_ROWS = 50;

/** The file is there and is no archive that can be used. */
export class ArchiveUnusable extends Error {
  readonly code: 'archiveDamaged' | 'archiveLocked' | 'archiveUnwritable';
  readonly hint: string;
  constructor(code: ArchiveUnusable['code'], message: string, hint: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ArchiveUnusable';
    this.code = code;
    this.hint = hint;
  }
}

/** The folder of runs that a database belongs to. */
const outOf = (file: string): string => path.dirname(path.dirname(file));

/** Where the disk itself or the right to it is in the way. */
const NO_WRITING: readonly number[] = [SQLITE.readOnly, SQLITE.inputOutput, SQLITE.full, SQLITE.cannotOpen];

const told = (file: string, patience_ms: number, cause: unknown): unknown => {
  const code = sqliteCode(cause);
  if (code === null) return cause;
  const { message } = cause as { readonly message?: string };
  if (DAMAGED.includes(code))
    return new ArchiveUnusable(
      'archiveDamaged',
      `The database ${file} is damaged: ${message}.`,
      `the runs themselves are in their folders: move the database away, with its -wal and -shm where they lie beside it, and \`rig archive import --out ${outOf(file)}\` makes it anew`,
      cause,
    );
  if (code === SQLITE.busy || code === SQLITE.locked)
    return new ArchiveUnusable(
      'archiveLocked',
      `The database ${file} is in use by another program and stayed so for ${patience_ms / 1000} s.`,
      'close what has it open; the run is safe in its folder and is taken in when the next one is made',
      cause,
    );
  if (NO_WRITING.includes(code))
    return new ArchiveUnusable(
      'archiveUnwritable',
      `The database ${file} cannot be written: ${code === SQLITE.full ? 'the disk is full' : message}.`,
      'the run is safe in its folder and is taken in when the next one is made',
      cause,
    );
  return cause;
};

const values = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];

export interface SqliteOptions {
  readonly readOnly?: boolean;
  /** Nobody writes it meanwhile, and no log lies beside it. */
  readonly unchanging?: boolean;
  readonly patience_ms?: number;
}

/** What the query builder expects of a SQLite library, on the one that Node.js has. */
class Adapter {
  readonly #file: string;
  readonly #patience: Patience;
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, { readOnly = false, unchanging = false, patience_ms = PATIENCE_ms }: SqliteOptions) {
    this.#file = file;
    this.#patience = { holder: `Another program has the database ${file} in use`, patience_ms };
    // Source: sqlite.org/uri.html; without it the log's files would have to be made beside the file.
    const where = unchanging ? new URL('?immutable=1', pathToFileURL(file)) : file;
    this.database = this.#inWords(() => new DatabaseSync(where, { readOnly, timeout: silent_ms(this.#patience) }));
  }

  guarded<T>(work: () => T): T {
    return this.#inWords(() => patiently(this.database, this.#patience, work));
  }

  #inWords<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      throw told(this.#file, this.#patience.patience_ms, cause);
    }
  }

  statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.guarded(() => this.database.prepare(text));
    if (this.#statements.size < 200) this.#statements.set(text, made);
    return made;
  }

  prepare(text: string) {
    const statement = this.statement(text);
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]): unknown[] => this.guarded(() => statement.all(...values(parameters))),
      run: (parameters: readonly unknown[]) => this.guarded(() => statement.run(...values(parameters))),
      iterate: (parameters: readonly unknown[]): IterableIterator<unknown> => statement.iterate(...values(parameters)),
    };
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }
}

const insertions = new Map<string, string>();
const insertion = (table: WrittenTable, rows: number): string => {
  const key = `${table} ${rows}`;
  const known = insertions.get(key);
  if (known !== undefined) return known;
  const columns = COLUMNS[table];
  const row = `(${columns.map(() => '?').join(', ')})`;
  const text = `insert into ${table} (${columns.join(', ')}) values ${Array.from({ length: rows }, () => row).join(', ')} ${onConflict(table)}`;
  insertions.set(key, text);
  return text;
};

class Sqlite implements Engine {
  readonly kind = 'sqlite';
  readonly name: string;
  readonly db: Kysely<Tables>;
  readonly #adapter: Adapter;
  /** Promises of one process share the one connection: one transaction after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(name: string, adapter: Adapter) {
    this.name = name;
    this.#adapter = adapter;
    this.db = new Database<Tables>({ dialect: new SqliteDialect({ database: adapter }) });
  }

  exclusive<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => this.#transaction(work));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #transaction<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    await sql`begin immediate`.execute(this.db);
    try {
      const done = await work(this.db);
      await sql`commit`.execute(this.db);
      return done;
    } catch (cause) {
      // Where the disk is full SQLite may have rolled back by itself.
      await sql`rollback`.execute(this.db).catch(() => undefined);
      throw cause;
    }
  }

  found(table: 'run' | 'hourly', key: readonly string[], values: readonly (string | number)[]): RawBuilder<unknown> {
    const keys: (readonly (string | number)[])[] = [];
    for (let from = 0; from < values.length; from += key.length) keys.push(values.slice(from, from + key.length));
    const equal = key.map((column, place) => `t.${column} = k.value->>${place}`).join(' and ');
    // A cross join keeps its order: each key, then its row.
    return sql`json_each(${JSON.stringify(keys)}) k cross join ${sql.table(table)} t on ${sql.raw(equal)}`;
  }

  async add(_db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    const columns = COLUMNS[table];
    const width = columns.length;
    const insert = (rows: number, from: number): void => {
      const statement = this.#adapter.statement(insertion(table, rows));
      this.#adapter.guarded(() => statement.run(...list.slice(from, from + rows * width)));
    };
    const many = MANY_ROWS * width;
    let from = 0;
    for (; from + many <= list.length; from += many) insert(MANY_ROWS, from);
    for (; from < list.length; from += width) insert(1, from);
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}

/** Throws ArchiveUnusable. */
export const openSqlite = (file: string, options: SqliteOptions = {}): Engine => {
  const adapter = new Adapter(file, options);
  try {
    if (options.readOnly !== true) {
      adapter.guarded(() => adapter.database.exec('pragma journal_mode = wal; pragma synchronous = normal;'));
      adapter.guarded(() => adapter.database.exec('pragma cache_size = -65536; pragma mmap_size = 1073741824;'));
      adapter.guarded(() => adapter.database.exec(`pragma wal_autocheckpoint = ${LOG_PAGES};`));
    }
  } catch (cause) {
    adapter.close();
    throw cause;
  }
  return new Sqlite(file, adapter);
};
