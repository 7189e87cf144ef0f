import { expect } from 'chai';
import type { OperatorAnswer } from '../../scenarios/contracts/trace.ts';
import { goodTrace } from '../testing/build.ts';
import { judgeAnswer } from './answers.ts';

const ONE = {
  kind: 'answer',
  id: 'answer-1',
  text: 'x',
  place: { file: 'f', line: 1, col: 1 },
  signal: 'operator',
  entry: 'step-1',
  right: ['yes', 'a bit'],
} as const;
const answer = (choice: string | null, more: Partial<OperatorAnswer> = {}): OperatorAnswer => ({
  entry: 'step-1',
  question: 'Lit?',
  choice,
  by: null,
  from: 'terminal',
  ...more,
});
const judge = (...operator: readonly OperatorAnswer[]) => judgeAnswer({ ...goodTrace, operator }, ONE);

describe('what an operator answered', () => {
  it('holds where it is one of the right choices, and is told with who said so', () => {
    expect(judge(answer('a bit', { by: 'Ann', from: 'file' }))).to.include({ outcome: 'held', text: 'Ann answered "a bit".' });
  });
  it('is broken where it is another', () => {
    expect(judge(answer('no'))).to.include({ outcome: 'broken', text: 'an operator answered "no" instead of "yes" or "a bit".' });
  });
  it('is not measured where nobody answered, was asked, or answered this one, or more than once', () => {
    expect(judge(answer(null)).text).to.equal('Nobody answered "Lit?" in time.');
    expect(judge(answer(null, { from: 'nobody' })).text).to.contain('--answers FILE');
    for (const operator of [[], [answer('yes', { entry: 'step-2' })], [answer('yes'), answer('yes')], [answer(null)]])
      expect(judge(...operator).outcome).to.equal('notMeasured');
  });
});
