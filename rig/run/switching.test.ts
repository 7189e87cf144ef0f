/** A switching point, end to end on the simulated bench: of a good unit within its limits, of one that locks out too early outside. */

import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { runSimulatedCase } from './simulated-case.ts';

const TEXT = `scenario: Where a falling supply switches the unit off
covers: [SUPPLY-RANGE]
given: { supply: 10 V }
steps:
  - { name: down, at: 4 s, supply: { ramp to: 6 V, over: 25 s } }
until: { wait: 3 s }
measure:
  - { what: switching point, edge: load falls, along: down, low: 6.5 V, high: 8 V }
`;

const measured = async (defect?: string) => {
  const compiled = readAndCompile({ file: 'switching.yaml', bytes: Buffer.from(TEXT) });
  const testCase = compiled.ok ? compiled.cases[0] : undefined;
  if (testCase === undefined) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  return (await runSimulatedCase({ testCase, seed: 6, pace: 'virtual', defect })).run.result;
};

describe('a switching point on the bench', () => {
  it('is where a good unit has it', async () => {
    const { verdict, reason, measurements } = await measured();
    expect(verdict, reason).to.equal('pass');
    // 7.2 V, with 3 % of spread and up to half a second between two looks of the unit at its supply.
    expect(measurements[0]?.value).to.be.within(6_900, 7_600);
  });
  it('is outside where the unit locks out at 9 V', async () => {
    const { verdict, blame, measurements } = await measured('lockout-at-9v');
    expect({ verdict, blame }).to.deep.equal({ verdict: 'fail', blame: 'unit' });
    expect(measurements[0]).to.include({ outcome: 'fail' });
    expect(measurements[0]?.value).to.be.greaterThan(8_400);
  });
});
