/** Sound values read by a schema in one pass and without its reports; whatever does not fit is left to the schema itself, which says why. */

import type { z } from 'zod';

/** What a reader gives for a value that does not fit. */
export const UNFIT = Symbol('unfit');

type Reader = (input: unknown) => unknown;

interface Payload {
  readonly value: unknown;
  readonly issues: object[];
}

/** What is used of a schema's declaration, all kinds together. */
interface Declared {
  readonly type: string;
  readonly shape: Readonly<Record<string, z.core.$ZodType>>;
  readonly element: z.core.$ZodType;
  readonly innerType: z.core.$ZodType;
  readonly options: readonly z.core.$ZodType[];
  readonly in: z.core.$ZodType;
  readonly out: z.core.$ZodType;
  readonly keyType: z.core.$ZodType;
  readonly valueType: z.core.$ZodType;
  readonly catchall?: z.core.$ZodType;
  readonly coerce?: boolean;
  readonly defaultValue: unknown;
  readonly transform: (input: unknown, payload: Payload) => unknown;
  readonly checks?: readonly { readonly _zod: { readonly check: (payload: Payload) => unknown } }[];
}

const declared = (schema: z.core.$ZodType): Declared => schema._zod.def as unknown as Declared;

const isMapping = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const anything: Reader = (input) => input;
const string: Reader = (input) => (typeof input === 'string' ? input : UNFIT);

const list =
  (element: Reader): Reader =>
  (input) => {
    if (!Array.isArray(input)) return UNFIT;
    const result: unknown[] = [];
    for (let index = 0; index < input.length; index++) {
      const value = element(input[index]);
      if (value === UNFIT) return UNFIT;
      result.push(value);
    }
    return result;
  };

/** A key that may be left out is looked at only where it is there. */
interface Field {
  readonly key: string;
  readonly read: Reader;
  readonly mayLack: boolean;
}

/** Adds a number to numbers in order, none of them there already. */
const insert = (numbers: number[], one: number): void => {
  let at = numbers.length;
  for (; at > 0 && numbers[at - 1]! > one; at--) numbers[at] = numbers[at - 1]!;
  numbers[at] = one;
};

/** In the order of the shape, as the schema gives them. Of the fields only those are gone through that are there, or may not lack. */
const mapping = (fields: readonly Field[]): Reader => {
  const places = new Map(fields.map(({ key }, place) => [key, place]));
  const always = fields.flatMap(({ mayLack }, place) => (mayLack ? [] : [place]));
  return (input) => {
    if (!isMapping(input)) return UNFIT;
    const there = always.slice();
    for (const key of Object.keys(input)) {
      const place = places.get(key);
      if (place === undefined) return UNFIT;
      if (fields[place]!.mayLack && input[key] !== undefined) insert(there, place);
    }
    const result: Record<string, unknown> = {};
    for (let index = 0; index < there.length; index++) {
      const { key, read } = fields[there[index]!]!;
      const value = read(input[key]);
      if (value === UNFIT) return UNFIT;
      result[key] = value;
    }
    return result;
  };
};

const record =
  (key: Reader, value: Reader): Reader =>
  (input) => {
    // Whether something with such a key is a mapping the schema decides.
    if (!isMapping(input) || Object.hasOwn(input, 'constructor')) return UNFIT;
    const result: Record<string, unknown> = {};
    for (const name of Object.keys(input)) {
      const as = key(name);
      const read = value(input[name]);
      if (as === UNFIT || read === UNFIT) return UNFIT;
      result[as as string] = read;
    }
    return result;
  };

const union =
  (options: readonly Reader[]): Reader =>
  (input) => {
    for (let index = 0; index < options.length; index++) {
      const value = options[index]!(input);
      if (value !== UNFIT) return value;
    }
    return UNFIT;
  };

const optional =
  (inner: Reader): Reader =>
  (input) =>
    input === undefined ? undefined : inner(input);

/** The default is made anew each time, as the schema does. */
const withDefault =
  (inner: Reader, of: Pick<Declared, 'defaultValue'>): Reader =>
  (input) =>
    input === undefined ? of.defaultValue : inner(input);

const issues: object[] = [];

const transformed =
  (inner: Reader, { transform }: Pick<Declared, 'transform'>): Reader =>
  (input) => {
    const value = inner(input);
    if (value === UNFIT) return UNFIT;
    const result = transform(value, { value, issues });
    if (issues.length === 0) return result;
    issues.length = 0;
    return UNFIT;
  };

/** So many texts of one leaf are remembered, and none that is longer; any other is read each time. */
const REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 60;

/** A text by itself, where JavaScript may keep a whole file for a part of it. */
const apart = (text: string): string => Array.from(text).join('');

/** A leaf's text stands for the same in every file: the words, moments and values that authors write are few. */
const remembering = (read: Reader): Reader => {
  const known = new Map<string, unknown>();
  return (input) => {
    if (typeof input !== 'string' || input.length > LONGEST_REMEMBERED) return read(input);
    const before = known.get(input);
    if (before !== undefined || known.size >= REMEMBERED) return before ?? read(input);
    const text = apart(input);
    const value = read(text);
    known.set(text, value);
    return value;
  };
};

const checked =
  (inner: Reader, checks: NonNullable<Declared['checks']>): Reader =>
  (input) => {
    const value = inner(input);
    if (value === UNFIT) return UNFIT;
    const payload: Payload = { value, issues: [] };
    for (const { _zod } of checks) _zod.check(payload);
    return payload.issues.length === 0 && payload.value === value ? value : UNFIT;
  };

const fieldOf = ([key, schema]: readonly [string, z.core.$ZodType]): Field => ({
  key,
  read: readerOf(schema),
  mayLack: declared(schema).type === 'optional',
});

function pipe(from: z.core.$ZodType, to: z.core.$ZodType): Reader {
  const next = declared(to);
  if (next.type !== 'transform') throw new Error(`No quick reader for a pipe to "${next.type}".`);
  const read = transformed(readerOf(from), next);
  return declared(from).type === 'unknown' ? remembering(read) : read;
}

function bare(of: Declared): Reader {
  switch (of.type) {
    case 'unknown':
      return anything;
    case 'string':
      if (of.coerce === true) break;
      return string;
    case 'array':
      return list(readerOf(of.element));
    case 'object':
      if (of.catchall === undefined || declared(of.catchall).type !== 'never') break;
      return mapping(Object.entries(of.shape).map(fieldOf));
    case 'record':
      return record(readerOf(of.keyType), readerOf(of.valueType));
    case 'union':
      return union(of.options.map(readerOf));
    case 'optional':
      return optional(readerOf(of.innerType));
    case 'default':
      return withDefault(readerOf(of.innerType), of);
    case 'pipe':
      return pipe(of.in, of.out);
  }
  throw new Error(`No quick reader for "${of.type}".`);
}

function readerOf(schema: z.core.$ZodType): Reader {
  const of = declared(schema);
  const { checks = [] } = of;
  return checks.length === 0 ? bare(of) : checked(bare(of), checks);
}

/** What the schema would give for a sound value, or `UNFIT`. Made when it is first asked; throws for a kind of schema that it does not know. */
export function quickShape<T extends z.ZodType>(schema: T): (input: unknown) => z.output<T> | typeof UNFIT {
  let reader: Reader | null = null;
  return (input) => (reader ??= readerOf(schema))(input) as z.output<T> | typeof UNFIT;
}
