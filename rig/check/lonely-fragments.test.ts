/** Who a fragment of a file of its own counts as included by. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { scratchFolder } from '../cli/testing/command.ts';
import { checkFiles } from './check-files.ts';

const TWO = 'fragments:\n  trip:\n    steps: [{ wait: 5 s, cells: 2.7 V }]\n  back:\n    steps: [{ wait: 5 s, cells: 3.3 V }]\n';
const asking = (...refs: readonly string[]): string =>
  `scenario: A title\ncovers: [REACTION]\nsteps:\n${refs.map((ref) => `  - include: ${ref}\n`).join('')}`;

describe('a fragment in a file of its own', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  let count = 0;
  /** `line id` of the warnings on unused fragments, with the files written into a folder of their own and `checked` of them checked. */
  const found = async (checked: readonly string[], files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const home = `${++count}`;
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(scratch.path, home, path.dirname(name)), { recursive: true });
      scratch.file(path.join(home, name), text);
    }
    const { issues } = await checkFiles(
      checked.map((name) => path.join(scratch.path, home, name)),
      {},
    );
    expect(issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    return issues.filter(({ id }) => id === 'unused-fragment').map(({ file, line, col }) => `${path.basename(file)}:${line}:${col}`);
  };

  it('that nothing includes is told, once each', async () => {
    expect(await found(['a/f.yaml'], { 'a/f.yaml': TWO })).to.deep.equal(['f.yaml:2:3', 'f.yaml:4:3']);
    expect(await found(['.'], { 'a/f.yaml': TWO, 'a/s.yaml': asking('f.yaml#trip') })).to.deep.equal(['f.yaml:4:3']);
  });

  it('is included by a scenario beside it, around it or in a folder beside, checked or not', async () => {
    for (const [name, ref] of [
      ['a/s.yaml', 'f.yaml'],
      ['s.yaml', 'a/f.yaml'],
      ['b/s.yaml', '../a/f.yaml'],
    ] as const)
      for (const checked of [['a/f.yaml'], ['.']])
        expect(await found(checked, { 'a/f.yaml': TWO, [name]: asking(`${ref}#trip`, `${ref}#back`) }), name).to.deep.equal([]);
  });

  it('is included by another fragment of its file', async () => {
    const nested = TWO.replace('steps: [{ wait: 5 s, cells: 2.7 V }]', 'steps: [{ include: back }]');
    expect(await found(['a'], { 'a/f.yaml': nested, 'a/s.yaml': asking('f.yaml#trip') })).to.deep.equal([]);
  });

  it('is not included by a comment, by one of the same name in another file, or by a title', async () => {
    const scenario = `# - include: f.yaml#trip\n${asking('g.yaml#trip', 'g.yaml#back')}`.replace('A title', 'f.yaml#trip');
    expect(await found(['a'], { 'a/f.yaml': TWO, 'a/g.yaml': TWO, 'a/s.yaml': scenario })).to.deep.equal(['f.yaml:2:3', 'f.yaml:4:3']);
  });
});
