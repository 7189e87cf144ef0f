/** The documents keep their word: README's example compiles, its commands exist, and every file, section and id that a page or a comment names is there. */

import { expect } from 'chai';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { readAndCompile } from '../scenarios/compile.ts';
import { formatIssue } from '../scenarios/contracts/issue.ts';
import { DEFECTS } from '../rig/sim/defects/catalogue.ts';

const ROOT = path.join(import.meta.dirname, '..');
const ELSEWHERE = ['node_modules', '.git', 'runs'];
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replaceAll('\r\n', '\n');

const below = (folder: string): readonly string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !ELSEWHERE.includes(name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? [`${file}/`, ...below(file)] : [file];
    });

const FILES = below('.');
const PAGES = FILES.filter((file) => file.endsWith('.md'));
const TEXTS = FILES.filter((file) => /\.(ts|cjs|c|h|md|yaml)$/u.test(file) && file !== 'tools/documents.test.ts').map((file) => ({
  file,
  text: read(file),
}));

/** A file or folder of the project, named by its whole path, from the folder of the page, or by the end of its path. */
const exists = (name: string, page: string): boolean =>
  [name, path.posix.join(path.posix.dirname(page), name)].some((file) => existsSync(path.join(ROOT, file))) ||
  FILES.some((file) => file.endsWith(`/${name}`));

/** What a run writes, and what stands for the reader's own file. */
const NOT_OURS = [
  'record.json',
  'junit.xml',
  'report.html',
  'my.yaml',
  'my-unit.hex',
  'a/logic.c',
  'b/logic.c',
  'x.ts',
  'x.test.ts',
  'scenario.yaml',
  'bench.yaml',
  'reports/runs/',
];
const isPlaceholder = (name: string): boolean =>
  NOT_OURS.includes(name) || /[A-Z]{4}\.|NN|NAME|FILE|\*|</u.test(name.replace(/[A-Z]+\.md$/u, ''));
const LOOKS_LIKE_A_FILE = /^[\w.-]+(\/[\w.-]+)*(\/|\.(ts|c|h|md|yaml|json|txt|cjs|hex|patch|html|xml|S))$/u;

const matches = (text: string, pattern: RegExp): readonly string[] => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const linesOf = (text: string, pattern: RegExp): ReadonlySet<string> => new Set(matches(text, pattern));

describe('README.md', () => {
  const page = read('README.md');
  const commands = matches(page, /^ {4}(.+)$/gmu).map((line) => line.replace(/ +#.*/u, ''));

  it('shows a scenario that compiles without an issue', () => {
    const examples = matches(page, /```yaml\n([\s\S]*?)```/gu);
    expect(examples).to.have.length(1);
    const result = readAndCompile({ file: 'README.md', bytes: new TextEncoder().encode(examples[0]) });
    expect(result.issues.map(formatIssue)).to.deep.equal([]);
    expect(result.ok && result.cases).to.have.length(1);
  });

  it('shows commands and files that exist', () => {
    expect(commands).to.have.length.above(8);
    const scripts = (JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }).scripts;
    for (const command of commands.flatMap((line) => line.split(' && '))) {
      const [program, first, second] = command.split(' ');
      if (program === 'npm' && first !== 'ci') expect(scripts, command).to.have.property(first === 'run' ? second! : first!);
      if (program === 'npx') expect(read('rig/cli/help.txt'), command).to.contain(`rig ${second} `);
      const named = matches(command, /(?<= )((?:scenarios|rig|reports)\/\S+)/gu);
      for (const file of named) expect(existsSync(path.join(ROOT, file)), command).to.equal(true);
      for (const defect of matches(command, /--defect (\S+)/gu)) {
        // A mutant goes by its place in the stand-in's source.
        const [source, line] = defect.split(':');
        if (command.includes('--generated')) {
          const lines = read(`rig/sim/unit/firmware/${source}`).split('\n');
          expect(lines.length, command).to.be.at.least(Number(line));
        } else
          expect(
            DEFECTS.map(({ name }) => name),
            command,
          ).to.include(defect);
      }
    }
  });
});

describe('every page', () => {
  for (const page of PAGES) {
    it(`${page} links to and names what is there`, () => {
      const text = read(page);
      const linked = matches(text, /\]\(([^)\s]+)\)/gu).filter((target) => !/^https?:/u.test(target));
      for (const target of linked)
        expect(existsSync(path.join(ROOT, path.dirname(page), target.split('#')[0]!)), `${page}: ${target}`).to.equal(true);
      const named = matches(text, /`([^`\n]+)`/gu).filter((name) => LOOKS_LIKE_A_FILE.test(name) && !isPlaceholder(name));
      for (const name of named) expect(exists(name, page), `${page}: ${name}`).to.equal(true);
    });
  }
});

describe('every citation', () => {
  const facts = read('firmware-ref/FACTS.md');
  const defined = new Set([
    ...linesOf(facts, /^\| ([FA]-[A-Z0-9-]+|R\d+) \|/gmu),
    ...linesOf(read('rig/sim/BENCH.md'), /(?:^\| |\()(B-[A-Z-]+)(?: \||\))/gmu),
  ]);

  it('of a fact, an assumption, a ruling or a figure finds its row', () => {
    expect(defined.size).to.be.above(80);
    for (const { file, text } of TEXTS)
      for (const id of matches(text, /(?<![\w-])([FAB]-(?!Z0)[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*|R(?:[1-9]|[1-9]\d))(?![\w-])/gu))
        if (!id.startsWith('R') || /^(firmware-ref|scenarios)\//u.test(file)) expect(defined, `${file}: ${id}`).to.include(id);
  });

  it('of a source in FACTS.md finds its address', () => {
    const [body = '', sources = ''] = facts.split('\n## Sources\n');
    const known = matches(sources, /^\| ([A-Z0-9, ]+) \|/gmu).flatMap((keys) => keys.split(', '));
    const cited = new Set(matches(body, /\[([A-Z]\d+)\]/gu));
    expect([...cited].toSorted()).to.deep.equal(known.toSorted());
  });

  it('of a document, and of a section in it, finds both', () => {
    for (const { file, text } of TEXTS)
      for (const match of text.matchAll(/(?<![\w/.-])((?:[\w-]+\/)*[A-Z]+\.md)(?:, ["“](\w[^"”\n]*)["”])?/gu)) {
        const [, name = '', section] = match;
        expect(exists(name, file), `${file}: ${name}`).to.equal(true);
        if (section === undefined) continue;
        const page = PAGES.find((one) => one === name || one.endsWith(`/${name}`));
        expect(linesOf(read(page!), /^#+ (.+)$/gmu), `${file}: ${name}`).to.satisfy((headings: ReadonlySet<string>) =>
          [...headings].some((heading) => heading.toLowerCase().startsWith(section.toLowerCase())),
        );
      }
  });
});
