/** A case that waits for a person, end to end on the simulated bench: what an answer, a wrong one and none come to. */

import { expect } from 'chai';
import type { AskOperator, Question } from '../bench/operator.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { runSimulatedCase } from './simulated-case.ts';

const TEXT = `scenario: The blue LED by eye
covers: [LED-BLUE]
steps:
  - { name: led, at: 4 s, ask: { text: Is the blue LED lit?, choices: ["yes", "no"], right: "yes", within: 20 s } }
  - { name: alarm, wait: 0.5 s, poles: { 3: open } }
until: { wait: 3 s }
expect:
  - { edge: charger falls, after: alarm, within: 2.1 s }
`;

const run = async (ask?: AskOperator, defect?: string) => {
  const compiled = readAndCompile({ file: 'ask.yaml', bytes: Buffer.from(TEXT) });
  const testCase = compiled.ok ? compiled.cases[0] : undefined;
  if (testCase === undefined) throw new Error(compiled.issues.map(formatIssue).join('\n'));
  const { run: done } = await runSimulatedCase({ testCase, seed: 8, pace: 'virtual', defect }, undefined, ask);
  return { result: done.result, trace: done.trace! };
};
const saying =
  (choice: string | null): AskOperator =>
  () =>
    Promise.resolve({ choice, by: 'Ann', from: 'file' });

describe('a question in a case', () => {
  it('is asked while everything stands, and the case goes on from the answer', async () => {
    const asked: Question[] = [];
    const { result, trace } = await run((question) => {
      asked.push(question);
      return Promise.resolve({ choice: 'yes', by: 'Ann', from: 'terminal' });
    });
    expect(result.verdict, result.reason).to.equal('pass');
    expect(asked).to.deep.equal([
      {
        case: 'ask',
        file: 'ask.yaml',
        text: 'Is the blue LED lit?',
        picture: null,
        choices: ['yes', 'no'],
        step: 'led',
        within_ms: 20_000,
        deed: null,
      },
    ]);
    expect(trace.operator).to.deep.equal([
      { entry: 'step-1', question: 'Is the blue LED lit?', choice: 'yes', by: 'Ann', from: 'terminal' },
    ]);
    const at = (id: string): number => trace.stimuli.find(({ entry }) => entry === id)?.done_us ?? NaN;
    expect(at('step-1.asked')).to.be.closeTo(4e6, 1_000);
    // The answer came at once; the fixture is told half a second ahead.
    expect(at('step-1') - at('step-1.asked')).to.be.within(0.4e6, 0.7e6);
    expect(at('step-2') - at('step-1')).to.be.closeTo(0.5e6, 100);
  });
  it('fails the unit where the answer is wrong, and goes on', async () => {
    const { result, trace } = await run(saying('no'), 'led-blue-dead');
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.expectations.map(({ outcome }) => outcome)).to.deep.equal(['held', 'broken']);
    expect(trace.end).to.equal('complete');
  });
  it('ends the case inconclusive, blame operator, where nobody answers, or with what was not offered', async () => {
    for (const ask of [undefined, saying(null), saying('perhaps')]) {
      const { result, trace } = await run(ask);
      expect(result).to.include({ verdict: 'inconclusive', blame: 'operator' });
      expect(trace.stimuli.find(({ entry }) => entry === 'step-2')?.outcome).to.equal('notReached');
      expect(result.differences).to.deep.equal([]);
    }
  });
  it('never covers up what the unit did wrong before', async () => {
    expect((await run(undefined, 'load-stuck-floating')).result).to.include({ verdict: 'fail', blame: 'unit' });
  });
});
