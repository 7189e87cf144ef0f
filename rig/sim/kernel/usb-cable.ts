/** What lies between the host's serial driver and the fixture's UART: USB frames, jitter, the bridge's latency timer, rare stalls, a baud rate on each side, and faults. */

import type { ChipUart } from '../avr/chip.ts';
import type { Way } from '../faults/fault.ts';
import type { Delivery, Medium } from '../faults/medium.ts';
import type { Random } from '../random.ts';
import type { Appointment } from './agenda.ts';
import type { Kernel } from './kernel.ts';
import type { Oscillator, TrueTime_ns } from './oscillator.ts';

const FRAME_ns = 1e6;
/** A bridge flushes what it has after this long, or when a packet is full. Source: FTDI default, 62 data bytes in a 64-byte packet. */
const LATENCY_TIMER_ns = 16e6;
const PACKET_BYTES = 62;
const JITTER_ns = 0.3e6;
const STALL_PROBABILITY = 1 / 2000;
const STALL_ns = { least: 5e6, most: 60e6 };
/** A receiver that samples the middle of the tenth bit is lost beyond this mismatch. */
const BAUD_TOLERANCE = 0.025;
const BITS_PER_FRAME = 10;

export interface CableOptions {
  readonly kernel: Pick<Kernel, 'at' | 'present_ns'>;
  readonly uart: ChipUart;
  /** The crystal of the uart's board. */
  readonly oscillator: Oscillator;
  readonly random: Random;
  /** By what the clock of the bridge is off. Default: 1. */
  readonly bridge?: number;
  /** What spoils what is carried; absent: nothing does. */
  readonly media?: Readonly<Record<Way, Medium>>;
}

export class UsbCable {
  readonly #options: CableOptions;
  readonly #toHost: number[] = [];
  #flush: Appointment | null = null;
  #lineFree_ns: TrueTime_ns = 0;
  /** What a held transfer keeps waiting behind it. */
  readonly #heldUntil_ns: Record<Way, TrueTime_ns> = { toFixture: 0, toHost: 0 };
  #plugged = false;
  baudRate = 500_000;
  onData: (bytes: Uint8Array) => void = () => undefined;

  constructor(options: CableOptions) {
    this.#options = options;
    options.uart.onTransmit((byte, endCycle) => this.#transmitted(byte, options.oscillator.instantOf(endCycle)));
  }

  plug(baudRate: number): void {
    this.baudRate = baudRate * (this.#options.bridge ?? 1);
    this.#plugged = true;
  }

  /** What the bridge still holds is lost. */
  unplug(): void {
    this.#plugged = false;
    this.#toHost.length = 0;
    if (this.#flush !== null) this.#flush.cancelled = true;
    this.#flush = null;
  }

  /** True instant at which the last byte handed over will have left the bridge. */
  get drained_ns(): TrueTime_ns {
    return this.#lineFree_ns;
  }

  send(bytes: Uint8Array): void {
    if (this.#plugged) this.#pass('toFixture', bytes, (some) => this.#carry(some));
  }

  #carry(bytes: Uint8Array): void {
    const { kernel, uart, oscillator } = this.#options;
    const byte_ns = (BITS_PER_FRAME / this.baudRate) * 1e9;
    let at_ns = Math.max(this.#nextFrame(kernel.present_ns), this.#lineFree_ns);
    const mismatched = this.#mismatched;
    for (const byte of bytes) {
      at_ns += byte_ns;
      uart.receive(mismatched ? this.#garbled(byte) : byte, oscillator.cycleAt(at_ns));
    }
    this.#lineFree_ns = at_ns;
  }

  /** The first byte of a packet starts the latency timer; the one that fills it takes the next frame instead. */
  #transmitted(byte: number, at_ns: TrueTime_ns): void {
    if (!this.#plugged) return;
    this.#toHost.push(this.#mismatched ? this.#garbled(byte) : byte);
    const full = this.#toHost.length === PACKET_BYTES;
    if (this.#flush !== null && !full) return;
    if (this.#flush !== null) this.#flush.cancelled = true;
    this.#flush = this.#options.kernel.at(this.#nextFrame(full ? at_ns : at_ns + LATENCY_TIMER_ns), () => {
      this.#flush = null;
      this.#pass('toHost', new Uint8Array(this.#toHost.splice(0)), (bytes) => this.#arrive(bytes));
    });
  }

  #arrive(bytes: Uint8Array): void {
    if (this.#plugged) this.onData(bytes);
  }

  #pass(way: Way, bytes: Uint8Array, carry: (bytes: Uint8Array) => void): void {
    const { media } = this.#options;
    if (media === undefined) return carry(bytes);
    const { deliveries, echo } = media[way].pass(bytes);
    for (const delivery of deliveries) this.#deliver(way, delivery, carry);
    if (echo === null) return;
    if (way === 'toFixture') this.#arrive(echo);
    else this.#carry(echo);
  }

  #deliver(way: Way, { bytes, late_ms, inOrder }: Delivery, carry: (bytes: Uint8Array) => void): void {
    const { kernel } = this.#options;
    const now_ns = kernel.present_ns;
    const at_ns = inOrder ? Math.max(now_ns + late_ms * 1e6, this.#heldUntil_ns[way]) : now_ns + late_ms * 1e6;
    if (inOrder) this.#heldUntil_ns[way] = at_ns;
    if (at_ns <= now_ns) carry(bytes);
    else kernel.at(at_ns, () => carry(bytes));
  }

  #nextFrame(at_ns: TrueTime_ns): TrueTime_ns {
    const { random } = this.#options;
    const stall_ns = random.next() < STALL_PROBABILITY ? random.between(STALL_ns.least, STALL_ns.most) : 0;
    return Math.ceil(at_ns / FRAME_ns) * FRAME_ns + random.between(0, JITTER_ns) + stall_ns;
  }

  /** Host and board disagree about the baud rate: bytes between them arrive as others. */
  get #mismatched(): boolean {
    const { uart, oscillator } = this.#options;
    const board_ns = oscillator.instantOf(uart.cyclesPerFrame);
    const host_ns = (BITS_PER_FRAME / this.baudRate) * 1e9;
    return Math.abs(board_ns / host_ns - 1) > BAUD_TOLERANCE;
  }

  #garbled(byte: number): number {
    return byte ^ (1 + this.#options.random.below(255));
  }
}
