/** How much there is to play: what moves often and fast, so that each state may be missed, takes no more than its length. */

import { expect } from 'chai';
import { caseOf, type Deed, type PolesWord } from '../traces.ts';
import { play } from './play.ts';

/** So many pulses of 8 ms, one every 16 ms, and how many transitions come of them. */
function transitionsOf(pulses: number, opened: PolesWord): number {
  const deeds = Array.from({ length: 2 * pulses }, (_, index): [number, Deed] => [5 + 0.008 * index, index % 2 === 0 ? opened : 'ccc']);
  return play(caseOf(deeds, 10)).taken.length;
}

describe('what is played of a case with many pulses', () => {
  it('takes twice as much for twice the pulses of a pole that a unit may see or miss', () => {
    const [once, twice] = [transitionsOf(40, 'coc'), transitionsOf(80, 'coc')];
    expect(twice)
      .to.be.above(once)
      .and.at.most(2 * once);
  });

  it('takes four times as much where each pulse may be the last rise of PRE-ALARM as well', () => {
    const [once, twice] = [transitionsOf(20, 'cco'), transitionsOf(40, 'cco')];
    expect(twice)
      .to.be.above(once)
      .and.at.most(4 * once);
  });
});
