/** What `readScenario` does with whole files: hostile ones give one clear Issue each, good ones their content and places. */

import { expect } from 'chai';
import { assert, property, string, uint8Array } from 'fast-check';
import { z } from 'zod';
import { formatIssue } from '../contracts/issue.ts';
import { readAndCompile } from '../compile.ts';
import type { Issue } from '../contracts/issue.ts';
import { readScenario } from './read.ts';
import { placeOf } from './scenario.ts';
import { scenarioShape } from './shape.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (content: string | Uint8Array) =>
  readScenario({ file: 'x.yaml', bytes: typeof content === 'string' ? bytes(content) : content });
const found = (content: string | Uint8Array): readonly Issue[] =>
  readAndCompile({ file: 'x.yaml', bytes: typeof content === 'string' ? bytes(content) : content }).issues;
const issues = (content: string | Uint8Array): readonly string[] => found(content).map(({ line, col, id }) => `${line}:${col} ${id}`);
const SEEDED = { seed: 20_261_128 };
const HEAD = 'scenario: A title\ncovers: [REACTION]\n';

/** Nested aliases: ten to the ninth when expanded. */
const LAUGHS = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefghi'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[index]}`).join(', ')}]`)
  .join('\n')}\n`;

describe('readScenario', () => {
  const hostile: readonly [string, string | Uint8Array, string][] = [
    ['an empty file', '', '1:1 empty-file'],
    ['only white space', ' \n\n', '1:1 empty-file'],
    ['only comments', '# nothing\n', '1:1 not-a-mapping'],
    ['a binary file', Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1, 2), '1:1 not-text'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x73, 0, 0x63, 0), '1:1 not-text'],
    ['Latin-1', Uint8Array.of(0x35, 0x20, 0xb0, 0x43), '1:1 not-text'],
    ['a file of more than 1 MiB', 'x'.repeat(1_048_577), '1:1 too-large'],
    ['a million commas', `a: [${','.repeat(1_000_000)}]`, '1:100003 too-large'],
    ['two hundred thousand anchors', `a: ${'&a '.repeat(200_000)}`, '1:300001 too-large'],
    ['a list', '- a\n- b\n', '1:1 not-a-mapping'],
    ['a word', 'hello\n', '1:1 not-a-mapping'],
    ['aliases that explode', LAUGHS, '2:8 alias'],
    ['an alias to what contains it', 'a: &a\n  b: *a\n', '2:6 alias'],
    ['brackets a million deep', `a: ${'['.repeat(1_000_000)}`, '1:28 too-deep'],
    ['braces a hundred deep', `a: ${'{ b: '.repeat(100)}`, '1:124 too-deep'],
    ['dashes a hundred thousand deep', `${'- '.repeat(100_000)}x`, '1:1 too-deep'],
    ['indentation five hundred deep', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), '202:1 too-deep'],
    ['two documents', `${HEAD}---\n${HEAD}`, '3:1 several-documents'],
    ['a key that is a mapping', `${HEAD}? { a: b }\n: c\n`, '3:3 bad-key'],
    ['a key that reaches for the prototype', `${HEAD}__proto__: { supply: 1 }\n`, '3:1 bad-key'],
    ['a tag that makes something else of a value', `${HEAD}given: !!map { supply: 12.8 V }\n`, '3:14 tag'],
  ];
  for (const [name, content, expected] of hostile) {
    it(`${name} is one issue`, () => {
      expect(issues(content)).to.deep.equal([expected]);
    });
  }

  it('five thousand keys, all unknown, end in a hundred issues and one that counts the rest', () => {
    const text = HEAD + Array.from({ length: 5_000 }, (_, index) => `key${index}: 1`).join('\n');
    const all = found(text);
    expect(all).to.have.length(101);
    expect(all.at(-1)).to.include({ id: 'more', message: '4900 more mistakes follow' });
  });

  it('never throws, whatever the bytes are', () => {
    assert(
      property(uint8Array({ maxLength: 200 }), (content) => expect(read(content).issues).not.to.deep.equal([]) !== undefined),
      SEEDED,
    );
    assert(
      property(string({ unit: 'binary', maxLength: 80 }), (line) => Array.isArray(found(`${HEAD}${line}`))),
      SEEDED,
    );
    assert(
      property(string({ maxLength: 40 }), (line) => Array.isArray(found(`${HEAD}steps:\n  - at: ${line}\n    supply: ${line}\n`))),
      SEEDED,
    );
  });

  it('reads a file with a byte order mark and Windows line ends at the same places', () => {
    const text = `\uFEFF${HEAD}given:\n  supply: 12.8\n`.replaceAll('\n', '\r\n');
    expect(issues(text)).to.deep.equal(['4:11 bare-number']);
  });

  it('gives content, hash and places', () => {
    const result = read(`${HEAD}steps:\n  - at: 5 s\n    cells: { ramp to: 2.7 V, over: 10 s }\n`);
    const scenario = result.variants[0]?.scenario;
    if (!scenario) throw new Error(result.issues.map(formatIssue).join('\n'));
    expect(scenario.hash).to.match(/^[0-9a-f]{64}$/u);
    const ramp = { kind: 'ramp', to: 2_700, over_us: 10_000_000 };
    const origin = { number: 1, part: null, repeat: null };
    const cells = [{ which: { kind: 'all' }, word: ramp, key: null }];
    expect(scenario.steps).to.deep.equal([{ at: 5_000_000, cells, ...origin }]);
    expect(placeOf(scenario, 'steps', 0, 'cells', 'over')).to.deep.equal({ file: 'x.yaml', line: 5, col: 36 });
    expect(placeOf(scenario, 'steps', 0, 'supply')).to.deep.equal({ file: 'x.yaml', line: 4, col: 5 });
  });

  it('says who, what and what to write instead', () => {
    const [issue] = found(`${HEAD}given:\n  suply: 12.8 V\n`);
    expect(issue === undefined ? '' : formatIssue(issue)).to.equal(
      'x.yaml:4:3 "suply" is not a key here (did you mean supply?) [unknown-key]',
    );
  });

  it('the same declaration gives a JSON Schema', () => {
    const schema = z.toJSONSchema(scenarioShape, { io: 'input' });
    expect(schema.required).to.deep.equal(['scenario', 'covers']);
    expect(schema.additionalProperties).to.equal(false);
    const text = JSON.stringify(schema);
    for (const word of ['ramp to', 'dip to', 'pre-alarm hardware', 'preAlarm rises', 'H to battery', 'LOAD-UV'])
      expect(text).to.include(word);
  });
});
