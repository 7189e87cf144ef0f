import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { withTag } from './by-tag.ts';
import { UsageError } from './failures.ts';

const CASES = [
  { id: 'a', tags: ['regression', 'quick'] },
  { id: 'b', tags: ['regression'] },
] as unknown as readonly Case[];
const hintOf = (tag: string): string => {
  try {
    withTag(CASES, tag);
  } catch (cause) {
    if (cause instanceof UsageError) return cause.hint;
    throw cause;
  }
  return '';
};

describe('a tag', () => {
  it('selects the cases that have it, in their order; without one all are meant', () => {
    expect(withTag(CASES, 'quick').map(({ id }) => id)).to.deep.equal(['a']);
    expect(withTag(CASES, 'regression').map(({ id }) => id)).to.deep.equal(['a', 'b']);
    expect(withTag(CASES, undefined)).to.equal(CASES);
  });

  it('that no case has is refused: nothing run is no pass', () => {
    expect(() => withTag(CASES, 'nothing')).to.throw(UsageError, 'No case has the tag "nothing".');
    expect(hintOf('quik')).to.equal('did you mean --tag quick?');
    expect(hintOf('nothing')).to.equal('there are: quick, regression');
  });
});
