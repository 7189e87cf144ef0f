/** The questions to an archive as SQL, one text for both databases. */

import { type RawBuilder, sql } from 'kysely';
import type { ArchiveQueries, MeasuredValue, RunFilter, Yields } from '../archive-queries.ts';
import { conditions, firstOnes } from './conditions.ts';
import type { Engine } from './engine.ts';
import { deviation, quantitiesOf } from './quantities.ts';
import { isoOf } from './rows.ts';

export const queriesOf = (engine: Engine): ArchiveQueries => {
  const { db } = engine;
  const rows = async <T>(query: RawBuilder<T>): Promise<readonly T[]> => (await query.execute(db)).rows;

  const yields = async (filter: RunFilter): Promise<Yields> => {
    const [first] = await rows(sql<{ n: number; passed: number }>`
      select count(*) as n, coalesce(sum(case when r.verdict = 'pass' then 1 else 0 end), 0) as passed ${firstOnes(filter)}`);
    // A unit's last attempt: of each archive's the last by its chain, and of these the last by the clock (conditions.ts, before). Nothing is joined: right after an
    // import PostgreSQL takes a week for one run, and would compare each with each.
    const [all] = await rows(sql<{ runs: number; attempts: number; units: number; passed: number }>`
      with c as (select r.unit, r.archive, r.started_ms, r.counts, case when r.verdict = 'pass' then 1 else 0 end as passed,
          row_number() over (partition by r.counts, r.unit, r.archive order by r.seq desc) as back from run r where ${conditions(filter)}),
        d as (select c.counts, c.passed, row_number() over (partition by c.counts, c.unit
          order by case when c.back = 1 then 0 else 1 end, c.started_ms desc, c.archive desc) as place from c)
      select count(*) as runs, coalesce(sum(d.counts), 0) as attempts, coalesce(sum(case when d.place = 1 then d.counts else 0 end), 0) as units,
        coalesce(sum(case when d.place = 1 then d.counts * d.passed else 0 end), 0) as passed from d`);
    return {
      units: all!.units,
      attempts: all!.attempts,
      spoilt: all!.runs - all!.attempts,
      firstPass: { passed: first!.passed, of: first!.n },
      final: { passed: all!.passed, of: all!.units },
    };
  };

  return {
    name: engine.name,
    close: () => engine.close(),
    yields,
    yieldTrend: async (filter, span_ms) => {
      const span = Math.max(1, Math.round(span_ms));
      const found = await rows(sql<{ part: number; n: number; passed: number }>`
        select r.started_ms / ${sql.raw(String(span))} as part, count(*) as n, sum(case when r.verdict = 'pass' then 1 else 0 end) as passed
        ${firstOnes(filter)} group by 1 order by 1`);
      return found.map(({ part, n, passed }) => ({ from: isoOf(part * span), firstPass: { passed, of: n } }));
    },
    pareto: async (filter) =>
      rows(sql<{ requirement: string | null; signal: string; kind: string; runs: number; differences: number }>`
        select d.requirement, d.signal, d.kind, count(distinct d.nr) as runs, count(*) as differences
        from run r join difference d on d.nr = r.nr where ${conditions(filter)} and r.counts = 1
        group by d.requirement, d.signal, d.kind order by runs desc, differences desc, d.requirement, d.signal, d.kind`),
    quantities: (filter) => quantitiesOf(engine, filter),
    values: async (filter, quantity) => {
      const found = await rows(sql<Omit<MeasuredValue, 'at'> & { started_ms: number }>`
        select r.started_ms, r.run, r.serial, l.station, m.value, m.uncertainty from run r join lot l on l.id = r.lot join measurement m on m.nr = r.nr
        where ${conditions(filter)} and r.counts = 1 and m.quantity = ${quantity} and m.value is not null order by r.nr, m.pos`);
      return found.map(({ started_ms, ...rest }) => ({ at: isoOf(started_ms), ...rest }));
    },
    times: async (filter) => {
      const found = await rows(sql<{
        station: string | null;
        n: number;
        total: number;
        squares: number;
        least_s: number;
        most_s: number;
        meanWall_s: number;
      }>`select l.station, count(*) as n, sum(r.virtual_s) as total, sum(r.virtual_s * r.virtual_s) as squares, min(r.virtual_s) as least_s,
          max(r.virtual_s) as most_s, avg(r.wall_s) as "meanWall_s"
        from run r join lot l on l.id = r.lot where ${conditions(filter)} and r.counts = 1 group by l.station order by l.station`);
      return found.map(({ total, squares, n, ...rest }) => ({ ...rest, n, mean_s: total / n, sd_s: deviation(n, total, squares) }));
    },
    flakes: async (filter) =>
      rows(sql<{ case: string; bench: string; board: string; attempts: number; spoilt: number; triedAgain: number }>`
        select c.case_id as "case", s.bench, s.board, s.attempts, s.spoilt, s."triedAgain" from (
          select a.scenario, r.bench, r.board, count(*) as attempts,
            sum(case when a.verdict in ('broken', 'inconclusive') and a.blame in ('rig', 'link') then 1 else 0 end) as spoilt,
            sum(case when a.last = 1 and a.attempt > 1 and a.verdict in ('pass', 'fail') then 1 else 0 end) as "triedAgain"
          from run r join attempt a on a.nr = r.nr where ${conditions(filter)} and a.verdict <> 'notRun' group by a.scenario, r.bench, r.board
        ) s join scenario c on c.id = s.scenario order by s.spoilt desc, c.case_id, s.bench, s.board`),
    runs: async (filter, most = 100) => {
      const found = await rows(sql<{
        archive: string;
        run: string;
        started_ms: number;
        serial: string | null;
        station: string | null;
        bench: string;
        simulated: number | null;
        verdict: string;
        blame: string | null;
        ended: string;
        counts: number;
        reason: string;
      }>`select r.archive, r.run, r.started_ms, r.serial, l.station, r.bench, l.simulated, r.verdict, r.blame, r.ended, r.counts, r.reason
        from run r join lot l on l.id = r.lot where ${conditions(filter)} order by r.nr desc limit ${most}`);
      return found.map(({ started_ms, simulated, counts, ...rest }) => ({
        ...rest,
        started: isoOf(started_ms),
        simulated: simulated === null ? null : simulated === 1,
        counts: counts === 1,
      }));
    },
  };
};
