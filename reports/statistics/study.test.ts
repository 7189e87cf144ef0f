import { expect } from 'chai';
import { grrDocument } from '../shape/evidence.ts';
import { renderGrr, renderGrrPage } from '../render/grr.ts';
import { toGrrDocument } from './grr-document.ts';
import { judgeStudy, remaining, type Taken, turnsOf } from './study.ts';

const plan = { parts: ['1', '2', '3', '4', '5'], operators: ['A', 'B'], trials: 3 };
/** A fixed sequence in [0, 1). */
const drawn = (): (() => number) => {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
};
const turns = turnsOf(plan, drawn());
/** Parts 10 apart, operators `between` apart, trials within +-`noise`. */
const taken = (noise: number, between: number, low: number | null = 0, high: number | null = 100): readonly Taken[] =>
  turns.map((turn, index) => ({
    ...turn,
    run: `run-${index}`,
    values: {
      'case: drop': {
        value:
          30 +
          Number(turn.part) * 10 +
          (turn.operator === 'B' ? between : 0) +
          ((turn.trial - 2) * ((Number(turn.part) % 3) - 1) || 0) * noise,
        unit: 'mV',
        low,
        high,
      },
    },
  }));
const documentOf = (list: readonly Taken[]) =>
  toGrrDocument({ study: 'study.json', simulated: false, plan, taken: list.length, of: turns.length, ...judgeStudy(plan, list) });

const verdictOf = (list: readonly Taken[]) => judgeStudy(plan, list).judged[0]!.verdict;

describe('a study', () => {
  it('has each part by each operator in each trial, once, in an order that is drawn', () => {
    expect(new Set(turns.map(({ part, operator, trial }) => `${part} ${operator} ${trial}`)).size).to.equal(30);
    expect(turns.slice(0, 5).map(({ part }) => part)).to.not.deep.equal(plan.parts);
    expect(turnsOf(plan, drawn())).to.deep.equal(turns);
    expect(remaining(turns, taken(1, 0).slice(0, 28))).to.deep.equal(turns.slice(28));
  });

  it('calls a gauge good, marginal or bad by what lies between the limits, and by the spread where there are none', () => {
    expect(verdictOf(taken(0.5, 0.2))).to.equal('good');
    expect(verdictOf(taken(2, 2))).to.equal('marginal');
    expect(verdictOf(taken(2, 12))).to.equal('bad');
    expect(verdictOf(taken(0.5, 0.2, null))).to.equal('good');
    expect(verdictOf(taken(0.5, 12, null))).to.equal('bad');
  });

  it('leaves out what some turn did not measure, and says so', () => {
    const [first, ...others] = taken(1, 0);
    const list = [{ ...first!, values: {} }, ...others];
    expect(judgeStudy(plan, list)).to.deep.equal({ judged: [], missing: ['case: drop'] });
    expect(renderGrr(documentOf(list))).to.contain('left out: case: drop');
  });

  it('fits its document, exits with 3 for a bad gauge, and makes no markup of names', () => {
    const bad = grrDocument.parse(documentOf(taken(2, 12)));
    expect(bad.exit).to.equal(3);
    expect(renderGrr(bad)).to.contain('BAD').and.to.contain('1 of 1 quantity is measured badly');
    const page = renderGrrPage({ ...bad, measurements: bad.measurements.map((one) => ({ ...one, name: '<img src=x>' })) });
    expect(page).to.contain('&lt;img').and.to.not.contain('<img');
    expect(documentOf(taken(0.5, 0.2)).exit).to.equal(0);
  });
});
