/** Number, mean and spread of what was measured: whole hours from their sums, the rest of a span value by value. */

import { sql } from 'kysely';
import type { QuantityRow, RunFilter } from '../archive-queries.ts';
import { type Condition, conditions, ofLots, spanOf } from './conditions.ts';
import type { Engine } from './engine.ts';
import { isoOf } from './rows.ts';
import { HOUR_ms, shiftOf } from './rollups.ts';

/** Of a sample, from sums. */
export const deviation = (n: number, sum: number, squares: number): number | null =>
  n < 2 ? null : Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)));

/** As `shiftOf` gives it. */
const SHIFTED = sql`(m.value - case when q.low is not null and q.high is not null then (q.low + q.high) / 2 else coalesce(q.low, q.high, 0) end)`;

/** Value by value. */
const single = (filter: RunFilter): Condition => sql`
  select m.quantity, 1 as n, ${SHIFTED} as total, ${SHIFTED} * ${SHIFTED} as squares, ${SHIFTED} as least, ${SHIFTED} as most,
    case when m.outcome = 'marginal' then 1 else 0 end as marginal, case when m.outcome = 'fail' then 1 else 0 end as failed
  from run r join measurement m on m.nr = r.nr join quantity q on q.id = m.quantity
  where ${conditions(filter)} and r.counts = 1 and m.value is not null`;

const summed = (filter: RunFilter, from: number, to: number): Condition => {
  const lots = ofLots(filter);
  return sql`select quantity, n, total, squares, least, most, marginal, failed from hourly
    where hour >= ${from} and hour < ${to} ${lots === null ? sql`` : sql`and lot in ${lots}`}`;
};

/** The parts of a filter's span: whole hours by their sums, what is left at both ends by itself. */
const parts = (filter: RunFilter): readonly Condition[] => {
  if (filter.serial !== undefined) return [single(filter)];
  const [from_ms, to_ms] = spanOf(filter);
  const [from, to] = [Math.ceil(from_ms / HOUR_ms), Math.floor(to_ms / HOUR_ms)];
  if (from >= to) return [single(filter)];
  return [
    summed(filter, from, to),
    ...(from * HOUR_ms > from_ms ? [single({ ...filter, to: isoOf(from * HOUR_ms) })] : []),
    ...(to * HOUR_ms < to_ms ? [single({ ...filter, from: isoOf(to * HOUR_ms) })] : []),
  ];
};

type Sums = Omit<QuantityRow, 'mean' | 'sd'> & { readonly total: number; readonly squares: number };

export const quantitiesOf = async ({ db }: Engine, filter: RunFilter): Promise<readonly QuantityRow[]> => {
  const { rows } = await sql<Sums>`
    select s.*, c.case_id as "case", q.name, q.unit, q.low, q.high from (
      select p.quantity as id, sum(p.n) as n, sum(p.total) as total, sum(p.squares) as squares, min(p.least) as least, max(p.most) as most,
        sum(p.marginal) as marginal, sum(p.failed) as failed from (${sql.join(parts(filter), sql` union all `)}) p group by p.quantity
    ) s join quantity q on q.id = s.id join scenario c on c.id = q.scenario order by c.case_id, q.name, q.id`.execute(db);
  return rows.map(({ total, squares, least, most, ...rest }) => {
    const shift = shiftOf(rest.low, rest.high);
    return {
      ...rest,
      mean: shift + total / rest.n,
      sd: deviation(rest.n, total, squares),
      least: shift + least,
      most: shift + most,
    };
  });
};
