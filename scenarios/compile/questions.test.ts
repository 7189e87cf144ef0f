import { expect } from 'chai';
import { readAndCompile } from '../compile.ts';
import { formatIssue } from '../contracts/issue.ts';

const TEXT = `scenario: A
covers: [LED-BLUE]
steps:
  - { name: led, at: 5 s, ask: { text: Lit?, choices: ["yes", "no"], right: "yes", within: 20 s } }
  - { name: off, wait: 1 s, remote: off }
until: { wait: 2 s }
expect:
  - { at: led + 0.5 s, load: high }
`;

describe('a question as compiled', () => {
  const result = readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(TEXT) });
  const one = result.ok ? result.cases[0] : undefined;
  if (one === undefined) throw new Error(result.issues.map(formatIssue).join('\n'));
  const entry = (id: string) => one.timeline.entries.find((each) => each.id === id);

  it('is asked at its time and nothing passes it until the answer', () => {
    expect(entry('step-1.asked')?.when).to.deep.equal({ kind: 'at', at_us: 5_000_000 });
    expect(entry('step-1')?.when).to.deep.equal({ kind: 'released', entry: 'step-1.asked', delay_us: 0, timeout_us: 20_000_000 });
    expect(entry('step-1')?.do).to.deep.include({ kind: 'barrier' });
    expect(entry('step-1')?.bounds_us).to.deep.equal([5_000_000, 26_000_000]);
  });
  it('is what later steps, moments and the end count from', () => {
    expect(entry('step-2')?.when).to.deep.equal({ kind: 'afterEntry', entry: 'step-1', delay_us: 1_000_000 });
    expect(one.timeline.end).to.deep.equal({ kind: 'afterEntry', entry: 'step-2', delay_us: 2_000_000 });
    expect(one.expectations[0]).to.deep.include({ at: { kind: 'entry', entry: 'step-1', delay_us: 500_000 } });
  });
  it('has to be answered right before the case can pass', () => {
    expect(one.planned).to.deep.equal(['reference', 'expect-1', 'answer-step-1']);
    expect(one.expectations[1]).to.deep.include({ kind: 'answer', entry: 'step-1', right: ['yes'] });
  });
});
