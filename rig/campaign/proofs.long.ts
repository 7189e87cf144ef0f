/** The tables of proofs are true: every case still catches every defect that its row names. */

import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { runJobs } from '../run/pool.ts';
import type { SimulatedJob } from '../run/simulated-case.ts';
import { suiteCases } from '../run/suites.ts';
import type { WorkerAnswer } from '../run/worker.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { ProofShelf } from './proofs.ts';
import { provenBy } from './prove-case.ts';

interface Row {
  readonly testCase: Case;
  readonly defect: string;
  readonly requirements: readonly string[];
}

describe('the tables of proofs', () => {
  const shelf = new ProofShelf();
  // Of a sweep of the larger suites one point stands for all: `rig coverage --prove` runs every one.
  const sampled = [...Map.groupBy(suiteCases('full', 'limits'), ({ place }) => place.file).values()].map((points) => points[0]!);
  const rows = [...suiteCases('eol', 'regression', 'endurance'), ...sampled].flatMap((testCase): Row[] => {
    const proofs = shelf.of(testCase);
    if (proofs === null || proofs === 'stale') throw new Error(`${testCase.id} has no proofs: run rig coverage --prove`);
    const byDefect = Map.groupBy(Object.entries(proofs), ([, defect]) => defect);
    return [...byDefect].map(([defect, list]) => ({ testCase, defect, requirements: list.map(([requirement]) => requirement) }));
  });

  it(`hold in each of their ${rows.length} rows`, async () => {
    const answers = await runJobs<SimulatedJob, WorkerAnswer>({
      worker: new URL('../run/worker.ts', import.meta.url),
      jobs: rows.map(({ testCase, defect }) => ({ testCase, seed: 1, defect, pace: 'virtual' })),
    });
    const broken = rows.flatMap(({ testCase, defect, requirements }, index) => {
      const run = answers[index]?.attempts.at(-1)?.run;
      const proven = run === undefined ? new Set<string>() : provenBy(findDefect(defect).found!, run.result);
      return requirements.filter((one) => !proven.has(one)).map((one) => `${testCase.id}: ${defect} no longer proves ${one}`);
    });
    expect(broken).to.deep.equal([]);
  });
});
