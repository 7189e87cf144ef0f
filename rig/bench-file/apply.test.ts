import { expect } from 'chai';
import { formatIssue } from '../../scenarios/contracts/issue.ts';
import { readBenchFile } from '../../scenarios/language/bench/read.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { benchIssues } from './apply.ts';

const bench = (...lines: readonly string[]) => {
  const read = readBenchFile({ file: 'bench.yaml', bytes: Buffer.from(['bench: left', 'board: 1A2B3C4D', ...lines].join('\n')) });
  if (!read.ok) throw new Error(formatIssue(read.issues[0]!));
  return read.bench;
};

const cases = (...lines: readonly string[]) => {
  const text = ['scenario: a case', 'covers: [LOAD-HEALTHY]', 'given: { supply: 12.8 V }', ...lines].join('\n');
  const compiled = readAndCompile({ file: 'case.yaml', bytes: Buffer.from(text) });
  if (!compiled.ok) throw new Error(formatIssue(compiled.issues[0]!));
  return compiled.cases;
};
const found = (scenario: readonly string[], ...lines: readonly string[]): readonly string[] =>
  benchIssues(cases(...scenario), bench(...lines)).map(formatIssue);

describe('what a bench cannot do', () => {
  const high = ['steps:', '  - { at: 4 s, supply: 48 V }', 'until: 8 s'];
  const sink = ['steps: []', 'until: 8 s', 'measure:', '  - { at: 5 s, what: loadDrop, sink: 1 A, high: 0.3 V }'];

  it('is nothing on a bench as built', () => {
    expect([...found(high), ...found(sink)]).to.deep.equal([]);
  });

  it('is a supply above its rating, at the step that asks for it', () => {
    expect(found(high, 'ratings:', '  supply: 40 V')).to.deep.equal([
      'case.yaml:5:5 a supply of 48 V is above the 40 V of bench left (its rating stands in bench.yaml:4) [over-rating]',
    ]);
    expect(found(high, 'ratings: { supply: 48 V }')).to.deep.equal([]);
  });

  it('is a pulse longer than its rating', () => {
    const [issue] = found(sink, 'ratings: { sink pulse: 2 ms }');
    expect(issue).to.match(
      /^case\.yaml:7:5 loadSink on for \d+(\.\d+)? ms is longer than the 2 ms of bench left \(its rating stands in bench\.yaml:3\) \[over-rating\]$/,
    );
  });

  it('is a drive or a quantity that it lacks', () => {
    expect(found(sink, 'channels: { loadSink: absent }')[0]).to.contain('bench left has no loadSink (see bench.yaml:3)');
    expect(found(sink, 'channels: { loadDrop: absent }')[0]).to.contain('bench left has no loadDrop');
    expect(found(high, 'channels: { loadSink: absent, loadDrop: absent }')).to.deep.equal([]);
  });
});
