/** A circuit worked by hand, for tests: drive bits by name, unit pins, supply in volts, edges written down. */

import { CONVERTER, type ConverterSignal, type DriveBit } from '../../fixture/channels.ts';
import type { Netlist } from '../../fixture/netlist/netlist.ts';
import type { Part } from '../../fixture/netlist/part.ts';
import { drivePin } from '../../fixture/netlist/pins.ts';
import type { BoardName, PinDrive } from './boards.ts';
import { type Circuit, createCircuit } from './circuit.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

export interface SeenEdge {
  readonly board: BoardName;
  readonly pin: string;
  readonly level: boolean;
  readonly at_ns: number;
}

export const ms = (value: number): number => value * 1e6;

export class HandBench {
  readonly circuit: Circuit;
  /** Levels told when the listener was added. */
  readonly initial: readonly SeenEdge[];
  readonly edges: SeenEdge[] = [];
  readonly power: { readonly released: boolean; readonly at_ns: number }[] = [];
  now_ns = 0;

  constructor(options: { readonly seed?: number; readonly netlist?: Netlist; readonly occasion?: string } = {}) {
    this.circuit = createCircuit({
      seed: options.seed ?? 1,
      netlist: options.netlist ?? nominal(BENCH_NETLIST),
      occasion: options.occasion ?? '',
    });
    this.circuit.onInput((board, pin, level, at_ns) => this.edges.push({ board, pin, level, at_ns }));
    this.initial = this.edges.splice(0);
    this.circuit.onUnitPower((released, at_ns) => this.power.push({ released, at_ns }));
  }

  wait(span_ns: number): this {
    this.now_ns += span_ns;
    this.circuit.advance(this.now_ns);
    return this;
  }

  converter(signal: ConverterSignal, volts: number): this {
    const { channel, fullScale_mV } = CONVERTER[signal];
    this.circuit.setConverter(channel, Math.round((volts * 1e3 * 65_536) / fullScale_mV), this.now_ns);
    return this;
  }

  bit(bit: DriveBit, on = true): this {
    return this.pin('fixture', drivePin(bit), on ? 'high' : 'low');
  }

  pin(board: BoardName, pin: string, drive: PinDrive): this {
    this.circuit.setPin(board, pin, drive, this.now_ns);
    return this;
  }

  /** Supply on at the strong limit with bypassed shunt, and settled. */
  supplied(volts: number): this {
    return this.bit('supplyEnable').bit('supplyStrong').bit('shuntBypass').converter('supply', volts).wait(ms(30));
  }

  volts(node: string): number {
    return this.circuit.voltage(node);
  }

  /** The last level a pin was told, low before any. */
  level(board: BoardName, pin: string): boolean {
    return this.edges.findLast((edge) => edge.board === board && edge.pin === pin)?.level ?? false;
  }
}

/** The same netlist with every part at its nominal value and every range at its middle, so that a test can compute by hand. */
export const nominal = (netlist: Netlist): Netlist => ({ parts: netlist.parts.map((part) => flattened(part) as Part) });

const flattened = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  if ('nominal' in value && 'tolerance' in value) return { ...value, tolerance: 0 };
  if ('min' in value && 'max' in value) {
    const middle = (Number(value.min) + Number(value.max)) / 2;
    return { min: middle, max: middle };
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flattened(inner)]));
};
