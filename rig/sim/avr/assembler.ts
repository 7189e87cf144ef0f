/** A small AVR assembler as a list of method calls: the tests' way to write firmware without a tool chain. */

import type { ChipModel } from './chip-interface.ts';
import type { HexImage } from './hex.ts';

const FLASH_BYTES: Readonly<Record<ChipModel, number>> = { atmega2560: 0x40000, atmega328p: 0x8000 };
const VECTORS: Readonly<Record<ChipModel, number>> = { atmega2560: 57, atmega328p: 26 };

interface Fixup {
  readonly at: number;
  readonly label: string;
  readonly kind: 'rjmp' | 'branch' | 'absolute';
}

/** Registers are numbers 0 to 31. Addresses of in, out, sbi and cbi are data addresses (0x20 up), as those of lds and sts. */
export class Assembler {
  readonly #model: ChipModel;
  readonly #words: number[] = [];
  readonly #labels = new Map<string, number>();
  readonly #fixups: Fixup[] = [];
  readonly #handlers = new Map<number, string>();

  /** Starts behind the vector table; unused vectors return at once. */
  constructor(model: ChipModel) {
    this.#model = model;
    for (let vector = 0; vector < VECTORS[model]; vector++) this.#words.push(0x9518, 0x0000);
  }

  label(name: string): this {
    this.#labels.set(name, this.#words.length);
    return this;
  }

  /** The handler of a vector is at `label`. */
  vector(number: number, label: string): this {
    this.#handlers.set(number, label);
    return this;
  }

  word(...words: number[]): this {
    this.#words.push(...words);
    return this;
  }

  nop(count = 1): this {
    for (let n = 0; n < count; n++) this.word(0x0000);
    return this;
  }

  ldi(d: number, value: number): this {
    return this.word(0xe000 | ((value & 0xf0) << 4) | ((d - 16) << 4) | (value & 0x0f));
  }

  sts(address: number, r: number): this {
    return this.word(0x9200 | (r << 4), address);
  }

  lds(d: number, address: number): this {
    return this.word(0x9000 | (d << 4), address);
  }

  out(address: number, r: number): this {
    const io = address - 0x20;
    return this.word(0xb800 | ((io & 0x30) << 5) | (r << 4) | (io & 0x0f));
  }

  in(d: number, address: number): this {
    const io = address - 0x20;
    return this.word(0xb000 | ((io & 0x30) << 5) | (d << 4) | (io & 0x0f));
  }

  /** ldi r16 and sts. */
  set(address: number, value: number): this {
    return this.ldi(16, value).sts(address, 16);
  }

  /** A 16-bit register of a timer: high byte first. */
  set16(address: number, value: number): this {
    return this.set(address + 1, value >> 8).set(address, value & 0xff);
  }

  /** lds r16 and sts: copies a register into memory. */
  copy(to: number, from: number): this {
    return this.lds(16, from).sts(to, 16);
  }

  /** Adds one to a byte in memory, by r16; keeps no flags. */
  count(address: number): this {
    return this.lds(16, address).inc(16).sts(address, 16);
  }

  sbi(address: number, bit: number): this {
    return this.word(0x9a00 | ((address - 0x20) << 3) | bit);
  }

  cbi(address: number, bit: number): this {
    return this.word(0x9800 | ((address - 0x20) << 3) | bit);
  }

  sbis(address: number, bit: number): this {
    return this.word(0x9b00 | ((address - 0x20) << 3) | bit);
  }

  sbic(address: number, bit: number): this {
    return this.word(0x9900 | ((address - 0x20) << 3) | bit);
  }

  sbrs(r: number, bit: number): this {
    return this.word(0xfe00 | (r << 4) | bit);
  }

  sbrc(r: number, bit: number): this {
    return this.word(0xfc00 | (r << 4) | bit);
  }

  inc(d: number): this {
    return this.word(0x9403 | (d << 4));
  }

  dec(d: number): this {
    return this.word(0x940a | (d << 4));
  }

  push(r: number): this {
    return this.word(0x920f | (r << 4));
  }

  pop(d: number): this {
    return this.word(0x900f | (d << 4));
  }

  cli(): this {
    return this.word(0x94f8);
  }

  sei(): this {
    return this.word(0x9478);
  }

  sleep(): this {
    return this.word(0x9588);
  }

  wdr(): this {
    return this.word(0x95a8);
  }

  reti(): this {
    return this.word(0x9518);
  }

  ret(): this {
    return this.word(0x9508);
  }

  spm(): this {
    return this.word(0x95e8);
  }

  rjmp(label: string): this {
    return this.#refer(label, 'rjmp', 0xc000);
  }

  rcall(label: string): this {
    return this.#refer(label, 'rjmp', 0xd000);
  }

  breq(label: string): this {
    return this.#refer(label, 'branch', 0xf001);
  }

  brne(label: string): this {
    return this.#refer(label, 'branch', 0xf401);
  }

  jmp(label: string): this {
    this.#refer(label, 'absolute', 0x940c);
    return this.word(0);
  }

  /** Ends the program in an endless loop of one instruction. */
  halt(): this {
    return this.word(0xcfff);
  }

  /** Sleeps for ever, in the mode of SMCR's SM bits. */
  sleepForever(mode = 0): this {
    const again = `sleep at ${this.#words.length}`;
    return this.set(0x53, (mode << 1) | 1)
      .sei()
      .label(again)
      .sleep()
      .rjmp(again);
  }

  #refer(label: string, kind: Fixup['kind'], opcode: number): this {
    this.#fixups.push({ at: this.#words.length, label, kind });
    return this.word(opcode);
  }

  #address(label: string): number {
    const address = this.#labels.get(label);
    if (address === undefined) throw new Error(`No label "${label}" in this program.`);
    return address;
  }

  image(): HexImage {
    const words = this.#words.slice();
    const start = VECTORS[this.#model] * 2;
    words[0] = 0x940c;
    words[1] = start;
    for (const [vector, label] of this.#handlers) {
      words[vector * 2] = 0x940c;
      words[vector * 2 + 1] = this.#address(label);
    }
    for (const { at, label, kind } of this.#fixups) {
      const target = this.#address(label);
      const offset = target - at - 1;
      if (kind === 'absolute') words[at + 1] = target;
      else if (kind === 'rjmp') words[at] = (words[at] as number) | (offset & 0x0fff);
      else {
        if (offset < -64 || offset > 63) throw new RangeError(`Label "${label}" is out of a branch's reach.`);
        words[at] = (words[at] as number) | ((offset & 0x7f) << 3);
      }
    }
    const flash = new Uint8Array(FLASH_BYTES[this.#model]).fill(0xff);
    for (const [index, word] of words.entries()) {
      flash[index * 2] = word & 0xff;
      flash[index * 2 + 1] = word >> 8;
    }
    return { flash, usedBytes: words.length * 2 };
  }
}
