/** The status flags between two translated instructions: kept as what they would be worked out from, until somebody looks. */

import { add, and, call, type Code, constant, get, isZero, load8, low, or, shiftLeft, shiftRight, store8, subtract, xor } from './wasm.ts';
import type { Exported } from './wasm.ts';
import { HOST, SUM_FLAGS_AT } from './layout.ts';

export const SREG = 0x5f;
const CARRY = 0x01;
const ZERO = 0x02;
/** N, V and S. */
const SIGNS = 0x1c;
const HALF = 0x20;
const TRANSFER = 6;

/** Each an expression of locals and constants alone; absent: as it stands in SREG. Carry and zero are 0 or 1, the others stand where they do in SREG. */
export interface FlagSources {
  readonly carry?: Code;
  readonly zero?: Code;
  readonly signs?: Code;
  readonly half?: Code;
  /** Operands and result of the sum that all six are of: what a call that writes them is given, before the zero. */
  readonly sum?: Code;
}

const flagsAt = (carries: Code, result: Code): Code =>
  load8(SUM_FLAGS_AT, or(low(shiftRight(carries, 4), 0x1f), low(shiftRight(result, 2), 0x20)));

/** What a sum or difference leaves, by its operands and its result before that is cut to a byte. */
export const flagsOfSum = (a: Code, b: Code, result: Code, zero: Code = isZero(low(result))): FlagSources => {
  const carries = xor(xor(a, b), result);
  const signs = low(flagsAt(carries, result), SIGNS);
  return { carry: low(shiftRight(result, 8), 1), zero, signs, half: shiftLeft(low(carries, 0x10), 1), sum: a + b + result };
};

/** A function that writes what a sum leaves, of its operands, result and zero: wherever a translation may end there would be as much code else. */
export const WRITE_SUM: Exported = (() => {
  const [a, b, result, zero] = [get(0), get(1), get(2), get(3)];
  const bits = or(flagsAt(xor(xor(a, b), result), result), shiftLeft(zero, 1));
  const code = store8(SREG, or(low(load8(SREG), 0xff & ~(CARRY | ZERO | SIGNS | HALF)), bits));
  return { name: 'writeSum', signature: { parameters: 4, results: 0 }, locals: 0, code };
})();

/** N, V and S by N and V, each 0 or 1. */
export const signsOf = (n: Code, v: Code): Code => or(or(shiftLeft(n, 2), shiftLeft(v, 3)), shiftLeft(xor(n, v), 4));

export class Flags {
  #sources: FlagSources = {};

  /** What an instruction leaves; the flags it does not name stay. */
  leave(sources: FlagSources): void {
    const { sum: _, ...others } = this.#sources;
    this.#sources = { ...others, ...sources };
  }

  /** The flags stand in SREG now, or will be written there as a whole. */
  forget(): void {
    this.#sources = {};
  }

  get carry(): Code {
    return this.#sources.carry ?? low(load8(SREG), CARRY);
  }

  get zero(): Code {
    return this.#sources.zero ?? low(shiftRight(load8(SREG), 1), 1);
  }

  /** Other than 0 where the flag of that number is set. */
  bit(number: number): Code {
    const { signs, half } = this.#sources;
    if (number === 0) return this.carry;
    if (number === 1) return this.zero;
    if (number < 5 && signs !== undefined) return low(signs, 1 << number);
    if (number === 5 && half !== undefined) return half;
    return low(load8(SREG), 1 << number);
  }

  get transfer(): Code {
    return low(shiftRight(load8(SREG), TRANSFER), 1);
  }

  /** Writes into SREG what does not stand there. */
  written(): Code {
    const { carry, zero = '', signs, half, sum } = this.#sources;
    if (sum !== undefined) return call(HOST.writeSum, sum, zero);
    const parts: Code[] = [];
    let open = 0;
    const part = (mask: number, code: Code | undefined): void => {
      if (code === undefined) return;
      open |= mask;
      parts.push(code);
    };
    part(CARRY, carry);
    part(SIGNS, signs);
    part(HALF, half);
    part(ZERO, zero === '' ? undefined : shiftLeft(zero, 1));
    if (open === 0) return '';
    return store8(
      SREG,
      parts.reduce((all, one) => or(all, one), low(load8(SREG), 0xff & ~open)),
    );
  }
}

/** 1 where bit 15 is set in `a` and not in `b`. */
const gained = (a: Code, b: Code): Code => shiftRight(and(a, subtract(constant(0xffff), b)), 15);

/** ADIW and SBIW. */
export const flagsOfWord = (before: Code, result: Code, addend: number): FlagSources => {
  const [risen, fallen] = [gained(result, before), gained(before, result)];
  const [v, carry] = addend < 0 ? [fallen, risen] : [risen, fallen];
  return { carry, zero: isZero(result), signs: signsOf(shiftRight(result, 15), v) };
};

export const flagsOfLogic = (result: Code): FlagSources => ({ zero: isZero(result), signs: signsOf(shiftRight(result, 7), constant(0)) });

/** V is N ^ C. */
export const flagsOfShift = (result: Code, carry: Code): FlagSources => {
  const n = shiftRight(result, 7);
  return { carry, zero: isZero(result), signs: signsOf(n, xor(n, carry)) };
};

/** INC and DEC overflow at one result only. */
export const flagsOfStep = (result: Code, overflow: Code): FlagSources => ({
  zero: isZero(result),
  signs: signsOf(shiftRight(result, 7), overflow),
});

/** Of the six multiplications MUL alone is translated. */
export const flagsOfProduct = (product: Code): FlagSources => ({
  carry: low(shiftRight(product, 15), 1),
  zero: isZero(low(product, 0xffff)),
});

export const sum = (a: Code, b: Code, carry: Code): Code => add(add(a, b), carry);
export const difference = (a: Code, b: Code, carry: Code): Code => subtract(subtract(a, b), carry);
