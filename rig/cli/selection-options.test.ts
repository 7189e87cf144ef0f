import { expect } from 'chai';
import { runDocument } from '../../reports/shape/documents.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('which cases run', () => {
  const scratch = scratchFolder();
  const file = (name: string, tags: string): string =>
    scratch.file(`${name}.yaml`, QUIET_SCENARIO.replace('steps: []', `tags: [${tags}]\nsteps: []`));
  const files = [file('one', 'smoke, fast'), file('two', 'fast'), file('three', 'slow')];
  after(() => scratch.remove());
  const argv = (...options: readonly string[]): readonly string[] => [
    'run',
    ...files,
    '--bench',
    'reference',
    '--out',
    scratch.path,
    ...options,
  ];
  const chosen = async (...options: readonly string[]) => {
    const { out } = await runCommand([...argv(...options), '--json']);
    const document = runDocument.parse(JSON.parse(out));
    return [document.cases.map(({ title, id }) => id.split('/').at(-1) ?? title), document.selection] as const;
  };

  const words = async (...options: readonly string[]) => {
    const { message, hint } = await refused(argv(...options), 2);
    return `${message} ${hint}`;
  };

  it('is said by tags, name and part, and the record keeps the wish', async () => {
    expect(await chosen('--tags', 'fast,~smoke')).to.deep.equal([['two'], { of: 3, tags: 'fast,~smoke', grep: null, shard: null }]);
    expect(await chosen('--grep', '(TWO|three)$')).to.deep.equal([
      ['two', 'three'],
      { of: 3, tags: null, grep: '(TWO|three)$', shard: null },
    ]);
    const parts = await Promise.all(['1/2', '2/2'].map((shard) => chosen('--shard', shard)));
    expect(parts.flatMap(([ids]) => ids).toSorted()).to.deep.equal(['one', 'three', 'two']);
    expect((await chosen())[1]).to.equal(null);
  });

  it('is told in the summary', async () => {
    const { out } = await runCommand(argv('--tags', 'slow'));
    expect(out).to.contain('1 case: ').and.to.contain('selected of 3');
  });

  it('is never none: that would look like a pass', async () => {
    const nothing = await refused(argv('--grep', 'zzz'), 2);
    expect(nothing.message).to.equal('None of the 3 cases is selected.');
    const part = await refused(argv('--tags', 'smoke', '--shard', '2/2'), 2);
    expect([part.message, part.hint]).to.deep.equal(['Part 2/2 of 1 selected case is empty.', 'use fewer parts']);
  });

  it('is refused where the wish cannot be read', async () => {
    expect(await words('--tags', 'fats')).to.equal('No case has the tag "fats". did you mean fast?');
    expect(await words('--tags', '~slwo')).to.contain('No case has the tag "slwo".');
    expect(await words('--tags', 'fast,,slow')).to.contain('--tags has an empty tag in "fast,,slow".');
    expect(await words('--grep', '(')).to.contain('--grep is not a regular expression: /(/iu: Unterminated group.');
    for (const shard of ['0/2', '3/2', '1', '1/0', 'a/b', '-1/2'])
      expect(await words(`--shard=${shard}`)).to.contain(`--shard wants i/n with i from 1 to n, not "${shard}".`);
  });
});
