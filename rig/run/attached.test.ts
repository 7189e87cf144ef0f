/** Loads on the outputs, end to end on the simulated bench: a good unit passes with them, and what they would hide is not held for shown. */

import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { runSimulatedCase } from './simulated-case.ts';

const run = async (attached: string, defect?: string) => {
  const text = `scenario: Loads
covers: [PRE-UV]
given: { attached: ${attached} }
steps:
  - { name: warned, at: 5 s, poles: { 4: open } }
  - { name: over, wait: 3 s, poles: closed }
until: { wait: 3 s }
expect:
  - { at: warned + 2.5 s, preAlarm: high }
measure:
  - { at: 4 s, what: loadVoltage, low: 11.5 V, high: 14 V }
`;
  const compiled = readAndCompile({ file: 'attached.yaml', bytes: Buffer.from(text) });
  const testCase = compiled.ok ? compiled.cases[0] : undefined;
  if (testCase === undefined) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  return (await runSimulatedCase({ testCase, seed: 4, pace: 'virtual', defect })).run;
};

describe('attached loads', () => {
  it('leave a good unit good: a coil that is switched off in full current, a resistor at the rating, a remote input', async () => {
    const { result, testCase, trace } = await run('{ load: { resistor: 13 Ohm }, preAlarm: { coil: 100 Ohm }, charger: remote input }');
    expect(result.verdict, result.reason).to.equal('pass');
    expect(testCase.timeline.entries.some(({ do: action }) => action.kind === 'probe' && action.output === 'preAlarm')).to.equal(false);
    // The fixture probes by itself after the fall, against the coil; the judge does not count that as low.
    expect(trace?.probes.filter(({ output }) => output === 'preAlarm').map(({ result: level }) => level)).to.include('low');
  });

  it('let a probe see an output that is low instead of floating through a resistor', async () => {
    const { result } = await run('{ preAlarm: { resistor: 24 Ohm } }', 'prealarm-low-instead-of-floating');
    expect(result.verdict, result.reason).to.equal('fail');
  });
});
