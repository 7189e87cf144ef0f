/** What has been reached of one state of the inputs: in order of time, nothing twice, and of rises those that are new. */

import { expect } from 'chai';
import { choice, type Choice } from '../rules/rule.ts';
import { Drafts, freshRises, type Draft } from './drafts.ts';
import { NO_RISES, type Rises } from './rises.ts';
import { rise } from './testing/parts.ts';

const HIGH = choice(true, 'plain', 'warning');
const LOW = choice(false, 'plain', 'warningCleared');
/** The same state for another reason. */
const ALSO_LOW = choice(false, 'plain', 'preRecovered');

const [A, B, C] = [rise(1), rise(2), rise(3)];
const keys = (rises: Rises): string => rises.map(({ key }) => key).join('');

type Added = readonly [reached: Choice, from_us: number, rises?: Rises];
const drafts = (gathers: boolean, ...added: readonly Added[]): readonly Draft[] => {
  const all = new Drafts();
  all.begin(10, gathers);
  for (const [one, from_us, rises = NO_RISES] of added) all.add(one, rises, from_us);
  return all.follow();
};
const told = (list: readonly Draft[]): readonly string[] =>
  list.map(({ choice: { high }, from_us, lists }) => [high ? '+' : '-', from_us, ...lists.map(keys)].join(' '));

describe('drafts', () => {
  it('are in order of time, and at one instant in the order in which they came', () => {
    expect(told(drafts(false, [HIGH, 30], [LOW, 20], [HIGH, 10]))).to.deep.equal(['+ 10', '- 20', '+ 30']);
    expect(told(drafts(false, [HIGH, 20], [LOW, 20], [LOW, 30]))).to.deep.equal(['+ 20', '- 20']);
    expect(told(drafts(false, [HIGH, 30, [A]], [LOW, 30, [A]], [HIGH, 20, [B]]))).to.deep.equal(['+ 20 2', '+ 30 1', '- 30 1']);
  });

  it('leave out what is there already no later, whatever it rests on', () => {
    expect(told(drafts(false, [LOW, 20], [ALSO_LOW, 25], [LOW, 20]))).to.deep.equal(['- 20']);
    expect(told(drafts(false, [LOW, 20], [LOW, 15]))).to.deep.equal(['- 15', '- 20']);
    expect(told(drafts(false, [LOW, 10], [LOW, 10], [HIGH, 10], [LOW, 12]))).to.deep.equal(['- 10', '+ 10']);
    expect(told(drafts(false, [LOW, 5], [LOW, 8]))).to.deep.equal(['- 5']);
  });

  it('with rises are others than those without, and than those with other rises', () => {
    expect(told(drafts(false, [HIGH, 20], [HIGH, 20, [A]], [HIGH, 20]))).to.deep.equal(['+ 20', '+ 20 1']);
    expect(told(drafts(false, [HIGH, 20, [A]], [HIGH, 25]))).to.deep.equal(['+ 20 1', '+ 25']);
    expect(told(drafts(true, [HIGH, 20], [HIGH, 20, [A]]))).to.deep.equal(['+ 20', '+ 20 1']);
    const [one, other] = [[A], [B]];
    expect(told(drafts(false, [HIGH, 20, one], [HIGH, 30, one], [HIGH, 30, other]))).to.deep.equal(['+ 20 1', '+ 30 2']);
  });

  it('gather the rises of one kind and instant, until they are followed', () => {
    const [one, other] = [[A], [B]];
    expect(told(drafts(true, [HIGH, 20, one], [HIGH, 20, other], [HIGH, 20, other]))).to.deep.equal(['+ 20 1 2']);
    expect(told(drafts(true, [HIGH, 20, one], [HIGH, 30, one], [LOW, 20, one]))).to.deep.equal(['+ 20 1', '- 20 1', '+ 30 1']);
    expect(told(drafts(false, [HIGH, 20, one], [HIGH, 20, other]))).to.deep.equal(['+ 20 1', '+ 20 2']);
    const all = new Drafts();
    all.begin(10, true);
    all.add(HIGH, one, 20);
    const followed = all.follow();
    all.add(HIGH, other, 20);
    expect(told(followed)).to.deep.equal(['+ 20 1', '+ 20 2']);
  });

  it('begin anew with each state of the inputs', () => {
    const all = new Drafts();
    all.begin(10, false);
    all.add(LOW, NO_RISES, 10);
    all.begin(40, false);
    expect(told(all.follow())).to.deep.equal([]);
    all.add(LOW, NO_RISES, 45);
    expect(told(all.follow())).to.deep.equal(['- 45']);
  });
});

describe('fresh rises', () => {
  it('are those of all like it at that instant, each once, without those that it has been followed with', () => {
    const all = drafts(false, [HIGH, 20, [A, B]], [LOW, 20, [rise(5)]], [HIGH, 20, [B, C]], [HIGH, 30, [rise(4)]]);
    expect(keys(freshRises(all, 0, []))).to.equal('123');
    expect(keys(freshRises(all, 0, [{ choice: HIGH, rises: [A] }]))).to.equal('23');
    expect(keys(freshRises(all, 0, [{ choice: LOW, rises: [A] }]))).to.equal('123');
    expect(keys(freshRises(all, 0, [{ choice: HIGH, rises: [A, B, C] }]))).to.equal('');
    expect(keys(freshRises(all, 2, []))).to.equal('23');
  });

  it('are the list itself where it is all there is', () => {
    const list = [A, B];
    expect(freshRises(drafts(false, [HIGH, 20, list]), 0, [])).to.equal(list);
    expect(keys(freshRises(drafts(false, [HIGH, 20, [A]], [HIGH, 20, list]), 0, []))).to.equal('12');
  });
});
