/** A list in order is what a stable sort makes of it, however far it was out of order. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { ordered } from './order.ts';

const times = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-Infinity, Infinity)), { maxLength: 400 });

describe('ordered', () => {
  it('sorts as a stable sort does', () => {
    fc.assert(
      fc.property(times, (drawn) => {
        const list = drawn.map((at_us, index) => ({ at_us, index }));
        const expected = list.toSorted((a, b) => (a.at_us === b.at_us ? a.index - b.index : a.at_us - b.at_us));
        expect(ordered(list, ({ at_us }) => at_us)).to.deep.equal(expected);
      }),
    );
  });

  it('sorts a long list that is the wrong way round, and leaves the list itself as it was', () => {
    const list = Array.from({ length: 1000 }, (_, index) => 1000 - index);
    expect(ordered(list, (one) => one)).to.deep.equal(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(list[0]).to.equal(1000);
  });

  it('gives a list that is in order as it is', () => {
    const list = [1, 1, 2];
    expect(ordered(list, (one) => one)).to.equal(list);
  });
});
