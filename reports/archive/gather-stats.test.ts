import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { renderStatsPage } from '../render/stats-html.ts';
import { renderStats } from '../render/stats.ts';
import { makeRecord } from '../record.ts';
import { type StatsDocument, statsDocument } from '../shape/evidence.ts';
import { shareOf } from '../statistics/share.ts';
import { earlyAttempt, facts, goodAttempt, lostAttempt } from '../testing/runs.ts';
import type { ArchivedRun } from './archived-run.ts';
import { migrate } from './database/migrations.ts';
import { queriesOf } from './database/queries.ts';
import { openSqlite } from './database/sqlite.ts';
import { addRuns } from './database/store.ts';
import { openFolder } from './folder-archive.ts';
import { gatherStats } from './gather-stats.ts';
import { writeRunFolder } from './run-folder.ts';
import { archivedRunOf, FAILED, measured, SPOILT } from './testing/archived.ts';

const NOISE = [0.3, -0.5, 0.1, 0.6, -0.2, -0.7, 0.4, 0.2, -0.4, 0.2];

const archiveOf = async (runs: readonly ArchivedRun[]) => {
  const engine = openSqlite(':memory:');
  await migrate(engine);
  await addRuns(engine, runs);
  return queriesOf(engine);
};

/** A day later each, values around 100 mV that begin to rise at the thirtieth. */
const drifting = Array.from({ length: 60 }, (_, index) =>
  archivedRunOf(index + 1, {
    run: `run-${String(index).padStart(2, '0')}`,
    started: `2026-0${index < 31 ? 3 : 4}-${String((index % 31) + 1).padStart(2, '0')}T00:00:00.000Z`,
    measurements: [measured(100 + NOISE[index % 10]! + Math.max(0, index - 30) * 0.08)],
  }),
);

const footOf = (page: string): string => /none in [^<]*/.exec(page)?.[0] ?? '';

describe('what an archive knows of its units', () => {
  it('counts a unit once, and no attempt that the rig spoilt', async () => {
    const again = { ...archivedRunOf(4), serial: 'HQ-2' };
    const stats = await gatherStats(await archiveOf([archivedRunOf(1), archivedRunOf(2, FAILED), archivedRunOf(3, SPOILT), again]), {});
    expect(statsDocument.parse(stats)).to.deep.include({
      units: 2,
      attempts: 3,
      spoilt: 1,
      yield: { firstPass: 0.5, final: 1 },
      simulated: false,
    });
    expect(stats.pareto).to.deep.equal([{ requirement: 'PRE-30S', signal: 'load', kind: 'early', count: 1, differences: 1 }]);
    expect(stats.flakes.find(({ spoilt }) => spoilt > 0)).to.deep.include({
      case: 'eol/production',
      board: '1A2B3C4D',
      spoilt: 2,
      rate: 0.4,
    });
    expect(stats.times[0]).to.include({ station: 'line 2', n: 3, mean_s: 36 });
  });

  it('never counts simulated units with real ones', async () => {
    const mixed = await archiveOf([archivedRunOf(1), archivedRunOf(2, { ...FAILED, simulated: true })]);
    const real = await gatherStats(mixed, {});
    expect(real).to.include({ units: 1, simulated: false });
    expect(real.notes.join()).to.contain('Simulated runs are left out');
    expect(await gatherStats(mixed, { simulated: true })).to.deep.include({ units: 1, simulated: true, yield: { firstPass: 0, final: 0 } });
    expect((await gatherStats(await archiveOf([archivedRunOf(2, { simulated: true })]), {})).notes.join()).to.contain(
      'All of these runs are simulated',
    );
  });

  it('finds a drift long before a limit, and names the run it began to show in', async () => {
    const stats = await gatherStats(await archiveOf(drifting), {});
    const [one] = stats.measurements;
    expect(one).to.include({ n: 60, failed: 0 });
    expect(one!.chart).to.include({ drift: 'high', baseline: 30 });
    expect(Number(/run-(\d+)/.exec(one!.chart!.driftSince!)![1])).to.be.within(31, 50);
    const steady = await gatherStats(await archiveOf(drifting.slice(0, 30)), {});
    expect(steady.measurements[0]!.chart).to.deep.include({ drift: null, signals: [] });
    expect((await gatherStats(await archiveOf(drifting.slice(0, 19)), {})).measurements[0]!.chart).to.equal(null);
    const text = renderStats(stats);
    expect(text).to.contain('drifts up since run').and.to.contain('60 units, 60 attempts').and.to.contain('first pass   100.0 % (60 of 60');
  });

  it('takes only the time that was asked for', async () => {
    const stats = await gatherStats(await archiveOf(drifting), { from: '2026-03-02T00:00:00Z', to: '2026-03-05T00:00:00Z' });
    expect(stats).to.include({ units: 3, attempts: 3 });
    expect(stats.trend.map(({ of }) => of)).to.deep.equal([1, 1, 1]);
  });

  it('is a page that runs nothing and makes no markup of names', async () => {
    const hostile = drifting.map((run) => ({
      ...run,
      station: '<script>alert(1)</script>',
      measurements: [{ ...run.measurements[0]!, name: '"><img src=x>' }],
    }));
    const page = renderStatsPage(await gatherStats(await archiveOf(hostile), {}));
    expect(page).to.not.match(/<script|<img|\son\w+=/);
    expect(page).to.contain('&lt;script&gt;').and.to.contain('class="bad"').and.to.contain('100.0 %');
  });

  it('counts the attempts at cases that nothing spoilt, one or many, beside others or alone', async () => {
    const stats = await gatherStats(await archiveOf(drifting), {});
    const one = { case: 'a', bench: 'b', board: 'c', attempts: 1, spoilt: 0, triedAgain: 0, rate: 0 };
    const spoilt = { ...one, case: 'd', spoilt: 1, rate: 1 };
    const pageOf = (...flakes: StatsDocument['flakes']): string => footOf(renderStatsPage({ ...stats, flakes }));
    expect(pageOf(one)).to.equal('none in 1 attempt at 1 case');
    expect(pageOf(one, spoilt)).to.equal('none in 1 attempt at 1 other case');
    expect(pageOf(one, { ...one, case: 'e' }, spoilt)).to.equal('none in 2 attempts at 2 other cases');
    expect(pageOf(spoilt)).to.equal('');
    expect(renderStats({ ...stats, flakes: [one] })).to.contain('none in 1 attempt at a case');
  });

  it('is empty for an empty archive', async () => {
    const stats = await gatherStats(await archiveOf([]), {});
    expect(statsDocument.parse(stats)).to.deep.include({ units: 0, yield: { firstPass: null, final: null }, measurements: [] });
    expect(renderStats(stats)).to.contain('nothing to count');
    expect(renderStatsPage(stats)).to.contain('0 units');
  });

  it('knows a folder of runs that were never filed, and refuses one with a record that cannot be read', async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-stats-'));
    try {
      const made = [goodAttempt, earlyAttempt, lostAttempt];
      for (const [index, attempt] of made.entries()) await writeRunFolder(out, makeRecord(facts([attempt], { runId: `run-${index}` })));
      const stats = await gatherStats(await openFolder(out), {});
      expect(stats).to.deep.include({ units: 2, attempts: 2, spoilt: 1, yield: { firstPass: 0.5, final: 0.5 }, archive: out });
      writeFileSync(path.join(out, 'run-1', 'record.json'), '{');
      const cause = await openFolder(out).catch((one: unknown) => one);
      expect(cause).to.have.property('code', 'recordDamaged');
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});

const interval = (passed: number, of: number) => {
  const { low, high } = shareOf(passed, of);
  return [low!.toFixed(4), high!.toFixed(4)];
};

describe('a share', () => {
  it('has the intervals of Newcombe, Statistics in Medicine 17 (1998), table I, method 3', () => {
    expect(interval(81, 263)).to.deep.equal(['0.2553', '0.3662']);
    expect(interval(15, 148)).to.deep.equal(['0.0624', '0.1605']);
    expect(interval(0, 20)).to.deep.equal(['0.0000', '0.1611']);
    expect(interval(1, 29)).to.deep.equal(['0.0061', '0.1718']);
    expect(shareOf(0, 0)).to.deep.include({ share: null, low: null });
  });
});
