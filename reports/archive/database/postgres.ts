/** The archive of a lab: the same tables on a PostgreSQL server that a URL names. */

import { type Kysely, Kysely as Database, PostgresDialect, sql } from 'kysely';
import { Pool, types as builtIn } from 'pg';
import { type Engine, onConflict } from './engine.ts';
import type { Value } from './rows.ts';
import { COLUMNS, kindOf, type Tables, type WrittenTable } from './tables.ts';

/** A server that is away is noticed soon: runs wait for it in the local archive. */
const CONNECT_ms = 3_000;
/** Any number will do; it names the one lock of writers. */
const WRITERS = 7_264_001;

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
  readonly hint = 'runs are kept in the local archive and given to it once it is there again';
  constructor(name: string, cause: unknown) {
    const { message, code } = cause as { message?: string; code?: string };
    super(`The archive ${name} cannot be reached: ${message === undefined || message === '' ? (code ?? 'no answer') : message}.`, {
      cause,
    });
    this.name = 'ArchiveAway';
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

export const isPostgresUrl = (where: string): boolean => /^postgres(ql)?:\/\//i.test(where);

const CASTS = { int: 'bigint[]', real: 'double precision[]', text: 'text[]' } as const;

/** PostgreSQL's text holds no NUL. */
const storable = (value: Value): Value => (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value);

/** An array of numbers as PostgreSQL reads it; the library would look at each for what has to be quoted. Throws TypeError for what is no number. */
const numbers = (values: readonly Value[]): string => {
  for (const value of values) if (value !== null && typeof value !== 'number') throw new TypeError(`${value} is no number`);
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
};

class Postgres implements Engine {
  readonly kind = 'postgres';
  readonly name: string;
  readonly db: Kysely<Tables>;

  constructor(name: string, pool: Pool) {
    this.name = name;
    this.db = new Database<Tables>({ dialect: new PostgresDialect({ pool }) });
  }

  exclusive<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${WRITERS})`.execute(transaction);
      return work(transaction);
    });
  }

  /** One array a column, so that a statement has as many parameters as the table has columns. */
  async add(db: Kysely<Tables>, table: WrittenTable, list: readonly Value[]): Promise<void> {
    if (list.length === 0) return;
    const columns: readonly string[] = COLUMNS[table];
    const width = columns.length;
    const arrays = columns.map((column, place) => {
      const values: Value[] = [];
      for (let at = place; at < list.length; at += width) values.push(list[at]!);
      const kind = kindOf(column);
      return sql`${kind === 'text' ? values.map(storable) : numbers(values)}::${sql.raw(CASTS[kind])}`;
    });
    await sql`insert into ${sql.table(table)} (${sql.raw(columns.join(', '))})
      select * from unnest(${sql.join(arrays)}) ${sql.raw(onConflict(table))}`.execute(db);
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
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new ArchiveAway(name, cause);
  }
  return new Postgres(name, pool);
};
