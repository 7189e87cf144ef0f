/** Puts archived runs into the tables, each once, and gives them out again whole. */

import type { Kysely } from 'kysely';
import { type ArchivedRun, archivedRun } from '../archived-run.ts';
import type { Engine } from './engine.ts';
import { Batch, isoOf, millisecondsOf } from './rows.ts';
import { COLUMNS, runNumber, type Tables, type WrittenTable } from './tables.ts';

const PART = 500;
const MOST_TURNS = 1000;

/** Numbers that are taken, by whom. */
const taken = async (db: Kysely<Tables>, numbers: readonly number[]): Promise<ReadonlyMap<number, string>> => {
  const rows = await db.selectFrom('run').select(['nr', 'archive', 'run']).where('nr', 'in', numbers).execute();
  return new Map(rows.map(({ nr, archive, run }) => [nr, `${archive}\n${run}`]));
};

const nameOf = ({ archive, run }: Pick<ArchivedRun, 'archive' | 'run'>): string => `${archive}\n${run}`;

/** A number for each run that is not there yet. */
const numbered = async (db: Kysely<Tables>, runs: readonly ArchivedRun[]): Promise<readonly (readonly [number, ArchivedRun])[]> => {
  const given = new Map<number, string>();
  const found: (readonly [number, ArchivedRun])[] = [];
  let waiting = runs;
  for (let turn = 0; waiting.length > 0 && turn < MOST_TURNS; turn += 1) {
    const numbers = waiting.map(({ archive, run, started }) => runNumber(archive, run, millisecondsOf(started), turn));
    const held = await taken(db, numbers);
    const again: ArchivedRun[] = [];
    for (const [index, run] of waiting.entries()) {
      const nr = numbers[index]!;
      const name = nameOf(run);
      const holder = held.get(nr) ?? given.get(nr);
      if (holder === undefined) {
        given.set(nr, name);
        found.push([nr, run]);
      } else if (holder !== name) again.push(run);
    }
    waiting = again;
  }
  if (waiting.length > 0) throw new Error(`More than ${MOST_TURNS} runs of one second: ${waiting[0]!.run} has no number left.`);
  return found;
};

/** Adds those that are not there yet and gives their number. One transaction for each few hundred: all of a run or nothing. */
export const addRuns = async (engine: Engine, runs: readonly ArchivedRun[]): Promise<number> => {
  let added = 0;
  for (let from = 0; from < runs.length; from += PART) {
    const part = runs.slice(from, from + PART);
    added += await engine.exclusive(async (db) => {
      const fresh = await numbered(db, part);
      const batch = new Batch();
      for (const [nr, run] of fresh) batch.add(nr, run);
      const values = batch.finished();
      for (const table of Object.keys(COLUMNS) as WrittenTable[]) await engine.add(db, table, values[table]);
      return fresh.length;
    });
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
