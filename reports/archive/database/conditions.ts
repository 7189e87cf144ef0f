/** A filter of runs as conditions of SQL on the table `run`, called `r`. */

import { type RawBuilder, sql } from 'kysely';
import type { RunFilter } from '../archive-queries.ts';
import { millisecondsOf, unitKey } from './rows.ts';
import { firstNumber } from './tables.ts';

export type Condition = RawBuilder<unknown>;

const FOREVER_ms = 8.64e15;

/** From when on, and before when. */
export const spanOf = ({ from, to }: RunFilter): readonly [number, number] => [
  from === undefined ? 0 : millisecondsOf(from),
  to === undefined ? FOREVER_ms : millisecondsOf(to),
];

/** The lots that are meant; null where all are. */
export const ofLots = ({ station, workOrder, unitVersion, unitImage, simulated }: RunFilter): Condition | null => {
  const equal = {
    station,
    work_order: workOrder,
    unit_version: unitVersion,
    unit_image: unitImage,
    simulated: simulated === undefined ? undefined : Number(simulated),
  };
  const parts = Object.entries(equal).flatMap(([column, value]) => (value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`]));
  return parts.length === 0 ? null : sql`(select id from lot where ${sql.join(parts, sql` and `)})`;
};

/** As conditions on the table `r`; the number narrows the rows that are looked at, the date decides. */
export const conditions = (filter: RunFilter): Condition => {
  const [from_ms, to_ms] = spanOf(filter);
  const all: Condition[] = [
    sql`r.nr >= ${firstNumber(from_ms)}`,
    sql`r.nr < ${firstNumber(to_ms + 1000)}`,
    sql`r.started_ms >= ${from_ms}`,
    sql`r.started_ms < ${to_ms}`,
    sql`r.mode = 'unit'`,
  ];
  // By what the index is of.
  if (filter.serial !== undefined) all.push(sql`r.unit in (${unitKey('unit', filter.serial)}, ${unitKey('simulated', filter.serial)})`);
  const lots = ofLots(filter);
  if (lots !== null) all.push(sql`r.lot in ${lots}`);
  return sql.join(all, sql` and `);
};

/** Whether `a` is before `b`: in one archive by its chain, whatever the clock said; between archives by their clocks. */
const before = (a: string, b: string): Condition =>
  sql.raw(
    `((${a}.archive = ${b}.archive and ${a}.seq < ${b}.seq) or (${a}.archive <> ${b}.archive and (${a}.started_ms < ${b}.started_ms or (${a}.started_ms = ${b}.started_ms and ${a}.archive < ${b}.archive))))`,
  );

/** Attempts that count and are the first of their unit, ever. */
export const firstOnes = (filter: RunFilter): Condition => sql`from run r where ${conditions(filter)} and r.counts = 1
  and not exists (select 1 from run e where e.unit = r.unit and e.counts = 1 and ${before('e', 'r')})`;
