/** Takes AVR opcodes apart, once per flash word: which operation, which register, which constant or address. */

/** The operations; the index is the number by which the CPU switches. Source: AVR Instruction Set Manual DS40002198. */
export const OPERATIONS = [
  ...(['undecoded', 'nop', 'add', 'adc', 'sub', 'sbc', 'and', 'or', 'eor', 'mov', 'cp', 'cpc', 'com', 'neg', 'swap', 'inc'] as const), // 0
  ...([
    'asr',
    'lsr',
    'ror',
    'dec',
    'movw',
    'addw',
    'mul',
    'muls',
    'mulsu',
    'fmul',
    'fmuls',
    'fmulsu',
    'cpse',
    'brbs',
    'brbc',
    'rjmp',
  ] as const), // 16
  ...(['jmp', 'ijmp', 'rcall', 'call', 'icall', 'ret', 'reti', 'sbrc', 'sbrs', 'sbic', 'sbis', 'sbi', 'cbi', 'in', 'out', 'lds'] as const), // 32
  ...(['sts', 'ldd', 'ld+', '-ld', 'std', 'st+', '-st', 'lpm', 'push', 'pop', 'bset', 'bclr', 'bst', 'bld', 'sleep', 'wdr'] as const), // 48
  ...(['spm', 'wrap'] as const), // 64
] as const;

export type Operation = (typeof OPERATIONS)[number];

const NUMBER = new Map<Operation, number>(OPERATIONS.map((operation, index) => [operation, index]));

/** Constants of instructions are read like registers, from this address up: one for each byte. */
export const CONSTANTS = 0x10000;

/**
 * `d` = destination or tested register, or a bit number; `k` = source register or constant (an index into data), bit number, data address,
 * word offset, target, addend, or for indirect access the pointer's register number in the high byte and the displacement in the low one.
 */
export interface Instruction {
  readonly operation: Operation;
  readonly d: number;
  readonly k: number;
}

/** Seven bits of operation, five of d, twenty of k. */
export const pack = ({ operation, d, k }: Instruction): number => (k << 12) | (d << 7) | (NUMBER.get(operation) ?? 1);

export const isTwoWords = (opcode: number): boolean => (opcode & 0xfc0f) === 0x9000 || (opcode & 0xfe0c) === 0x940c;

const signed = (value: number, bits: number): number => (value << (32 - bits)) >> (32 - bits);

const TWO_REGISTERS: readonly (Operation | null)[] = [null, 'cpc', 'sbc', 'add', 'cpse', 'cp', 'sub', 'adc', 'and', 'eor', 'or', 'mov'];
const IMMEDIATE: Readonly<Record<number, Operation>> = { 3: 'cp', 4: 'sbc', 5: 'sub', 6: 'or', 7: 'and', 14: 'mov' };
const ONE_REGISTER: readonly (Operation | null)[] = ['com', 'neg', 'swap', 'inc', null, 'asr', 'lsr', 'ror', null, null, 'dec'];
/** LPM and its kin, in k: Z moves on; RAMPZ is Z's third byte. */
export const LPM_INCREMENT = 1;
export const LPM_EXTENDED = 2;
const X = 26 << 8;
const Y = 28 << 8;
const Z = 30 << 8;
/** By the low four bits; the pointer's register number is the high byte of k, a displacement the low byte. */
const INDIRECT: Readonly<Record<number, readonly [load: Operation, store: Operation | null, k: number]>> = {
  1: ['ld+', 'st+', Z],
  2: ['-ld', '-st', Z],
  4: ['lpm', null, 0],
  5: ['lpm', null, LPM_INCREMENT],
  6: ['lpm', null, LPM_EXTENDED],
  7: ['lpm', null, LPM_INCREMENT | LPM_EXTENDED],
  9: ['ld+', 'st+', Y],
  10: ['-ld', '-st', Y],
  12: ['ldd', 'std', X],
  13: ['ld+', 'st+', X],
  14: ['-ld', '-st', X],
  15: ['pop', 'push', 0],
};
const EXACT: Readonly<Record<number, readonly [operation: Operation, d: number, k: number]>> = {
  0x9409: ['ijmp', 0, 0],
  0x9419: ['ijmp', 0, 1],
  0x9508: ['ret', 0, 0],
  0x9509: ['icall', 0, 0],
  0x9518: ['reti', 0, 0],
  0x9519: ['icall', 0, 1],
  0x9588: ['sleep', 0, 0],
  0x95a8: ['wdr', 0, 0],
  0x95c8: ['lpm', 0, 0],
  0x95d8: ['lpm', 0, LPM_EXTENDED],
  0x95e8: ['spm', 0, 0],
  0x95f8: ['spm', 0, 0],
};
const NOP: Instruction = { operation: 'nop', d: 0, k: 0 };

/** 0x9000 to 0x95ff: loads, stores, single registers, jumps. */
const decode9 = (opcode: number, next: number): Instruction => {
  const exact = EXACT[opcode];
  if (exact !== undefined) return { operation: exact[0], d: exact[1], k: exact[2] };
  const d = (opcode >> 4) & 0x1f;
  const low = opcode & 0x0f;
  if (opcode < 0x9400) {
    if (low === 0) return { operation: (opcode & 0x200) === 0 ? 'lds' : 'sts', d, k: next };
    const indirect = INDIRECT[low];
    const operation = indirect?.[(opcode & 0x200) === 0 ? 0 : 1] ?? null;
    return indirect === undefined || operation === null ? NOP : { operation, d, k: indirect[2] };
  }
  const single = ONE_REGISTER[low] ?? null;
  if (single !== null) return { operation: single, d, k: 0 };
  if ((opcode & 0xff0f) === 0x9408) return { operation: (opcode & 0x80) === 0 ? 'bset' : 'bclr', d: (opcode >> 4) & 7, k: 0 };
  if (low < 12) return NOP;
  const target = (((opcode & 0x1f0) << 13) | ((opcode & 1) << 16) | next) >>> 0;
  return { operation: low < 14 ? 'jmp' : 'call', d: 0, k: target };
};

/** `next` = the following flash word, for instructions of two. Reserved opcodes decode as nop. */
export const decode = (opcode: number, next: number): Instruction => {
  const top = opcode >> 12;
  const d = (opcode >> 4) & 0x1f;
  const r = (opcode & 0x0f) | ((opcode >> 5) & 0x10);
  const high = 16 + ((opcode >> 4) & 0x0f);
  if (opcode < 0x0400) {
    if (opcode < 0x0100) return NOP;
    if (opcode < 0x0200) return { operation: 'movw', d: (opcode >> 3) & 0x1e, k: (opcode << 1) & 0x1e };
    if (opcode < 0x0300) return { operation: 'muls', d: high, k: 16 + (opcode & 0x0f) };
    const operation = (['mulsu', 'fmul', 'fmuls', 'fmulsu'] as const)[((opcode >> 6) & 2) | ((opcode >> 3) & 1)] as Operation;
    return { operation, d: 16 + ((opcode >> 4) & 7), k: 16 + (opcode & 7) };
  }
  if (opcode < 0x3000) return { operation: TWO_REGISTERS[opcode >> 10] ?? 'nop', d, k: r };
  const immediate = IMMEDIATE[top];
  if (immediate !== undefined) return { operation: immediate, d: high, k: CONSTANTS + (((opcode >> 4) & 0xf0) | (opcode & 0x0f)) };
  if (top === 8 || top === 10) {
    const displacement = (opcode & 7) | ((opcode >> 7) & 0x18) | ((opcode >> 8) & 0x20);
    const viaY = (opcode & 8) !== 0;
    const load = (opcode & 0x200) === 0;
    return { operation: load ? 'ldd' : 'std', d, k: (viaY ? Y : Z) | displacement };
  }
  if (top === 9) {
    if (opcode < 0x9600) return decode9(opcode, next);
    if (opcode < 0x9800) {
      const addend = ((opcode >> 2) & 0x30) | (opcode & 0x0f);
      return { operation: 'addw', d: 24 + ((opcode >> 3) & 6), k: opcode < 0x9700 ? addend : -addend };
    }
    if (opcode >= 0x9c00) return { operation: 'mul', d, k: r };
    return {
      operation: (['cbi', 'sbic', 'sbi', 'sbis'] as const)[(opcode >> 8) & 3] as Operation,
      d: opcode & 7,
      k: 0x20 + ((opcode >> 3) & 0x1f),
    };
  }
  if (top === 11) return { operation: (opcode & 0x800) === 0 ? 'in' : 'out', d, k: 0x20 + ((opcode & 0x0f) | ((opcode >> 5) & 0x30)) };
  if (top === 12 || top === 13) return { operation: top === 12 ? 'rjmp' : 'rcall', d: 0, k: signed(opcode & 0xfff, 12) };
  if (opcode < 0xf800) return { operation: (opcode & 0x400) === 0 ? 'brbs' : 'brbc', d: opcode & 7, k: signed((opcode >> 3) & 0x7f, 7) };
  if ((opcode & 8) !== 0) return NOP;
  return { operation: (['bld', 'bst', 'sbrc', 'sbrs'] as const)[(opcode >> 9) & 3] as Operation, d, k: opcode & 7 };
};
