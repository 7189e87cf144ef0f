import { expect } from 'chai';
import { goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { judgeCase } from './case.ts';
import type { Entailments } from './frame.ts';

const planned = { ...goodPrediction, basis: 'planned' as const };
const judge = (entailments: Entailments, testCase = goodCase) =>
  judgeCase({ testCase, trace: null, prediction: planned, mode: 'reference', entailments });

describe('judging without a unit', () => {
  it('holds what the reference entails', () => {
    const result = judge({ 'expect-1': 'entailed', 'expect-2': 'entailed' });
    expect(result).to.include({ verdict: 'pass', mode: 'reference', duration_us: 0 });
    expect(result.expectations.map((one) => [one.outcome, one.limitFrom])).to.deep.equal([
      ['held', 'reference'],
      ['held', 'reference'],
    ]);
  });
  it('leaves open what only a unit can show, and blames no unit', () => {
    expect(judge({ 'expect-1': 'stricter', 'expect-2': 'entailed' })).to.include({ verdict: 'inconclusive', blame: 'scenario' });
    expect(judge({ 'expect-1': 'entailed' })).to.include({ verdict: 'inconclusive', blame: 'scenario' });
  });
  it('blames the scenario for what the reference contradicts', () => {
    expect(judge({ 'expect-1': 'contradicted', 'expect-2': 'entailed' })).to.include({ verdict: 'broken', blame: 'scenario' });
  });
  it('shows nothing where nothing is demanded', () => {
    expect(judge({}, { ...goodCase, expectations: [] })).to.include({ verdict: 'inconclusive', blame: 'scenario' });
  });
  it('blames the scenario with a unit as well, whatever the unit did', () => {
    const result = judgeCase({
      testCase: goodCase,
      trace: goodTrace,
      prediction: goodPrediction,
      mode: 'unit',
      entailments: { 'expect-2': 'contradicted' },
    });
    expect(result).to.include({ verdict: 'broken', blame: 'scenario' });
  });
});
