import { expect } from 'chai';
import { readAndCompile } from '../../../scenarios/compile.ts';
import { RigError } from '../../error.ts';
import { runSimulatedCase } from '../../run/simulated-case.ts';
import { caseOf, explore, type ExploreOptions, type Growth } from './explore.ts';
import { findFile } from './find-file.ts';

/** A clock that counts sequences: budgets in tests are numbers of them. */
const exploring = (defect: string | undefined, budget: number, more: Partial<ExploreOptions> = {}) => {
  const growths: Growth[] = [];
  const options: ExploreOptions = {
    seed: 1,
    tryOut: async (testCase) => (await runSimulatedCase({ testCase, seed: 5, defect, pace: 'virtual' })).run,
    elapsed_ms: () => growths.length,
    budget_ms: budget,
    shrink_ms: 40,
    signal: new AbortController().signal,
    onSequence: (growth) => growths.push(growth),
    ...more,
  };
  return { growths, done: explore(options) };
};

const tryOut = (): Promise<never> => Promise.reject(new RigError('portClosed', 'The port is gone.', { hint: '' }));

describe('exploring', function () {
  this.timeout(60_000);

  it('finds a defect by itself, makes it small, and gives the file that shows it again', async () => {
    const { find } = await exploring('slow-charger', 30).done;
    expect(find?.sequence.steps.length).to.be.within(1, 2);
    expect(find?.run.result).to.include({ verdict: 'fail', blame: 'unit' });
    const { name, text } = findFile(find!);
    expect(name).to.match(/^explored-\d+\.yaml$/);
    const compiled = readAndCompile({ file: name, bytes: Buffer.from(text) });
    if (!compiled.ok) throw new Error(compiled.issues[0]?.message);
    const testCase = compiled.cases[0]!;
    const again = async (defect?: string) => (await runSimulatedCase({ testCase, seed: 6, defect, pace: 'virtual' })).run.result;
    expect((await again('slow-charger')).verdict).to.equal('fail');
    expect((await again()).verdict, 'good unit').to.equal('pass');
  });

  it('finds nothing in a good unit, ends with its budget, and tells how its coverage grows', async () => {
    const { growths, done } = exploring(undefined, 4);
    const { find, sequences, undecided, hit, total, missing } = await done;
    expect({ find, undecided }).to.deep.equal({ find: null, undecided: [] });
    expect(sequences).to.be.within(4, 5);
    expect(growths.every((growth, index) => index === 0 || growth.hit >= growths[index - 1]!.hit)).to.equal(true);
    expect(hit).to.be.above(20);
    expect(missing).to.have.length(total - hit);
  });

  it('draws the same sequences from the same seed', async () => {
    const drawn = async (seed: number): Promise<readonly string[]> => {
      const ids: string[] = [];
      const noting: ExploreOptions['tryOut'] = async (testCase) => {
        ids.push(testCase.scenarioHash);
        return (await runSimulatedCase({ testCase: caseOf(QUIET), seed: 5, pace: 'virtual' })).run;
      };
      await exploring(undefined, 2, { seed, tryOut: noting }).done;
      return ids;
    };
    const QUIET = { supply_V: 12.8, remote: 'link', open: [], steps: [], rest_ms: 100 } as const;
    expect(await drawn(3)).to.deep.equal(await drawn(3));
    expect(await drawn(3)).not.to.deep.equal(await drawn(4));
  });

  it('gives up with the bench that fails, and tries nothing the bench may not do', async () => {
    const failed = await exploring(undefined, 5, { tryOut }).done.catch((cause: unknown) => cause);
    expect(failed).to.be.instanceOf(RigError).with.property('code', 'portClosed');
    let asked = 0;
    const none = await exploring(undefined, 1, { tryOut, isLegal: () => false, elapsed_ms: () => (asked += 1) / 20 }).done;
    expect(none.sequences).to.equal(0);
  });
});
