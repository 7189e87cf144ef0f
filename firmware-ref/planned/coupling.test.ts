/** What a signal may do of itself: until when it can hold after each rise, and when two answers of a coupling mean the same. */

import { expect } from 'chai';
import { choice } from '../rules/rule.ts';
import { byEnd, isWithin, NO_OWNS, sameOwns, UNCOUPLED, type Own, type Owns } from './coupling.ts';
import { NO_RISES } from './rises.ts';
import { rise, segment } from './testing/parts.ts';

const TRIP = choice(false, 'down', 'trip');
const own = (from_us: number, to_us: number, more: Partial<Own> = {}): Own => ({ choice: TRIP, rise: 7, from_us, to_us, ...more });
const until = (until_us: number, ...moves: readonly Own[]): Owns => ({ moves, until_us });
const [A, B, C] = [rise(1), rise(2), rise(3)];

/** Each end with the rises and the ends of what may be done after them. */
const told = (...given: Parameters<typeof byEnd>): readonly string[] =>
  byEnd(...given).map(
    ({ to_us, rises, owns }) => `${to_us}: ${rises.map(({ key }) => key).join('')} of ${owns.map((one) => one.until_us).join()}`,
  );

/** Of a state that holds from 10 to 20. */
const within = (from_us: number, to_us: number): boolean => isWithin(own(from_us, to_us), 10, 20);
/** In such a state, asked both ways round. */
function same(a: readonly Own[], b: readonly Own[]): boolean {
  const [one, other] = [until(30, ...a), until(30, ...b)];
  const is = sameOwns(one, other, 10, 20);
  expect(sameOwns(other, one, 10, 20), 'the other way round').to.equal(is);
  return is;
}

describe('a signal that nothing is coupled to', () => {
  it('is never concerned, does nothing of itself and holds for ever', () => {
    expect(UNCOUPLED.concerns('up', true, segment({ inputs: { pole1Open: true } }))).to.equal(false);
    expect(UNCOUPLED.owns(0, 1e6, segment(), 7)).to.deep.equal({ moves: [], until_us: Infinity });
    expect(NO_OWNS).to.deep.equal({ moves: [], until_us: Infinity });
  });

  it('is looked at anew where it was coupled before', () => {
    expect(UNCOUPLED.differs(segment())).to.equal(true);
  });
});

describe('the ends of a state', () => {
  it('are one where every rise lets it hold for the same time, with the lists as they are', () => {
    const [rises, owns] = [
      [A, B],
      [until(40), until(40)],
    ];
    const [only, ...more] = byEnd(rises, owns, 100);
    expect(more).to.deep.equal([]);
    expect(only!.to_us).to.equal(40);
    expect(only!.rises).to.equal(rises);
    expect(only!.owns).to.equal(owns);
    expect(byEnd(rises, owns, 30)[0]!.rises, 'it ends before').to.equal(rises);
  });

  it('are that of the state alone where there is no rise', () => {
    const owns = [until(40)];
    const [only, ...more] = byEnd([], owns, 100);
    expect(more).to.deep.equal([]);
    expect(only!.to_us).to.equal(40);
    expect(only!.rises).to.equal(NO_RISES);
    expect(only!.owns).to.equal(owns);
    expect(byEnd([], owns, 30), 'it ends before').to.deep.equal([{ to_us: 30, rises: [], owns }]);
  });

  it('are told apart by rises, those with one end together, in the order in which they come', () => {
    expect(told([A, B, C], [until(60), until(40), until(60)], 100)).to.deep.equal(['60: 13 of 60,60', '40: 2 of 40']);
    expect(told([A, B], [until(40), NO_OWNS], Infinity)).to.deep.equal(['40: 1 of 40', 'Infinity: 2 of Infinity']);
  });

  it('are no later than that of the state, which makes those beyond it one', () => {
    expect(told([A], [NO_OWNS], 50)).to.deep.equal(['50: 1 of Infinity']);
    expect(told([A, B], [until(60), until(70)], 50)).to.deep.equal(['50: 12 of 60,70']);
    const rises = [A, B];
    expect(byEnd(rises, [until(60), until(70)], 50)[0]!.rises).to.equal(rises);
    expect(told([A, B, C], [until(60), until(40), until(70)], 50)).to.deep.equal(['50: 13 of 60,70', '40: 2 of 40']);
    expect(told([A, B], [until(40), until(60)], 50)).to.deep.equal(['40: 1 of 40', '50: 2 of 60']);
  });
});

describe('what a state may do of itself', () => {
  it('lies within a time that it meets for an instant or longer', () => {
    expect([within(0, 9), within(0, 10), within(12, 15), within(0, 30), within(20, 30), within(21, 30)]).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it('is the same where it is the same list, or one like it, with the same end', () => {
    const moves = [own(11, 15)];
    expect(sameOwns({ moves, until_us: 30 }, { moves, until_us: 30 }, 10, 20)).to.equal(true);
    expect(sameOwns({ moves, until_us: 30 }, { moves, until_us: 31 }, 10, 20)).to.equal(false);
    expect(same([own(11, 15), own(16, 18)], [own(11, 15), own(16, 18)])).to.equal(true);
    expect(same([], [])).to.equal(true);
    expect(sameOwns(until(30), until(Infinity), 10, 20), 'it has another end').to.equal(false);
  });

  it('differs by what is done, after which rise, and when', () => {
    expect(same([own(11, 15)], [own(11, 15, { rise: 8 })])).to.equal(false);
    expect(same([own(11, 15)], [own(11, 15, { choice: choice(false, 'quiet', 'preWithTrip') })])).to.equal(false);
    expect(same([own(11, 15)], [own(12, 15)])).to.equal(false);
    expect(same([own(11, 15)], [own(11, 16)])).to.equal(false);
    expect(same([own(11, 15)], [own(11, 15), own(16, 18)])).to.equal(false);
    expect(same([own(11, 15)], [])).to.equal(false);
  });

  it('is compared within the time of the state alone', () => {
    expect(same([own(5, 15)], [own(10, 15)]), 'before it').to.equal(true);
    expect(same([own(15, 20)], [own(15, 25)]), 'after it').to.equal(true);
    expect(same([own(9, 15)], [own(11, 15)])).to.equal(false);
    expect(same([own(15, 19)], [own(15, 25)])).to.equal(false);
  });

  it('is the same without what lies outside, wherever that stands in the list', () => {
    const [early, late] = [own(0, 9), own(21, 25)];
    expect(same([early, own(11, 15)], [own(11, 15)])).to.equal(true);
    expect(same([own(11, 15)], [late, own(11, 15), early, late])).to.equal(true);
    expect(same([early], [late, late])).to.equal(true);
    expect(same([early, own(11, 15)], [late])).to.equal(false);
    expect(same([own(20, 25)], [late]), 'it meets the last instant').to.equal(false);
  });
});
