import { expect } from 'chai';
import { simulatedTurn } from './simulated-turn.ts';

const plan = { seed: 3, parts: ['left', 'right'], operators: ['Early', 'Late'], trials: 2 };
const turns = plan.parts.flatMap((part) =>
  plan.operators.flatMap((operator) =>
    [1, 2].map((trial) => ({ part, operator, trial, ...simulatedTurn({ part, operator, trial }, plan) })),
  ),
);

describe('a turn of a gauge study on a simulated bench', () => {
  it('gives each operator the same part in each trial, and another for another part or another study', () => {
    for (const part of plan.parts)
      expect(new Set(turns.filter((turn) => turn.part === part).map(({ insertion }) => insertion!.unit)).size, part).to.equal(1);
    expect(new Set(turns.map(({ insertion }) => insertion!.unit)).size).to.equal(2);
    const [first] = turns;
    expect(simulatedTurn(first!, { ...plan, seed: 4 }).insertion!.unit).not.to.equal(first!.insertion!.unit);
  });

  it('makes the contacts anew each time, and has the converter of the bench scatter', () => {
    expect(new Set(turns.map(({ insertion }) => insertion!.mating)).size).to.equal(turns.length);
    for (const { conditions } of turns) expect(conditions).to.deep.equal([{ do: 'converterNoise', of: 'fixture', rms_mV: 2 }]);
  });
});
