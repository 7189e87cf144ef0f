/** WebAssembly, as far as translated firmware needs it: expressions and statements as bytes, and the module around them. */

/** Bytes of instructions, a character each: put together by appending, which strings do at next to no cost. */
export type Code = string;

const byte = (value: number): Code => String.fromCharCode(value);

const unsigned = (value: number): Code => {
  if (value < 0x80) return byte(value);
  return byte((value & 0x7f) | 0x80) + unsigned(value >>> 7);
};

const signed = (value: number): Code => {
  if (value >= -0x40 && value <= 0x3f) return byte(value & 0x7f);
  return byte((value & 0x7f) | 0x80) + signed(value >> 7);
};

export const constant = (value: number): Code => `\x41${signed(value)}`;
export const get = (local: number): Code => `\x20${unsigned(local)}`;
export const set = (local: number, value: Code): Code => `${value}\x21${unsigned(local)}`;

export const equal = (a: Code, b: Code): Code => `${a}${b}\x46`;
/** Signed. */
export const greater = (a: Code, b: Code): Code => `${a}${b}\x4a`;
/** Unsigned. */
export const notBelow = (a: Code, b: Code): Code => `${a}${b}\x4f`;
export const add = (a: Code, b: Code): Code => `${a}${b}\x6a`;
export const subtract = (a: Code, b: Code): Code => `${a}${b}\x6b`;
export const multiply = (a: Code, b: Code): Code => `${a}${b}\x6c`;
export const and = (a: Code, b: Code): Code => `${a}${b}\x71`;
export const or = (a: Code, b: Code): Code => `${a}${b}\x72`;
export const xor = (a: Code, b: Code): Code => `${a}${b}\x73`;
export const isZero = (a: Code): Code => `${a}\x45`;
export const shiftLeft = (a: Code, bits: number): Code => (bits === 0 ? a : `${a}${constant(bits)}\x74`);
export const shiftRight = (a: Code, bits: number): Code => (bits === 0 ? a : `${a}${constant(bits)}\x76`);
export const low = (a: Code, mask = 0xff): Code => and(a, constant(mask));
export const plus = (a: Code, value: number): Code => (value === 0 ? a : add(a, constant(value)));

/** Memory at a known address, or `offset` behind the address that an expression gives. */
const ZERO = constant(0);
export const load8 = (offset: number, address: Code = ZERO): Code => `${address}\x2d\x00${unsigned(offset)}`;
export const load16 = (offset: number, address: Code = ZERO): Code => `${address}\x2f\x00${unsigned(offset)}`;
export const load32 = (offset: number): Code => `${ZERO}\x28\x02${unsigned(offset)}`;
export const store8 = (offset: number, value: Code, address: Code = ZERO): Code => `${address}${value}\x3a\x00${unsigned(offset)}`;
export const store16 = (offset: number, value: Code): Code => `${ZERO}${value}\x3b\x00${unsigned(offset)}`;
export const store32 = (offset: number, value: Code): Code => `${ZERO}${value}\x36\x02${unsigned(offset)}`;

export const when = (condition: Code, then: Code): Code => `${condition}\x04\x40${then}\x0b`;
export const loop = (body: Code): Code => `\x03\x40${body}\x0b`;
/** On with the loop that is `depth` blocks out. */
export const again = (depth: number): Code => `\x0c${unsigned(depth)}`;
export const leave = (value: Code): Code => `${value}\x0f`;
export const call = (func: number, ...parameters: Code[]): Code => `${parameters.join('')}\x10${unsigned(func)}`;
/** Leaves for another function, which returns in this one's place. */
export const leaveFor = (func: number, value: Code): Code => `${value}\x12${unsigned(func)}`;
/** The same for a translation by its number in the table: it may be in another module. */
export const leaveForNumber = (number: number, value: Code): Code => `${value}${constant(number)}\x13\x00\x00`;
/** Calls a function of one parameter by its number in the table. */
export const callByNumber = (number: Code, parameter: Code): Code => `${parameter}${number}\x11\x00\x00`;
export const UNREACHABLE: Code = '\x00';

/** All values are 32-bit integers; signatures differ in how many go in, and whether one comes out. */
export interface Signature {
  readonly parameters: number;
  readonly results: 0 | 1;
}

export interface Body {
  /** Locals beyond the parameters. */
  readonly locals: number;
  readonly code: Code;
}

export interface Exported extends Body {
  readonly name: string;
  readonly signature: Signature;
}

export interface ModuleParts {
  /** From `host`; functions are numbered from the first of these on. */
  readonly imports: readonly Pick<Exported, 'name' | 'signature'>[];
  readonly exported: readonly Exported[];
  /** They have the numbers behind those before, and go into the table. */
  readonly inTable: readonly Body[];
  /** Where in the table the first is put. */
  readonly at: number;
}

const I32 = '\x7f';
const FUNCTIONS = '\x70';
const counted = (bytes: Code): Code => unsigned(bytes.length) + bytes;
const vector = (items: readonly Code[]): Code => unsigned(items.length) + items.join('');
const typeOf = ({ parameters, results }: Signature): Code =>
  `\x60${unsigned(parameters)}${I32.repeat(parameters)}${unsigned(results)}${I32.repeat(results)}`;
const bodyOf = ({ locals, code }: Body): Code => counted(`${locals === 0 ? '\x00' : `\x01${unsigned(locals)}${I32}`}${code}\x0b`);

/** What is in the table: translations. */
const IN_TABLE: Signature = { parameters: 1, results: 1 };

/** A module that imports memory and table, of whatever size, beside its functions. */
export const moduleBytes = ({ imports, exported, inTable, at }: ModuleParts): Uint8Array<ArrayBuffer> => {
  const host = counted('host');
  const [ownTypes, first] = [1 + imports.length, imports.length + exported.length];
  const numbers = inTable.map((_, index) => unsigned(first + index));
  const sections: readonly (readonly [id: number, content: Code])[] = [
    [1, vector([IN_TABLE, ...[...imports, ...exported].map(({ signature }) => signature)].map(typeOf))],
    [
      2,
      vector([
        `${host}${counted('memory')}\x02\x00\x01`,
        `${host}${counted('table')}\x01${FUNCTIONS}\x00\x01`,
        ...imports.map(({ name }, index) => `${host}${counted(name)}\x00${unsigned(1 + index)}`),
      ]),
    ],
    [3, vector([...exported.map((_, index) => unsigned(ownTypes + index)), ...inTable.map(() => '\x00')])],
    [7, vector(exported.map(({ name }, index) => `${counted(name)}\x00${unsigned(imports.length + index)}`))],
    [9, vector([`\x00${constant(at)}\x0b${vector(numbers)}`])],
    [10, vector([...exported, ...inTable].map(bodyOf))],
  ];
  const bytes = `\x00asm\x01\x00\x00\x00${sections.map(([id, content]) => byte(id) + counted(content)).join('')}`;
  return Uint8Array.from(Buffer.from(bytes, 'latin1'));
};
