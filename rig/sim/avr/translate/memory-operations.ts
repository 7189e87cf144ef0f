/** What instructions on memory, stack and I/O registers do, as translated code. Where a peripheral listens it is called as the interpreter calls it. */

import type { Instruction, Operation } from '../instruction-decoder.ts';
import { SREG } from './flags.ts';
import {
  add,
  and,
  call,
  type Code,
  constant,
  isZero,
  load8,
  low,
  notBelow,
  or,
  plus,
  shiftRight,
  store8,
  subtract,
  when,
  xor,
} from './wasm.ts';
import { HOST } from './layout.ts';
import type { Site, Writer } from './writer.ts';

const I_FLAG = 0x80;
const SPL = 0x5d;
const SPH = 0x5e;
const ALL_BITS = 0xff;
/** Of LPM and its kin: Z moves on. */
const Z_MOVES = 1;

/** What a translated instruction is part of. */
export interface Place {
  readonly writer: Writer;
  readonly instruction: Instruction;
  /** Of the instruction. */
  readonly pc: number;
  readonly nextPc: number;
}

/** True where something outside may have brought the end nearer. */
type Write = (place: Place) => boolean;

const isRam = ({ ramStart, ramBytes }: Site, address: number): boolean => address >= ramStart && address < ramStart + ramBytes;

/** Registers as memory and what lies beyond the RAM are left to the interpreter. */
export const reachable = (site: Site, { operation, k }: Instruction): boolean =>
  (operation !== 'lds' && operation !== 'sts') || isRam(site, k) || (k >= 0x20 && k < site.ramStart);

/** `behind` = the program counter that the hook is told, `at` = cycles of the access since the instruction began. */
const loadFixed = ({ writer, pc }: Place, address: number, at: number): { readonly value: Code; readonly outside: boolean } => {
  const { site } = writer;
  if (address === SREG) writer.flush();
  if (isRam(site, address) || !site.hasRead(address)) return { value: load8(address), outside: false };
  writer.flush();
  return { value: call(HOST.load, constant(address), constant(pc + 1), writer.cycles(at)), outside: true };
};

const storeStatus = (writer: Writer, value: Code, at: number): void => {
  writer.flags.forget();
  const enables = writer.keep(low(and(value, xor(load8(SREG), constant(I_FLAG))), I_FLAG));
  writer.emit(store8(SREG, value));
  writer.emit(when(enables, writer.enabled(at + 1)));
};

/** Cycles that a hook halts the CPU for are added on the spot. */
const storeFixed = ({ writer, pc }: Place, address: number, value: Code, bits: number, at: number): boolean => {
  const { site } = writer;
  if (address === SREG) {
    storeStatus(writer, value, at);
    return true;
  }
  if (address === SPL || address === SPH) writer.forgetStack();
  if (isRam(site, address) || !site.hasWrite(address)) {
    writer.emit(store8(address, isRam(site, address) ? value : low(value, site.implemented(address))));
    return false;
  }
  writer.flush();
  writer.halt(call(HOST.store, constant(address), value, constant(bits), constant(pc + 1), writer.cycles(at)));
  return true;
};

/** The pointer moves before the access. */
const indirect = (writer: Writer, { operation, k }: Instruction): Code => {
  const pointer = k >> 8;
  const before = writer.keep(writer.pair(pointer));
  if (operation === 'ldd' || operation === 'std') return (k & 0xff) === 0 ? before : writer.keep(low(plus(before, k & 0xff), 0xffff));
  const moved = writer.keep(low(plus(before, operation.startsWith('-') ? -1 : 1), 0xffff));
  writer.setPair(pointer, moved);
  return operation.startsWith('-') ? moved : before;
};

const outsideRam = ({ site }: Writer, address: Code): Code => notBelow(subtract(address, constant(site.ramStart)), constant(site.ramBytes));

/** What is not RAM ends the translation: who knows what was reached. */
const loadIndirect: Write = ({ writer, instruction, pc, nextPc }) => {
  const address = indirect(writer, instruction);
  const elsewhere = writer.flags.written() + store8(instruction.d, call(HOST.load, address, constant(pc + 1), writer.cycles(1)));
  writer.emit(when(outsideRam(writer, address), elsewhere + writer.goToThe(constant(nextPc), writer.cycles(2))));
  writer.setRegister(instruction.d, load8(0, address));
  return false;
};

const storeIndirect: Write = ({ writer, instruction, pc, nextPc }) => {
  const address = indirect(writer, instruction);
  const value = writer.register(instruction.d);
  const elsewhere = call(HOST.store, address, value, constant(ALL_BITS), constant(pc + 1), writer.cycles(1));
  const then = writer.goToThe(constant(nextPc), add(elsewhere, writer.cycles(2)));
  writer.emit(when(outsideRam(writer, address), then));
  writer.emit(store8(0, value, address));
  return false;
};

const bit =
  (value: (before: Code, bit: number) => Code): Write =>
  (place) => {
    const { writer, instruction } = place;
    const mask = 1 << instruction.d;
    const before = loadFixed(place, instruction.k, 1);
    return storeFixed(place, instruction.k, writer.keep(value(before.value, mask)), mask, 1) || before.outside;
  };

const load =
  (at: number): Write =>
  (place) => {
    const { value, outside } = loadFixed(place, place.instruction.k, at);
    place.writer.setRegister(place.instruction.d, value);
    return outside;
  };

const store =
  (at: number): Write =>
  (place) =>
    storeFixed(place, place.instruction.k, place.writer.register(place.instruction.d), ALL_BITS, at);

export const ON_MEMORY: Readonly<Partial<Record<Operation, { readonly cycles: number; readonly words?: 2; readonly write: Write }>>> = {
  in: { cycles: 1, write: load(0) },
  out: { cycles: 1, write: store(0) },
  lds: { cycles: 2, words: 2, write: load(1) },
  sts: { cycles: 2, words: 2, write: store(1) },
  sbi: { cycles: 2, write: bit((before, mask) => or(before, constant(mask))) },
  cbi: { cycles: 2, write: bit((before, mask) => low(before, 0xff & ~mask)) },
  ldd: { cycles: 2, write: loadIndirect },
  'ld+': { cycles: 2, write: loadIndirect },
  '-ld': { cycles: 2, write: loadIndirect },
  std: { cycles: 2, write: storeIndirect },
  'st+': { cycles: 2, write: storeIndirect },
  '-st': { cycles: 2, write: storeIndirect },
  push: {
    cycles: 2,
    write: ({ writer, instruction, pc }) => {
      writer.push(pc, writer.register(instruction.d));
      return false;
    },
  },
  pop: {
    cycles: 2,
    write: ({ writer, instruction, pc }) => {
      const [value] = writer.pop(pc, 1);
      writer.setRegister(instruction.d, value!);
      return false;
    },
  },
  lpm: {
    cycles: 3,
    write: ({ writer, instruction: { d, k } }) => {
      const value = writer.keep(call(HOST.loadProgram, constant(k)));
      if ((k & Z_MOVES) !== 0) writer.forgetRegisters(30, 31);
      writer.setRegister(d, value);
      return false;
    },
  },
  // SEI; the others are no matter of the outside.
  bset: {
    cycles: 1,
    write: ({ writer }) => {
      const disabled = isZero(shiftRight(load8(SREG), 7));
      writer.emit(when(disabled, writer.enabled(1)));
      writer.emit(store8(SREG, or(load8(SREG), constant(I_FLAG))));
      return true;
    },
  },
};

/** The value of an I/O register for SBIC and SBIS. */
export const loadForSkip = (place: Place): { readonly value: Code; readonly outside: boolean } => loadFixed(place, place.instruction.k, 0);
