/** One case on a simulated bench of its own: the same bench and unit for the same seed, whatever ran before or beside it. */

import type { Insertion } from '../sim/circuit/circuit.ts';
import type { Bench, BenchSettings } from '../bench/bench.ts';
import { openFixtureBench } from '../bench/bench.ts';
import { type AskOperator, barrierOf } from '../bench/operator.ts';
import type { AttachedLoads, Case } from '../../scenarios/contracts/case.ts';
import type { Basis } from '../../firmware-ref/profile.ts';
import type { Translates } from '../sim/avr/chip.ts';
import type { HexImage } from '../sim/avr/hex.ts';
import type { BootloaderFault } from '../sim/bootloader/bootloader-fault.ts';
import { findFaults } from '../sim/faults/catalogue.ts';
import { type WallTime_ms, wallTime } from '../calendar.ts';
import type { CalibrationChoice } from '../calibration/calibration.ts';
import { factoryCalibration, PLUGGED_NETLIST } from '../sim/factory-calibration.ts';
import type { CalibrationOption } from './calibration-choice.ts';
import { type Act, harmless } from '../sim/faults/fault.ts';
import { withAttached } from '../fixture/netlist/attached.ts';
import { simulatedHands } from '../sim/hands.ts';
import { openSimulation, type Pace, type Simulation, type SimulationCounters } from '../sim/simulation.ts';
import { type CaseRun, runCase } from './case-run.ts';
import { FIXTURE_IMAGE, loadImage, type LoadedImage } from './images.ts';
import { chooseUnit, type UnitChoice, type UnitOptions } from './unit-choice.ts';

export interface SimulatedJob extends UnitOptions {
  readonly testCase: Case;
  /** Names of what is wrong with the bench. */
  readonly faults?: readonly string[];
  /** What the bench is like where that is neither drawn nor a fault: clocks that drift, noise on the cable. */
  readonly conditions?: readonly Act[];
  readonly seed: number;
  readonly pace: Pace;
  /** Default: the factory's. */
  readonly calibration?: CalibrationOption | undefined;
  /** What the unit is judged by. Default: the reference alone. */
  readonly basis?: Basis | undefined;
  /** From the bench file. */
  readonly settings?: BenchSettings | undefined;
  /** Wall time that a calibration from a file is held against. */
  readonly now?: WallTime_ms | undefined;
  /** Default: the unit that the seed draws, put in once. */
  readonly insertion?: Insertion | undefined;
  /** From 1. Another attempt is another occasion on the same bench: what chance did in the first one it does differently. */
  readonly attempt?: number;
}

export interface SimulatedCaseRun {
  readonly run: CaseRun;
  readonly identity: Bench['identity'] | null;
  readonly counters: SimulationCounters;
}

interface Occasion {
  readonly seed: number;
  readonly occasion: string;
  readonly insertion?: Insertion | undefined;
  readonly pace: Pace;
  readonly faults?: readonly string[];
  readonly conditions?: readonly Act[];
  /** What hangs on the unit's outputs. Default: nothing. */
  readonly attached?: AttachedLoads;
  /** Hands are to take the chain apart. */
  readonly unpluggable?: boolean;
  /** The fixture's board as it came from the shop: nothing flashed. */
  readonly blank?: boolean;
  /** The test plug is in the unit's place. */
  readonly plug?: boolean;
  readonly bootloaderFault?: BootloaderFault | null;
  readonly translates?: Translates;
}

/** As erased flash reads. */
const blankImage = ({ image }: LoadedImage): HexImage => ({ flash: new Uint8Array(image.flash.length).fill(0xff), usedBytes: 0 });

const openWith = (unit: UnitChoice, options: UnitOptions & Occasion): Simulation => {
  const {
    seed,
    occasion,
    insertion,
    pace,
    faults = [],
    conditions = [],
    attached = {},
    unpluggable = false,
    blank = false,
    plug = false,
    bootloaderFault = null,
    translates = true,
  } = options;
  return openSimulation({
    seed,
    occasion,
    insertion,
    bootloaderFault,
    translates,
    fixtureImage: blank ? blankImage(loadImage(FIXTURE_IMAGE, 'fixture')) : loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: options.made?.image ?? loadImage(unit.image, 'unit').image,
    netlist: plug ? PLUGGED_NETLIST : withAttached(unit.netlist, attached),
    unpluggable,
    pace,
    faults: [...findFaults(faults), harmless('board', 'conditions', 'A bench as it happens to be.', ...conditions)],
  });
};

/** Opens the simulated bench that a seed, a unit and an occasion name. */
export const simulate = (options: UnitOptions & Occasion): Simulation => openWith(chooseUnit(options), options);

const calibrationOf = async ({
  calibration = 'factory',
  seed,
  now = wallTime(0),
}: SimulatedJob): Promise<CalibrationChoice | undefined> => {
  if (calibration === 'none') return undefined;
  return { data: calibration === 'factory' ? await factoryCalibration(seed) : calibration, now: () => now };
};

export const runSimulatedCase = async (job: SimulatedJob, signal?: AbortSignal, ask?: AskOperator): Promise<SimulatedCaseRun> => {
  const unit = chooseUnit(job);
  const calibration = await calibrationOf(job);
  const { seed, pace, faults = [], conditions = [], attempt = 1, insertion } = job;
  const turn = insertion === undefined ? '' : `, mating ${insertion.mating}`;
  const occasion = `${job.testCase.id}${turn}${attempt === 1 ? '' : `, attempt ${attempt}`}`;
  const { attached, timeline } = job.testCase;
  const unpluggable = timeline.entries.some((entry) => (barrierOf(entry)?.deed ?? null) !== null);
  const simulation = openWith(unit, { seed, occasion, insertion, attached, unpluggable, pace, faults, conditions, made: job.made });
  let bench: Bench | null = null;
  try {
    bench = await openFixtureBench({
      binding: simulation.binding,
      path: simulation.path,
      clock: simulation.clock,
      simulated: true,
      unitImage: unit.name,
      seed,
      calibration,
      settings: job.settings,
    });
    const hands = simulatedHands(simulation, seed, occasion);
    const run = await runCase(bench, job.testCase, { basis: job.basis, ask, hands, ...(signal && { signal }) });
    const failure = simulation.failure();
    if (failure !== null) throw failure;
    return { run, identity: bench.identity, counters: simulation.counters() };
  } catch (cause) {
    // What ended the simulated world is the reason for whatever the host saw of it.
    throw simulation.failure() ?? cause;
  } finally {
    await bench?.close().catch(() => undefined);
    simulation.close();
  }
};
