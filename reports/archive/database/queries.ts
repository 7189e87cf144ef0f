/** The questions to an archive as SQL, one text for both databases. */

import { type RawBuilder, sql } from 'kysely';
import type { ArchiveQueries, MeasuredValue, RunFilter, Yields } from '../archive-queries.ts';
import { before, conditions, firstOnes } from './conditions.ts';
import type { Engine } from './engine.ts';
import { deviation, quantitiesOf } from './quantities.ts';
import { isoOf } from './rows.ts';

export const queriesOf = (engine: Engine): ArchiveQueries => {
  const { db } = engine;
  const rows = async <T>(query: RawBuilder<T>): Promise<readonly T[]> => (await query.execute(db)).rows;

  const yields = async (filter: RunFilter): Promise<Yields> => {
    const [all] = await rows(sql<{ attempts: number; spoilt: number }>`
      select coalesce(sum(r.counts), 0) as attempts, coalesce(sum(1 - r.counts), 0) as spoilt from run r where ${conditions(filter)}`);
    const [first] = await rows(sql<{ n: number; passed: number }>`
      select count(*) as n, coalesce(sum(case when r.verdict = 'pass' then 1 else 0 end), 0) as passed ${firstOnes(filter)}`);
    const [last] = await rows(sql<{ n: number; passed: number }>`
      with c as (select r.nr, r.unit, r.archive, r.seq, r.started_ms, r.verdict,
        row_number() over (partition by r.unit order by r.started_ms desc, r.seq desc) as place, count(*) over (partition by r.unit) as many
        from run r where ${conditions(filter)} and r.counts = 1)
      select count(*) as n, coalesce(sum(case when c.verdict = 'pass' then 1 else 0 end), 0) as passed from c
      where c.many = 1 or not exists (select 1 from c e where e.unit = c.unit and ${before('c', 'e')})`);
    return {
      units: last!.n,
      attempts: all!.attempts,
      spoilt: all!.spoilt,
      firstPass: { passed: first!.passed, of: first!.n },
      final: { passed: last!.passed, of: last!.n },
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
