/** What instructions on registers do, as translated code. */

import { CONSTANTS, type Instruction, type Operation } from '../instruction-decoder.ts';
import { difference, flagsOfLogic, flagsOfProduct, flagsOfShift, flagsOfStep, flagsOfSum, flagsOfWord, SREG, sum } from './flags.ts';
import { and, type Code, constant, equal, isZero, load8, low, multiply, or, plus, shiftLeft, shiftRight, store8, xor } from './wasm.ts';
import type { Writer } from './writer.ts';

export interface Work {
  readonly cycles: number;
  /** Writes it; the cycles are spent by the caller, afterwards. */
  readonly write: (writer: Writer, instruction: Instruction) => void;
}

const I_FLAG = 7;
const NONE = constant(0);

/** Constants of instructions are registers of their own to the decoder. */
const operand = (writer: Writer, k: number): Code => (k >= CONSTANTS ? constant(k - CONSTANTS) : writer.register(k));

const one = (write: Work['write']): Work => ({ cycles: 1, write });

/** ADD to CPC: with or without carry, with or without a result. */
const arithmetic = (kind: 'sum' | 'difference', withCarry: boolean, stores: boolean): Work =>
  one((writer, { d, k }) => {
    const { flags } = writer;
    const [a, b] = [writer.register(d), operand(writer, k)];
    const result = writer.keep((kind === 'sum' ? sum : difference)(a, b, withCarry ? flags.carry : NONE));
    // With a borrow Z only ever falls.
    const zero = kind === 'difference' && withCarry ? writer.keep(and(isZero(low(result)), flags.zero)) : isZero(low(result));
    if (stores) writer.setRegister(d, low(result));
    flags.leave(flagsOfSum(a, b, result, zero));
  });

const logic = (combine: (a: Code, b: Code) => Code): Work =>
  one((writer, { d, k }) => {
    writer.setRegister(d, combine(writer.register(d), operand(writer, k)));
    writer.flags.leave(flagsOfLogic(writer.register(d)));
  });

const step = (by: 1 | -1, overflowAt: number): Work =>
  one((writer, { d }) => {
    writer.setRegister(d, low(plus(writer.register(d), by)));
    const result = writer.register(d);
    writer.flags.leave(flagsOfStep(result, equal(result, constant(overflowAt))));
  });

/** `top` = what moves into bit 7, standing there already. */
const shift = (top: (writer: Writer, value: Code) => Code): Work =>
  one((writer, { d }) => {
    const value = writer.register(d);
    writer.setRegister(d, or(shiftRight(value, 1), top(writer, value)));
    writer.flags.leave(flagsOfShift(writer.register(d), low(value, 1)));
  });

export const ON_REGISTERS: Readonly<Partial<Record<Operation, Work>>> = {
  nop: one(() => {}),
  add: arithmetic('sum', false, true),
  adc: arithmetic('sum', true, true),
  sub: arithmetic('difference', false, true),
  sbc: arithmetic('difference', true, true),
  cp: arithmetic('difference', false, false),
  cpc: arithmetic('difference', true, false),
  and: logic(and),
  or: logic(or),
  eor: logic(xor),
  com: one((writer, { d }) => {
    writer.setRegister(d, xor(writer.register(d), constant(0xff)));
    writer.flags.leave({ ...flagsOfLogic(writer.register(d)), carry: constant(1) });
  }),
  neg: one((writer, { d }) => {
    const value = writer.register(d);
    const result = writer.keep(difference(NONE, value, NONE));
    writer.setRegister(d, low(result));
    writer.flags.leave(flagsOfSum(NONE, value, result));
  }),
  inc: step(1, 0x80),
  dec: step(-1, 0x7f),
  asr: shift((_, value) => low(value, 0x80)),
  lsr: shift(() => NONE),
  ror: shift(({ flags }) => shiftLeft(flags.carry, 7)),
  swap: one((writer, { d }) => {
    const value = writer.register(d);
    writer.setRegister(d, low(or(shiftLeft(value, 4), shiftRight(value, 4))));
  }),
  mov: one((writer, { d, k }) => writer.setRegister(d, operand(writer, k))),
  movw: one((writer, { d, k }) => {
    const [lower, upper] = [writer.register(k), writer.register(k + 1)];
    writer.setRegister(d, lower);
    writer.setRegister(d + 1, upper);
  }),
  addw: {
    cycles: 2,
    write: (writer, { d, k }) => {
      const before = writer.keep(writer.pair(d));
      const result = writer.keep(low(plus(before, k), 0xffff));
      writer.setPair(d, result);
      writer.flags.leave(flagsOfWord(before, result, k));
    },
  },
  mul: {
    cycles: 2,
    write: (writer, { d, k }) => {
      const product = writer.keep(multiply(writer.register(d), writer.register(k)));
      writer.setPair(0, product);
      writer.flags.leave(flagsOfProduct(product));
    },
  },
  bst: one((writer, { d, k }) => {
    const bit = shiftLeft(low(shiftRight(writer.register(d), k), 1), 6);
    writer.emit(store8(SREG, or(low(load8(SREG), 0xbf), bit)));
  }),
  bld: one((writer, { d, k }) => {
    writer.setRegister(d, or(low(writer.register(d), 0xff & ~(1 << k)), shiftLeft(writer.flags.transfer, k)));
  }),
  bclr: one((writer, { d }) => {
    if (d < 6) writer.flush();
    writer.emit(store8(SREG, low(load8(SREG), 0xff & ~(1 << d))));
  }),
};

/** BSET but SEI, which may let an interrupt in. */
export const setsFlag = ({ operation, d }: Instruction): boolean => operation === 'bset' && d !== I_FLAG;

export const SET_FLAG: Work = one((writer, { d }) => {
  if (d < 6) writer.flush();
  writer.emit(store8(SREG, or(load8(SREG), constant(1 << d))));
});
