/** Runs of a factory that does not exist, drawn by seed: a year of four stations, units that fail and are tried again, attempts that the bench spoils. */

import type { ArchivedRun } from '../../reports/archive/archived-run.ts';
import { type Random, randomStream } from '../../rig/sim/random.ts';

const YEAR_ms = 364 * 86_400_000;
const BEGIN_ms = Date.UTC(2025, 0, 6);
const STATIONS = ['line 1', 'line 2', 'line 3', 'line 4'];
const CASE = 'eol/production';
const FILE = 'scenarios/eol/production.yaml';

/** Name, unit, limits, and how the values of good units lie. */
const QUANTITIES: readonly (readonly [string, 'mV' | 'uA', number | null, number, number, number])[] = [
  ['current on', 'uA', 1_100, 3_300, 2_200, 120],
  ['loadDrop', 'mV', null, 150, 60, 9],
  ['preAlarmDrop', 'mV', null, 150, 58, 9],
  ['chargerDrop', 'mV', null, 700, 420, 35],
  ['loadDrop at 1 A', 'mV', null, 300, 180, 16],
  ['preAlarmDrop at 1 A', 'mV', null, 300, 185, 16],
  ['chargerDrop at 10 mA', 'mV', null, 700, 455, 35],
  ['current on at 25.6 V', 'uA', 1_100, 3_300, 2_230, 120],
  ['loadDrop at 1 A and 25.6 V', 'mV', null, 300, 181, 16],
  ['current on at 51.2 V', 'uA', 1_100, 3_300, 2_280, 120],
  ['loadDrop at 1 A and 51.2 V', 'mV', null, 300, 183, 16],
  ['current on at 69 V', 'uA', 1_100, 3_300, 2_310, 120],
  ['chargerDrop at 10 mA and 69 V', 'mV', null, 700, 460, 35],
  ['current on at 8.2 V', 'uA', 1_100, 3_300, 2_150, 120],
  ['loadDrop at 1 A and 8.2 V', 'mV', null, 300, 186, 16],
  ['current with a low cell', 'uA', 600, 1_800, 1_200, 60],
  ['current off', 'uA', 600, 1_800, 1_190, 60],
];
const DEFECTS = [
  ['PRE-30S', 'load', 'early', 'R3'],
  ['LOAD-UV', 'load', 'missing', 'R4'],
  ['CHARGER-OT', 'charger', 'late', 'R7'],
  ['LED-BLUE', 'ledBlue', 'missing', 'R17'],
  ['LOAD-DROP', 'loadDrop', 'outOfLimit', null],
] as const;

const normal = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

const HASH = 'a'.repeat(64);

/** Run number `index` of `count`; the same for the same seed. One in 20 units fails first; one run in 100 is spoilt. */
export const syntheticRun = (seed: number, index: number, count: number): ArchivedRun => {
  const random = randomStream(seed, `run ${index}`);
  const started = new Date(BEGIN_ms + Math.floor(((index + random.next()) / count) * YEAR_ms)).toISOString();
  const station = index % STATIONS.length;
  const spoilt = random.next() < 0.01;
  // A unit that failed comes again some hundred runs later: its number is the earlier run's.
  const retest = index > 400 && random.next() < 0.05;
  const unit = retest ? index - 400 : index;
  const failed = !spoilt && random.next() < (retest ? 0.3 : 0.05);
  const [requirement, signal, kind, rule] = DEFECTS[Math.min(DEFECTS.length - 1, Math.floor(random.next() ** 2 * DEFECTS.length))]!;
  const verdict = spoilt ? 'broken' : failed ? 'fail' : 'pass';
  const blame = spoilt ? 'link' : failed ? 'unit' : null;
  const virtual_s = 36 + random.next() * 3;
  return {
    schema: 'bms-rig/archived-run/1',
    archive: `00000000-0000-4000-8000-00000000000${station}`,
    run: `${started.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${index.toString(16).padStart(6, '0')}`,
    started,
    seq: Math.floor(index / STATIONS.length) + 1,
    station: STATIONS[station]!,
    slot: 'left',
    bench: `bench ${station + 1}`,
    board: `0000000${station}`,
    simulated: false,
    mode: 'unit',
    serial: `HQ${String(unit).padStart(9, '0')}`,
    operator: `operator ${random.below(12)}`,
    workOrder: `WO-${Math.floor(index / 5000)}`,
    unitVersion: index < count / 2 ? '1.4' : '1.5',
    unitImage: HASH,
    firmware: HASH,
    model: HASH,
    host: HASH,
    seed: null,
    verdict,
    blame,
    reason: verdict === 'pass' ? 'Every case passed (1).' : `${CASE}: ${requirement}`,
    ended: 'complete',
    counts: !spoilt,
    virtual_s,
    wall_s: virtual_s,
    recordHash: HASH,
    cases: [{ id: CASE, file: FILE, attempts: [{ attempt: 1, verdict, blame, duration_us: Math.round(virtual_s * 1e6) }] }],
    differences: failed ? [{ case: CASE, kind, signal, requirement, rule, off_us: -Math.round(random.next() * 5e6) }] : [],
    measurements: QUANTITIES.map(([name, measured, low, high, mean, sd]) => ({
      case: CASE,
      name,
      unit: measured,
      low,
      high,
      value: spoilt ? null : Math.round((mean + sd * normal(random)) * 10) / 10,
      uncertainty: 2,
      outcome: spoilt ? 'notMeasured' : 'pass',
    })),
  };
};
