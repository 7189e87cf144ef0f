/** One specimen of the bench: each part of a netlist made into its run-time counterpart, values drawn by seed. */

import type { Netlist } from '../../fixture/netlist/netlist.ts';
import { MINUS, type BoardName, type BoardPin, type Control, type Part, type PartOf } from '../../fixture/netlist/part.ts';
import { Actuator, type ActuatorTimes, type Chance, gateActive, ledActive } from './actuator.ts';
import type { PinDrive } from './boards.ts';
import { CoilElement } from './coil.ts';
import { DiodeElement, ResistorElement, SwitchElement } from './conductors.ts';
import { type Draw, drawFor, drawInserted } from './draw.ts';
import { type Element, GROUND } from './element.ts';
import { Pins } from './pins.ts';
import { amplifierReading, clamped, LightReading, MultiplexerReading, type Reading } from './readings.ts';
import type { Capacitance } from './segment.ts';
import { Slew } from './slew.ts';
import { ConverterElement, FloatingElement, RegulatorElement, SinkElement } from './sources.ts';
import { Timetable } from './timetable.ts';
import { comparatorWatch, followerWatch, thresholdWatch, type Watch } from './watch.ts';

export type { Chance };

/** What the parts ask of the circuit that runs them. */
export interface Surroundings {
  /** A part has switched: the node voltages are to be found again. */
  readonly changed: (t_ns: number) => void;
  readonly input: (pin: BoardPin, level: boolean, t_ns: number) => void;
  readonly power: (released: boolean, t_ns: number) => void;
}

type Applied = (on: boolean, t_ns: number) => void;

export class Assembly {
  readonly timetable = new Timetable();
  readonly elements: Element[] = [];
  readonly capacitances: Capacitance[] = [];
  readonly watches: Watch[] = [];
  /** By node name: nodes of the equations and computed voltages alike. */
  readonly readings = new Map<string, Reading>();
  /** By board and channel. */
  readonly channels: Readonly<Record<BoardName, (Reading | undefined)[]>> = { fixture: [], unit: [] };
  /** By converter channel. */
  readonly converters = new Map<number, (code: number, t_ns: number) => void>();
  /** Inputs of the boards that some part drives. All are low at first. */
  readonly inputs: BoardPin[] = [];
  readonly avcc_V: Record<BoardName, number> = { fixture: 5, unit: 5 };
  readonly #nodes = new Map<string, number>();
  readonly #pins = new Pins();
  readonly #chance: Chance;
  readonly #around: Surroundings;

  constructor(netlist: Netlist, chance: Chance, around: Surroundings) {
    this.#chance = chance;
    this.#around = around;
    for (const part of netlist.parts) this.#place(part, drawInserted(chance.seed, part.ref, chance.insertion));
    // Amplifiers and inputs read what the other parts have put there.
    for (const part of netlist.parts) this.#read(part, netlist, drawInserted(chance.seed, part.ref, chance.insertion));
  }

  get nodeCount(): number {
    return this.#nodes.size;
  }

  /** A pin changed its drive. */
  drive(board: BoardName, pin: string, drive: PinDrive, t_ns: number): void {
    this.#pins.drive(board, pin, drive, t_ns);
  }

  #place(part: Part, draw: Draw): void {
    switch (part.kind) {
      case 'resistor':
      case 'contact':
        this.elements.push(new ResistorElement(this.#node(part.a), this.#node(part.b), draw.of(part.resistance_Ohm)));
        return;
      case 'capacitor':
        this.capacitances.push({ node: this.#node(part.node), capacitance_F: draw.of(part.capacitance_F) });
        return;
      case 'coil': {
        const values = { resistance_Ohm: draw.of(part.resistance_Ohm), inductance_H: draw.of(part.inductance_H) };
        this.elements.push(new CoilElement(this.#node(part.node), values));
        return;
      }
      case 'diode':
        this.elements.push(new DiodeElement(this.#node(part.anode), this.#node(part.cathode), part.forward_V, part.on_Ohm));
        return;
      case 'switch': {
        const values = {
          on_Ohm: draw.of(part.on_Ohm),
          off_Ohm: draw.of(part.off_Ohm),
          limit_A: part.limit_A === null ? null : draw.of(part.limit_A),
        };
        const element = new SwitchElement(this.#node(part.a), this.#node(part.b), values);
        this.elements.push(element);
        this.#actuate(part.ref, part.control, part, draw, gateActive, (on) => element.set(on));
        return;
      }
      case 'follower': {
        const values = { on_Ohm: draw.of(part.on_Ohm), off_Ohm: draw.of(part.off_Ohm), limit_A: null };
        const element = new SwitchElement(this.#node(part.a), this.#node(part.b), values);
        this.elements.push(element);
        const tell = (on: boolean, t_ns: number): void => {
          element.set(on);
          this.#around.changed(t_ns);
        };
        const told = { response_ns: draw.in(part.response_us) * 1e3, tell };
        this.watches.push(followerWatch(part, this.#node(part.gate), this.#node(part.reference), told));
        return;
      }
      case 'currentSink': {
        const element = new SinkElement(this.#node(part.node), this.#node(part.to ?? MINUS), draw.of(part.current_A), part.saturation_V);
        this.elements.push(element);
        if (part.control === null) element.set(true);
        else {
          const times = { close_us: part.response_us, open_us: part.response_us, monostable_ms: part.monostable_ms };
          this.#actuate(part.ref, part.control, times, draw, gateActive, (on) => element.set(on));
        }
        return;
      }
      case 'floatingSource':
        this.elements.push(new FloatingElement(this.#node(part.plus), this.#node(part.minus), draw.of(part.current_A), part.compliance_V));
        return;
      case 'decoder':
        return this.#pins.decode(part);
      case 'voltageConverter':
        return this.#placeConverter(part, draw);
      case 'regulator': {
        const voltage_V = draw.of(part.voltage_V);
        const { dropout_V, output_Ohm } = part;
        this.elements.push(new RegulatorElement(this.#node(part.from), this.#node(part.node), { voltage_V, dropout_V, output_Ohm }));
        this.avcc_V[part.reference] = voltage_V;
        return;
      }
      case 'reference': {
        const voltage_V = draw.of(part.voltage_V);
        this.readings.set(part.to, () => voltage_V);
        if (part.reference !== null) this.avcc_V[part.reference] = voltage_V;
        return;
      }
      default:
    }
  }

  #placeConverter(part: PartOf<'voltageConverter'>, draw: Draw): void {
    const fullScale_V = draw.of(part.fullScale_V);
    const offset_V = draw.in(part.offset_V);
    const slew = new Slew(draw.of(part.slew_V_per_ms) / 1e6);
    const weak_A = draw.of(part.source_A);
    const element = new ConverterElement(this.#node(part.node), slew, {
      output_Ohm: part.output_Ohm,
      source_A: weak_A,
      sink_A: draw.of(part.sink_A),
    });
    const response_ns = draw.in(part.response_us) * 1e3;
    this.elements.push(element);
    let enabled = part.enable === null;
    let target_V = Math.max(0, offset_V);
    const aim = (t_ns: number): void => {
      slew.aim(enabled ? target_V : 0, t_ns);
      this.#around.changed(t_ns);
    };
    this.converters.set(part.channel, (code, t_ns) => {
      this.timetable.at(t_ns + response_ns, (now_ns) => {
        target_V = Math.max(0, (code / 65_536) * fullScale_V + offset_V);
        if (enabled) aim(now_ns);
      });
    });
    const times = { close_us: part.response_us, open_us: part.response_us, monostable_ms: null };
    if (part.enable !== null) {
      this.#actuate(`${part.ref}/enable`, part.enable, times, draw, gateActive, (on, t_ns) => {
        enabled = on;
        aim(t_ns);
      });
    }
    if (part.strong !== null) {
      const strong_A = draw.of(part.strong.source_A);
      this.#actuate(`${part.ref}/strong`, part.strong.control, times, draw, gateActive, (on) => {
        element.source_A = on ? strong_A : weak_A;
      });
    }
  }

  #read(part: Part, netlist: Netlist, draw: Draw): void {
    switch (part.kind) {
      case 'comparator': {
        this.inputs.push(...part.pins);
        const response_ns = draw.in(part.response_us) * 1e3;
        const tell = (level: boolean, t_ns: number): void => part.pins.forEach((pin) => this.#around.input(pin, level, t_ns));
        this.watches.push(comparatorWatch(part, this.#node(part.plus), this.#node(part.reference), { response_ns, tell }));
        return;
      }
      case 'logicInput': {
        this.inputs.push(part.pin);
        const told = { response_ns: 0, tell: (level: boolean, t_ns: number) => this.#around.input(part.pin, level, t_ns) };
        this.watches.push(thresholdWatch(this.#node(part.node), part, told));
        return;
      }
      case 'supervisor': {
        const thresholds = { low_V: draw.of(part.hold_V), high_V: draw.of(part.release_V) };
        const told = { response_ns: draw.in(part.response_us) * 1e3, tell: this.#around.power };
        this.watches.push(thresholdWatch(this.#node(part.node), thresholds, told));
        return;
      }
      case 'differenceAmplifier':
        this.readings.set(part.to, amplifierReading(part, this.reading(part.plus), this.reading(part.minus), this.avcc_V.fixture, draw));
        return;
      case 'lightSensor':
        return this.#placeLight(part, netlist, draw);
      case 'multiplexer': {
        const multiplexer = new MultiplexerReading(
          part.inputs.map((node) => {
            let reading: Reading | null = null;
            return (segment, t_ns) => (node === null ? 0 : (reading ??= this.reading(node))(segment, t_ns));
          }),
        );
        part.select.forEach(({ board, pin }, bit) => this.#pins.follow(board, pin, (drive) => multiplexer.select(bit, drive === 'high')));
        this.readings.set(part.to, multiplexer.reading);
        return;
      }
      case 'analogInput': {
        const rail_V = this.avcc_V[part.board];
        const { gain, offset_V } = converterOf(netlist, part.board, this.#chance.seed);
        let reading: Reading | null = null;
        this.channels[part.board][part.channel] = (segment, t_ns) => {
          reading ??= this.reading(part.node);
          return clamped(gain * reading(segment, t_ns) + offset_V, rail_V);
        };
        return;
      }
      default:
    }
  }

  #placeLight(part: PartOf<'lightSensor'>, netlist: Netlist, draw: Draw): void {
    this.inputs.push(part.pin);
    const light = new LightReading(draw.of(part.lit_V), draw.in(part.dark_V));
    const times: ActuatorTimes = { close_us: part.response_us, open_us: part.response_us, monostable_ms: null };
    this.readings.set(part.to, light.reading);
    let lit = 0;
    const shine = (on: boolean, t_ns: number): void => {
      lit += on ? 1 : -1;
      if (light.lit === lit > 0) return;
      light.lit = lit > 0;
      this.#around.input(part.pin, light.lit, t_ns);
    };
    for (const source of netlist.parts) {
      if (source.kind === 'led' && source.light === part.light)
        this.#actuate(`${part.ref}/${source.ref}`, source.control, times, draw, ledActive, shine);
      if (source.kind === 'lamp' && source.light === part.light) {
        const thresholds = { low_V: source.lit_V * 0.95, high_V: source.lit_V };
        this.watches.push(
          thresholdWatch(this.#node(source.node), thresholds, { response_ns: draw.in(part.response_us) * 1e3, tell: shine }),
        );
      }
    }
  }

  /** Volts of a node by name; one that no part is on stays at 0 V. */
  reading(node: string): Reading {
    const known = this.readings.get(node);
    if (known !== undefined) return known;
    const index = this.#nodes.get(node);
    return index === undefined ? () => 0 : (segment, t_ns) => segment.at(index, t_ns);
  }

  #actuate(ref: string, control: Control, times: ActuatorTimes, draw: Draw, active: typeof gateActive, apply: Applied): void {
    const actuator = new Actuator({
      ref,
      chance: this.#chance,
      times,
      draw,
      timetable: this.timetable,
      apply: (on, t_ns) => {
        apply(on, t_ns);
        this.#around.changed(t_ns);
      },
    });
    this.#pins.follow(control.board, control.pin, (drive, t_ns) => actuator.command(active(control, drive), t_ns));
  }

  #node(name: string): number {
    if (name === MINUS) return GROUND;
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    this.#nodes.set(name, this.#nodes.size);
    return this.#nodes.size - 1;
  }
}

/** Gain and offset of a board's analog converter; the unit's is taken for ideal, its errors are those of its reference and dividers. */
const converterOf = (netlist: Netlist, board: BoardName, seed: number): { readonly gain: number; readonly offset_V: number } => {
  const part = netlist.parts.find((one): one is PartOf<'analogConverter'> => one.kind === 'analogConverter' && one.board === board);
  if (part === undefined) return { gain: 1, offset_V: 0 };
  const draw = drawFor(seed, part.ref);
  return { gain: draw.of(part.gain), offset_V: draw.in(part.offset_V) };
};
