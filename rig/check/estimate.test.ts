import { expect } from 'chai';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { estimate, estimateText } from './estimate.ts';

const compiled = (body: string): Case => {
  const result = readAndCompile({ file: 'a/s.yaml', bytes: Buffer.from(`scenario: A title\ncovers: [REACTION]\n${body}\n`) });
  if (!result.ok) throw new Error(result.issues.map(({ message }) => message).join());
  return result.cases[0]!;
};

const lasting = (most_s: number) => ({ case: 'a', least_s: 60, most_s, heat_J: 0, pulse_J: 0 });

describe('the estimate of a case', () => {
  it('is the sum of its steps at least and at most', () => {
    const of = compiled(
      'steps:\n  - { at: 5 s, poles: { 4: open } }\n  - { after: preAlarm rises, delay: 10 ms, timeout: 4 s, poles: closed }',
    );
    expect(estimate(of)).to.deep.equal({ case: 'a/s', least_s: 8.01, most_s: 12.01, heat_J: 0, pulse_J: 0 });
  });

  it('has supply times current times duration of each pulse', () => {
    const of = compiled(
      'given: { supply: 50 V }\nsteps:\n  - { at: 5 s, sink: { load: 1 A }, for: 20 ms }\n  - { wait: 2 s, short: charger, for: 100 ms }\n  - { wait: 2 s, sink: { charger: 10 mA }, for: 50 ms }',
    );
    expect(estimate(of)).to.include({ heat_J: 1.275, pulse_J: 1 });
    expect(estimateText([estimate(of), estimate(of)])).to.equal('On a unit: 24.34 s; sinks take 2.55 J, 1 J in one pulse at most');
  });

  it('speaks of minutes and hours where they are', () => {
    expect(estimateText([lasting(150)])).to.equal('On a unit: 60 s to 2.5 min; no sink is used');
    expect(estimateText([lasting(86_400)])).to.contain('to 24 h');
  });
});
