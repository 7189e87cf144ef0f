/** The AVR's arithmetic, logic and multiplication: results and the status flags they leave. */

const SREG = 0x5f;

/** Flags H S V N Z C of an addition; I and T stay. */
const add = (data: Uint8Array, a: number, b: number, carry: number): number => {
  const result = (a + b + carry) & 0xff;
  const carries = (a & b) | (b & ~result) | (~result & a);
  const n = result >> 7;
  const v = (((a & b & ~result) | (~a & ~b & result)) >> 7) & 1;
  data[SREG] = (data[SREG]! & 0xc0) | ((carries >> 7) & 1) | (result === 0 ? 2 : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4) | ((carries & 8) << 2);
  return result;
};

/** `z` = what Z becomes when the result is 0: 2, or the previous Z where a carry goes in. */
const subtract = (data: Uint8Array, a: number, b: number, carry: number, z: number): number => {
  const result = (a - b - carry) & 0xff;
  const borrows = (~a & b) | (b & result) | (result & ~a);
  const n = result >> 7;
  const v = (((a & ~b & ~result) | (~a & b & result)) >> 7) & 1;
  data[SREG] = (data[SREG]! & 0xc0) | ((borrows >> 7) & 1) | (result === 0 ? z : 0) | (n << 2) | (v << 3) | ((n ^ v) << 4) | ((borrows & 8) << 2);
  return result;
};

const logic = (data: Uint8Array, result: number): number => {
  data[SREG] = (data[SREG]! & 0xe1) | (result === 0 ? 2 : 0) | ((result >> 7) * 0x14);
  return result;
};

/** INC and DEC leave C alone and overflow at one value only. */
const step = (data: Uint8Array, result: number, overflowAt: number): number => {
  logic(data, result);
  if (result === overflowAt) data[SREG] = data[SREG]! ^ 0x18;
  return result;
};

const shift = (data: Uint8Array, result: number, carry: number): number => {
  const n = result >> 7;
  data[SREG] = (data[SREG]! & 0xe0) | carry | (result === 0 ? 2 : 0) | (n << 2) | ((n ^ carry) << 3) | (carry << 4);
  return result;
};

/** ADIW and SBIW. */
const word = (data: Uint8Array, d: number, addend: number): void => {
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

/** The product goes to R1:R0; C is its bit 15 before the fractional shift. */
const multiply = (data: Uint8Array, product: number, fraction: number): void => {
  const result = product << fraction;
  data[0] = result;
  data[1] = result >> 8;
  data[SREG] = (data[SREG]! & 0xfc) | ((product >> 15) & 1) | ((result & 0xffff) === 0 ? 2 : 0);
};

const int8 = (value: number): number => (value << 24) >> 24;

/** Operations 2 to 34 of OPERATIONS; returns the cycles beyond the first. The literal numbers are what becomes a jump table. */
export const arithmetic = (data: Uint8Array, operation: number, d: number, k: number): number => {
  switch (operation) {
    case 2: // add
      data[d] = add(data, data[d]!, data[k]!, 0);
      return 0;
    case 3: // adc
      data[d] = add(data, data[d]!, data[k]!, data[SREG]! & 1);
      return 0;
    case 4: // sub
      data[d] = subtract(data, data[d]!, data[k]!, 0, 2);
      return 0;
    case 5: // sbc
      data[d] = subtract(data, data[d]!, data[k]!, data[SREG]! & 1, data[SREG]! & 2);
      return 0;
    case 6: // and
      data[d] = logic(data, data[d]! & data[k]!);
      return 0;
    case 7: // or
      data[d] = logic(data, data[d]! | data[k]!);
      return 0;
    case 8: // eor
      data[d] = logic(data, data[d]! ^ data[k]!);
      return 0;
    case 9: // mov
      data[d] = data[k]!;
      return 0;
    case 10: // cp
      subtract(data, data[d]!, data[k]!, 0, 2);
      return 0;
    case 11: // cpc
      subtract(data, data[d]!, data[k]!, data[SREG]! & 1, data[SREG]! & 2);
      return 0;
    case 12: // subi
      data[d] = subtract(data, data[d]!, k, 0, 2);
      return 0;
    case 13: // sbci
      data[d] = subtract(data, data[d]!, k, data[SREG]! & 1, data[SREG]! & 2);
      return 0;
    case 14: // andi
      data[d] = logic(data, data[d]! & k);
      return 0;
    case 15: // ori
      data[d] = logic(data, data[d]! | k);
      return 0;
    case 16: // cpi
      subtract(data, data[d]!, k, 0, 2);
      return 0;
    case 17: // ldi
      data[d] = k;
      return 0;
    case 18: // com
      data[d] = logic(data, data[d]! ^ 0xff);
      data[SREG] = data[SREG]! | 1;
      return 0;
    case 19: // neg
      data[d] = subtract(data, 0, data[d]!, 0, 2);
      return 0;
    case 20: // swap
      data[d] = (data[d]! << 4) | (data[d]! >> 4);
      return 0;
    case 21: // inc
      data[d] = step(data, (data[d]! + 1) & 0xff, 0x80);
      return 0;
    case 22: // asr
      data[d] = shift(data, (data[d]! >> 1) | (data[d]! & 0x80), data[d]! & 1);
      return 0;
    case 23: // lsr
      data[d] = shift(data, data[d]! >> 1, data[d]! & 1);
      return 0;
    case 24: // ror
      data[d] = shift(data, (data[d]! >> 1) | ((data[SREG]! & 1) << 7), data[d]! & 1);
      return 0;
    case 25: // dec
      data[d] = step(data, (data[d]! - 1) & 0xff, 0x7f);
      return 0;
    case 26: // movw
      data[d] = data[k]!;
      data[d + 1] = data[k + 1]!;
      return 0;
    case 27: // adiw
      word(data, d, k);
      return 1;
    case 28: // sbiw
      word(data, d, -k);
      return 1;
    case 29: // mul
      multiply(data, data[d]! * data[k]!, 0);
      return 1;
    case 30: // muls
      multiply(data, int8(data[d]!) * int8(data[k]!), 0);
      return 1;
    case 31: // mulsu
      multiply(data, int8(data[d]!) * data[k]!, 0);
      return 1;
    case 32: // fmul
      multiply(data, data[d]! * data[k]!, 1);
      return 1;
    case 33: // fmuls
      multiply(data, int8(data[d]!) * int8(data[k]!), 1);
      return 1;
    case 34: // fmulsu
      multiply(data, int8(data[d]!) * data[k]!, 1);
      return 1;
    default:
      return 0;
  }
};
