/** What `rig watch` tells of a file is what `rig check` tells of it. */

import { expect } from 'chai';
import { checkFiles } from '../check/check-files.ts';
import { issueLine } from './issue-lines.ts';
import { scratchFolder } from './testing/command.ts';
import { lookAt } from './watched-file.ts';

const head = 'scenario: A title\ncovers: [REACTION]\n';
const fragments = 'fragments:\n  trip:\n    steps: [{ at: 5 s, cells: 2.7 V }]\n  back:\n    steps: [{ at: 9 s, cells: 3.3 V }]\n';

/** By what is to be found in it. */
const FILES = {
  'unused-fragment': fragments,
  'file-missing': `${head}steps:\n  - { at: 5 s, ask: { text: Is it lit?, choices: ['yes', 'no'], right: 'yes', picture: none.png } }\n`,
  'limit-too-fine': `${head}parameters: { least: 0 s }\nbenches: { port: { least: 29.9999 s } }\nsteps: [{ at: 5 s, cells: 2.7 V }]\nuntil: 45 s\nexpect: [{ edge: load falls, after: preAlarm rises, not before: $least, within: 30 s }]\n`,
  'unknown-key': `${head}stepps: []\n`,
  'unknown-fragment': `${head}steps: [{ include: 'unused-fragment.yaml#trap' }]\n`,
} as const;

describe('a watched file', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('is told the mistakes and warnings that a check finds, in their order', async () => {
    for (const [id, text] of Object.entries(FILES)) {
      const file = scratch.file(`${id}.yaml`, text);
      const { issues } = await checkFiles([file], {});
      expect(
        issues.map((one) => one.id),
        id,
      ).to.include(id);
      const look = lookAt(file, {});
      const told = issues.map(issueLine).join('');
      expect(look.text.slice(0, told.length), id).to.equal(told);
      expect(look.text.slice(told.length), id).to.match(/^\d+ mistakes?, \d+ warnings?/u);
      expect(look.mistakes, id).to.equal(issues.filter(({ severity }) => severity === 'error').length);
    }
  });

  it('is no longer warned of a fragment once a scenario beside it includes it', () => {
    const file = scratch.file('alone.yaml', fragments);
    expect(lookAt(file, {}).text).to.match(/"trip"[^]*"back"[^]*\n0 mistakes, 2 warnings, 0 cases\n/u);
    scratch.file('includes.yaml', `${head}steps: [{ include: 'alone.yaml#trip' }]\n`);
    expect(lookAt(file, {}).text).not.to.contain('"trip"');
  });
});
