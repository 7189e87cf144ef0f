/** One USART as the firmware sees it: double-buffered transmitter, receive buffer with overrun, level-triggered interrupts, exact frame times. */

import type { ChipUart } from './chip-interface.ts';
import type { Core } from './core.ts';
import { chipEvent } from './event-queue.ts';
import type { ChipEvent } from './event-queue.ts';
import type { Ports } from './ports.ts';

export interface UsartConfig {
  /** Address of UCSRnA; UCSRnB, UCSRnC, UBRRnL, UBRRnH and UDRn lie at +1, +2, +4, +5 and +6. */
  readonly base: number;
  readonly receivePin: string;
  readonly transmitPin: string;
  readonly vectors: { readonly receive: number; readonly empty: number; readonly transmit: number };
}

const RXC = 0x80;
const TXC = 0x40;
const UDRE = 0x20;
const FE = 0x10;
const DOR = 0x08;
const RXEN = 0x10;
const TXEN = 0x08;
const UCSZ2 = 0x04;
/** Interrupt enables in UCSRnB stand where their flags stand in UCSRnA. */
const ENABLES = RXC | TXC | UDRE;
/** Two levels of buffer; a third frame waits in the shift register and is lost when a fourth comes. */
const BUFFERED_FRAMES = 3;

interface ReceivedFrame {
  readonly byte: number;
  readonly errors: number;
}

export class Usart implements ChipUart {
  overruns = 0;
  readonly #core: Core;
  readonly #config: UsartConfig;
  readonly #ports: Ports;
  readonly #frameEnd: ChipEvent;
  readonly #received: ReceivedFrame[] = [];
  readonly #listeners: ((byte: number, endCycle: number) => void)[] = [];
  #shifting: number | null = null;
  #waiting: number | null = null;
  #transmitComplete = false;
  #overrun = false;
  #speed = 0;
  /** What of it asks for an interrupt, in the bits of its flags. */
  #requested = 0;

  constructor(core: Core, ports: Ports, config: UsartConfig) {
    this.#core = core;
    this.#ports = ports;
    this.#config = config;
    this.#frameEnd = core.io.event(() => this.#endFrame());
    const { base, vectors } = config;
    core.interrupts.attach(vectors.transmit, () => {
      this.#transmitComplete = false;
      this.#request();
    });
    core.onWrite(base, (value, mask) => {
      this.#speed = value & 0x03;
      if ((value & mask & TXC) !== 0) this.#transmitComplete = false;
      this.#request();
    });
    core.onWrite(base + 1, (value) => this.#control(value));
    core.onRead(base + 6, () => this.#readData());
    core.onWrite(base + 6, (value) => this.#writeData(value));
  }

  reset(): void {
    const { data, io } = this.#core;
    const { base } = this.#config;
    io.cancel(this.#frameEnd);
    this.#received.length = 0;
    this.#shifting = null;
    this.#waiting = null;
    this.#transmitComplete = false;
    this.#overrun = false;
    this.#speed = 0;
    this.#requested = 0;
    data[base] = UDRE;
    data[base + 1] = 0;
    data[base + 2] = 0x06;
    data[base + 4] = 0;
    data[base + 5] = 0;
  }

  get bitsPerFrame(): number {
    const format = this.#core.data[this.#config.base + 2] as number;
    const size = ((format >> 1) & 3) | ((this.#controlBits & UCSZ2) !== 0 ? 4 : 0);
    const dataBits = size === 7 ? 9 : 5 + (size & 3);
    const parityBits = (format & 0x20) !== 0 ? 1 : 0;
    const stopBits = (format & 0x08) !== 0 ? 2 : 1;
    return 1 + dataBits + parityBits + stopBits;
  }

  get cyclesPerFrame(): number {
    return this.#ioCyclesPerFrame * this.#core.io.divider;
  }

  onTransmit(listener: (byte: number, endCycle: number) => void): void {
    this.#listeners.push(listener);
  }

  receive(byte: number, cycle: number, fault?: 'frameError'): void {
    const event = chipEvent(() => this.#arrive({ byte: byte & 0xff, errors: fault === undefined ? 0 : FE }));
    this.#core.queue.schedule(event, Math.max(Math.ceil(cycle), this.#core.cpu.cycles));
  }

  get #ioCyclesPerFrame(): number {
    const { data } = this.#core;
    const { base } = this.#config;
    const divisor = (((data[base + 5] as number) & 0x0f) << 8) | (data[base + 4] as number);
    return this.bitsPerFrame * (divisor + 1) * ((this.#speed & 0x02) !== 0 ? 8 : 16);
  }

  get #controlBits(): number {
    return this.#core.data[this.#config.base + 1] as number;
  }

  #status(): number {
    const received = this.#received.length > 0 ? RXC | (this.#received[0]?.errors ?? 0) : 0;
    const complete = this.#transmitComplete ? TXC : 0;
    return received | complete | (this.#waiting === null ? UDRE : 0) | (this.#overrun ? DOR : 0) | this.#speed;
  }

  #control(value: number): void {
    const { data } = this.#core;
    const { base, transmitPin } = this.#config;
    const before = this.#controlBits;
    data[base + 1] = value & ~0x02;
    if ((value & RXEN) === 0 && (before & RXEN) !== 0) {
      this.#received.length = 0;
      this.#overrun = false;
    }
    if (((value ^ before) & TXEN) !== 0) {
      const { port, bit } = this.#ports.find(transmitPin);
      // The line idles high; single bits are not drawn on the pin, whole characters go to the listeners.
      port.override(bit, (value & TXEN) !== 0 ? true : null, true);
    }
    this.#request();
  }

  #writeData(value: number): void {
    if ((this.#controlBits & TXEN) === 0) return;
    if (this.#shifting === null) this.#startFrame(value);
    else if (this.#waiting === null) this.#waiting = value;
    // Writing to a full buffer is ignored by the hardware.
    this.#request();
  }

  #startFrame(byte: number): void {
    this.#shifting = byte;
    this.#core.io.schedule(this.#frameEnd, this.#core.io.now() + this.#ioCyclesPerFrame);
  }

  #endFrame(): void {
    const byte = this.#shifting;
    this.#shifting = null;
    if (this.#waiting !== null) {
      const next = this.#waiting;
      this.#waiting = null;
      this.#startFrame(next);
    } else this.#transmitComplete = true;
    this.#request();
    if (byte !== null) for (const listener of this.#listeners) listener(byte, this.#core.now);
  }

  #arrive(frame: ReceivedFrame): void {
    if ((this.#controlBits & RXEN) === 0 || !this.#core.io.running || this.#core.held) return;
    if (this.#received.length === BUFFERED_FRAMES) {
      this.#received.pop();
      this.#overrun = true;
      this.overruns++;
    }
    this.#received.push(frame);
    this.#request();
  }

  #readData(): number {
    const frame = this.#received.shift();
    this.#overrun = false;
    this.#request();
    return frame?.byte ?? 0;
  }

  /** After each change: firmware asks for its status far more often than it changes, so that the register is memory to read. */
  #request(): void {
    const { interrupts, data } = this.#core;
    const { base, vectors } = this.#config;
    const status = this.#status();
    data[base] = status;
    const requested = status & this.#controlBits & ENABLES;
    if (requested === this.#requested) return;
    this.#requested = requested;
    interrupts.request(vectors.receive, (requested & RXC) !== 0);
    interrupts.request(vectors.empty, (requested & UDRE) !== 0);
    interrupts.request(vectors.transmit, (requested & TXC) !== 0);
  }
}
