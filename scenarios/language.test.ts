/** LANGUAGE.md keeps its promise: every example in it compiles, and every key, word, unit and signal of the language is in it. */

import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readAndCompile } from './compile.ts';
import { formatIssue } from './contracts/issue.ts';
import type { LoadFragments } from './language/reuse/fragments.ts';
import { readAnswers } from './language/answers.ts';
import { DIMENSIONS } from './language/quantity.ts';
import { given, scenarioShape, step } from './language/shape.ts';
import { batterySettings } from './language/shape-stimuli.ts';
import { ANALOG_SIGNALS, SENSES } from './signals.ts';

const page = readFileSync(new URL('LANGUAGE.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/gu)].map((match) => ({
  text: match[1] ?? '',
  line: page.slice(0, match.index).split('\n').length + 1,
}));

const ANSWERS = '# answers.yaml';

/** Files that examples include are on the page too: a block of fragments begins with its path in a comment. */
const load: LoadFragments = (_from, path) => {
  const found = examples.find(({ text }) => text.startsWith(`# ${path}\n`));
  if (found === undefined) return { ok: false, id: 'include-missing', message: `${path} is not on the page`, hint: '' };
  return { ok: true, source: { file: path, bytes: new TextEncoder().encode(found.text) } };
};

/** What a text asks of the fixture, without the places it comes from. */
const asked = (text: string): unknown => {
  const result = readAndCompile({ file: 'a/b.yaml', bytes: new TextEncoder().encode(text) });
  return result.ok ? result.cases[0]?.timeline.entries.map(({ id, when, do: action }) => ({ id, when, action })) : result.issues;
};

describe('LANGUAGE.md', () => {
  it('shows a file of answers that can be read', () => {
    const file = examples.find(({ text }) => text.startsWith(ANSWERS));
    const read = readAnswers({ file: 'answers.yaml', bytes: new TextEncoder().encode(file?.text ?? '') });
    expect(read.ok && read.answers.answers.map(({ step, choice }) => [step, choice])).to.deep.equal([
      ['led', 'yes'],
      ['turned', 'done'],
    ]);
  });
  for (const { text, line } of examples.filter((one) => !one.text.startsWith(ANSWERS))) {
    it(`the example in line ${line} compiles without an issue`, () => {
      const result = readAndCompile({ file: 'LANGUAGE.md', bytes: new TextEncoder().encode(text) }, { load });
      expect(result.issues.map(formatIssue)).to.deep.equal([]);
      const count = /^# (\d+) cases$/mu.exec(text)?.[1];
      expect(result.ok && result.cases).to.have.length(
        count === undefined ? (text.includes('\nscenario:') || text.startsWith('scenario:') ? 1 : 0) : Number(count),
      );
    });
  }

  it('shows every key in an example', () => {
    const all = examples.map(({ text }) => text).join('\n');
    const keys = [scenarioShape, given, step, batterySettings].flatMap(({ shape }) => Object.keys(shape));
    for (const key of keys) expect(all, key).to.match(new RegExp(`(^|[ {-])${key}:`, 'mu'));
    for (const key of [
      'ramp to',
      'over',
      'dip to',
      'pulse to',
      'noise',
      'seed',
      'batteries',
      'coil',
      'inductance',
      'resistor',
      'for',
      'lowest',
      'highest',
      'edge',
      'never',
      'eventually',
      'by',
      'in this order',
      'not before',
      'within',
      'from',
      'to',
      'choices',
      'right',
      'within',
      'what',
      'along',
      'margin',
      'low',
      'high',
      'sink',
      'include',
      'with',
      'step',
      'count',
    ])
      expect(all, key).to.include(`${key}: `);
  });

  it('names every signal and unit', () => {
    for (const word of [...SENSES, ...ANALOG_SIGNALS]) expect(page, word).to.match(new RegExp(`\\b${word}\\b`, 'u'));
    for (const dimension of ['voltage', 'current', 'time', 'temperature'] as const) {
      for (const unit of Object.keys(DIMENSIONS[dimension].units).filter((each) => !each.includes('μ') && each !== 'µA' && each !== '℃'))
        expect(page, unit).to.include(unit);
    }
  });

  it('states the defaults that the compiler uses', () => {
    const defaults = examples.find(({ text }) => text.includes('All defaults'))?.text ?? '';
    expect(asked(defaults)).to.deep.equal(asked('scenario: Nothing given\ncovers: [POWER-UP]\n'));
  });
});
