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
  it('may wait for an edge', () => {
    const text = TEXT.replace('at: 5 s', 'after: load rises');
    const asked = readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(text) });
    expect(asked.issues.map(formatIssue)).to.deep.equal([]);
    const entries = asked.ok ? asked.cases[0]!.timeline.entries : [];
    expect(entries.find(({ id }) => id === 'step-1.asked')?.when).to.include({ kind: 'afterEdge', signal: 'load', armedBy: 'power' });
  });
});

const deeds = (...items: readonly string[]): readonly string[] => {
  const text = ['scenario: A', 'covers: [CHAIN-BREAK]', 'steps:', ...items.map((item) => `  - ${item}`), ''].join('\n');
  return readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(text) }).issues.map(({ line, id }) => `${line} ${id}`);
};
const pull = (end: string, when = 'wait: 3 s') => `{ ${when}, ask: { text: Pull it., does: ${end} end apart } }`;
const push = (end: string, when = 'wait: 3 s') => `{ ${when}, ask: { text: Push it., does: ${end} end together } }`;

describe('a question with a deed', () => {
  it('needs no choices, and says in its barrier what is done', () => {
    const text = `scenario: A\ncovers: [CHAIN-BREAK]\nsteps:\n  - ${pull('male', 'at: 5 s')}\n  - ${push('male')}\n`;
    const result = readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(text) });
    if (!result.ok) throw new Error(result.issues.map(formatIssue).join('\n'));
    const actions = result.cases[0]!.timeline.entries.flatMap(({ do: action }) => (action.kind === 'barrier' ? [action] : []));
    expect(actions.map(({ deed }) => deed)).to.deep.equal([
      { end: 'male', to: 'apart' },
      { end: 'male', to: 'together' },
    ]);
    expect(actions[0]?.prompt).to.deep.include({ choices: ['done'], right: ['done'] });
    expect(result.cases[0]!.expectations.map(({ id }) => id)).to.deep.equal(['answer-step-1', 'answer-step-2']);
  });
  it('turns its own end over, of which there are two, and leaves none apart', () => {
    expect(deeds(pull('male', 'at: 5 s'), pull('female'), push('male'), push('female'))).to.deep.equal([]);
    expect(deeds(pull('male', 'at: 5 s'), push('female'))).to.deep.equal(['4 left-apart', '5 idle-deed']);
    expect(deeds(pull('male', 'at: 5 s'), pull('male'), push('male'))).to.deep.equal(['5 idle-deed']);
    expect(deeds(pull('male', 'at: 5 s'), push('male'), push('male'))).to.deep.equal(['6 idle-deed']);
  });
  it('is nothing that an edge is counted from', () => {
    const both = [pull('male', 'name: a, at: 5 s'), push('male')];
    expect(deeds(...both, '{ after: load rises, poles: open }')).to.deep.equal(['6 edge-at-deed']);
    for (const line of ['{ edge: load falls, after: a, within: 2 s }', '{ eventually: load falls, after: step 1 }'])
      expect(deeds(...both, `{ name: b, wait: 3 s }\nexpect:\n  - ${line}`)).to.deep.equal(['8 edge-at-deed']);
    expect(deeds(...both, '{ name: b, wait: 3 s }\nexpect:\n  - { never: load falls, from: b, to: end }')).to.deep.equal([]);
  });
});
