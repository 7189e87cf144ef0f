/** A year of a factory in the archive, on both databases: how fast runs are taken in, how long a week takes to be asked for: `npm run campaigns -- archive`. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import type { ArchiveQueries, RunFilter } from '../../reports/archive/archive-queries.ts';
import type { Engine } from '../../reports/archive/database/engine.ts';
import { queriesOf } from '../../reports/archive/database/queries.ts';
import { openLocal, openServer } from '../../reports/archive/open-archive.ts';
import { importLines } from '../../reports/archive/run-lines.ts';
import { hasPostgres, PostgresServer } from '../../reports/archive/testing/postgres-server.ts';
import type { BenchRow } from '../../reports/json.ts';
import { progress, type Row } from '../rows.ts';
import type { Campaign } from './campaign.ts';
import { syntheticRun } from './synthetic-runs.ts';

const BATCH = 10_000;
const WEEK_ms = 7 * 86_400_000;
const FIRST_ms = Date.UTC(2025, 0, 6);
const WEEKS = 52;

const iso = (ms: number): string => new Date(ms).toISOString();

const QUESTIONS = {
  yield: (ask: ArchiveQueries, week: RunFilter) => ask.yields(week),
  pareto: (ask: ArchiveQueries, week: RunFilter) => ask.pareto(week),
  cpk: (ask: ArchiveQueries, week: RunFilter) => ask.quantities(week),
} as const;

/** Lines are made outside of what is timed. */
const fill = async (engine: Engine, count: number, seed: number): Promise<{ readonly took_ms: number; readonly cpu_ms: number }> => {
  let [took_ms, cpu_ms] = [0, 0];
  for (let from = 0; from < count; from += BATCH) {
    progress(`${engine.kind}: ${from} of ${count} runs`);
    const lines = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) =>
      JSON.stringify(syntheticRun(seed, from + index, count)),
    );
    const [start, before] = [performance.now(), process.cpuUsage()];
    const { added } = await importLines(engine, lines);
    took_ms += performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    cpu_ms += (user + system) / 1000;
    if (added !== lines.length) throw new Error(`${lines.length - added} of ${lines.length} runs were not taken in.`);
  }
  return { took_ms, cpu_ms };
};

/** The longest that a question takes of any week, and that it is answered at all. */
const slowest = async (ask: ArchiveQueries, question: keyof typeof QUESTIONS): Promise<number> => {
  let most = 0;
  for (let week = 0; week < WEEKS; week += 1) {
    // Weeks of local time begin within an hour of UTC only by chance: half of them begin on a half hour.
    const from = FIRST_ms + week * WEEK_ms + (week % 2) * 1_800_000;
    progress(`${ask.name}: ${question}, week ${week + 1}`);
    const start = performance.now();
    const found = await QUESTIONS[question](ask, { from: iso(from), to: iso(from + WEEK_ms) });
    most = Math.max(most, performance.now() - start);
    // A week of a small sample may have no unit that failed; measured was every one.
    if (question === 'cpk' && Array.isArray(found) && found.length === 0) throw new Error(`Week ${week + 1} has no ${question}.`);
  }
  return most;
};

const measured = async (kind: string, engine: Engine, count: number, seed: number, row: Row): Promise<readonly BenchRow[]> => {
  const { took_ms, cpu_ms } = await fill(engine, count, seed);
  const ask = queriesOf(engine);
  const rows = [
    row(`archive-import-${kind}`, (count / took_ms) * 1000, 'runs/s', '>=', 5_000),
    // What a core that nobody else uses would do; of a server its own work comes on top, on another core.
    row(`archive-import-${kind}-cpu`, (count / cpu_ms) * 1000, 'runs/CPU s', '>=', 5_000),
  ];
  for (const question of Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[])
    rows.push(row(`archive-${question}-${kind}`, (await slowest(ask, question)) / 1000, 's', '<=', 1));
  return rows;
};

const onSqlite = async (count: number, seed: number, row: Row): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-archive-campaign-'));
  const engine = await openLocal(folder);
  try {
    return await measured('sqlite', engine, count, seed, row);
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
};

const onPostgres = async (count: number, seed: number, row: Row): Promise<readonly BenchRow[]> => {
  const server = await PostgresServer.create();
  try {
    const engine = await openServer(await server.database('campaign'));
    try {
      return await measured('postgres', engine, count, seed, row);
    } finally {
      await engine.close();
    }
  } finally {
    await server.remove();
  }
};

export const ARCHIVE: Campaign = {
  summary: 'a year of a factory in SQLite and in PostgreSQL: how fast in, how long does a week take?',
  counts: 'runs',
  usual: 1_000_000,
  run: async ({ count, seed, row }) => ({
    rows: [...(await onSqlite(count, seed, row)), ...(hasPostgres() ? await onPostgres(count, seed, row) : [])],
    notes: [
      `archive: ${count} runs of one year, each with 17 measured values; the slowest of ${WEEKS} weeks, half of which do not begin on the hour`,
      ...(hasPostgres() ? [] : ['archive: there are no binaries of PostgreSQL for this platform']),
    ],
  }),
};
