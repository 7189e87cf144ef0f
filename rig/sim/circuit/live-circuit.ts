/** The circuit as it runs: event after event, a new segment after each change, levels told at their instants. */

import type { Netlist } from '../../fixture/netlist/netlist.ts';
import type { BoardPin } from '../../fixture/netlist/part.ts';
import { Assembly, type Chance } from './assembly.ts';
import type { BoardName, InputListener, PinDrive, UnitPowerListener } from './boards.ts';
import { Network } from './network.ts';
import { pinKey } from './pins.ts';
import { Segment } from './segment.ts';
import { nextFlip_ns } from './watch.ts';

export class LiveCircuit {
  readonly avcc_V: Readonly<Record<BoardName, number>>;
  readonly #assembly: Assembly;
  readonly #network: Network;
  readonly #inputListeners: InputListener[] = [];
  readonly #powerListeners: UnitPowerListener[] = [];
  /** Pins that the unit drives: given up together when its controller is held. */
  readonly #unitDriven = new Set<string>();
  /** Inputs told high. */
  readonly #high = new Set<string>();
  #now_ns = 0;
  #segment: Segment;
  /** The first watch to change its mind on this segment, and when. */
  #flip: { readonly watch: number; readonly at_ns: number } = { watch: -1, at_ns: Infinity };
  #stale = false;

  constructor(netlist: Netlist, chance: Chance) {
    this.#assembly = new Assembly(netlist, chance, {
      changed: () => {
        this.#stale = true;
      },
      input: (pin, level, t_ns) => this.#tell(pin, level, t_ns),
      power: (released, t_ns) => this.#power(released, t_ns),
    });
    this.avcc_V = this.#assembly.avcc_V;
    this.#network = new Network(this.#assembly.nodeCount, this.#assembly.elements);
    this.#segment = this.#renewed(null);
  }

  /** Solutions of the node voltages so far. */
  get solutions(): number {
    return this.#network.solutions;
  }

  onInput(listener: InputListener): void {
    this.#inputListeners.push(listener);
    for (const { board, pin } of this.#assembly.inputs) listener(board, pin, this.#high.has(pinKey(board, pin)), this.#now_ns);
  }

  onUnitPower(listener: UnitPowerListener): void {
    this.#powerListeners.push(listener);
  }

  nextActivity_ns(): number {
    return Math.min(this.#assembly.timetable.next_ns(), this.#flip.at_ns, this.#segment.end_ns);
  }

  advance(t_ns: number): void {
    for (let next_ns = this.nextActivity_ns(); next_ns <= t_ns; next_ns = this.nextActivity_ns()) {
      this.#now_ns = Math.max(this.#now_ns, next_ns);
      if (this.#assembly.timetable.next_ns() <= next_ns) this.#assembly.timetable.take().act(this.#now_ns);
      else if (this.#flip.at_ns <= next_ns) this.#turn();
      else this.#stale = true;
      if (this.#stale) this.#segment = this.#renewed(this.#segment);
    }
    this.#now_ns = Math.max(this.#now_ns, t_ns);
  }

  setPin(board: BoardName, pin: string, drive: PinDrive, t_ns: number): void {
    if (board === 'unit') {
      if (drive === 'high' || drive === 'low') this.#unitDriven.add(pin);
      else this.#unitDriven.delete(pin);
    }
    this.#assembly.drive(board, pin, drive, t_ns);
  }

  setConverter(channel: number, code: number, t_ns: number): void {
    this.#assembly.converters.get(channel)?.(code, t_ns);
  }

  adcVolts(board: BoardName, channel: number, t_ns: number): number {
    return this.#assembly.channels[board][channel]?.(this.#segment, t_ns) ?? 0;
  }

  voltage(node: string): number {
    return this.#assembly.reading(node)(this.#segment, this.#now_ns);
  }

  #renewed(before: Segment | null): Segment {
    this.#stale = false;
    const segment = new Segment(this.#now_ns, this.#network.solve(this.#now_ns), this.#assembly.capacitances, before);
    this.#lookAhead(segment);
    return segment;
  }

  #lookAhead(segment: Segment): void {
    const { watches } = this.#assembly;
    let watch = -1;
    let at_ns = Infinity;
    for (let index = 0; index < watches.length; index += 1) {
      const flip_ns = nextFlip_ns(watches[index]!, segment, this.#now_ns, Math.min(segment.end_ns, at_ns));
      if (flip_ns >= at_ns) continue;
      watch = index;
      at_ns = flip_ns;
    }
    this.#flip = { watch, at_ns };
  }

  #turn(): void {
    const watch = this.#assembly.watches[this.#flip.watch]!;
    watch.level = !watch.level;
    const { level } = watch;
    this.#assembly.timetable.at(this.#now_ns + watch.response_ns, (t_ns) => watch.tell(level, t_ns));
    this.#lookAhead(this.#segment);
  }

  #tell({ board, pin }: BoardPin, level: boolean, t_ns: number): void {
    if (level) this.#high.add(pinKey(board, pin));
    else this.#high.delete(pinKey(board, pin));
    for (const listener of this.#inputListeners) listener(board, pin, level, t_ns);
  }

  #power(released: boolean, t_ns: number): void {
    if (!released) {
      for (const pin of this.#unitDriven) this.#assembly.drive('unit', pin, 'input', t_ns);
      this.#unitDriven.clear();
    }
    for (const listener of this.#powerListeners) listener(released, t_ns);
  }
}
