/** How the tables of an archive come about and change: a list that only ever grows. Each step is the same on both databases. */

import { type Kysely, sql } from 'kysely';
import type { Engine } from './engine.ts';
import type { Tables } from './tables.ts';

/** Tables whose rows are found by their key alone are kept in its order where the database can. */
const table = async (db: Kysely<Tables>, engine: Engine['kind'], name: string, columns: string, key: string): Promise<void> => {
  const ordered = engine === 'sqlite' ? ' without rowid' : '';
  await sql.raw(`create table ${name} (${columns}, primary key (${key}))${ordered}`).execute(db);
};

const first = async (db: Kysely<Tables>, engine: Engine['kind']): Promise<void> => {
  const make = (name: string, columns: string, key: string): Promise<void> => table(db, engine, name, columns, key);
  await make(
    'run',
    `nr bigint not null, archive text not null, run text not null, seq bigint not null, started_ms bigint not null, lot bigint not null, unit text not null,
     serial text, operator text, slot text, bench text not null, board text not null, mode text not null,
     firmware text not null, model text not null, host text not null, seed bigint, verdict text not null, blame text, reason text not null, ended text not null,
     counts bigint not null, virtual_s double precision not null, wall_s double precision not null, record_hash text`,
    'nr',
  );
  await sql.raw('create unique index run_name on run (archive, run)').execute(db);
  // Holds all that is asked of a unit's other attempts.
  await sql.raw('create index run_unit on run (unit, counts, archive, seq, started_ms)').execute(db);
  await make('lot', 'id bigint not null, station text, simulated bigint, work_order text, unit_version text, unit_image text', 'id');
  await make('scenario', 'id bigint not null, case_id text not null, file text not null', 'id');
  await make(
    'attempt',
    `nr bigint not null, pos bigint not null, attempt bigint not null, last bigint not null, scenario bigint not null, verdict text not null, blame text,
     duration_us double precision not null`,
    'nr, pos, attempt',
  );
  await make(
    'difference',
    `nr bigint not null, pos bigint not null, scenario bigint not null, kind text not null, signal text not null, requirement text, rule text,
     off_us double precision`,
    'nr, pos',
  );
  await make(
    'quantity',
    'id bigint not null, scenario bigint not null, name text not null, unit text not null, low double precision, high double precision',
    'id',
  );
  await make(
    'measurement',
    'nr bigint not null, pos bigint not null, quantity bigint not null, value double precision, uncertainty double precision, outcome text not null',
    'nr, pos',
  );
  await make(
    'hourly',
    `hour bigint not null, lot bigint not null, quantity bigint not null, n bigint not null, total double precision not null, squares double precision not null,
     least double precision not null, most double precision not null, marginal bigint not null, failed bigint not null`,
    'hour, lot, quantity',
  );
  // Runs that could not be given to the database of the whole lab yet.
  await make('outbox', 'archive text not null, run text not null, document text not null', 'archive, run');
};

export interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<Tables>, engine: Engine['kind']) => Promise<void>;
}

/** Never changed once released: what an archive says of its version is the length of this list. */
export const MIGRATIONS: readonly Migration[] = [{ name: 'runs, what they came to and what was measured', up: first }];

/** A database that a later rig has changed. */
export class ArchiveNewer extends Error {
  readonly code = 'archiveNewer';
  readonly hint =
    'use that rig or a later one; runs made with this one are safe in their folders, and it takes them in when it makes its next one';
  constructor(where: string, version: number) {
    super(`The archive ${where} has version ${version} of its tables; this rig knows up to ${MIGRATIONS.length}.`);
    this.name = 'ArchiveNewer';
  }
}

const versionOf = async (db: Kysely<Tables>): Promise<number> => {
  await sql`create table if not exists meta (name text not null primary key, value text not null)`.execute(db);
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'version').executeTakeFirst();
  return Number(row?.value ?? 0);
};

/** Whether its tables are those of this rig, by questions alone: nothing is written, and nobody waits for a writer. Rejects with ArchiveNewer. */
export const isCurrent = async ({ db, kind, name }: Engine): Promise<boolean> => {
  const made =
    kind === 'sqlite' ? sql`select 1 from sqlite_master where name = 'meta'` : sql`select 1 where to_regclass('meta') is not null`;
  if ((await made.execute(db)).rows.length === 0) return false;
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'version').executeTakeFirst();
  const version = Number(row?.value ?? 0);
  if (version > MIGRATIONS.length) throw new ArchiveNewer(name, version);
  return version === MIGRATIONS.length;
};

/** Brings the tables to this rig's version; nothing where they are there already. Several processes may do so at once. `until` is for tests. */
export const migrate = async (engine: Engine, until = MIGRATIONS.length): Promise<void> => {
  if (until === MIGRATIONS.length && (await isCurrent(engine))) return;
  await engine.exclusive(async (db) => {
    const version = await versionOf(db);
    if (version > MIGRATIONS.length) throw new ArchiveNewer(engine.name, version);
    for (const { up } of MIGRATIONS.slice(version, until)) await up(db, engine.kind);
    if (version >= until) return;
    await sql`insert into meta (name, value) values ('version', ${String(until)})
      on conflict (name) do update set value = excluded.value`.execute(db);
  });
};
