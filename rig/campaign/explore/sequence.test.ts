import * as fc from 'fast-check';
import { expect } from 'chai';
import { readAndCompile } from '../../../scenarios/compile.ts';
import { sequences } from './draw.ts';
import { caseOf } from './explore.ts';
import { scenarioText, type Sequence } from './sequence.ts';

const BASE: Sequence = { supply_V: 12.8, remote: 'link', open: [], steps: [], rest_ms: 2_200 };
const HEADING = { title: 'A sequence', covers: ['REACTION'], comments: ['Why it is here.'] };
const linesOf = (sequence: Partial<Sequence>): readonly string[] =>
  scenarioText({ ...BASE, ...sequence }, HEADING)
    .split('\n')
    .filter((line) => line.startsWith('  - {'));

describe('a sequence as a scenario', () => {
  it('is legal whatever is drawn', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        const compiled = readAndCompile({ file: 'explored/any.yaml', bytes: Buffer.from(scenarioText(sequence, HEADING)) });
        expect(compiled.issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('has a step a line, and its comments first', () => {
    const steps = [
      { after_ms: 100, move: { do: 'toggle', poles: [3] } } as const,
      { after_ms: 2_200, move: { do: 'toggle', poles: [1, 3] } } as const,
    ];
    const text = scenarioText({ ...BASE, steps }, HEADING);
    expect(text.startsWith('# Why it is here.\nscenario: A sequence\n')).to.equal(true);
    expect(linesOf({ steps })).to.deep.equal(['  - { at: 3300 ms, poles: { "3": open } }', '  - { wait: 2200 ms, poles: { "1": open } }']);
    expect(caseOf({ ...BASE, steps }).timeline.entries.filter(({ id }) => id.startsWith('step-'))).to.have.length(2);
  });

  it('leaves out what would change nothing or may not be, and waits for it all the same', () => {
    const steps = [
      { after_ms: 500, move: { do: 'remote', to: 'link' } } as const,
      { after_ms: 500, move: { do: 'remote', to: 'H 3.1 V' } } as const,
      // The terminals are driven: the supply may not go.
      { after_ms: 700, move: { do: 'restart', poles: [] } } as const,
      { after_ms: 300, move: { do: 'bounce', pole: 4, for_ms: 8 } } as const,
    ];
    expect(linesOf({ steps })).to.deep.equal([
      '  - { at: 4200 ms, remote: { H: 3.1 V } }',
      '  - { wait: 1000 ms, poles: { "4": open } }',
      '  - { wait: 8 ms, poles: closed }',
    ]);
  });

  it('takes the supply away for longer than any state is kept', () => {
    const steps = [{ after_ms: 800, move: { do: 'restart', poles: [1] } } as const];
    expect(linesOf({ steps, supply_V: 25.6 })).to.deep.equal([
      '  - { at: 4000 ms, supply: 0 V }',
      '  - { wait: 1300 ms, poles: { "1": open } }',
      '  - { wait: 100 ms, supply: 25.6 V }',
    ]);
  });
});
