/** The SPI as master: byte times, the flags' clearing rule, and loss of mastership by a low SS input. */

import type { ChipSpi } from './chip-interface.ts';
import type { Core } from './core.ts';
import type { ChipEvent } from './event-queue.ts';
import type { Ports } from './ports.ts';

export interface SpiConfig {
  readonly vector: number;
  readonly selectPin: string;
}

const SPCR = 0x4c;
const SPSR = 0x4d;
const SPDR = 0x4e;
const SPIE = 0x80;
const SPE = 0x40;
const MSTR = 0x10;
const SPIF = 0x80;
const WCOL = 0x40;
const DIVIDERS = [4, 16, 64, 128] as const;

export class Spi implements ChipSpi {
  readonly #core: Core;
  readonly #vector: number;
  readonly #selected: () => boolean;
  readonly #end: ChipEvent;
  #listener: ((byte: number, endCycle: number) => number) | null = null;
  #shifting: number | null = null;
  #received = 0;
  #flags = 0;
  /** Flags seen by a read of SPSR: the next access to SPDR clears them. */
  #seen = 0;
  #double = false;

  constructor(core: Core, ports: Ports, { vector, selectPin }: SpiConfig) {
    this.#core = core;
    this.#vector = vector;
    this.#end = core.io.event(() => this.#complete());
    const { port, bit } = ports.find(selectPin);
    this.#selected = () => !port.isOutput(bit) && !port.level(bit);
    port.onLevel(bit, () => this.#arbitrate());
    core.interrupts.attach(vector, () => {
      this.#flags &= ~SPIF;
      this.#request();
    });
    core.onWrite(SPCR, (value) => {
      core.data[SPCR] = value;
      this.#arbitrate();
      this.#request();
    });
    core.onRead(SPSR, () => {
      this.#seen = this.#flags;
      return this.#flags | (this.#double ? 1 : 0);
    });
    core.onWrite(SPSR, (value) => {
      this.#double = (value & 1) !== 0;
    });
    core.onRead(SPDR, () => {
      this.#accessed();
      return this.#received;
    });
    core.onWrite(SPDR, (value) => this.#write(value));
  }

  reset(): void {
    this.#core.io.cancel(this.#end);
    this.#core.data[SPCR] = 0;
    this.#shifting = null;
    this.#flags = 0;
    this.#seen = 0;
    this.#double = false;
  }

  onTransfer(listener: (byte: number, endCycle: number) => number): void {
    this.#listener = listener;
  }

  #accessed(): void {
    this.#flags &= ~this.#seen;
    this.#seen = 0;
    this.#request();
  }

  #write(value: number): void {
    this.#accessed();
    const control = this.#core.data[SPCR] as number;
    if (this.#shifting !== null) this.#flags |= WCOL;
    else if ((control & (SPE | MSTR)) === (SPE | MSTR)) {
      this.#shifting = value;
      const divider = (DIVIDERS[control & 3] as number) / (this.#double ? 2 : 1);
      this.#core.io.schedule(this.#end, this.#core.io.now() + 8 * divider);
    }
  }

  #complete(): void {
    const byte = this.#shifting ?? 0;
    this.#shifting = null;
    this.#received = (this.#listener?.(byte, this.#core.now) ?? 0xff) & 0xff;
    this.#flags |= SPIF;
    this.#request();
  }

  /** SS as input and low: another master takes over, MSTR falls and SPIF rises (both datasheets, "SS Pin Functionality"). */
  #arbitrate(): void {
    const control = this.#core.data[SPCR] as number;
    if ((control & (SPE | MSTR)) !== (SPE | MSTR) || !this.#selected()) return;
    this.#core.data[SPCR] = control & ~MSTR;
    this.#flags |= SPIF;
    this.#request();
  }

  #request(): void {
    this.#core.interrupts.request(this.#vector, (this.#flags & SPIF) !== 0 && ((this.#core.data[SPCR] as number) & SPIE) !== 0);
  }
}
