import { expect } from 'chai';
import { plain } from '../../reports/shape/plain.ts';
import { predictionShape } from '../../reports/shape/prediction.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { runReference, type RunOptions, runSimulated } from './run.ts';
import { startingCase as caseOf, STARTS } from './testing/starting-unit.ts';

const listened = (cases: readonly Case[], bail = false): { options: RunOptions; heard: string[]; controller: AbortController } => {
  const heard: string[] = [];
  const controller = new AbortController();
  const listener = {
    onStart: (index: number) => heard.push(`${index} started`),
    onDone: (index: number, { verdict }: { verdict: string }) => heard.push(`${index} ${verdict}`),
  };
  return { options: { cases, bail, signal: controller.signal, listener }, heard, controller };
};

describe('run', () => {
  it('judges explicit expectations against the model alone, and says that no bench was there', () => {
    const impossible = caseOf('impossible', '{ from: 0 s, to: 3.3 s, load: floating }');
    const { options, heard } = listened([STARTS[0]!, impossible]);
    const outcome = runReference(options);
    expect(outcome).to.include({ mode: 'reference', simulated: null, board: 'none', firmware: 'none' });
    expect(heard[0]).to.equal('0 started');
    expect(outcome.runs.map(({ trace }) => trace)).to.deep.equal([null, null]);
    const [holds, fails] = outcome.runs.map(({ result }) => result.verdict);
    expect(holds).to.equal('pass');
    expect(fails).not.to.equal('pass');
  });

  it('runs each case on a simulated bench of its own and tells which bench it was', async () => {
    const { options, heard } = listened(STARTS.slice(0, 2));
    const outcome = await runSimulated({ ...options, seed: 5, pace: 'virtual' });
    expect(outcome.runs.map(({ result }) => result.verdict)).to.deep.equal(['pass', 'pass']);
    expect(outcome.runs.map(({ trace }) => trace?.case)).to.deep.equal(['starts/a', 'starts/b']);
    expect(outcome).to.include({ mode: 'unit', simulated: true });
    expect(outcome.board).to.match(/^[0-9A-F]{8}$/);
    expect(outcome.benchFaults).to.deep.equal([]);
    expect(outcome.virtual_s).to.be.above(2 * 3.3);
    expect(heard.toSorted()).to.deep.equal(['0 pass', '0 started', '1 pass', '1 started']);
  });

  it('fails a unit with a defect, and with --bail runs nothing after the first failed case', async () => {
    const { options, heard } = listened(STARTS, true);
    const outcome = await runSimulated({ ...options, seed: 5, pace: 'virtual', defect: 'load-stuck-floating' });
    expect(outcome.runs.map(({ result }) => result.verdict)).to.deep.equal(['fail', 'notRun', 'notRun']);
    expect(outcome.runs[0]!.result.blame).to.equal('unit');
    expect(outcome.runs[1]!.result.reason).to.match(/an earlier case ended the run/);
    expect(heard).to.include('0 fail');
  });

  it('gives predictions as a record keeps them, whatever became of the case', async () => {
    const { options } = listened(STARTS.slice(0, 1));
    const bad = await runSimulated({ ...options, seed: 5, pace: 'virtual', faults: ['contact-load-open'] });
    const runs = [...runReference(options).runs, ...bad.runs, ...(await runSimulated({ ...options, seed: 5, pace: 'virtual' })).runs];
    expect(runs.map(({ result, trace }) => [result.verdict, trace === null])).to.deep.equal([
      ['pass', true],
      ['broken', true],
      ['pass', false],
    ]);
    for (const { prediction } of runs) expect(predictionShape.safeParse(plain(prediction)).error?.issues).to.equal(undefined);
  });

  it('starts no case once it was stopped', async () => {
    const { options, heard, controller } = listened(STARTS);
    controller.abort(new Error('Ctrl-C'));
    const outcome = await runSimulated({ ...options, seed: 5, pace: 'virtual' });
    expect(outcome.runs.map(({ result }) => result.verdict)).to.deep.equal(['notRun', 'notRun', 'notRun']);
    expect(outcome.runs[0]!.result.reason).to.match(/the run was stopped/);
    expect(heard).to.deep.equal([]);
  });

  it('breaks the case and not the process where a worker cannot run it', async () => {
    const { options } = listened(STARTS.slice(0, 1));
    const { runs, benchFaults } = await runSimulated({ ...options, seed: 5, pace: 'virtual', unit: 'no-such-image.hex' });
    expect(runs[0]!.result).to.include({ verdict: 'broken', blame: 'operator' });
    expect(runs[0]!.result.reason).to.include('no-such-image.hex');
    expect(runs[0]!.fault?.code).to.equal('fileUnreadable');
    expect(benchFaults).to.deep.equal([]);
  });
});
