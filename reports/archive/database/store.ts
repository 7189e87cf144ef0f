/** Puts archived runs into the tables, each once, and gives them out again whole. */

import { type Kysely, sql } from 'kysely';
import { type ArchivedRun, archivedRun } from '../archived-run.ts';
import { Draft, type Held, nameOf } from './draft.ts';
import type { Engine } from './engine.ts';
import { isoOf } from './rows.ts';
import { COLUMNS, type Tables, type WrittenTable } from './tables.ts';

const PART = 500;
/** Runs of one transaction. */
export const MOST_RUNS = 1_000;

type Rows = readonly { readonly nr: number; readonly archive: string; readonly run: string }[];

/** Who has the numbers. */
const heldBy = async (engine: Engine, db: Kysely<Tables>, numbers: readonly number[]): Promise<Held['numbers']> => {
  const { rows } = await sql<Rows[number]>`select t.nr, t.archive, t.run from ${engine.found('run', ['nr'], numbers)}`.execute(db);
  return new Map(rows.map(({ nr, archive, run }) => [nr, nameOf(archive, run)]));
};

/** What is in the way of a draft. */
const heldAgainst = async (engine: Engine, db: Kysely<Tables>, { numbers, names }: Draft): Promise<Held> => {
  const { rows } = await sql<Rows[number]>`select t.nr, t.archive, t.run from ${engine.found('run', ['nr'], numbers)} union all
    select t.nr, t.archive, t.run from ${engine.found('run', ['archive', 'run'], names)}`.execute(db);
  const wanted = new Set(numbers);
  return {
    names: new Set(rows.map(({ archive, run }) => nameOf(archive, run))),
    numbers: new Map(rows.filter(({ nr }) => wanted.has(nr)).map(({ nr, archive, run }) => [nr, nameOf(archive, run)])),
  };
};

/** Adds those of the draft that are not there yet and gives their number: all of them or none, in one transaction. */
export const addDraft = (engine: Engine, draft: Draft): Promise<number> =>
  engine.exclusive(async (db) => {
    const { values, count } = await draft.rows(await heldAgainst(engine, db, draft), (numbers) => heldBy(engine, db, numbers));
    for (const table of Object.keys(COLUMNS) as WrittenTable[]) await engine.add(db, table, values[table]);
    return count;
  });

/** Adds those that are not there yet and gives their number: all of a run or nothing. */
export const addRuns = async (engine: Engine, runs: readonly ArchivedRun[]): Promise<number> => {
  let added = 0;
  for (let from = 0; from < runs.length; from += MOST_RUNS) {
    const draft = new Draft();
    for (const run of runs.slice(from, from + MOST_RUNS)) draft.add(run, () => run);
    added += await addDraft(engine, draft);
  }
  return added;
};

const flag = (value: number | null): boolean | null => (value === null ? null : value === 1);
const order = <T extends { readonly pos: number }>(rows: readonly T[] | undefined): readonly T[] =>
  (rows ?? []).toSorted((a, b) => a.pos - b.pos);

const byNumber = <T extends { readonly nr: number }>(rows: readonly T[]): ReadonlyMap<number, readonly T[]> =>
  Map.groupBy(rows, ({ nr }) => nr);

/** The runs of an archive in order of their numbers, a few hundred at a time. */
export async function* allRuns(engine: Engine): AsyncGenerator<readonly ArchivedRun[]> {
  const { db } = engine;
  for (let last = -1; ;) {
    const runs = await db
      .selectFrom('run')
      .innerJoin('lot', 'lot.id', 'run.lot')
      .selectAll('run')
      .select(['station', 'simulated', 'work_order', 'unit_version', 'unit_image'])
      .where('nr', '>', last)
      .orderBy('nr')
      .limit(PART)
      .execute();
    if (runs.length === 0) return;
    const [low, high] = [runs[0]!.nr, runs.at(-1)!.nr];
    const attempts = await db
      .selectFrom('attempt')
      .innerJoin('scenario', 'scenario.id', 'attempt.scenario')
      .selectAll('attempt')
      .select(['case_id', 'file'])
      .where('nr', '>=', low)
      .where('nr', '<=', high)
      .execute();
    const differences = await db
      .selectFrom('difference')
      .innerJoin('scenario', 'scenario.id', 'difference.scenario')
      .selectAll('difference')
      .select('case_id')
      .where('nr', '>=', low)
      .where('nr', '<=', high)
      .execute();
    const measurements = await db
      .selectFrom('measurement')
      .innerJoin('quantity', 'quantity.id', 'measurement.quantity')
      .innerJoin('scenario', 'scenario.id', 'quantity.scenario')
      .select(['nr', 'pos', 'case_id', 'name', 'unit', 'low', 'high', 'value', 'uncertainty', 'outcome'])
      .where('nr', '>=', low)
      .where('nr', '<=', high)
      .execute();
    const [ofAttempts, ofDifferences, ofMeasurements] = [byNumber(attempts), byNumber(differences), byNumber(measurements)];
    yield runs.map((row) => {
      const cases = Map.groupBy(order(ofAttempts.get(row.nr)), ({ pos }) => pos);
      return archivedRun.parse({
        schema: 'bms-rig/archived-run/1',
        archive: row.archive,
        run: row.run,
        started: isoOf(row.started_ms),
        seq: row.seq,
        station: row.station,
        slot: row.slot,
        bench: row.bench,
        board: row.board,
        simulated: flag(row.simulated),
        mode: row.mode,
        serial: row.serial,
        operator: row.operator,
        workOrder: row.work_order,
        unitVersion: row.unit_version,
        unitImage: row.unit_image,
        firmware: row.firmware,
        model: row.model,
        host: row.host,
        seed: row.seed,
        verdict: row.verdict,
        blame: row.blame,
        reason: row.reason,
        ended: row.ended,
        counts: row.counts === 1,
        virtual_s: row.virtual_s,
        wall_s: row.wall_s,
        recordHash: row.record_hash,
        cases: [...cases.values()].map((list) => ({
          id: list[0]!.case_id,
          file: list[0]!.file,
          attempts: list
            .toSorted((a, b) => a.attempt - b.attempt)
            .map(({ attempt, verdict, blame, duration_us }) => ({ attempt, verdict, blame, duration_us })),
        })),
        differences: order(ofDifferences.get(row.nr)).map(({ case_id, kind, signal, requirement, rule, off_us }) => ({
          case: case_id,
          kind,
          signal,
          requirement,
          rule,
          off_us,
        })),
        measurements: order(ofMeasurements.get(row.nr)).map(
          ({ case_id, name, unit, low: least, high: most, value, uncertainty, outcome }) => ({
            case: case_id,
            name,
            unit,
            low: least,
            high: most,
            value,
            uncertainty,
            outcome,
          }),
        ),
      });
    });
    last = high;
  }
}
