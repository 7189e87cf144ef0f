// `rig soak` and the list of good units: what they print and what they refuse.
import { expect } from 'chai';
import { soakDocument, unitsDocument } from '../../reports/shape/campaigns.ts';
import { GOOD_UNITS } from '../sim/good-units/good-units.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig soak', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());

  it('gives programs one document', async () => {
    const { exit, out, err } = await runCommand(['soak', quiet, '--units', '1', '--seed', '3', '--json']);
    const document = soakDocument.parse(JSON.parse(out));
    expect([exit, document.exit, err]).to.deep.equal([0, 0, '']);
    expect(document).to.include({ seed: 3, units: 1, passed: 1 });
  });

  it('takes the answers to what scenarios ask from a file; without them such a unit is not decided', async () => {
    const asking = 'steps:\n  - { name: go, at: 3.2 s, ask: { text: Ready?, choices: [ready] } }\nuntil: { wait: 1 s }';
    const asks = scratch.file('asks.yaml', QUIET_SCENARIO.replace('steps: []\nuntil: 4 s', asking));
    const answers = scratch.file('answers.txt', 'answers:\n  - { step: go, choice: ready }\n');
    const of = async (...more: readonly string[]) => {
      const { passed, undecided } = soakDocument.parse(
        JSON.parse((await runCommand(['soak', asks, '--units', '1', '--json', ...more])).out),
      );
      return { passed, undecided: undecided.length };
    };
    expect(await of()).to.deep.equal({ passed: 0, undecided: 1 });
    expect(await of('--answers', answers)).to.deep.equal({ passed: 1, undecided: 0 });
    const stray = scratch.file('stray.txt', 'answers:\n  - { step: stop, choice: ready }\n');
    expect((await refused(['soak', asks, '--answers', stray], 2)).message).to.contain('answers stop, which nothing here asks');
  });

  it('refuses counts that are none', async () => {
    expect((await refused(['soak', quiet, '--units', '0'], 2)).message).to.match(/^--units wants a whole number from 1/);
    expect((await refused(['soak', quiet, '--each', 'many'], 2)).message).to.match(/^--each wants a whole number from 1/);
  });

  it('runs a good unit by its name, and lists them', async () => {
    const { units } = unitsDocument.parse(JSON.parse((await runCommand(['run', '--unit', 'list', '--json'])).out));
    expect(units.map(({ name }) => name)).to.deep.equal(GOOD_UNITS.map(({ name }) => name));
    expect((await runCommand(['run', '--unit', 'list'])).out).to.match(/^wait-30s3 +R3 +The wait lasts/m);
    expect((await runCommand(['run', quiet, '--unit', 'lamp-test', '--out', scratch.path])).exit).to.equal(0);
  });
});
