/** A translation being written: cycles, registers that are in locals, the stack, and the ways out. */

import { Flags } from './flags.ts';
import { END_CELL, HOST, PC_CELL, PENDING_CELL, SHADOW_CELL } from './layout.ts';
import {
  add,
  call,
  type Code,
  constant,
  get,
  greater,
  leave,
  leaveFor,
  leaveForNumber,
  load16,
  load32,
  load8,
  low,
  notBelow,
  or,
  plus,
  set,
  shiftLeft,
  shiftRight,
  store16,
  store32,
  store8,
  subtract,
  when,
} from './wasm.ts';
import type { Body } from './wasm.ts';

/** Where a translation takes place: the program, what of the data space is memory, and what else is translated. */
export interface Site {
  readonly words: Uint16Array;
  /** 22-bit program counter. */
  readonly wide: boolean;
  readonly ramStart: number;
  readonly ramBytes: number;
  readonly hasRead: (address: number) => boolean;
  readonly hasWrite: (address: number) => boolean;
  /** Bits of an I/O register that is memory. */
  readonly implemented: (address: number) => number;
  /** The function of what begins at a word of the program; undefined where nothing is translated. */
  readonly functionAt: (pc: number) => number | undefined;
  /** The number of what was translated earlier and begins there; undefined where nothing was. */
  readonly numberOf: (pc: number) => number | undefined;
}

/** The one parameter: cycles so far. */
const CYCLES = 0;
const STACK_POINTER = 0x5d;
/** Between these the stack lies clear of registers and of the end, whatever a translation pushes or pops before it looks again. */
const STACK_FROM = 0x240;
const STACK_BYTES = 0xfd00;
const STACK_MOVES = 60;

interface Segment {
  readonly check: (worst: number) => Code;
  code: Code;
  worst: number;
}

export class Writer {
  readonly site: Site;
  readonly flags = new Flags();
  /** Since the local was brought up to date. */
  #cycles = 0;
  #segment: Segment;
  readonly #segments: Segment[];
  #locals = 0;
  #registers = new Map<number, Code>();
  #stack: Code | null = null;
  #stackMoves = 0;

  constructor(site: Site, pc: number) {
    this.site = site;
    this.#segment = this.#fresh(pc);
    this.#segments = [this.#segment];
  }

  #fresh(pc: number): Segment {
    const stop = this.stopAt(pc);
    const check = (worst: number): Code => when(greater(plus(get(CYCLES), worst), load32(END_CELL)), stop);
    return { check, code: '', worst: 0 };
  }

  emit(code: Code): void {
    this.#segment.code += code;
  }

  /** From here on the end may be another, or is further off than was looked for. */
  beginSegment(pc: number): void {
    this.emit(set(CYCLES, this.cycles()));
    this.#cycles = 0;
    this.#segment = this.#fresh(pc);
    this.#segments.push(this.#segment);
  }

  /** At the least, since the last look at the end. */
  get segmentCycles(): number {
    return this.#segment.worst;
  }

  spend(cycles: number, worst = cycles): void {
    this.#cycles += cycles;
    this.#segment.worst += worst;
  }

  cycles(more = 0): Code {
    return plus(get(CYCLES), this.#cycles + more);
  }

  /** A local with that value, which never changes. */
  keep(value: Code): Code {
    this.#locals += 1;
    this.emit(set(this.#locals, value));
    return get(this.#locals);
  }

  register(d: number): Code {
    const known = this.#registers.get(d);
    if (known !== undefined) return known;
    const value = this.keep(load8(d));
    this.#registers.set(d, value);
    return value;
  }

  /** `value` is a byte already. */
  setRegister(d: number, value: Code): void {
    const kept = this.keep(value);
    this.emit(store8(d, kept));
    this.#registers.set(d, kept);
  }

  pair(d: number): Code {
    const [lower, upper] = [this.#registers.get(d), this.#registers.get(d + 1)];
    if (lower === undefined && upper === undefined) return load16(d);
    return or(this.register(d), shiftLeft(this.register(d + 1), 8));
  }

  setPair(d: number, value: Code): void {
    const kept = this.keep(value);
    this.setRegister(d, low(kept));
    this.setRegister(d + 1, low(shiftRight(kept, 8)));
  }

  /** They were written behind our back. */
  forgetRegisters(...registers: number[]): void {
    for (const d of registers) this.#registers.delete(d);
  }

  forgetStack(): void {
    this.#stack = null;
  }

  #stackPointer(pc: number): Code {
    if (this.#stack !== null && this.#stackMoves < STACK_MOVES) return this.#stack;
    this.#stackMoves = 0;
    this.#stack = this.keep(load16(STACK_POINTER));
    this.emit(when(notBelow(subtract(this.#stack, constant(STACK_FROM)), constant(STACK_BYTES)), this.stopAt(pc)));
    return this.#stack;
  }

  /** Of the instruction at `pc`, before it has done anything else. */
  push(pc: number, ...bytes: readonly Code[]): void {
    const from = this.#stackPointer(pc);
    for (const [index, byte] of bytes.entries()) this.emit(store8(0, byte, plus(from, -index)));
    this.#moveStack(from, -bytes.length);
  }

  pop(pc: number, count: number): readonly Code[] {
    const from = this.#stackPointer(pc);
    const bytes = Array.from({ length: count }, (_, index) => this.keep(load8(0, plus(from, index + 1))));
    this.#moveStack(from, count);
    return bytes;
  }

  #moveStack(from: Code, by: number): void {
    this.#stack = this.keep(plus(from, by));
    this.#stackMoves += Math.abs(by);
    this.emit(store16(STACK_POINTER, this.#stack));
  }

  /** Cycles that show only now. */
  halt(cycles: Code): void {
    this.emit(set(CYCLES, add(get(CYCLES), cycles)));
  }

  /** I has been set, so many cycles after the instruction has begun. Who requests nothing is not called: every return from an interrupt comes by here. */
  enabled(more: number): Code {
    const cycles = this.cycles(more);
    return store32(SHADOW_CELL, cycles) + when(load32(PENDING_CELL), call(HOST.enabled, cycles));
  }

  flush(): void {
    this.emit(this.flags.written());
    this.flags.forget();
  }

  /** Ends the translation before the instruction at `pc`: nothing is to be tried there again. */
  stopAt(pc: number): Code {
    return this.flags.written() + store32(PC_CELL, constant(pc)) + leave(this.cycles());
  }

  /** Goes on at a known word, `more` cycles later. */
  goTo(pc: number, more = 0): Code {
    return this.flags.written() + this.#onTo(pc, this.cycles(more));
  }

  #onTo(pc: number, cycles: Code): Code {
    const func = this.site.functionAt(pc);
    if (func !== undefined) return leaveFor(func, cycles);
    const number = this.site.numberOf(pc);
    return number === undefined ? store32(PC_CELL, constant(pc)) + leave(cycles) : leaveForNumber(number, cycles);
  }

  /** Goes on at a word that shows only now. */
  goToThe(pc: Code, cycles = this.cycles()): Code {
    return this.flags.written() + store32(PC_CELL, pc) + leave(cycles);
  }

  /**
   * What is done under a condition only, and takes other cycles than `cycles` then. Registers that it reads or writes are in no local
   * afterwards, and the flags stand in SREG.
   */
  underCondition(condition: Code, cycles: number, work: () => void): void {
    this.flush();
    const saved = { cycles: this.#cycles, code: this.#segment.code, registers: this.#registers, worst: this.#segment.worst };
    this.#segment.code = '';
    this.#registers = new Map(saved.registers);
    work();
    this.flush();
    const taken = this.#cycles - saved.cycles;
    if (taken !== cycles) this.emit(set(CYCLES, add(get(CYCLES), constant(taken - cycles))));
    const registers = [...saved.registers].filter(([d, value]) => this.#registers.get(d) === value);
    this.#cycles = saved.cycles;
    const inner = this.#segment.code;
    this.#segment.code = saved.code;
    this.#segment.worst = saved.worst;
    this.#registers = new Map(registers);
    this.emit(when(condition, inner));
    this.spend(cycles, Math.max(cycles, taken));
  }

  finish(): Body {
    const code = this.#segments.map(({ check, code: own, worst }) => check(Math.max(1, worst)) + own).join('');
    return { locals: this.#locals, code };
  }
}
