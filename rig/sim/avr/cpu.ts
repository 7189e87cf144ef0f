/** Executes AVR instructions on registers and memory; everything around an instruction (events, interrupts, sleep) is the core's. */

import type { EventQueue } from './event-queue.ts';
import { CONSTANTS, LPM_EXTENDED, LPM_INCREMENT, decode, isTwoWords, pack } from './instruction-decoder.ts';
import type { Interrupts } from './interrupts.ts';
import { memoryFor, Translated } from './translate/translated.ts';
import { EAGERLY, type Translates, Translation, WHEN_HOT } from './translate/translation.ts';

export const SREG = 0x5f;
export const I_FLAG = 0x80;
export const SPL = 0x5d;
export const SPH = 0x5e;
const RAMPZ = 0x5b;
const EIND = 0x5c;

export type ReadHook = (address: number) => number;
/** `mask` = the bits the instruction means to touch: one for SBI and CBI, else all. */
export type WriteHook = (value: number, mask: number) => void;

export interface CpuOptions {
  readonly flash: Uint8Array;
  readonly ramStart: number;
  readonly ramEnd: number;
  readonly translates?: Translates;
}

/** What the instructions reach outside the CPU. */
export interface CpuSurroundings {
  readonly queue: EventQueue;
  readonly interrupts: Interrupts;
  sleep(): void;
  watchdogReset(): void;
  selfProgramming(): void;
  /** Data access outside registers and SRAM. */
  strayAccess(address: number): void;
}

interface Program extends Pick<Cpu, 'flash' | 'words' | 'code'> {
  readonly translation: Translation;
}

const freshProgram = (from: Uint8Array): Program => {
  const flash = from.slice();
  const count = flash.length >> 1;
  // Some more than there are words, so that running off the end wraps to the reset vector.
  const code = new Int32Array(count + 3).fill(pack({ operation: 'wrap', d: 0, k: 0 }), count);
  const words = new Uint16Array(flash.buffer);
  return { flash, words, code, translation: new Translation(words, WHEN_HOT) };
};

/** Chips that run the same image share it, and what of it has been decoded, until one of them is programmed. */
const programs = new WeakMap<Uint8Array, Program>();

const programOf = (image: Uint8Array): Program => {
  const known = programs.get(image);
  if (known !== undefined) return known;
  const program = freshProgram(image);
  programs.set(image, program);
  return program;
};

export class Cpu {
  /** The whole 16-bit data space (registers, I/O, SRAM), and behind it the constants. */
  readonly data: Uint8Array;
  pc = 0;
  cycles = 0;
  /** Cycle of the last instruction that set I: one more runs before an interrupt. */
  shadowCycle = -1;
  readonly reads: (ReadHook | null)[];
  readonly writes: (WriteHook | null)[];
  /** Bits that a register without a hook has. */
  readonly implemented: Uint8Array;
  readonly around: CpuSurroundings;
  flash: Uint8Array;
  words: Uint16Array;
  /** Decoded instructions, one per flash word; 0 = not decoded yet. */
  code: Int32Array;
  readonly ramStart: number;
  readonly ramBytes: number;
  readonly wide: boolean;
  readonly translated: Translated | null;
  readonly #eagerly: boolean;
  #ownsProgram = false;

  constructor({ flash, ramStart, ramEnd, translates = true }: CpuOptions, around: CpuSurroundings) {
    this.around = around;
    const program = programOf(flash);
    ({ flash: this.flash, words: this.words, code: this.code } = program);
    const memory = translates !== false ? memoryFor(program.words.length) : null;
    this.data = memory === null ? new Uint8Array(CONSTANTS + 0x100) : new Uint8Array(memory.buffer, 0, CONSTANTS + 0x100);
    this.#eagerly = translates === 'eagerly';
    const translation = this.#eagerly ? new Translation(program.words, EAGERLY) : program.translation;
    this.translated = memory === null ? null : new Translated(this, memory, translation);
    for (let value = 0; value < 0x100; value++) this.data[CONSTANTS + value] = value;
    this.ramStart = ramStart;
    this.ramBytes = ramEnd + 1 - ramStart;
    this.wide = flash.length > 0x20000;
    this.reads = Array.from({ length: ramStart }, () => null);
    this.writes = Array.from({ length: ramStart }, () => null);
    this.implemented = new Uint8Array(ramStart).fill(0xff);
    this.writes[SREG] = (value) => {
      const enables = (value & ~this.data[SREG]! & I_FLAG) !== 0;
      this.data[SREG] = value;
      if (enables) this.enabled(this.cycles + 1);
    };
  }

  /** Program memory changed from outside; the instruction before may have its second word in it. */
  program(address: number, bytes: Uint8Array): void {
    if (!this.#ownsProgram) ({ flash: this.flash, words: this.words, code: this.code } = freshProgram(this.flash));
    this.#ownsProgram = true;
    this.flash.set(bytes, address);
    this.translated?.renew(new Translation(this.words, this.#eagerly ? EAGERLY : WHEN_HOT));
    this.code.fill(0, Math.max(0, (address >> 1) - 1), (address + bytes.length + 1) >> 1);
  }

  get sp(): number {
    return this.data[SPL]! | (this.data[SPH]! << 8);
  }

  set sp(value: number) {
    this.data[SPL] = value & 0xff;
    this.data[SPH] = (value >> 8) & 0xff;
  }

  /** Pushes a return address; two bytes, three with a 22-bit program counter. */
  pushPc(pc: number): void {
    let { sp } = this;
    this.data[sp--] = pc & 0xff;
    this.data[sp-- & 0xffff] = (pc >> 8) & 0xff;
    if (this.wide) this.data[sp-- & 0xffff] = (pc >> 16) & 0xff;
    this.sp = sp;
  }

  popPc(): number {
    let { sp } = this;
    let pc = this.wide ? this.data[++sp & 0xffff]! << 16 : 0;
    pc |= this.data[++sp & 0xffff]! << 8;
    pc |= this.data[++sp & 0xffff]!;
    this.sp = sp;
    return pc;
  }

  /** I was set: one more instruction runs before an interrupt is entered. */
  enabled(cycleAfter: number): void {
    this.shadowCycle = cycleAfter;
    if (this.around.interrupts.pending) this.around.queue.limit = -1;
  }

  decode(pc: number): void {
    this.code[pc] = pack(decode(this.words[pc]!, this.words[pc + 1] ?? 0));
  }

  /** `pc` points behind the instruction; `cycles` is the instant of the access. */
  load(address: number, pc: number, cycles: number): number {
    if ((address - this.ramStart) >>> 0 < this.ramBytes) return this.data[address]!;
    return this.#loadElsewhere(address, pc, cycles);
  }

  #loadElsewhere(address: number, pc: number, cycles: number): number {
    if (address >= this.ramStart) {
      this.pc = pc - 1;
      this.around.strayAccess(address);
      return 0;
    }
    const hook = this.reads[address]!;
    if (hook === null) return this.data[address]!;
    this.pc = pc - 1;
    this.cycles = cycles;
    return hook(address);
  }

  /** Returns the cycles by which the hook has halted the CPU. */
  store(address: number, value: number, mask: number, pc: number, cycles: number): number {
    if ((address - this.ramStart) >>> 0 < this.ramBytes) {
      this.data[address] = value;
      return 0;
    }
    return this.#storeElsewhere(address, value, mask, pc, cycles);
  }

  #storeElsewhere(address: number, value: number, mask: number, pc: number, cycles: number): number {
    if (address >= this.ramStart) {
      this.pc = pc - 1;
      this.around.strayAccess(address);
      return 0;
    }
    const hook = this.writes[address]!;
    if (hook === null) {
      this.data[address] = value & this.implemented[address]!;
      return 0;
    }
    this.pc = pc - 1;
    this.cycles = cycles;
    hook(value, mask);
    return this.cycles - cycles;
  }

  /** Addresses of indirect access; `k` as the decoder packs it. */
  displaced(k: number): number {
    const p = k >> 8;
    return ((this.data[p]! | (this.data[p + 1]! << 8)) + (k & 0xff)) & 0xffff;
  }

  postIncrement(k: number): number {
    const p = k >> 8;
    const address = this.data[p]! | (this.data[p + 1]! << 8);
    this.data[p] = address + 1;
    this.data[p + 1] = (address + 1) >> 8;
    return address;
  }

  preDecrement(k: number): number {
    const p = k >> 8;
    const address = ((this.data[p]! | (this.data[p + 1]! << 8)) - 1) & 0xffff;
    this.data[p] = address;
    this.data[p + 1] = address >> 8;
    return address;
  }

  /** Z, and EIND above it for the extended jumps. */
  indirectTarget(extended: number): number {
    return this.data[30]! | (this.data[31]! << 8) | (extended === 0 ? 0 : this.data[EIND]! << 16);
  }

  loadProgram(k: number): number {
    const { data } = this;
    const extended = (k & LPM_EXTENDED) !== 0;
    const address = data[30]! | (data[31]! << 8) | (extended ? data[RAMPZ]! << 16 : 0);
    if ((k & LPM_INCREMENT) !== 0) {
      data[30] = address + 1;
      data[31] = (address + 1) >> 8;
      if (extended) data[RAMPZ] = ((address + 1) >> 16) & ((this.flash.length - 1) >> 16);
    }
    return this.flash[address & (this.flash.length - 1)]!;
  }

  /** SLEEP, WDR and SPM, in this order. */
  special(which: number): void {
    if (which === 0) this.around.sleep();
    else if (which === 1) this.around.watchdogReset();
    else this.around.selfProgramming();
  }

  /** Length of the instruction at `pc`, for those that skip it. */
  wordsAt(pc: number): number {
    return isTwoWords(this.words[pc] ?? 0) ? 2 : 1;
  }
}
