/** Building blocks of the language's shape: zod schemas whose refusals carry an issue id and a hint, and show up well in a JSON Schema. */

import { z } from 'zod';
import type { Parsed } from './moments.ts';
import { wordHint } from './nearest.ts';
import { DIMENSIONS, formatQuantity, readQuantity } from './quantity.ts';
import type { Dimension, Range, Refusal } from './quantity.ts';
import type { RuleId } from '../rules.ts';

/** What a refusal carries through zod beside its message. `mismatch`: another kind of value altogether, so another branch of a union was meant. */
export interface RefusalParams {
  readonly id: RuleId;
  readonly hint: string;
  readonly mismatch: boolean;
  /** See `Refusal`. */
  readonly elsewhere?: true | undefined;
}

const isContainer = (input: unknown): boolean => typeof input === 'object' && input !== null;

interface Context {
  readonly issues: object[];
}

const refuse = (context: Context, input: unknown, { id, message, hint, elsewhere }: Refusal): never => {
  const params: RefusalParams = { id, hint, mismatch: isContainer(input), elsewhere };
  context.issues.push({ code: 'custom', input, message, params });
  return z.NEVER;
};

const MISSING: Refusal = { id: 'missing-value', message: 'a value is missing here', hint: '' };
const missing = (input: unknown): boolean => input === undefined || input === null;

type JsonSchemaMeta = Readonly<Record<string, unknown>>;

/** A leaf that `parse` reads; `meta` is what the JSON Schema says of it. */
export const leaf = <T>(parse: (input: unknown) => Parsed<T>, meta: JsonSchemaMeta) =>
  z
    .unknown()
    .meta(meta)
    .transform((input, context): T => {
      if (missing(input)) return refuse(context, input, { ...MISSING, hint: exampleHint(meta) });
      const result = parse(input);
      return result.ok ? result.value : refuse(context, input, result);
    });

const exampleHint = (meta: JsonSchemaMeta): string => {
  const examples = meta['examples'] ?? meta['enum'];
  return Array.isArray(examples) && examples.length > 0 ? `e.g. ${String(examples[0])}` : '';
};

const pattern = (dimension: Dimension): string => {
  const units = Object.keys(DIMENSIONS[dimension].units);
  return String.raw`^[+-]?(\d+(\.\d+)?|\.\d+)\s*(${units.join('|')})$`;
};

/** The usual example of a dimension, where it lies in the range; else the middle of the range. */
const exampleIn = (dimension: Dimension, range: Range): string => {
  const { example } = DIMENSIONS[dimension];
  return readQuantity(example, [dimension], range).ok ? example : formatQuantity(Math.round((range.min + range.max) / 2), dimension);
};

/** A value with a unit, as an integer of the dimension's base unit. */
export const quantity = (dimension: Dimension, range: Range, description?: string) =>
  leaf<number>((input) => readQuantity(input, [dimension], range), {
    type: 'string',
    pattern: pattern(dimension),
    examples: [exampleIn(dimension, range)],
    ...(description === undefined ? {} : { description }),
  });

/** One word of a closed list. `also`: what else may stand there and is no word, for the hint alone. */
export const word = <const T extends string>(words: readonly T[], id: RuleId, what: string, also: readonly string[] = []) => {
  // Sound files have mappings beside words, each time refused in vain by the word.
  let noText: Refusal | null = null;
  return leaf<T>(
    (input) => {
      const found = words.find((each) => each === input);
      if (found !== undefined) return { ok: true, value: found };
      if (isContainer(input))
        return { ok: false, ...(noText ??= { id, message: `${what} is expected here`, hint: wordHint('', [...words, ...also]) }) };
      const text = String(input);
      return { ok: false, id, message: `"${text}" is not ${what}`, hint: wordHint(text, [...words, ...also]) };
    },
    { enum: [...words] },
  );
};

/** Separates the known keys in the message of an unknown-key refusal: zod passes nothing else through. */
export const KEY_SEPARATOR = '\u001F';

const strict = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(KEY_SEPARATOR) : undefined),
  });

/** A mapping with these keys and no others. */
export const mapping = <T extends z.core.$ZodLooseShape>(shape: T) =>
  strict(shape).check((context) => {
    // An unknown key lets zod go on, and a union then takes that branch for the right one: the closest branch is ours to choose.
    context.issues = context.issues.map((issue) => ({ ...issue, continue: false }));
  });

/** A mapping as `mapping`, with at least one of its keys. */
export const someOf = <T extends z.core.$ZodLooseShape>(shape: T) =>
  mapping(shape).check((context) => {
    if (Object.keys(context.value).length > 0 || context.issues.length > 0) return;
    const params: RefusalParams = { id: 'empty-mapping', hint: `keys here: ${Object.keys(shape).join(', ')}`, mismatch: false };
    context.issues.push({ code: 'custom', input: context.value, message: 'this mapping is empty', params: { ...params } });
  });

/** Any text that is not empty. */
export const text = (what: string) =>
  leaf<string>(
    (input) =>
      typeof input === 'string' && input.trim() !== ''
        ? { ok: true, value: input.trim() }
        : { ok: false, id: 'not-text', message: `${what} is expected here`, hint: 'put it in quotes when it looks like a number' },
    { type: 'string', minLength: 1 },
  );

/** A short name, of a bench or a unit for instance. */
export const name = (what: string, example: string) =>
  leaf<string>(
    (input) => {
      const text = typeof input === 'number' || typeof input === 'string' ? String(input).trim() : '';
      return /^[\p{L}\p{N}][\p{L}\p{N} ,._/-]{0,59}$/u.test(text)
        ? { ok: true, value: text }
        : { ok: false, id: 'not-a-name', message: `${what} is a short name`, hint: `letters, digits and spaces, e.g. ${example}` };
    },
    { type: ['string', 'integer'], examples: [example] },
  );
