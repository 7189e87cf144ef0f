/** Good units, each drawn from everything that may differ between two good ones and between two good benches, and what came of them. */

import type { SoakDocument, SoakFinding } from '../../reports/shape/campaigns.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Act } from '../sim/faults/fault.ts';
import { GOOD_UNITS } from '../sim/good-units/good-units.ts';
import { type Random, randomStream } from '../sim/random.ts';
import type { UnitOutcome } from './outcome.ts';
import { runUnits, type UnitJob, type UnitsOptions } from './units.ts';

/** Images by name; the first is the stand-in itself. */
const IMAGES: readonly (string | undefined)[] = [undefined, ...GOOD_UNITS.map(({ name }) => name)];
const STAND_IN = 'stand-in';

/** A crystal may be 0.5 % off over its life and its temperature (FACTS.md, "Rulings"; BENCH.md B-RESONATOR): what it drifts is taken from that. */
const CRYSTAL_ppm = 5_000;
/** Of a board that warms up on the bench. */
const DRIFT_ppm_per_min = 20;
const HOST_CRYSTAL_ppm = 40;
const HOST_DRIFT_ppm_per_min = 1;
/** Longest case in minutes, so that a drifting crystal stays within its limit to the end. */
const LONGEST_min = 4;

/** A cable and a computer as they are on a bad day, and still within what the link makes good. */
const MOST_SPOILED_BYTES = 1 / 2_000;
const MOST_HELD_TRANSFERS = 1 / 20;
const HELD_ms = [1, 25] as const;

/** What a converter scatters by, and twice that (BENCH.md B-NOISE). */
const MOST_CONVERTER_rms_mV = 4;
const scatterOf = (random: Random, of: 'fixture' | 'unit'): Act => ({
  do: 'converterNoise',
  of,
  rms_mV: random.next() * MOST_CONVERTER_rms_mV,
});

const clockOf = (random: Random, of: 'fixture' | 'unit' | 'host', most_ppm: number, drift: number): Act => {
  const drift_ppm_per_min = random.between(-drift, drift);
  const room_ppm = most_ppm - LONGEST_min * drift;
  return { do: 'clock', of, off_ppm: random.between(-room_ppm, room_ppm), drift_ppm_per_min };
};

const noiseOf = (random: Random, way: 'toFixture' | 'toHost'): readonly Act[] => [
  { do: 'spoil', way, how: random.below(2) === 0 ? 'flip' : 'drop', share: random.next() * MOST_SPOILED_BYTES },
  { do: 'spoil', way, how: 'hold', share: random.next() * MOST_HELD_TRANSFERS, late_ms: HELD_ms },
];

/** What a seed draws for one unit: its image, clocks that drift with temperature, noise on the cable and at the converters, and the cases it is given. Parts are drawn by the same seed. */
export const drawUnit = (seed: number, cases: readonly Case[], each: number): UnitJob => {
  const random = randomStream(seed, 'soak');
  const unit = IMAGES[random.below(IMAGES.length)];
  const converters = randomStream(seed, 'soak converters');
  const conditions = [
    clockOf(random, 'unit', CRYSTAL_ppm, DRIFT_ppm_per_min),
    clockOf(random, 'fixture', CRYSTAL_ppm, DRIFT_ppm_per_min),
    clockOf(random, 'host', HOST_CRYSTAL_ppm, HOST_DRIFT_ppm_per_min),
    ...noiseOf(random, 'toFixture'),
    ...noiseOf(random, 'toHost'),
    scatterOf(converters, 'fixture'),
    scatterOf(converters, 'unit'),
  ];
  const left = cases.map(({ id }) => id);
  const given = Array.from({ length: Math.min(each, left.length) }, () => left.splice(random.below(left.length), 1)[0]!);
  return { seed, unit, conditions, only: given };
};

export interface SoakOptions {
  readonly cases: readonly Case[];
  readonly units: number;
  /** Seed of the first unit; each further one has the next. */
  readonly seed: number;
  /** Cases a unit is given, drawn from all. */
  readonly each: number;
  readonly answers?: UnitsOptions['answers'];
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, of: number) => void;
}

const findingsOf = ({ seed, unit = STAND_IN }: UnitJob, { cases }: UnitOutcome): readonly SoakFinding[] =>
  cases.flatMap(({ id, verdict, reason, findings }) =>
    verdict === 'pass' ? [] : [{ seed, unit, case: id, verdict, text: findings[0]?.text ?? reason }],
  );

/** Exit 1 where a good unit was failed, 3 where one could not be decided. Units that a stop left out are not counted. */
export const soak = async ({ cases, units, seed, each, answers, workers, signal, onDone }: SoakOptions): Promise<SoakDocument> => {
  const jobs = Array.from({ length: units }, (_, index) => drawUnit(seed + index, cases, each));
  let done = 0;
  const outcomes = await runUnits({
    units: jobs,
    cases,
    bail: false,
    answers,
    workers,
    signal,
    onDone: () => onDone?.((done += 1), units),
  });
  const ran = outcomes.flatMap((outcome, index) => (outcome === undefined ? [] : [{ job: jobs[index]!, outcome }]));
  const findings = ran.flatMap(({ job, outcome }) => findingsOf(job, outcome));
  const falseAlarms = findings.filter(({ verdict }) => verdict === 'fail');
  const undecided = findings.filter(({ verdict }) => verdict !== 'fail');
  const images: Record<string, number> = {};
  for (const { job } of ran) images[job.unit ?? STAND_IN] = (images[job.unit ?? STAND_IN] ?? 0) + 1;
  return {
    schema: 'bms-rig/soak/1',
    exit: falseAlarms.length > 0 ? 1 : undecided.length > 0 ? 3 : 0,
    simulated: true,
    seed,
    units: ran.length,
    cases: ran.reduce((sum, { outcome }) => sum + outcome.cases.length, 0),
    virtual_s: ran.reduce((sum, { outcome }) => sum + outcome.cases.reduce((s, one) => s + one.duration_us / 1e6, 0), 0),
    passed: ran.filter(({ outcome }) => outcome.exit === 0).length,
    falseAlarms: [...falseAlarms],
    undecided: [...undecided],
    images,
  };
};
