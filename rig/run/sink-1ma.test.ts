/** The sink of 1 mA on CHARGER, which the end-of-line case does not ask for: a case that does is broken where it draws nothing. */

import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { judgedOn } from './testing/faulty-bench.ts';

const text = `scenario: A milliampere
covers: [CHG-DROP]
steps:
  - { name: up, at: 5 s, poles: closed }
until: { wait: 3 s }
expect:
  - { at: up + 1 s, charger: high }
measure:
  - { at: up + 2 s, what: chargerDrop, sink: 1 mA, high: 0.7 V }
`;

describe('the sink of 1 mA on CHARGER', () => {
  const compiled = readAndCompile({ file: 'milliampere.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  const [testCase] = compiled.cases;

  it('draws what it should on a good bench, and a bench on which it draws nothing is broken', async () => {
    const good = await judgedOn(testCase!, { seed: 3 });
    expect(good.verdict, good.reason).to.equal('pass');
    const { verdict, blame, reason } = await judgedOn(testCase!, { seed: 3, faults: ['sink-charger-1ma-stuck-off'] });
    expect({ verdict, blame }, reason).to.deep.equal({ verdict: 'broken', blame: 'rig' });
    expect(reason).to.match(/Q\.chargerSink1mA/);
  });
});
