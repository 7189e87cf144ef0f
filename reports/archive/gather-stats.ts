/** Asks an archive for everything that `rig stats` tells, and works out what the numbers mean. */

import { RULES } from '../statistics/control-chart.ts';
import { assess } from '../statistics/measured.ts';
import { shareOf } from '../statistics/share.ts';
import type { StatsDocument, StatsMeasurement } from '../shape/evidence.ts';
import type { ArchiveQueries, QuantityRow, RunFilter } from './archive-queries.ts';

/** Of a quantity with more values no chart is drawn: a shorter time has to be asked for. */
const MOST_CHARTED = 20_000;
/** So many of them are in the document. */
const MOST_VALUES = 300;
const DAY_ms = 86_400_000;

async function measurement(row: QuantityRow, archive: ArchiveQueries, filter: RunFilter): Promise<StatsMeasurement> {
  const values = row.n > MOST_CHARTED ? null : await archive.values(filter, row.id);
  const { capability, charted } = assess(row, values?.map(({ value }) => value) ?? null);
  const shown = values?.slice(-MOST_VALUES) ?? [];
  const skipped = (values?.length ?? 0) - shown.length;
  const { id: _, ...told } = row;
  return {
    ...told,
    cp: capability?.cp?.value ?? null,
    cpLow: capability?.cp?.low ?? null,
    cpHigh: capability?.cp?.high ?? null,
    cpk: capability?.cpk.value ?? null,
    cpkLow: capability?.cpk.low ?? null,
    cpkHigh: capability?.cpk.high ?? null,
    chart:
      charted === null
        ? null
        : {
            centre: charted.chart.centre,
            low: charted.chart.low,
            high: charted.chart.high,
            baseline: charted.baseline,
            values: shown.map(({ value }) => value),
            runs: shown.map(({ run }) => run),
            signals: charted.signals
              .filter(({ at }) => at >= skipped)
              .map(({ rule, at }) => ({ rule, text: RULES[rule], run: values![at]!.run, index: at - skipped })),
            drift: charted.drift?.now ?? null,
            driftSince: charted.drift?.now == null ? null : (values![charted.drift.first!]?.run ?? null),
          },
  };
}

/** Simulated units and real ones are never counted together: where nobody chose, real ones if there are any. */
async function chooseKind(
  archive: ArchiveQueries,
  filter: RunFilter,
): Promise<{ readonly simulated: boolean; readonly notes: readonly string[] }> {
  if (filter.simulated !== undefined) return { simulated: filter.simulated, notes: [] };
  const some = async (simulated: boolean): Promise<boolean> => (await archive.runs({ ...filter, simulated }, 1)).length > 0;
  const [real, simulated] = [await some(false), await some(true)];
  if (real) return { simulated: false, notes: simulated ? ['Simulated runs are left out; --simulated counts those alone.'] : [] };
  return { simulated: true, notes: simulated ? ['All of these runs are simulated: they say nothing of units that exist.'] : [] };
}

const told = (filter: RunFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));

/** Rejects as the archive does. */
export async function gatherStats(archive: ArchiveQueries, asked: RunFilter): Promise<StatsDocument> {
  const { simulated, notes } = await chooseKind(archive, asked);
  const filter = { ...asked, simulated };
  const yields = await archive.yields(filter);
  const quantities = await archive.quantities(filter);
  const measurements: StatsMeasurement[] = [];
  for (const row of quantities) measurements.push(await measurement(row, archive, filter));
  const many = quantities.filter(({ n }) => n > MOST_CHARTED).length;
  const [firstPass, final] = [yields.firstPass, yields.final].map(({ passed, of }) => shareOf(passed, of));
  return {
    schema: 'bms-rig/stats/1',
    exit: 0,
    archive: archive.name,
    simulated,
    filter: told(asked),
    units: yields.units,
    attempts: yields.attempts,
    spoilt: yields.spoilt,
    yield: { firstPass: firstPass!.share, final: final!.share },
    shares: { firstPass: firstPass!, final: final! },
    trend: (await archive.yieldTrend(filter, DAY_ms)).map(({ from, firstPass: { passed, of } }) => ({ from, passed, of })),
    pareto: (await archive.pareto(filter)).map(({ requirement, signal, kind, runs, differences }) => ({
      requirement,
      signal,
      kind,
      count: runs,
      differences,
    })),
    measurements,
    times: [...(await archive.times(filter))],
    flakes: (await archive.flakes(filter)).map((row) => ({ ...row, rate: row.attempts === 0 ? 0 : row.spoilt / row.attempts })),
    notes: [
      ...notes,
      ...(many === 0
        ? []
        : [`${many} quantities have more than ${MOST_CHARTED} values and no chart; --from and --to take a shorter time.`]),
      ...(measurements.some(({ cpk }) => cpk !== null)
        ? ['Cp and Cpk take the values to be normal and the process to be stable; intervals are of 95 %.']
        : []),
    ],
  };
}
