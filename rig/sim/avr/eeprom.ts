/** The EEPROM: its timed write sequence, write times, ready interrupt, and the cycles for which it halts the CPU. */

import type { Core } from './core.ts';
import { chipEvent } from './event-queue.ts';

const EECR = 0x3f;
const EEDR = 0x40;
const EEARL = 0x41;
const EEARH = 0x42;
const EERE = 0x01;
const EEPE = 0x02;
const EEMPE = 0x04;
const EERIE = 0x08;
/** EEPE must follow EEMPE within four cycles. */
const ENABLE_CYCLES = 4;
/** By EEPM1:0 at 16 MHz: erase and write 3.4 ms, erase only 1.8 ms, write only 1.8 ms (both datasheets, "EEPROM Mode Bits"). */
const PROGRAM_CYCLES = [54_400, 28_800, 28_800, 54_400] as const;

export class Eeprom {
  readonly contents: Uint8Array;
  readonly #core: Core;
  readonly #vector: number;
  #programming = false;
  #enabledUntil = -1;
  // Its time comes from the chip's own RC oscillator: it goes on in every sleep mode.
  readonly #done = chipEvent(() => {
    this.#programming = false;
    this.#request();
  });

  constructor(core: Core, vector: number, bytes: number) {
    this.#core = core;
    this.#vector = vector;
    this.contents = new Uint8Array(bytes).fill(0xff);
    const { data } = core;
    core.onRead(EECR, () => {
      const open = core.cpu.cycles <= this.#enabledUntil;
      return ((data[EECR] as number) & 0x38) | (this.#programming ? EEPE : 0) | (open ? EEMPE : 0);
    });
    core.onWrite(EECR, (value) => this.#control(value));
    core.onWrite(EEARH, (value) => {
      data[EEARH] = value & ((bytes - 1) >> 8);
    });
  }

  reset(): void {
    this.#core.data[EECR] = 0;
    this.#enabledUntil = -1;
    // A write that has begun is not undone by a reset; it ends by itself.
  }

  #control(value: number): void {
    const { data, cpu } = this.#core;
    const address = (((data[EEARH] as number) << 8) | (data[EEARL] as number)) & (this.contents.length - 1);
    if (!this.#programming) data[EECR] = value & 0x38;
    else data[EECR] = ((data[EECR] as number) & 0x30) | (value & EERIE);
    if ((value & EEPE) !== 0 && cpu.cycles <= this.#enabledUntil && !this.#programming) this.#program(address, (value >> 4) & 3);
    else if ((value & EERE) !== 0 && !this.#programming) {
      data[EEDR] = this.contents[address] as number;
      cpu.cycles += 4;
    } else if ((value & EEMPE) !== 0) this.#enabledUntil = cpu.cycles + ENABLE_CYCLES + 1;
    this.#request();
  }

  #program(address: number, mode: number): void {
    const { data, cpu, queue } = this.#core;
    const value = data[EEDR] as number;
    if (mode === 1) this.contents[address] = 0xff;
    else if (mode === 2) this.contents[address] = (this.contents[address] as number) & value;
    else this.contents[address] = value;
    this.#programming = true;
    this.#enabledUntil = -1;
    queue.schedule(this.#done, cpu.cycles + (PROGRAM_CYCLES[mode] as number));
    cpu.cycles += 2;
  }

  /** The interrupt is requested as long as no write is going on. */
  #request(): void {
    this.#core.interrupts.request(this.#vector, !this.#programming && ((this.#core.data[EECR] as number) & EERIE) !== 0);
  }
}
