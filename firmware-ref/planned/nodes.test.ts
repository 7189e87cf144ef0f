/** When two lists of states are of the same states of the inputs at the same times. */

import { expect } from 'chai';
import { sameNodes, type Node } from './nodes.ts';
import { node as stateOf } from './testing/parts.ts';

const node = (seen: number, from_us: number, to_us: number, more: Partial<Node> = {}): Node =>
  stateOf('soft', false, from_us, to_us, { seen, ...more });
/** Asked both ways round. */
function same(a: readonly Node[], b: readonly Node[]): boolean {
  const is = sameNodes(a, b);
  expect(sameNodes(b, a), 'the other way round').to.equal(is);
  return is;
}

describe('lists of states', () => {
  it('are the same where each has seen the same from and to the same instant', () => {
    expect(same([], [])).to.equal(true);
    expect(same([node(1, 10, 20), node(2, 15, Infinity)], [node(1, 10, 20), node(2, 15, Infinity)])).to.equal(true);
  });

  it('differ where one has seen something else, or begins or ends at another instant', () => {
    const first = node(0, 0, 9);
    expect(same([first, node(1, 10, 20)], [first, node(2, 10, 20)])).to.equal(false);
    expect(same([first, node(1, 10, 20)], [first, node(1, 11, 20)])).to.equal(false);
    expect(same([first, node(1, 10, 20)], [first, node(1, 10, 21)])).to.equal(false);
    expect(same([node(1, 10, 20), first], [node(1, 10, Infinity), first]), 'the first of several').to.equal(false);
  });

  it('differ where one has more, or another order', () => {
    const [one, other] = [node(1, 10, 20), node(2, 15, 30)];
    expect(same([one], [one, other])).to.equal(false);
    expect(same([], [one])).to.equal(false);
    expect(same([one, other], [other, one])).to.equal(false);
  });

  it('are the same wherever the states of the inputs end for them', () => {
    expect(same([node(1, 10, 20, { end: 5 })], [node(1, 10, 20, { end: 9 })])).to.equal(true);
  });
});
