import { expect } from 'chai';
import { readAndCompile } from '../compile.ts';
import type { Case } from '../contracts/case.ts';
import { formatIssue } from '../contracts/issue.ts';

const compiled = (rest: string): Case => {
  const result = readAndCompile({ file: 'a/b.yaml', bytes: Buffer.from(`scenario: A\ncovers: [REACTION]\n${rest}`) });
  const one = result.ok ? result.cases[0] : undefined;
  if (one === undefined) throw new Error(result.issues.map(formatIssue).join('\n'));
  return one;
};

describe('expectations as compiled', () => {
  it('makes demands on the edges of a span of never, eventually and in this order', () => {
    const one = compiled(`steps:
  - { name: low, at: 5 s, cells: 2.7 V }
until: 60 s
expect:
  - { never: charger falls }
  - { eventually: load falls, after: low, by: 50 s }
  - { in this order: [preAlarm rises, load falls], from: step 1, to: end }
`);
    expect(one.planned).to.deep.equal(['reference', 'expect-1', 'expect-2', 'expect-3']);
    const [start, low, end] = [
      { kind: 'time', at_us: 0 },
      { kind: 'entry', entry: 'step-1', delay_us: 0 },
      { kind: 'time', at_us: 60_000_000 },
    ];
    const fall = { signal: 'load', level: 'notHigh' };
    const { place } = one.expectations[0]!;
    expect(one.expectations.map((each) => ({ ...each, place }))).to.deep.equal(
      [
        {
          id: 'expect-1',
          kind: 'never',
          text: 'never charger falls from 0 s to the end',
          signal: 'charger',
          level: 'notHigh',
          from: start,
          to: end,
        },
        {
          id: 'expect-2',
          kind: 'eventually',
          text: 'eventually load falls after low, by 50 s',
          ...fall,
          from: low,
          to: { kind: 'time', at_us: 50_000_000 },
        },
        {
          id: 'expect-3',
          kind: 'order',
          text: 'in this order preAlarm rises, load falls from step 1 to the end',
          signal: 'preAlarm',
          edges: [{ signal: 'preAlarm', level: 'high' }, fall],
          from: low,
          to: end,
        },
      ].map((each) => ({ ...each, place })),
    );
  });
});
