/** The archive of a lab: the same tables on a PostgreSQL server that a URL names. */

import { type Kysely, Kysely as Database, PostgresDialect, type PostgresPool, type RawBuilder, sql } from 'kysely';
import { Pool, type PoolClient, types as builtIn } from 'pg';
import { CopyIn, copyRows, numberArray, storable } from './copy-in.ts';
import { type Engine, onConflict } from './engine.ts';
import { SILENT_ms, tellWait } from './patience.ts';
import type { Value } from './rows.ts';
import { COLUMNS, kindOf, OF_RUNS, type Tables, type WrittenTable } from './tables.ts';

/** A server that is away is noticed soon: runs wait for it in the local archive. */
const CONNECT_ms = 3_000;
/** Any number will do; it names the one lock of writers. */
const WRITERS = 7_264_001;

/** Source: PostgreSQL's manual, "Error Codes". */
const LOCK_NOT_AVAILABLE = '55P03';

const INT8 = 20;
const NUMERIC = 1700;
const types = {
  // Nothing the archive counts comes near to 2^53.
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC ? Number : builtIn.getTypeParser(oid, format)) as typeof builtIn.getTypeParser,
};

/** The server cannot be reached or does not let us in. */
export class ArchiveAway extends Error {
  readonly code = 'archiveAway';
  readonly hint: string;
  constructor(name: string, cause: unknown, hint = 'runs are kept in the local archive and given to it once it is there again') {
    const { message, code } = cause as { message?: string; code?: string };
    super(`The archive ${name} cannot be reached: ${message === undefined || message === '' ? (code ?? 'no answer') : message}.`, {
      cause,
    });
    this.name = 'ArchiveAway';
    this.hint = hint;
  }
}

/** A URL as it may be shown: without its password. */
export const shownUrl = (url: string): string => {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.username === '' ? '' : `${parsed.username}@`}${parsed.host}${parsed.pathname}`;
  } catch {
    return 'named by the URL';
  }
};

const CASTS = { int: 'bigint[]', real: 'double precision[]', text: 'text[]' } as const;

const storableValue = (value: Value): Value => (typeof value === 'string' ? storable(value) : value);

/** One array a column, so that a statement has as many parameters as there are columns, however many rows. */
const arraysOf = (columns: readonly string[], list: readonly Value[]): RawBuilder<unknown> => {
  const texts = (place: number): readonly Value[] => {
    const values: Value[] = [];
    for (let at = place; at < list.length; at += columns.length) values.push(storableValue(list[at]!));
    return values;
  };
  return sql.join(
    columns.map((column, place) => {
      const kind = kindOf(column);
      return sql`${kind === 'text' ? texts(place) : numberArray(kind, list, place, columns.length)}::${sql.raw(CASTS[kind])}`;
    }),
  );
};

/** Errors of the server have a code of five places; what has none, or one of these classes, is its absence. Source: PostgreSQL's manual, "Error Codes". */
const isAway = (cause: unknown): boolean => {
  const { code, severity } = cause as { readonly code?: string; readonly severity?: string };
  if (severity !== undefined) return code !== undefined && /^(08|57P0[1-5])/.test(code);
  return code === undefined ? /connection|terminated/i.test((cause as Error).message) : /^E[A-Z]+$/.test(code);
};

/** The query builder on a connection that somebody else takes and gives back. */
const overOne = (client: PoolClient): Kysely<Tables> => {
  const lent = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: () => Promise.resolve(lent), end: () => Promise.resolve() };
  return new Database<Tables>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }) });
};

interface Open {
  readonly client: PoolClient;
  readonly named: string[];
}

class Postgres implements Engine {
  readonly kind = 'postgres';
  readonly name: string;
  readonly db: Kysely<Tables>;
  readonly #pool: Pool;
  /** Of each transaction that is open, what it runs on and which names it has given. */
  readonly #open = new WeakMap<Kysely<Tables>, Open>();
  /** Of lots, scenarios and quantities the numbers that are there for good: nothing ever takes them away, and nearly every run names the same. */
  readonly #kept = new Set<string>();

  constructor(name: string, pool: Pool) {
    this.name = name;
    this.#pool = pool;
    this.db = new Database<Tables>({ dialect: new PostgresDialect({ pool }) });
  }

  async exclusive<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((cause: unknown) => {
      throw new ArchiveAway(this.name, cause);
    });
    /** Until the end is known the connection is not for others. */
    let isSpent = true;
    const named: string[] = [];
    try {
      const db = overOne(client);
      this.#open.set(db, { client, named });
      await this.#begin(client);
      const done = await work(db);
      // A transaction that went wrong is undone by this, and PostgreSQL says so by the word alone.
      const { command } = await client.query('commit');
      isSpent = false;
      if (command !== 'COMMIT') throw new Error(`The archive ${this.name} did not keep what was written.`);
      for (const name of named) this.#kept.add(name);
      return done;
    } catch (cause) {
      if (isSpent)
        await client.query('rollback').then(
          () => (isSpent = false),
          () => undefined,
        );
      throw isAway(cause)
        ? new ArchiveAway(this.name, cause, 'what it had confirmed is there; do it again once it answers: each run is taken once')
        : cause;
    } finally {
      client.release(isSpent);
    }
  }

  /** As the only writer. The server ends the turn of one whose connection is gone, so this takes as long as the others do. */
  async #begin(client: PoolClient): Promise<void> {
    const only = `select pg_advisory_xact_lock(${WRITERS})`;
    try {
      await client.query(`begin; set local lock_timeout = ${SILENT_ms}; ${only}; set local lock_timeout to default`);
    } catch (cause) {
      if ((cause as { readonly code?: string }).code !== LOCK_NOT_AVAILABLE) throw cause;
      await client.query('rollback');
      tellWait(`Other programs write to the archive ${this.name}: waiting until they have.`);
      await client.query(`begin; set local lock_timeout = 0; ${only}; set local lock_timeout to default`);
    }
  }

  found(table: 'run' | 'hourly', key: readonly string[], values: readonly (string | number)[]): RawBuilder<unknown> {
    const names = sql.raw(key.map((column) => `k_${column}`).join(', '));
    const equal = sql.raw(key.map((column) => `${column} = k_${column}`).join(' and '));
    // With its bound each lookup stays one: right after an import the planner would read the whole table for a few of its rows.
    return sql`unnest(${arraysOf(key, values)}) as k(${names}) cross join lateral (select * from ${sql.table(table)} where ${equal} limit 1) t`;
  }

  async add(db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    if (list.length === 0) return;
    if (OF_RUNS.includes(table)) await this.#copy(db, table, list);
    else if (table === 'hourly') await this.#addSums(db, list as readonly number[]);
    else await this.#name(db, table, list);
  }

  #opened(db: Kysely<Tables>): Open {
    const open = this.#open.get(db);
    if (open === undefined) throw new Error('rows are added inside a transaction');
    return open;
  }

  /** Rows whose first column names them. */
  async #name(db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    const width = COLUMNS[table].length;
    const fresh: Value[] = [];
    const { named } = this.#opened(db);
    for (let from = 0; from < list.length; from += width) {
      const name = `${table} ${list[from]!}`;
      if (this.#kept.has(name)) continue;
      named.push(name);
      fresh.push(...list.slice(from, from + width));
    }
    if (fresh.length > 0) await this.#insert(db, table, fresh);
  }

  /** Those of the hours that have a sum at all: an import goes on where the last one ended, and few of its sums need to be looked up one by one. */
  async #hoursThere(db: Kysely<Tables>, list: readonly number[]): Promise<ReadonlySet<number>> {
    const hours = new Set<number>();
    for (let from = 0; from < list.length; from += COLUMNS.hourly.length) hours.add(list[from]!);
    const { rows } = await sql<Pick<Tables['hourly'], 'hour'>>`
      select t.hour from ${this.found('hourly', ['hour'], [...hours])}`.execute(db);
    return new Set(rows.map(({ hour }) => hour));
  }

  /** Most sums of an import are new, and those cost the server half as much by COPY. */
  async #addSums(db: Kysely<Tables>, list: readonly number[]): Promise<void> {
    const width = COLUMNS.hourly.length;
    const hours = await this.#hoursThere(db, list);
    const keys: number[] = [];
    for (let from = 0; from < list.length; from += width)
      if (hours.has(list[from]!)) keys.push(list[from]!, list[from + 1]!, list[from + 2]!);
    if (keys.length === 0) return this.#copy(db, 'hourly', list);
    const { rows } = await sql<Pick<Tables['hourly'], 'hour' | 'lot' | 'quantity'>>`
      select t.hour, t.lot, t.quantity from ${this.found('hourly', ['hour', 'lot', 'quantity'], keys)}`.execute(db);
    const known = new Set(rows.map(({ hour, lot, quantity }) => `${hour} ${lot} ${quantity}`));
    const [fresh, there]: [number[], number[]] = [[], []];
    for (let from = 0; from < list.length; from += width) {
      const isThere = known.size > 0 && known.has(`${list[from]!} ${list[from + 1]!} ${list[from + 2]!}`);
      for (let at = from; at < from + width; at += 1) (isThere ? there : fresh).push(list[at]!);
    }
    if (fresh.length > 0) await this.#copy(db, 'hourly', fresh);
    if (there.length > 0) await this.#insert(db, 'hourly', there);
  }

  #copy(db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    const { client } = this.#opened(db);
    const rows = copyRows(table, list);
    return new Promise((resolve, reject) => {
      client.query(new CopyIn(table, rows, (cause) => (cause ? reject(cause) : resolve())));
    });
  }

  async #insert(db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    const columns: readonly string[] = COLUMNS[table];
    await sql`insert into ${sql.table(table)} (${sql.raw(columns.join(', '))})
      select * from unnest(${arraysOf(columns, list)}) ${sql.raw(onConflict(table))}`.execute(db);
  }

  close(): Promise<void> {
    return this.db.destroy();
  }
}

/** Throws ArchiveAway. */
export const openPostgres = async (url: string): Promise<Engine> => {
  const name = shownUrl(url);
  let pool: Pool;
  try {
    pool = new Pool({ connectionString: url, connectionTimeoutMillis: CONNECT_ms, max: 2, types, application_name: 'bms-rig' });
  } catch (cause) {
    throw new ArchiveAway(name, cause);
  }
  // Of a connection that lies idle; the next query says so itself.
  pool.on('error', () => undefined);
  // Of one that is in use: its query says so, too, and without a listener the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new ArchiveAway(name, cause);
  }
  return new Postgres(name, pool);
};
