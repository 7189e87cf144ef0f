/** Translates what begins at one word of a program: the way it most plainly goes on, with exits where it may go elsewhere. */

import { decode, type Instruction, isTwoWords } from '../instruction-decoder.ts';
import { SREG } from './flags.ts';
import { loadForSkip, ON_MEMORY, reachable } from './memory-operations.ts';
import { ON_REGISTERS, SET_FLAG, setsFlag, type Work } from './operations.ts';
import { type Body, type Code, constant, equal, isZero, load8, low, or, shiftLeft, shiftRight, store8, when } from './wasm.ts';
import { type Site, Writer } from './writer.ts';

/** A translation ends after so many instructions. */
const MOST = 64;
/** After so many it goes on in another one where there is one. */
const ENOUGH = 12;
/** So many cycles go by between two looks at the end: what is left before it is interpreted. */
const SEGMENT_CYCLES = 14;

const JUMPS = new Set(['rjmp', 'jmp']);
const CONTROL = new Set(['brbs', 'brbc', 'rjmp', 'jmp', 'rcall', 'call', 'ret', 'reti', 'cpse', 'sbrc', 'sbrs', 'sbic', 'sbis']);

const instructionAt = ({ words }: Site, pc: number): Instruction => decode(words[pc]!, words[pc + 1] ?? 0);

const onRegisters = (instruction: Instruction): Work | undefined =>
  setsFlag(instruction) ? SET_FLAG : ON_REGISTERS[instruction.operation];

/** Whether the instruction at `pc` is ever translated; others are the interpreter's. */
export const isTranslated = (site: Site, pc: number): boolean => {
  if (pc >= site.words.length - 2) return false;
  const instruction = instructionAt(site, pc);
  const { operation } = instruction;
  return (
    CONTROL.has(operation) || onRegisters(instruction) !== undefined || (ON_MEMORY[operation] !== undefined && reachable(site, instruction))
  );
};

export class Trace {
  readonly #site: Site;
  readonly #writer: Writer;
  readonly #mask: number;
  /** Where the calls that it has gone into will return to. */
  readonly #returns: number[] = [];

  constructor(site: Site, start: number) {
    this.#site = site;
    this.#writer = new Writer(site, start);
    this.#mask = site.words.length - 1;
    const seen = new Set<number>();
    for (let pc: number | null = start; pc !== null;) {
      if (
        seen.has(pc) ||
        seen.size >= MOST ||
        (seen.size >= ENOUGH && (site.functionAt(pc) !== undefined || site.numberOf(pc) !== undefined))
      ) {
        this.#writer.emit(this.#writer.goTo(pc));
        break;
      }
      if (!isTranslated(site, pc)) {
        this.#writer.emit(this.#writer.stopAt(pc));
        break;
      }
      seen.add(pc);
      if (this.#writer.segmentCycles >= SEGMENT_CYCLES) this.#writer.beginSegment(pc);
      pc = this.#step(pc, instructionAt(site, pc));
    }
  }

  get body(): Body {
    return this.#writer.finish();
  }

  /** Where it goes on; null where the translation ends. */
  #step(pc: number, instruction: Instruction): number | null {
    const writer = this.#writer;
    const work = onRegisters(instruction);
    if (work !== undefined) {
      work.write(writer, instruction);
      writer.spend(work.cycles);
      return pc + 1;
    }
    if (CONTROL.has(instruction.operation)) return this.#control(pc, instruction);
    const memory = ON_MEMORY[instruction.operation]!;
    const nextPc = pc + (memory.words ?? 1);
    const outside = memory.write({ writer, instruction, pc, nextPc });
    writer.spend(memory.cycles);
    if (outside) writer.beginSegment(nextPc);
    return nextPc;
  }

  #control(pc: number, { operation, d, k }: Instruction): number | null {
    const writer = this.#writer;
    const long = this.#site.wide ? 1 : 0;
    switch (operation) {
      case 'brbs':
      case 'brbc': {
        const bit = writer.flags.bit(d);
        writer.emit(when(operation === 'brbs' ? bit : isZero(bit), writer.goTo((pc + 1 + k) & this.#mask, 2)));
        writer.spend(1);
        return pc + 1;
      }
      case 'rjmp':
      case 'jmp':
        writer.spend(operation === 'jmp' ? 3 : 2);
        return this.#target(pc, operation, k);
      case 'rcall':
      case 'call': {
        const back = pc + (operation === 'call' ? 2 : 1);
        writer.push(pc, ...[back, back >> 8, back >> 16].slice(0, 2 + long).map((part) => constant(part & 0xff)));
        writer.spend((operation === 'call' ? 4 : 3) + long);
        this.#returns.push(back);
        return this.#target(pc, operation, k);
      }
      case 'ret':
        return this.#return(pc, 4 + long);
      case 'reti': {
        const target = this.#popped(pc);
        writer.flush();
        writer.emit(store8(SREG, or(load8(SREG), constant(0x80))));
        writer.spend(4 + long);
        writer.emit(writer.enabled(0));
        writer.emit(writer.goToThe(target));
        return null;
      }
      default:
        return this.#skip(pc, { operation, d, k });
    }
  }

  #target(pc: number, operation: string, k: number): number {
    return (operation === 'jmp' || operation === 'call' ? k : pc + 1 + k) & this.#mask;
  }

  #popped(pc: number): Code {
    const bytes = this.#writer.pop(pc, this.#site.wide ? 3 : 2).toReversed();
    const all = bytes.map((byte, index) => shiftLeft(byte, 8 * index)).reduce((lower, upper) => or(lower, upper));
    return this.#writer.keep(low(all, this.#mask));
  }

  /** Goes on after the call, where it has gone into one and nobody has changed what lies on the stack. */
  #return(pc: number, cycles: number): number | null {
    const writer = this.#writer;
    const target = this.#popped(pc);
    writer.spend(cycles);
    const expected = this.#returns.pop();
    if (expected === undefined) {
      writer.emit(writer.goToThe(target));
      return null;
    }
    writer.emit(when(isZero(equal(target, constant(expected))), writer.goToThe(target)));
    return expected;
  }

  /** CPSE, SBRC, SBRS, SBIC and SBIS: the next instruction is done under a condition, or is where it goes on under that condition. */
  #skip(pc: number, instruction: Instruction): number {
    const { operation, d, k } = instruction;
    const writer = this.#writer;
    const nextPc = pc + 1;
    const words = isTwoWords(this.#site.words[nextPc]!) ? 2 : 1;
    const next = instructionAt(this.#site, nextPc);
    let stays: Code;
    let outside = false;
    if (operation === 'cpse') stays = isZero(equal(writer.register(d), writer.register(k)));
    else if (operation === 'sbrc' || operation === 'sbrs') {
      const bit = low(shiftRight(writer.register(d), k), 1);
      stays = operation === 'sbrc' ? bit : isZero(bit);
    } else {
      const read = loadForSkip({ writer, instruction, pc, nextPc });
      const bit = low(shiftRight(read.value, d), 1);
      stays = writer.keep(operation === 'sbic' ? bit : isZero(bit));
      ({ outside } = read);
    }
    const work = onRegisters(next);
    if (work === undefined || outside) {
      const on = JUMPS.has(next.operation) && !outside;
      const target = on ? this.#target(nextPc, next.operation, next.k) : nextPc;
      writer.emit(when(stays, writer.goTo(target, on ? 1 + (next.operation === 'jmp' ? 3 : 2) : 1)));
      writer.spend(1 + words);
    } else {
      writer.spend(1);
      writer.underCondition(writer.keep(stays), words, () => {
        work.write(writer, next);
        writer.spend(work.cycles);
      });
    }
    const afterPc = nextPc + words;
    if (outside) writer.beginSegment(afterPc);
    return afterPc;
  }
}
