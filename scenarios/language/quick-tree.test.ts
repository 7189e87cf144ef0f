/** The quick reader against the whole one: it may not know, but it never says anything else. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { array, assert, constantFrom, letrec, nat, oneof, property, tuple } from 'fast-check';
import { placeIn } from './places.ts';
import { quickTree } from './quick-tree.ts';
import { readText } from './source.ts';
import { readTree, wholeTree } from './tree.ts';

const SCENARIOS = path.join(import.meta.dirname, '..');
const suites = globSync(path.join(SCENARIOS, '**/*.yaml')).toSorted();

const SCALARS = `5 s¦x y¦'q'¦"q"¦12.8 V¦true¦~¦¦-5 s¦5¦0.5¦a-b¦{ a: 1, b: }¦[a, 5 s]¦{}¦[]¦x # c¦# c¦$a¦(a)¦1e0¦007¦-¦a:b¦a: b¦|¦é`.split(
  '¦',
);
const KEYS = ['a', 'b', 'c d', '1', 'e-f', 'not before', 'null', '__proto__', '"k"'];
/** What is put in somewhere. */
const MARKS = [
  ...Array.from(`\n:,#-{}[]'"ab1.~&*!|>%@?\\ `),
  '\n  ',
  '\n- ',
  ' #',
  ': ',
  '---',
  '...',
  '\u2028',
  '\u00A0',
  '\t',
  '\r\n',
  '\uFEFF',
  '<<: ',
];

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** A map of such values, of lists of them, and of maps; now and then with something that does not belong there. */
const { map: grown } = letrec<{ map: readonly string[]; value: readonly string[]; list: readonly string[] }>((tie) => ({
  map: array(tuple(constantFrom(...KEYS), tie('value')), { minLength: 1, maxLength: 3 }).map((entries) =>
    entries.flatMap(([key, [first = '', ...rest]], index) => [`${key}${index === 0 ? '' : index}:${first}`, ...rest]),
  ),
  list: array(
    oneof(
      constantFrom(...SCALARS).map((text) => [text]),
      tie('map'),
    ),
    { minLength: 1, maxLength: 3 },
  ).map((items) => items.flatMap(([first = '', ...rest]) => [`- ${first}`, ...indented(rest)])),
  value: oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: constantFrom(...SCALARS).map((text) => [` ${text}`]) },
    { weight: 1, arbitrary: tie('map').map((lines) => ['', ...indented(lines)]) },
    { weight: 1, arbitrary: tie('list').map((lines) => ['', ...indented(lines)]) },
    { weight: 1, arbitrary: tie('list').map((lines) => ['', ...lines]) },
  ),
}));
const file = tuple(grown, array(tuple(nat(400), constantFrom(...MARKS)), { maxLength: 2 })).map(([lines, marks]) =>
  marks.reduce((text, [at, mark]) => `${text.slice(0, at % text.length)}${mark}${text.slice(at % text.length)}`, `${lines.join('\n')}\n`),
);

/** How many it could read. */
let read = 0;

const agrees = (text: string): void => {
  const quick = quickTree(text, 0);
  if (quick === null) return;
  read += 1;
  const whole = wholeTree('x.yaml', text);
  expect(whole.issues, JSON.stringify(text)).to.deep.equal([]);
  expect(quick, JSON.stringify(text)).to.deep.equal(whole.root);
};

describe('the quick reader', () => {
  it('reads every file of the suites as the whole reader does', () => {
    for (const name of suites) {
      const text = readFileSync(name, 'utf8');
      expect(quickTree(text, 0), name).to.deep.equal(wholeTree(name, text).root);
    }
    expect(suites).to.have.length.above(40);
  });

  it('agrees with the whole reader on whatever it takes for plain', () => {
    assert(property(file, agrees), { numRuns: 8_000 });
    expect(read).to.be.above(400);
  });

  it('agrees where a file of the suites has been damaged in one place', () => {
    const texts = suites.map((name) => readFileSync(name, 'utf8'));
    read = 0;
    assert(
      property(constantFrom(...texts), nat(), nat(2), constantFrom(...MARKS), (text, at, remove, mark) => {
        const damaged = `${text.slice(0, at % text.length)}${mark}${text.slice((at % text.length) + remove)}`;
        if (readText({ file: 'x.yaml', bytes: Buffer.from(damaged) }).ok) agrees(damaged);
      }),
      { numRuns: 800 },
    );
    expect(read).to.be.above(120);
  });

  it('leaves what is not plain, or not YAML, to the whole reader', () => {
    const others = [
      '- a',
      'a: &b 1',
      'a: |\n  b',
      'a: "\\n"',
      "a: 'it''s'",
      'a: b\n  c',
      'a: 1\na: 2',
      '__proto__: 1',
      'a: 0x1f',
      'a: -',
      'a:\tb',
    ];
    expect(others.filter((text) => quickTree(text, 0) !== null)).to.deep.equal([]);
    expect(quickTree(`a${'b'.repeat(1_100)}: 1`, 0)).to.equal(null);
  });

  it('gives the same places', () => {
    const text = readFileSync(path.join(SCENARIOS, 'regression/r13-remote.yaml'), 'utf8');
    const [quick, whole] = [readTree('x.yaml', text).source, wholeTree('x.yaml', text).source];
    for (let at = 0; at <= text.length; at += 1) expect(placeIn([quick], at)).to.deep.equal(placeIn([whole], at));
  });
});
