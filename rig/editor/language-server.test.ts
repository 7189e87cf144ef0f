/** What an author sees in an editor that knows the schema of scenarios: yaml-language-server is what most editors run. */

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { REQUIREMENT_IDS } from '../../scenarios/requirements.ts';
import { LanguageServer } from './testing/language-server.ts';

const SCENARIOS = path.join(import.meta.dirname, '..', '..', 'scenarios');
const HEAD = 'scenario: What an editor says\ncovers: [LOAD-UV]\n';

describe('an editor with the schema of scenarios', () => {
  let server: LanguageServer;
  before(async () => {
    server = await LanguageServer.start('scenarios/schemas/scenario.json');
  });
  after(() => server.stop());

  it('has nothing to say of the suites', async () => {
    const files = globSync(['eol', 'regression', 'endurance'].map((suite) => path.join(SCENARIOS, suite, '*.yaml')));
    expect(files).to.have.length.greaterThan(30);
    const marked = await Promise.all(files.map(async (file) => server.check(path.basename(file), readFileSync(file, 'utf8'))));
    for (const [index, found] of marked.entries()) expect(found, files[index]).to.deep.equal([]);
  });

  it('has nothing to say of the examples of LANGUAGE.md', async () => {
    // What begins with this comment is a file of answers and no scenario.
    const examples = [
      ...readFileSync(path.join(SCENARIOS, 'LANGUAGE.md'), 'utf8').matchAll(/```yaml\r?\n(?!# answers\.yaml)([\s\S]*?)```/gu),
    ];
    expect(examples).to.have.length.greaterThan(10);
    const marked = await Promise.all(examples.map(async ([, text = ''], index) => server.check(`example-${index}.yaml`, text)));
    for (const [index, found] of marked.entries()) expect(found, examples[index]?.[1]).to.deep.equal([]);
  });

  it('offers the keys that fit, and the words of a closed list', async () => {
    expect(await server.complete('root.yaml', `${HEAD}|`)).to.include.members(['given', 'steps', 'expect', 'measure', 'until', 'sweep']);
    expect(await server.complete('given.yaml', `${HEAD}given:\n  |`)).to.include.members(['supply', 'remote', 'cells', 'poles', 'include']);
    expect(await server.complete('item.yaml', `${HEAD}steps:\n  - |`)).to.include.members(['at', 'after', 'wait', 'every', 'include']);
    expect(await server.complete('cable.yaml', `${HEAD}steps:\n  - at: 5 s\n    cable: |`)).to.have.members(['connected', 'broken']);
    expect(await server.complete('edge.yaml', `${HEAD}expect:\n  - edge: |`)).to.include.members([
      'load falls',
      'preAlarm rises',
      'ledRed lights',
    ]);
    expect(await server.complete('covers.yaml', 'scenario: x\ncovers:\n  - |')).to.have.members([...REQUIREMENT_IDS]);
  });

  it('says what a key is for', async () => {
    expect(await server.hover('hover-step.yaml', `${HEAD}steps:\n  - { at: 5 s, tempe|rature: 2 °C }`)).to.match(/by battery/u);
    expect(await server.hover('hover-expect.yaml', `${HEAD}expect:\n  - { edge: load falls, aft|er: 5 s, within: 2 s }`)).to.match(
      /counts from/u,
    );
    expect(await server.hover('hover-root.yaml', `${HEAD}un|til: 5 s`)).to.match(/end of the capture/u);
  });

  it('marks a mistake at its line, in words an author understands', async () => {
    const mistakes: readonly (readonly [text: string, line: number, message: RegExp])[] = [
      [`${HEAD}steps:\n  - { at: 5, cells: 3.0 V }`, 3, /a value with its unit is expected here, e\.g\. 30 s/u],
      [`${HEAD}steps:\n  - { at: 5 s, cels: 3.0 V }`, 3, /cels/u],
      [`${HEAD}steps:\n  - at: 5 s\n    cells: 3.0 A`, 4, /a value with its unit is expected here, e\.g\. 2 V/u],
      [`${HEAD}given:\n  suply: 12 V`, 3, /suply/u],
      [`${HEAD}given:\n  remote: H to batery`, 3, /one of link, off, H to battery, L to minus is expected here/u],
      [`${HEAD}expect:\n  - { at: 5 s, load: hgh }`, 3, /one of high, floating, low, notHigh is expected here/u],
      [`${HEAD}measure:\n  - { at: 5 s, what: volts }`, 3, /one of supplyVoltage/u],
      [`${HEAD}colour: red`, 2, /colour/u],
      ['scenario: x\ncovers: [LOAD-VU]', 1, /a name from the list is expected here/u],
      ['scenario: x', 0, /covers/u],
    ];
    const marked = await Promise.all(mistakes.map(async ([text], index) => server.check(`mistake-${index}.yaml`, text)));
    for (const [index, [text, line, message]] of mistakes.entries()) {
      const [first, ...others] = marked[index] ?? [];
      expect(first?.message, text).to.match(message);
      expect(first?.line, text).to.equal(line);
      expect(others, text).to.deep.equal([]);
    }
  });

  it('lets a parameter stand for any value', async () => {
    const text = `${HEAD}parameters: { volts: 9 V, how: link, often: 2 }\ngiven: { supply: $volts, remote: $how }\nsteps: [{ at: 5 s, every: 4 s, times: $often, cable: broken, for: 1 s }]`;
    expect(await server.check('parameters.yaml', text)).to.deep.equal([]);
  });
});
