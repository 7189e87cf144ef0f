/** Demands on the edges of a span, end to end on the simulated bench: a good unit keeps them, and a defect that each is made for breaks it. */

import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { runSimulatedCase } from './simulated-case.ts';

const TEXT = `scenario: A charge alarm that comes and goes
covers: [CHG-OV]
steps:
  - { name: alarm, at: 5 s, poles: { 3: open } }
  - { name: over, at: 9 s, poles: closed }
until: 13 s
expect:
  - { never: load falls, from: 4 s }
  - { eventually: charger rises, after: over }
  - { in this order: [charger falls, charger rises], from: alarm }
`;
/** A defect for each line of `expect`, in their order. */
const DEFECTS = ['charge-alarm-drops-load', 'charge-alarm-latches', 'charger-retries'] as const;

const outcomes = async (defect?: string) => {
  const compiled = readAndCompile({ file: 'spans.yaml', bytes: Buffer.from(TEXT) });
  const testCase = compiled.ok ? compiled.cases[0] : undefined;
  if (testCase === undefined) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  const { result } = (await runSimulatedCase({ testCase, seed: 5, pace: 'virtual', defect })).run;
  return { result, outcomes: result.expectations.map(({ outcome }) => outcome) };
};

describe('demands on the edges of a span', () => {
  it('are kept by a good unit', async () => {
    const good = await outcomes();
    expect(good.result.verdict, good.result.reason).to.equal('pass');
    expect(good.outcomes).to.deep.equal(['held', 'held', 'held']);
  });
  for (const [index, defect] of DEFECTS.entries()) {
    it(`are broken by ${defect}`, async () => {
      const bad = await outcomes(defect);
      expect(bad.result).to.include({ verdict: 'fail', blame: 'unit' });
      expect(bad.outcomes[index]).to.equal('broken');
    });
  }
});
