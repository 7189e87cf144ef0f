/** The quick reader of shapes against the schema itself: what fits the one fits the other, and comes to the same. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { z } from 'zod';
import { plain } from './node.ts';
import { quickShape, UNFIT } from './quick-shape.ts';
import { scenarioShape } from './shape.ts';
import { readTree } from './tree.ts';

const SCENARIOS = path.join(import.meta.dirname, '..');
const suites = globSync(path.join(SCENARIOS, '**/*.yaml')).toSorted();
const quick = quickShape(scenarioShape);

const examples = [...readFileSync(path.join(SCENARIOS, 'LANGUAGE.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/gu)].map(
  ([, text = '']) => text,
);
const texts = [...suites.map((name) => readFileSync(name, 'utf8')), ...examples];
const values = texts.flatMap((text) => {
  const { root } = readTree('x.yaml', text);
  return root === null ? [] : [plain(root)];
});

type Holder = Record<string, unknown> | unknown[];
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** Every mapping and list in a value, itself included. */
const holders = (value: unknown): Holder[] => (isHolder(value) ? [value, ...Object.values(value).flatMap(holders)] : []);
const parts = values.flatMap((value) => holders(value).flatMap((holder) => [holder, ...Object.values(holder)]));
const keys = [
  ...new Set(values.flatMap((value) => holders(value).flatMap((holder) => (Array.isArray(holder) ? [] : Object.keys(holder))))),
];
const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  1.5,
  '',
  ' ',
  '5',
  '-5 s',
  'nothing',
  [],
  {},
  [null],
  { a: 1 },
  { battery: 1 },
  'toString',
  { toString: 1 },
];

/** In one place something else, something less, or something more. */
const damaged = (value: unknown, at: number, what: number, key: string, part: unknown): unknown => {
  const copy = structuredClone(value);
  const all = holders(copy);
  const holder = all[at % all.length]!;
  const own = Object.keys(holder);
  const place = own[what % Math.max(own.length, 1)];
  const target = holder as Record<string, unknown>;
  if (what % 3 === 0 && place !== undefined) target[place] = part;
  else if (what % 3 === 1 && place !== undefined && !Array.isArray(holder)) delete target[place];
  else if (Array.isArray(holder)) holder.push(part);
  else target[key] = part;
  return copy;
};

let fitting = 0;

/** In text, too: what comes after it goes through keys in their order. */
const agrees = (value: unknown): void => {
  const said = scenarioShape.safeParse(value);
  const found = quick(value);
  const told = JSON.stringify(value);
  expect(found !== UNFIT, told).to.equal(said.success);
  if (!said.success) return;
  fitting += 1;
  expect(found, told).to.deep.equal(said.data);
  expect(JSON.stringify(found), told).to.equal(JSON.stringify(said.data));
};

describe('the quick reader of shapes', () => {
  it('gives for every file of the suites, and every example of the language, what the schema gives', () => {
    for (const value of values) agrees(value);
    expect(fitting).to.be.above(30);
  });

  it('agrees with the schema where something has been done to them', () => {
    fitting = 0;
    const damage = tuple(nat(), nat(), constantFrom(...keys), constantFrom(...parts, ...STRANGE));
    assert(
      property(constantFrom(...values), array(damage, { minLength: 1, maxLength: 2 }), (value, damages) => {
        agrees(damages.reduce<unknown>((left, [at, what, key, part]) => damaged(left, at, what, key, part), value));
      }),
      { numRuns: 1_000 },
    );
    expect(fitting).to.be.above(60);
  });

  it('gives for a text of a leaf the same each time, however many others it has read', () => {
    let asked = 0;
    const pair = z.unknown().transform((input, context) => {
      asked += 1;
      if (input === 'wrong') context.issues.push({ code: 'custom', input, message: 'wrong' });
      return [input];
    });
    const read = quickShape(pair);
    for (const text of ['right', 'right', 'wrong', 'wrong']) expect(read(text), text).to.deep.equal(text === 'wrong' ? UNFIT : [text]);
    expect(asked, 'each is read once').to.equal(2);
    for (let number = 0; number < 2_500; number++) expect(read(`${number % 1_250} s`)).to.deep.equal([`${number % 1_250} s`]);
    for (const value of ['right', 'x'.repeat(1_000), 1, '1', null]) expect(read(value)).to.deep.equal([value]);
  });

  it('leaves what is no mapping, and a mapping that may be none, to the schema', () => {
    for (const value of [null, 1, 'x', [], undefined]) expect(quick(value)).to.equal(UNFIT);
    const records = quickShape(z.record(z.string(), z.unknown()));
    expect(records({ a: 1 })).to.deep.equal({ a: 1 });
    expect(records({ constructor: 1 })).to.equal(UNFIT);
  });

  it('does not know every kind of schema, and says so when it is first asked', () => {
    for (const schema of [z.number(), z.object({ a: z.string() }), z.string().pipe(z.string())])
      expect(() => quickShape(schema)('x')).to.throw('No quick reader for');
  });
});
