/** A walk of the real unit image through its circuit with the fixture worked by hand: what a good rig would have to see of a defect. For tests. */

import { CHAIN_ENDS, type ChainEnd, type PlugState } from '../../../scenarios/contracts/timeline.ts';
import { type AnalogSignal, OUTPUTS, type OutputSignal, type SenseSignal } from '../../../scenarios/signals.ts';
import { BIAS_PINS, SENSE_PINS } from '../../fixture/channels.ts';
import type { Netlist } from '../../fixture/netlist/netlist.ts';
import { OUTPUT_NODES } from '../../fixture/netlist/terminals.ts';
import { createChip, type HexImage } from '../avr/chip.ts';
import { FIXTURE_TO_UNIT_MIN_ns, UNIT_TO_FIXTURE_MIN_ns } from '../circuit/circuit.ts';
import { handPin, withPlugs } from '../circuit/chain-plugs.ts';
import { HandBench, ms } from '../circuit/hand-bench.ts';
import { createOscillator } from '../kernel/oscillator.ts';
import { type Board, World } from '../kernel/world.ts';

/** By station and signal: a level, what a probe says of an output, or whether a measured value keeps its limit. */
export type Seen = Readonly<Record<string, string | boolean>>;

const SUPPLY_V = 12.8;
const REACTION_ms = 2_100;
const UNIT_STARTUP_CYCLES = 65 * 16_000;

/** `images.fixture` only has to fit: its board stays in reset. */
export interface CourseImages {
  readonly unit: HexImage;
  readonly fixture: HexImage;
}

export const walkCourse = (images: CourseImages, netlist: Netlist, seed: number, supply_V = SUPPLY_V): Seen => {
  const walk = new Walk(images, netlist, seed);
  walk.start(supply_V);
  walk.look('remote off').probe().current(0.6, 1.8);
  walk.bit('remoteLink').settle();
  walk.look('linked').probe().current(1.1, 3.3).drop('load', 'loadSink', 0.3).drop('charger', 'chargerSink10mA', 0.7);
  walk.bit('remoteLink', false).bit('remoteHBattery').settle();
  walk.look('H at battery');
  walk.bit('remoteHBattery', false).bit('remoteLMinus').settle();
  walk.look('L at minus');
  walk.bit('remoteLMinus', false).bit('remoteHDrive').converter('remoteH', 3.1).settle();
  walk.look('H at 3.1 V');
  walk.bit('remoteHDrive', false).bit('remoteLDrive').converter('remoteL', 3.3).settle();
  walk.look('L at 3.3 V');
  walk.bit('remoteLDrive', false).bit('remoteLink').converter('supply', 8.05);
  walk.settle();
  walk.look('8 V');
  walk.converter('supply', supply_V);
  walk.settle();
  walk.bit('pole3', false).settle();
  walk.look('charge alarm').probe();
  walk.bit('pole3').bit('pole4', false).settle();
  walk.look('warning').drop('preAlarm', 'preAlarmSink', 0.3);
  walk.bit('pole4').bit('pole1', false).wait(ms(37_000));
  walk.look('low cell without warning').probe().current(0.6, 1.8);
  walk.bit('pole1').settle();
  walk.look('recovered');
  walk.bit('chargerShort').wait(ms(60)).bit('chargerShort', false).wait(ms(10));
  walk.look('after a short of CHARGER');
  for (const end of CHAIN_ENDS) {
    walk.plug(end, 'apart').settle();
    walk.look(`${end} end apart`);
    walk.plug(end, 'together').settle();
    walk.look(`${end} end together again`);
  }
  return walk.seen;
};

/** A board with a perfect crystal. */
const board = (name: Board['name'], model: Board['chip']['model'], image: HexImage): Board => {
  const chip = createChip(model, image);
  return { name, chip, oscillator: createOscillator(chip.nominal_Hz, 0) };
};

class Walk extends HandBench {
  readonly seen: Record<string, string | boolean> = {};
  readonly #world: World;
  #station = '';

  constructor(images: CourseImages, netlist: Netlist, seed: number) {
    super({ netlist: withPlugs(netlist), seed });
    this.#world = new World({
      fixture: board('fixture', 'atmega2560', images.fixture),
      unit: board('unit', 'atmega328p', images.unit),
      circuit: this.circuit,
      lookahead_ns: { unitToFixture: UNIT_TO_FIXTURE_MIN_ns, fixtureToUnit: FIXTURE_TO_UNIT_MIN_ns },
      unitStartupCycles: UNIT_STARTUP_CYCLES,
    });
  }

  override wait(span_ns: number): this {
    const end_ns = this.now_ns + span_ns;
    this.#world.advance(() => end_ns);
    return super.wait(span_ns);
  }

  plug(end: ChainEnd, to: PlugState): this {
    const { board: name, pin } = handPin(end);
    return this.pin(name, pin, to === 'apart' ? 'high' : 'low');
  }

  settle(): this {
    return this.wait(ms(REACTION_ms));
  }

  start(supply_V: number): void {
    this.supplied(supply_V).bit('pole1').bit('pole3').bit('pole4').wait(ms(3_000));
  }

  /** Notes the levels; what follows is noted for the same station. */
  look(station: string): this {
    this.#station = station;
    for (const signal of Object.keys(SENSE_PINS) as SenseSignal[]) this.#note(signal, this.level('fixture', SENSE_PINS[signal].pin));
    return this;
  }

  /** Probes every output that is not high, by the limits of the fixture (ELECTRICS.md, "Outputs": floating, low, leaky). */
  probe(): this {
    for (const output of OUTPUTS) {
      if (this.level('fixture', SENSE_PINS[output].pin)) continue;
      const off_V = this.volts(OUTPUT_NODES[output]);
      this.pin('fixture', BIAS_PINS[output], 'high').wait(ms(1.5));
      const share = this.volts(OUTPUT_NODES[output]) / this.volts('VBAT');
      this.pin('fixture', BIAS_PINS[output], 'low').wait(ms(1.5));
      this.#note(output, share < 0.5 ? 'low' : share > 0.8 && off_V < 1 ? 'floating' : 'leaky');
    }
    return this;
  }

  /** Whether the consumption (reading less burdens) keeps its limits. */
  current(min_mA: number, max_mA: number): this {
    this.bit('shuntBypass', false).wait(ms(1));
    const burdens_mA = OUTPUTS.reduce((sum, output) => sum + this.volts(OUTPUT_NODES[output]) / 100, 0);
    const consumed_mA = this.volts('supplyCurrentMidOut') * 12 - burdens_mA;
    this.bit('shuntBypass').wait(ms(1));
    return this.#note('supplyCurrent', consumed_mA > min_mA && consumed_mA < max_mA);
  }

  drop(output: OutputSignal, sink: 'loadSink' | 'preAlarmSink' | 'chargerSink10mA', max_V: number): this {
    this.bit(sink).wait(ms(5));
    const drop_V = this.volts(`${output}DropOut`) / 2.5;
    this.bit(sink, false).wait(ms(1));
    return this.#note(`${output}Drop`, drop_V < max_V);
  }

  #note(signal: SenseSignal | AnalogSignal, value: string | boolean): this {
    this.seen[`${this.#station}: ${signal}`] = value;
    return this;
  }
}
