/** How well 30 s are measured: the wait of a unit that is 0.4 % slow, by a fixture that is 0.5 % fast, against the true time that only the simulation knows. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { predict } from '../../firmware-ref/predict.ts';
import { intervalUncertainty_us } from '../../reports/judge/decision.ts';
import { openFixtureBench } from '../../rig/bench/bench.ts';
import { planProbes } from '../../rig/bench/plan-probes.ts';
import { SENSE_PINS } from '../../rig/fixture/channels.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../rig/run/images.ts';
import { BENCH_NETLIST } from '../../rig/sim/circuit/stand-in-board.ts';
import { harmless, type Act } from '../../rig/sim/faults/fault.ts';
import { openSimulation } from '../../rig/sim/simulation.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';

const WAIT = path.join(import.meta.dirname, '../../scenarios/regression/r03-wait.yaml');
export const CLOCKS: readonly Act[] = [
  { do: 'clock', of: 'fixture', off_ppm: 5_000 },
  { do: 'clock', of: 'unit', off_ppm: -4_000 },
];

export interface Interval {
  readonly seed: number;
  readonly true_us: number;
  readonly measured_us: number;
  /** What the record states: both stamps, and the clock's bound over the interval. */
  readonly bound_us: number;
  /** Against the host's clock, stamps included. */
  readonly host_ppm: number;
  /** What the same ticks give with the fixture's nominal frequency. */
  readonly nominal_us: number;
  readonly jump_us: number;
}

const waitCase = (): Case => {
  const compiled = readAndCompile({ file: WAIT, bytes: readFileSync(WAIT) });
  if (!compiled.ok) throw new Error(`${WAIT} does not compile.`);
  const asked = compiled.cases[0]!;
  return planProbes(asked, predict(asked));
};

/** PRE-ALARM's rise to LOAD's fall. Throws where the case does not run to its end. */
export const measureInterval = async (seed: number, clocks: readonly Act[] = CLOCKS): Promise<Interval> => {
  const simulation = openSimulation({
    seed,
    occasion: 'interval',
    fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist: BENCH_NETLIST,
    pace: 'virtual',
    faults: [harmless('board', 'clocks', 'Clocks as far off as resonators may be.', ...clocks)],
  });
  let rose_ns = NaN;
  let fell_ns = NaN;
  simulation.circuit.onInput((board, pin, level, at_ns) => {
    if (board !== 'fixture') return;
    if (pin === SENSE_PINS.preAlarm.pin && level && Number.isNaN(rose_ns)) rose_ns = at_ns;
    if (pin === SENSE_PINS.load.pin && !level && at_ns > rose_ns) fell_ns = Number.isNaN(fell_ns) ? at_ns : fell_ns;
  });
  try {
    const { binding, path: port, clock } = simulation;
    const bench = await openFixtureBench({ binding, path: port, clock, simulated: true, unitImage: 'stand-in', seed });
    const trace = await bench.runCase(waitCase());
    await bench.close();
    if (trace.end !== 'complete') throw new Error(`The case did not complete with seed ${seed}: ${trace.reason}`);
    const rise = trace.edges.find(({ signal, level }) => signal === 'preAlarm' && level === 'high')!;
    const fall = trace.edges.find(({ signal, level, at_us }) => signal === 'load' && level === 'notHigh' && at_us > rise.at_us)!;
    const true_us = (fell_ns - rose_ns) / 1e3;
    const measured_us = fall.at_us - rise.at_us;
    return {
      seed,
      true_us,
      measured_us,
      bound_us: intervalUncertainty_us(rise, fall, trace.clock),
      host_ppm: (measured_us / (true_us * (1 + simulation.hostOscillator_ppm / 1e6)) - 1) * 1e6,
      nominal_us: (fall.ticks - rise.ticks) / 2,
      jump_us: trace.clock.jump_us,
    };
  } finally {
    simulation.close();
  }
};
