/** One simulated bench put together: both boards with their images and crystals, the circuit between them, the cable, and the binding and clock the host gets. */

import type { BindingInterface } from '../link/bindings.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { hostClock } from '../host-clock.ts';
import { boardIdOf } from './board-id.ts';
import { CONVERTER } from '../fixture/channels.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import type { ChainEnd, PlugState } from '../../scenarios/contracts/timeline.ts';
import { converted_mV, isSupplyOfCase } from './case-supply.ts';
import { handPin, withPlugs } from './circuit/chain-plugs.ts';
import { type Chip, createChip, type HexImage, type Translates } from './avr/chip.ts';
import {
  type BoardName,
  type Circuit,
  createCircuit,
  FIXTURE_TO_UNIT_MIN_ns,
  UNIT_TO_FIXTURE_MIN_ns,
  type Insertion,
} from './circuit/circuit.ts';
import type { BootloaderFault } from './bootloader/bootloader-fault.ts';
import { MegaBoot } from './bootloader/mega-boot.ts';
import { attachConverter } from './converter.ts';
import type { Fault } from './faults/fault.ts';
import {
  converterNoise_V,
  createMedia,
  faultyBaud,
  faultyBootloader_ms,
  faultyClock,
  Injector,
  withCircuitFaults,
} from './faults/inject.ts';
import { createBinding, SIMULATED_PATH } from './kernel/binding.ts';
import { Kernel } from './kernel/kernel.ts';
import { createOscillator } from './kernel/oscillator.ts';
import { UsbCable } from './kernel/usb-cable.ts';
import { type Board, World } from './kernel/world.ts';
import { randomStream } from './random.ts';

/** As fast as it can, or with the wall clock. */
export type Pace = 'virtual' | 'real';

export interface SimulationOptions {
  /** Draws this bench and this unit: parts, crystals, ids. */
  readonly seed: number;
  /** Draws what differs from case to case on the same bench: switch order, link noise, start-up phase. */
  readonly occasion: string;
  /** Default: the unit that the seed draws, put in once. */
  readonly insertion?: Insertion | undefined;
  readonly fixtureImage: HexImage;
  readonly unitImage: HexImage;
  /** Fixture and unit together, defects already in it. */
  readonly netlist: Netlist;
  readonly pace: Pace;
  /** The chain can be taken apart. Default: it stays as it is. */
  readonly unpluggable?: boolean;
  readonly translates?: Translates;
  /** What is wrong with the bench. Default: nothing. */
  readonly faults?: readonly Fault[];
  /** What is wrong with its bootloader, for who flashes it. */
  readonly bootloaderFault?: BootloaderFault | null;
}

export interface SimulationCounters {
  readonly virtual_s: number;
  readonly handOvers: number;
  readonly fixture: { readonly executedCycles: number; readonly wakes: number };
  readonly unit: { readonly executedCycles: number; readonly wakes: number };
}

export interface Simulation {
  readonly binding: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  readonly kernel: Kernel;
  readonly circuit: Circuit;
  readonly cable: UsbCable;
  readonly hostOscillator_ppm: number;
  readonly boards: Readonly<Record<BoardName, Board>>;
  /** Pulls the reset line of the fixture's board, as DTR does when a port opens. */
  resetFixture(): void;
  /** Pulls the plug at an end of the chain, or pushes it in. */
  readonly plug: (end: ChainEnd, to: PlugState) => void;
  /** Called with each code that the fixture gives an output of its converter. */
  onConversion(listener: (channel: number, code: number, cycle: number) => void): void;
  counters(): SimulationCounters;
  /** What ended the simulated world before its time, if anything did. */
  failure(): RigError | null;
  close(): void;
}

/** Crystal error of either board, and of the host's oscillator: the spread a good bench may have (BENCH.md B-RESONATOR, B-HOST-CLOCK). */
const BOARD_SPREAD_ppm = 5_000;
const HOST_SPREAD_ppm = 40;
/** A bootloader keeps the port for this long after a reset. Source: BENCH.md B-BOOT. */
const BOOTLOADER_ms = { least: 600, most: 1_600 };
/** First instruction of the unit 65 ms +-10 % after release. */
const UNIT_STARTUP_ms = 65;
const UNIT_STARTUP_SPREAD = 0.1;
const CYCLES_PER_ms = 16_000;

const crystalOf = ({ unit }: Insertion): number => randomStream(unit, 'crystal').between(-BOARD_SPREAD_ppm, BOARD_SPREAD_ppm);

export const openSimulation = (options: SimulationOptions): Simulation => {
  const drawn = randomStream(options.seed, 'bench');
  const spread = (ppm: number): number => drawn.between(-ppm, ppm);
  const { faults = [], translates = true, insertion } = options;
  /** Drawn also where a fault takes its place, so that nothing else moves. */
  const clockOf = (of: BoardName | 'host', spread_ppm: number): { readonly off_ppm: number; readonly drift_ppm_per_min: number } => {
    const ofBench_ppm = spread(spread_ppm);
    const off_ppm = of === 'unit' && insertion !== undefined ? crystalOf(insertion) : ofBench_ppm;
    return faultyClock(faults, of) ?? { off_ppm, drift_ppm_per_min: 0 };
  };
  const board = (name: BoardName, chip: Chip): Board => {
    const { off_ppm, drift_ppm_per_min } = clockOf(name, BOARD_SPREAD_ppm);
    return { name, chip, oscillator: createOscillator(chip.nominal_Hz, off_ppm, drift_ppm_per_min) };
  };
  const fixture = board('fixture', createChip('atmega2560', options.fixtureImage, { translates }));
  const unit = board('unit', createChip('atmega328p', options.unitImage, { translates }));
  const hostOscillator_ppm = clockOf('host', HOST_SPREAD_ppm).off_ppm;
  const boardId = boardIdOf(options.seed);
  for (let i = 0; i < 4; i++) fixture.chip.eeprom[i] = (boardId >>> (24 - 8 * i)) & 0xff;

  const occasion = randomStream(options.seed, `occasion ${options.occasion}`);
  const wired = withCircuitFaults(options.netlist, faults);
  const netlist = options.unpluggable === true ? withPlugs(wired) : wired;
  const circuit = createCircuit({ seed: options.seed, occasion: options.occasion, insertion: options.insertion, netlist });
  const startup_ms = UNIT_STARTUP_ms * occasion.between(1 - UNIT_STARTUP_SPREAD, 1 + UNIT_STARTUP_SPREAD);
  const world = new World({
    fixture,
    unit,
    circuit,
    lookahead_ns: { unitToFixture: UNIT_TO_FIXTURE_MIN_ns, fixtureToUnit: FIXTURE_TO_UNIT_MIN_ns },
    unitStartupCycles: Math.round(startup_ms * CYCLES_PER_ms),
  });
  for (const { name, chip } of [fixture, unit]) {
    const noise_V = converterNoise_V(faults, name, options.seed, options.occasion);
    const { analog } = chip;
    if (noise_V !== null) chip.analog = (channel, cycle) => analog(channel, cycle) + noise_V();
  }
  const conversions: Parameters<Simulation['onConversion']>[0][] = [];
  attachConverter(fixture.chip, (channel, code, cycle) => {
    for (const listener of conversions) listener(channel, code, cycle);
    const at_ns = fixture.oscillator.instantOf(cycle);
    circuit.setConverter(channel, code, at_ns);
    fixture.chip.stop();
    if (channel === CONVERTER.supply.channel && isSupplyOfCase(converted_mV('supply', code))) injector.supplied(at_ns);
  });
  for (const { name, chip } of [fixture, unit]) {
    chip.onForbiddenAccess((register, _address, pc) => {
      // What runs after an update that broke off is half of one image and half of another: the board hangs, and the bench goes on.
      if (name === 'fixture' && boot.programmed) return chip.hold('external');
      throw new RigError(
        'forbiddenRegister',
        `The ${name}'s image touches ${register} at word 0x${pc.toString(16)}, which this bench does not emulate.`,
        {
          hint: 'see the list of peripherals an image may use in ARCHITECTURE.md',
        },
      );
    });
  }

  const kernel = new Kernel({ world, wall: options.pace === 'real' ? hostClock : null, hostOscillator_ppm });
  const media = createMedia(options.seed, options.occasion);
  const boot: MegaBoot = new MegaBoot({
    kernel,
    board: fixture,
    hostBaudRate: () => cable.baudRate,
    hold: () => hold('external'),
    fault: options.bootloaderFault ?? null,
  });
  const cable: UsbCable = new UsbCable({
    kernel,
    uart: boot,
    oscillator: fixture.oscillator,
    random: randomStream(options.seed, `cable ${options.occasion}`),
    ...(faults.length > 0 && { media, bridge: faultyBaud(faults) }),
  });
  const hold = (cause: Parameters<Chip['hold']>[0]): void => {
    const { chip, oscillator } = fixture;
    const now = oscillator.cycleAt(kernel.now_ns);
    if (now > chip.cycles) chip.run(now);
    chip.hold(cause);
  };
  const release = (): void => {
    const { chip, oscillator } = fixture;
    const now = oscillator.cycleAt(kernel.now_ns);
    if (now > chip.cycles) chip.run(now);
    const drawn_ms = occasion.between(BOOTLOADER_ms.least, BOOTLOADER_ms.most);
    boot.released(faultyBootloader_ms(faults) ?? drawn_ms);
  };
  const resetFixture = (): void => {
    hold('external');
    release();
  };
  fixture.chip.hold('powerOn');
  boot.released(1);

  const binding = createBinding({ kernel, cable, resetBoard: resetFixture });
  const injector = new Injector(
    faults,
    { kernel, media, fixture, circuit, hold, release, unplug: () => binding.unplug(), replug: () => binding.replug() },
    options.seed,
    options.occasion,
  );
  let failure: RigError | null = null;
  kernel.start((cause) => {
    failure =
      cause instanceof RigError ? cause : new RigError('simulationStuck', `The simulated bench stopped: ${String(cause)}.`, { cause });
    binding.vanish(failure);
  });
  return {
    binding,
    path: SIMULATED_PATH,
    clock: kernel.clock,
    kernel,
    circuit,
    cable,
    hostOscillator_ppm,
    boards: { fixture, unit },
    resetFixture,
    plug: (end, to) => {
      const { board, pin } = handPin(end);
      kernel.at(kernel.now_ns, () => circuit.setPin(board, pin, to === 'apart' ? 'high' : 'low', kernel.now_ns));
    },
    onConversion: (listener) => void conversions.push(listener),
    counters: () => ({
      virtual_s: kernel.now_ns / 1e9,
      handOvers: world.handOvers,
      fixture: { executedCycles: fixture.chip.executedCycles, wakes: fixture.chip.wakes },
      unit: { executedCycles: unit.chip.executedCycles, wakes: unit.chip.wakes },
    }),
    failure: () => failure,
    close: () => kernel.close(),
  };
};
