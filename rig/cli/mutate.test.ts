// `rig mutate`: what it prints for people and programs, and what it refuses.
import { expect } from 'chai';
import { mutateDocument } from '../../reports/shape/campaigns.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig mutate', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());

  it('prints the matrix, survivors first, and exits 1 where one survived', async () => {
    const { exit, out } = await runCommand(['mutate', quiet, '--defect', 'load-stuck-floating,wait-25s', '--workers', '1']);
    expect(exit, out).to.equal(1);
    expect(out)
      .to.match(/^wait-25s +timing +\.\nload-stuck-floating +output +#$/m)
      .and.match(/1 of 2 caught/);
  });

  it('gives programs one document, and exit 0 where all are caught', async () => {
    const { exit, out, err } = await runCommand(['mutate', quiet, '--defect', 'load-stuck-floating', '--bail', '--seed', '9', '--json']);
    const document = mutateDocument.parse(JSON.parse(out));
    expect([exit, document.exit, err]).to.deep.equal([0, 0, '']);
    expect(document).to.deep.include({ total: 1, caught: 1, seed: 9, bail: true, endOfLine: null });
    expect(document.defects[0]).to.deep.include({ name: 'load-stuck-floating', family: 'output', by: document.cases });
    expect(document.defects[0]!.breach_U).to.be.above(1.5);
  });

  it('takes the answers to what scenarios ask from a file; without them such a case catches nothing', async () => {
    const asks = scratch.file(
      'asks.yaml',
      `scenario: A charge alarm, once somebody has said so
covers: [CHG-OV]
steps:
  - { name: go, at: 4 s, ask: { text: Ready?, choices: [ready] } }
  - { name: alarm, wait: 0.5 s, poles: { 3: open } }
until: { wait: 3 s }
`,
    );
    const answers = scratch.file('answers.txt', 'by: Ann\nanswers:\n  - { step: go, choice: ready }\n');
    const marks = async (...more: readonly string[]) => {
      const { out } = await runCommand(['mutate', asks, '--defect', 'charger-stuck-high', '--json', ...more]);
      return mutateDocument.parse(JSON.parse(out)).defects.map(({ name, caught, verdict }) => `${name} ${caught} ${verdict}`);
    };
    expect(await marks()).to.deep.equal(['charger-stuck-high false inconclusive']);
    expect(await marks('--answers', answers)).to.deep.equal(['charger-stuck-high true fail']);
    const stray = scratch.file('stray.txt', 'answers:\n  - { step: go, choice: steady }\n');
    expect((await refused(['mutate', asks, '--answers', stray], 2)).message).to.contain('answers go with "steady"');
    expect((await refused(['mutate', asks, '--generated', '--answers', stray], 2)).message).to.contain('answers go with "steady"');
    expect((await refused(['mutate', '--boundary', '--answers', answers], 2)).hint).to.contain('--answers');
  });

  it('refuses names, counts and files that are none', async () => {
    expect((await refused(['mutate', quiet, '--defect', 'wait-25'], 2)).hint).to.equal('did you mean wait-25s?');
    expect((await refused(['mutate', quiet, '--generated', '--defect', 'poles.c:57,poles.c:5'], 2)).message).to.contain('at "poles.c:5"');
    expect((await refused(['mutate', quiet, '--workers', '0'], 2)).message).to.match(/^--workers wants a whole number from 1 to 256/);
    expect((await refused(['mutate', `${scratch.path}/none.yaml`], 2)).issues).to.have.length(1);
  });
});
