/** The AVR's arithmetic, logic and multiplication: results and the status flags they leave. */

const SREG = 0x5f;

/**
 * H, S, V, N and C of a sum or difference, by the carries from bit 3 (bit 0 of the index), from bit 6 (bit 3) and from bit 7 (bit 4),
 * which are bits 4 to 8 of a ^ b ^ result, and by bit 7 of the result (bit 5).
 */
export const SUM_FLAGS = Uint8Array.from({ length: 64 }, (_, index) => {
  const c = (index >> 4) & 1;
  const v = ((index >> 3) & 1) ^ c;
  const n = index >> 5;
  return c | (n << 2) | (v << 3) | ((n ^ v) << 4) | ((index & 1) << 5);
});

/** `z` = what Z becomes when the result is 0: 2, or the previous Z where a carry goes in. */
export const subtract = (data: Uint8Array, a: number, b: number, carry: number, z: number): number => {
  const result = (a - b - carry) & 0xff;
  const borrows = (~a & b) | (b & result) | (result & ~a);
  const n = result >> 7;
  const v = (((a & ~b & ~result) | (~a & b & result)) >> 7) & 1;
  data[SREG] =
    (data[SREG]! & 0xc0) | ((borrows >> 7) & 1) | (result === 0 ? z : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4) | ((borrows & 8) << 2);
  return result;
};

export const logic = (data: Uint8Array, result: number): number => {
  data[SREG] = (data[SREG]! & 0xe1) | (result === 0 ? 2 : 0) | ((result >> 7) * 0x14);
  return result;
};

/** INC and DEC leave C alone and overflow at one value only. */
export const step = (data: Uint8Array, result: number, overflowAt: number): number => {
  logic(data, result);
  if (result === overflowAt) data[SREG] = data[SREG]! ^ 0x18;
  return result;
};

export const shift = (data: Uint8Array, result: number, carry: number): number => {
  const n = result >> 7;
  data[SREG] = (data[SREG]! & 0xe0) | carry | (result === 0 ? 2 : 0) | (n << 2) | ((n ^ carry) << 3) | (carry << 4);
  return result;
};

/** ADIW and SBIW. */
export const word = (data: Uint8Array, d: number, addend: number): void => {
  const a = data[d]! | (data[d + 1]! << 8);
  const result = (a + addend) & 0xffff;
  data[d] = result;
  data[d + 1] = result >> 8;
  const n = result >> 15;
  const risen = (result & ~a) >> 15;
  const fallen = (a & ~result) >> 15;
  const v = addend < 0 ? fallen : risen;
  const carry = addend < 0 ? risen : fallen;
  data[SREG] = (data[SREG]! & 0xe0) | carry | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4);
};

const int8 = (value: number): number => (value << 24) >> 24;

/** mul, muls, mulsu, fmul, fmuls, fmulsu: which operands have a sign, and whether the product is a fraction. */
const PRODUCTS = [
  { signedA: false, signedB: false, shift: 0 },
  { signedA: true, signedB: true, shift: 0 },
  { signedA: true, signedB: false, shift: 0 },
  { signedA: false, signedB: false, shift: 1 },
  { signedA: true, signedB: true, shift: 1 },
  { signedA: true, signedB: false, shift: 1 },
] as const;

/** The product goes to R1:R0; C is its bit 15 before the fractional shift. */
export const multiply = (data: Uint8Array, kind: number, a: number, b: number): void => {
  const { signedA, signedB, shift: places } = PRODUCTS[kind]!;
  const product = (signedA ? int8(a) : a) * (signedB ? int8(b) : b);
  const result = product << places;
  data[0] = result;
  data[1] = result >> 8;
  data[SREG] = (data[SREG]! & 0xfc) | ((product >> 15) & 1) | ((result & 0xffff) === 0 ? 2 : 0);
};
