/** Every rule of the catalogue is kept by some line of code: its example gives its mistake and nothing else, at the marked place. */

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue, type Issue } from '../../scenarios/contracts/issue.ts';
import { RULE_IDS, RULES, type RuleId } from '../../scenarios/rules.ts';
import { unmark } from '../../scenarios/rules/rule.ts';
import { loadBenchFile } from '../bench-file/load.ts';
import { benchIssues } from '../bench-file/apply.ts';
import { ProofShelf } from '../campaign/proofs.ts';
import { scratchFolder } from '../cli/testing/command.ts';
import { compileFiles } from '../run/compile-files.ts';
import { loadProfile } from '../profile/load.ts';
import { checkCases } from './check-cases.ts';
import { checkCovers } from './covers.ts';

const checked = (text: string): readonly Issue[] => {
  const compiled = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
  return compiled.ok ? [...compiled.issues, ...checkCases(compiled.cases)] : compiled.issues;
};

const covers = (text: string): readonly Issue[] => {
  const compiled = readAndCompile({ file: 's.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  return checkCovers(compiled.cases, new ProofShelf());
};

const PROFILE = readFileSync(new URL('../profile/example.yaml', import.meta.url), 'utf8');
const GOOD = 'scenario: A title\ncovers: [REACTION]\n';

const ids = (...paths: readonly string[]): readonly RuleId[] => compileFiles(paths).issues.map((one) => one.id);

describe('the rules of rig check', () => {
  for (const id of RULE_IDS) {
    const { example } = RULES[id];
    if (example === null) continue;
    it(`${id}: its example has that mistake, there, and no other`, () => {
      const { text, expected } = unmark(example);
      const issues = id.startsWith('covers-') ? covers(text) : checked(text);
      expect(issues.map((one) => `${one.line}:${one.col} ${one.id}`)).to.deep.equal(expected);
      expect(expected.some((one) => one.endsWith(` ${id}`))).to.equal(true);
    });
  }

  it('are one line each, and what mends them another', () => {
    for (const id of RULE_IDS) {
      expect(RULES[id].finds, id).to.match(/^[A-Z`][^\n]{15,160}\.$/u);
      expect(RULES[id].fix, id).to.match(/^[^\n]{5,100}[^.\n]$/u);
    }
  });

  describe('of files', () => {
    const scratch = scratchFolder();
    after(() => scratch.remove());
    const at = (...parts: readonly string[]): string => path.join(scratch.path, ...parts);
    const written = (name: string, text: string): string => {
      mkdirSync(path.dirname(at(name)), { recursive: true });
      return scratch.file(name, text);
    };
    const including = (ref: string): readonly RuleId[] => ids(written('one/a.yaml', `${GOOD}steps:\n  - include: ${ref}\n`));
    const onBench = (scenario: string, bench: string): readonly RuleId[] => {
      const loaded = loadBenchFile(written('bench.yaml', bench));
      return loaded.ok ? benchIssues(compileFiles([written('one/b.yaml', scenario)]).cases, loaded.bench).map((one) => one.id) : [];
    };

    const ofProfile = (text: string): readonly RuleId[] => {
      const loaded = loadProfile(written('unit.yaml', text));
      return loaded.ok ? [] : loaded.issues.map((one) => one.id);
    };

    const found: Readonly<Partial<Record<RuleId, () => readonly RuleId[]>>> = {
      'file-missing': () => ids(at('nowhere.yaml')),
      'file-unreadable': () => {
        const loaded = loadBenchFile(at('no-bench.yaml'));
        return loaded.ok ? [] : loaded.issues.map((one) => one.id);
      },
      'file-too-large': () => ids(written('one/large.yaml', `${GOOD}#${'x'.repeat(1_100_000)}\n`)),
      'folder-empty': () => {
        mkdirSync(at('empty'));
        return ids(at('empty'));
      },
      'duplicate-case': () => ids(written('a/one/x.yaml', GOOD), written('b/one/x.yaml', GOOD)),
      'too-large': () => {
        const bomb = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(
          (name, index) => `  ${name}:\n    steps:\n${`      - include: ${'bcdefgz'[index]}\n`.repeat(12)}`,
        );
        return ids(
          written(
            'one/bomb.yaml',
            `${GOOD}steps:\n  - include: a\nfragments:\n${bomb.join('')}  z:\n    steps: [{ wait: 1 s, cells: 3 V }]\n`,
          ),
        );
      },
      more: () =>
        ids(written('one/many.yaml', `${GOOD}steps:\n${'  - { ta: 1 s }\n'.repeat(90)}expect:\n${'  - { at: 1 s }\n'.repeat(90)}`)),
      'picture-unfit': () => {
        written('one/lamp.svg', '<svg/>');
        return ids(written('one/asks.yaml', `${GOOD}steps:\n  - { at: 4 s, ask: { text: Lit?, choices: [done], picture: lamp.svg } }\n`));
      },
      'include-missing': () => including('nothing.yaml#trip'),
      'include-escape': () => including('../../elsewhere.yaml#trip'),
      'not-a-bench-file': () => {
        const loaded = loadBenchFile(written('s.yaml', GOOD));
        return loaded.ok ? [] : loaded.issues.map((one) => one.id);
      },
      'not-a-profile': () => ofProfile(GOOD),
      'not-a-date': () => ofProfile(PROFILE.replace(/learned: .*/u, 'learned: yesterday')),
      'pole-combinations': () => ofProfile(PROFILE.replace(/.*open: \[1, 3, 4\].*\n/u, '')),
      'loosens-official': () => ofProfile(PROFILE.replace(/wait at least: .*/u, 'wait at least: 29 s')),
      'no-good-unit': () => ofProfile(PROFILE.replace('open: [], load: high', 'open: [], load: floating')),
      'absent-channel': () =>
        onBench(
          `${GOOD}measure:\n  - { at: 2 s, what: loadDrop, high: 0.15 V }\n`,
          'bench: b\nboard: 1A2B3C4D\nchannels: { loadDrop: absent }\n',
        ),
    };

    for (const id of RULE_IDS.filter((one) => RULES[one].example === null))
      it(`${id} is found`, () => {
        expect(found[id]?.()).to.include(id);
      });
  });
});
