/** The JSON Schema of a scenario file as it stands on disk: the shape, and what is put in place before the shape is looked at (parameters, includes, repeated blocks). */

import { z } from 'zod';
import { EXPECT_HELP, GIVEN_HELP, MEASURE_HELP, REUSE_HELP, SCENARIO_HELP, STEP_HELP } from './key-help.ts';
import { scenarioShape } from './shape.ts';

type Json = Readonly<Record<string, unknown>>;

/** What stands for a value until the parameters are filled in: `$name`, also as part of a text. */
const PARAMETER = String.raw`\$`;
/** Keys below which nothing is a value of the language. */
const OPAQUE: readonly string[] = ['parameters', 'sweep', 'benches'];

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const propertiesOf = (schema: Json): Readonly<Record<string, Json>> => (schema['properties'] ?? {}) as Readonly<Record<string, Json>>;
const branchesOf = (schema: Json): readonly Json[] => (schema['anyOf'] ?? [schema]) as readonly Json[];

const listed = (words: readonly unknown[]): string => `one of ${words.join(', ')}`;

/** What an editor says in place of the bare schema's own words, a regular expression for instance. `errorMessage` and `patternErrorMessage` are its extensions. */
const wanted = ({ enum: words, examples, pattern, type }: Json): string => {
  if (Array.isArray(words)) return words.length > 20 ? 'a name from the list is expected here' : `${listed(words)} is expected here`;
  const example = Array.isArray(examples) ? `, e.g. ${String(examples[0])}` : '';
  if (typeof pattern === 'string') return `a value with its unit is expected here${example}`;
  return `${type === 'string' ? 'a text' : `a value of type ${String(type)}`} is expected here${example}`;
};

/** A leaf may be written as a parameter as well. */
const orParameter = (leaf: Json): Json => {
  const { pattern, description, enum: words, examples, type, ...rest } = leaf;
  const said = { ...(description === undefined ? {} : { description }), ...(examples === undefined ? {} : { examples }) };
  const errorMessage = wanted(leaf);
  if (typeof pattern === 'string')
    return { type, ...rest, ...said, pattern: `(?:${pattern})|${PARAMETER}`, errorMessage, patternErrorMessage: errorMessage };
  if (words !== undefined)
    return {
      ...rest,
      ...said,
      type: 'string',
      anyOf: [
        { enum: words, errorMessage },
        { pattern: PARAMETER, patternErrorMessage: errorMessage },
      ],
    };
  if (type === 'integer' || type === 'boolean')
    return {
      ...said,
      anyOf: [
        { ...rest, type, errorMessage },
        { type: 'string', pattern: PARAMETER, errorMessage, patternErrorMessage: errorMessage },
      ],
    };
  return { ...leaf, ...(type === undefined ? {} : { errorMessage }) };
};

/** Keys that YAML reads as numbers, as those of poles: some editors know them by a pattern only. */
const numberKeys = (properties: Readonly<Record<string, Json>>): Json => {
  const numbers = Object.entries(properties).filter(([key]) => /^\d+$/u.test(key));
  return numbers.length === 0 ? {} : { patternProperties: Object.fromEntries(numbers.map(([key, value]) => [`^${key}$`, value])) };
};

/** The same for every leaf below. */
const withParameters = (schema: Json): Json => {
  if (Array.isArray(schema['anyOf'])) return { ...schema, anyOf: branchesOf(schema).map(withParameters) };
  if (schema['type'] === 'array') return isObject(schema['items']) ? { ...schema, items: withParameters(schema['items']) } : schema;
  if (schema['type'] !== 'object') return orParameter(schema);
  const properties = Object.fromEntries(
    Object.entries(propertiesOf(schema)).map(([key, value]) => [key, OPAQUE.includes(key) ? value : withParameters(value)]),
  );
  const more = schema['additionalProperties'];
  return {
    ...schema,
    ...(schema['properties'] === undefined ? {} : { properties, ...numberKeys(properties) }),
    ...(isObject(more) && Object.keys(more).length > 0 ? { additionalProperties: withParameters(more) } : {}),
  };
};

/** Each key says what it is for. A description of a whole type gives way to the one of its place. */
const explained = (schema: Json, help: Readonly<Record<string, string>>): Json => ({
  ...schema,
  ...(schema['anyOf'] === undefined ? {} : { anyOf: branchesOf(schema).map((branch) => explained(branch, help)) }),
  ...(schema['properties'] === undefined
    ? {}
    : {
        properties: Object.fromEntries(
          Object.entries(propertiesOf(schema)).map(([key, value]) => [
            key,
            help[key] === undefined ? value : { ...value, description: help[key] },
          ]),
        ),
      }),
});

const property = (schema: Json, key: string): Json => {
  const found = propertiesOf(schema)[key];
  if (found === undefined) throw new Error(`a scenario's schema has no ${key}`);
  return found;
};
const itemsOf = (schema: Json, key: string): Json => property(schema, key)['items'] as Json;
const ref = (name: string): Json => ({ $ref: `#/definitions/${name}` });

const INCLUDE = { include: { type: 'string', minLength: 1 }, with: { type: 'object' } } as const;

/** An item of a list, or what stands in its place. */
const listOf = (name: string, ...others: readonly string[]): Json => ({
  type: 'array',
  items: { anyOf: [name, ...others].map(ref) },
});

/** The schema itself, draft 7: what editors and validators of YAML agree on. */
export const scenarioSchema = (): Json => {
  const shape = withParameters(z.toJSONSchema(scenarioShape, { io: 'input', target: 'draft-7' }));
  const { $schema, properties: _properties, required: _required, ...rest } = shape;
  const given = property(shape, 'given');
  const step = explained(itemsOf(shape, 'steps'), STEP_HELP);
  const { at, after, delay, timeout, wait, every, times } = propertiesOf(step);
  const include = explained({ type: 'object', properties: INCLUDE, required: ['include'], additionalProperties: false }, REUSE_HELP);
  const definitions: Readonly<Record<string, Json>> = {
    given: explained({ ...given, properties: { ...propertiesOf(given), ...INCLUDE } }, { ...GIVEN_HELP, ...REUSE_HELP }),
    step,
    block: explained(
      {
        type: 'object',
        properties: { at, after, delay, timeout, wait, every, times, steps: listOf('step', 'block', 'include') },
        required: ['every', 'steps'],
        additionalProperties: false,
      },
      REUSE_HELP,
    ),
    include,
    expectation: explained(itemsOf(shape, 'expect'), EXPECT_HELP),
    measurement: explained(itemsOf(shape, 'measure'), MEASURE_HELP),
  };
  const lists = {
    steps: listOf('step', 'block', 'include'),
    expect: listOf('expectation', 'include'),
    measure: listOf('measurement', 'include'),
  };
  const fragments = property(shape, 'fragments');
  const fragment = fragments['additionalProperties'] as Json;
  const pieces = { ...propertiesOf(fragment), given: ref('given'), ...lists };
  const whole = {
    ...propertiesOf(shape),
    given: ref('given'),
    ...lists,
    fragments: { ...fragments, additionalProperties: { ...fragment, properties: pieces } },
  };
  return {
    $schema,
    title: 'A scenario of bms-rig',
    description:
      'What a unit is given, what happens to it and when, and what is demanded of it. The whole language: scenarios/LANGUAGE.md.',
    ...rest,
    ...explained({ properties: whole }, SCENARIO_HELP),
    anyOf: [{ required: ['scenario', 'covers'] }, { required: ['fragments'] }],
    definitions,
  };
};
