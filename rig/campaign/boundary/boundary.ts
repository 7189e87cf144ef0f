/** One number of the reference, a unit just outside it and one just inside: the one has to fail and be told why, the other has to pass. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PARAMETERS } from '../../../firmware-ref/parameters.ts';
import { intervalUncertainty_us } from '../../../reports/judge/decision.ts';
import type { Difference } from '../../../reports/judge/result.ts';
import type { BoundaryRow } from '../../../reports/shape/boundary.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import { readAndCompile } from '../../../scenarios/compile.ts';
import type { CaseRun } from '../../run/case-run.ts';
import { loadImage } from '../../run/images.ts';
import { runSimulatedCase } from '../../run/simulated-case.ts';
import type { Act } from '../../sim/faults/fault.ts';
import { BOUNDARY_UNIT, withConstants } from './constants.ts';
import type { Limit } from './limits.ts';

/** How far on either side of its limit a unit is put, in multiples of the worst-case uncertainty. */
export const DISTANCE_U = 1.5;
/** What a unit may add to its constant before the pilot is not believed: its start, and its stages. */
const MOST_ADDED_us = 100_000;
/** So that a constant of the unit is true time. */
const TRUE_CRYSTAL: readonly Act[] = [{ do: 'clock', of: 'unit', off_ppm: 0 }];
/** A pilot is this much nearer to nothing than the limit. */
const PILOT = 0.98;

const fromHere = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const fromRoot = (file: string): string => fromHere(`../../../${file}`);

const caseOf = (scenario: string): Case => {
  const file = fromHere(`${scenario}.yaml`);
  const compiled = readAndCompile({ file, bytes: readFileSync(file) });
  if (!compiled.ok) throw new Error(`${file} does not compile.`);
  return compiled.cases[0]!;
};

const runWith = async (limit: Limit, value: number, seed: number): Promise<CaseRun> => {
  const { constants, change } = limit.unit(value);
  const { image } = loadImage(fromRoot(BOUNDARY_UNIT.image), 'unit');
  const made = { name: `boundary ${limit.parameter} ${value}`, image: withConstants(image, constants), change };
  return (await runSimulatedCase({ testCase: caseOf(limit.scenario), seed, pace: 'virtual', made, conditions: TRUE_CRYSTAL })).run;
};

interface Placed {
  /** Worst case at the limit, one side, in the parameter's unit. */
  readonly uncertainty: number;
  /** What a unit's constant has to be for the unit to show `value`. */
  readonly constantFor: (value: number) => number;
}

/** Where the trace shows what the unit does, a first run tells what comes to its constant. */
const place = async (limit: Limit, seed: number): Promise<Placed> => {
  if (limit.kind === 'voltage') return { uncertainty: limit.uncertainty_mV, constantFor: (value) => value };
  const constant = PARAMETERS[limit.parameter].value * PILOT;
  const { trace } = await runWith(limit, constant, seed);
  const measured = trace === null ? null : limit.measure(trace);
  if (trace === null || measured === null) throw new Error(`The pilot of ${limit.parameter} shows nothing.`);
  const { from, to, granted_us } = measured;
  const added_us = to.at_us - from.at_us - granted_us - constant;
  if (Math.abs(added_us) > MOST_ADDED_us) throw new Error(`The pilot of ${limit.parameter} is off by ${added_us} us.`);
  return { uncertainty: intervalUncertainty_us(from, to, trace.clock), constantFor: (value) => value - added_us };
};

/** How far outside its limit the unit was seen to be, in multiples of the uncertainty; negative = inside. Null: not to be seen in numbers. */
const beyond_U = (limit: Limit, { trace }: CaseRun, uncertainty: number): number | null => {
  const measured = limit.kind === 'time' && trace !== null ? limit.measure(trace) : null;
  if (measured === null) return null;
  const { from, to, granted_us } = measured;
  const over = to.at_us - from.at_us - granted_us - PARAMETERS[limit.parameter].value;
  return (limit.side === 'most' ? over : -over) / uncertainty;
};

const isBetween = (length: number | null, limit: number, U: number): boolean =>
  length !== null && Math.abs(length - limit) <= 2 * DISTANCE_U * U;

/** True for a difference that was decided at the parameter: it shaped the window, or is the ruling that a change away and back is held against. */
const isNamed = (limit: Limit, { prediction }: CaseRun, one: Difference, uncertainty: number): boolean => {
  if (one.signal !== limit.signal || one.blame !== 'unit') return false;
  if (one.kind === 'dropOut' || one.kind === 'pulse') {
    const { value, source } = PARAMETERS[limit.parameter];
    return one.rule === source && isBetween(one.off_us, value, uncertainty);
  }
  return prediction.edges.some(
    ({ signal, rule, window_us, parameters }) =>
      signal === one.signal &&
      rule === one.rule &&
      (window_us[0] === one.expected.earliest_us || window_us[1] === one.expected.latest_us) &&
      parameters.includes(limit.parameter),
  );
};

const sideOf = (value: number, limit: Limit, run: CaseRun, uncertainty: number): NonNullable<BoundaryRow['outside']> => {
  const { verdict, blame, differences, reason } = run.result;
  const named = differences.find((one) => isNamed(limit, run, one, uncertainty));
  return {
    value,
    beyond_U: beyond_U(limit, run, uncertainty),
    verdict,
    blame,
    named: named !== undefined && differences[0] === named,
    text: named?.text ?? differences[0]?.text ?? reason,
  };
};

export const runPair = async (limit: Limit, seed: number): Promise<BoundaryRow> => {
  const { parameter, signal, side } = limit;
  const { value: at, unit, source } = PARAMETERS[parameter];
  const { uncertainty, constantFor } = await place(limit, seed);
  const away = (limit.side === 'most' ? 1 : -1) * DISTANCE_U * uncertainty;
  const [outside, inside] = await Promise.all(
    [at + away, at - away].map(async (value) => sideOf(value, limit, await runWith(limit, constantFor(value), seed), uncertainty)),
  );
  const fails = outside!.verdict === 'fail' && outside!.blame === 'unit' && outside!.named;
  const held = fails && inside!.verdict === 'pass';
  return { parameter, limit: at, unit, source, signal, side, uncertainty, outside: outside!, inside: inside!, held, reason: null };
};
