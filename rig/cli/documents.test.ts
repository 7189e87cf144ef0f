// The one document that each command prints with --json: of its schema, alone on standard output, with the exit code that the command ends with.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import {
  checkDocument,
  defectsDocument,
  faultsDocument,
  portsDocument,
  predictDocument,
  rulesDocument,
  runDocument,
} from '../../reports/shape/documents.ts';
import { recordShape } from '../../reports/record.ts';
import { RULE_IDS } from '../../scenarios/rules.ts';
import { DEFECTS } from '../sim/defects/catalogue.ts';
import { FAULTS } from '../sim/faults/catalogue.ts';
import { hurriedClock, QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';

const document = async <T extends { readonly exit: number }>(shape: { parse(value: unknown): T }, ...argv: string[]): Promise<T> => {
  const { exit, out, err } = await runCommand([...argv, '--json'], { clock: hurriedClock(20) });
  expect(err).to.equal('');
  expect(out.endsWith('\n') && out.trimEnd().split('\n').length, 'one line').to.equal(1);
  const parsed = shape.parse(JSON.parse(out));
  expect(parsed.exit).to.equal(exit);
  return parsed;
};

describe('--json', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const wrong = scratch.file('wrong.yaml', 'scenario: Wrong\ncovers: [LOAD-UV]\nuntil: 5\n');
  after(() => scratch.remove());

  it('of check', async () => {
    const { issues: warnings, estimates, ...rest } = await document(checkDocument, 'check', quiet);
    expect(rest).to.deep.equal({ schema: 'bms-rig/check/1', exit: 0, files: 1, cases: 1 });
    expect(estimates).to.have.length(1);
    expect(estimates[0]).to.include({ most_s: 4, heat_J: 0 });
    expect((await document(rulesDocument, 'check', '--rules')).rules.map(({ id }) => id)).to.deep.equal(RULE_IDS);
    expect(warnings.map(({ id, line }) => [id, line])).to.deep.equal([['covers-not-proven', 2]]);
    const { exit, issues } = await document(checkDocument, 'check', quiet, wrong, path.join(scratch.path, 'none.yaml'));
    expect(exit).to.equal(2);
    const mistakes = issues.filter(({ severity }) => severity === 'error');
    expect(mistakes.map(({ file }) => path.basename(file)).toSorted()).to.deep.equal(['none.yaml', 'wrong.yaml']);
  });

  it('of predict', async () => {
    const { cases } = await document(predictDocument, 'predict', quiet);
    expect(cases).to.have.length(1);
    expect(
      cases[0]?.edges.some(({ signal }) => signal === 'load'),
      'LOAD comes up after power-up',
    ).to.equal(true);
  });

  it('of ports', async () => {
    expect((await document(portsDocument, 'ports')).schema).to.equal('bms-rig/ports/1');
  });

  it('of --defect list', async () => {
    const { defects } = await document(defectsDocument, 'run', '--defect', 'list');
    expect(defects.map(({ name }) => name)).to.deep.equal(DEFECTS.map(({ name }) => name));
    const { out } = await runCommand(['run', '--defect', 'list']);
    for (const { name, requirement } of DEFECTS) expect(out).to.match(new RegExp(`^${name} .*${requirement} `, 'm'));
  });

  it('of --fault list', async () => {
    const { faults } = await document(faultsDocument, 'run', '--fault', 'list');
    expect(faults.map(({ name }) => name)).to.deep.equal(FAULTS.map(({ name }) => name));
    const { out } = await runCommand(['run', '--fault', 'list']);
    for (const { name, family, verdict } of FAULTS) expect(out).to.match(new RegExp(`^${name} +${family} +${verdict}`, 'm'));
  });

  it('of a run on a faulty bench: the faults by name, here and on each page', async () => {
    const faulty = ['run', quiet, '--fault', 'unplugged', '--fault', 'fixture-clock-fast', '--out', scratch.path];
    const names = ['unplugged', 'fixture-clock-fast'];
    const { faults, verdict, exit, run } = await document(runDocument, ...faulty);
    expect({ faults, verdict, exit }).to.deep.equal({ faults: names, verdict: 'broken', exit: 3 });
    for (const page of ['record.json', 'junit.xml', 'report.html'])
      for (const name of names) expect(readFileSync(path.join(run.dir!, page), 'utf8'), page).to.contain(name);
    expect((await runCommand(faulty)).out.replaceAll(/\s+/g, ' ')).to.contain('fault unplugged, fixture-clock-fast');
  });

  it('of a run that passes: the verdict, the images, and a folder whose record says the same', async () => {
    const { verdict, exit, simulated, seed, counts, run, images } = await document(
      runDocument,
      'run',
      quiet,
      '--seed',
      '7',
      '--out',
      scratch.path,
    );
    expect({ verdict, exit, simulated, seed }).to.deep.equal({ verdict: 'pass', exit: 0, simulated: true, seed: 7 });
    expect(counts).to.deep.equal({ pass: 1, inconclusive: 0, fail: 0, broken: 0, notRun: 0 });
    expect(images.fixture).to.match(/^[0-9a-f]{64}$/);
    expect(images.unit).to.match(/^[0-9a-f]{64}$/);
    const record = recordShape.parse(JSON.parse(readFileSync(path.join(run.dir!, 'record.json'), 'utf8')));
    expect([record.runId, record.verdict, path.basename(run.dir!)]).to.deep.equal([run.id, verdict, run.id]);
    expect(['junit.xml', 'report.html'].every((name) => existsSync(path.join(run.dir!, name)))).to.equal(true);
  });

  it('of a unit that fails: exit 1 and what only the unit can have done', async () => {
    const { verdict, blame, exit, cases } = await document(
      runDocument,
      'run',
      quiet,
      '--defect',
      'load-stuck-floating',
      '--out',
      scratch.path,
    );
    expect({ verdict, blame, exit }).to.deep.equal({ verdict: 'fail', blame: 'unit', exit: 1 });
    expect(cases[0]?.differences.map(({ signal }) => signal)).to.include('load');
  });

  it('of the reference alone: no unit, no seed, no image', async () => {
    const { mode, simulated, seed, images } = await document(runDocument, 'run', quiet, '--bench', 'reference', '--out', scratch.path);
    expect({ mode, simulated, seed, images }).to.deep.equal({
      mode: 'reference',
      simulated: null,
      seed: null,
      images: { fixture: 'none', unit: null, unitFirmware: null },
    });
  });
});
