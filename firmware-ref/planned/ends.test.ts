/** How trips of LOAD end what PRE-ALARM does: together within half a second, each low cell for itself, and where LOAD may go on waiting (R9). */

import { expect } from 'chai';
import { sameOwns } from './coupling.ts';
import { changedRuns, endsOf, NO_ENDS, preCoupling, type Ends } from './ends.ts';
import { move, numbers, reached, segment } from './testing/parts.ts';

const pole1At = (at_us: number) => ({ inputs: { pole1Open: true }, pole1_us: [at_us, at_us + 5], pole1Entry: 'low' }) as const;
/** What LOAD does at one state of the inputs: trips that count from a rise, as `[rise, from, to]`. */
const layer = (index: number, low_us: number, trips: readonly (readonly [number, number, number])[], more: object = {}) => ({
  index,
  segment: segment({ index, ...pole1At(low_us) }),
  moves: trips.map(([rise, from_us, to_us]) => move(false, from_us, to_us, { rise, cite: 'trip' })),
  trips: trips.length > 0,
  hold_us: 1e9,
  nodes: [],
  ...more,
});
const ends = (...layers: readonly object[]): Ends => endsOf(reached(...layers), NO_ENDS, 0, numbers);
/** LOAD waiting at the last state for ever, since `from_us`. */
const waiting = (from_us: number, more: object = {}) => ({
  hold_us: Infinity,
  nodes: [{ seen: 1, memo: 'up', high: true, from_us, to_us: Infinity, ...more }],
});

/** What PRE-ALARM, risen as `rise` says, may do in a state until `to_us`. */
const owns = (of: Ends, rise: number, to_us: number, low_us = 1e6, index = 0) =>
  preCoupling(of, []).owns(0, to_us, segment({ index, ...pole1At(low_us) }), rise);
const told = (...given: Parameters<typeof owns>): string => {
  const { moves, until_us } = owns(...given);
  return [...moves.map(({ from_us, to_us }) => `${from_us / 1e6}..${to_us / 1e6}`), `until ${until_us / 1e6}`].join(' ');
};

describe('PRE-ALARM goes off with LOAD', () => {
  it('half a second before or after the trip that counts from its rise, and holds on no longer', () => {
    const of = ends(
      layer(0, 1e6, [
        [7, 31e6, 36e6],
        [8, 40e6, 45e6],
      ]),
    );
    expect(told(of, 7, Infinity)).to.equal('30.5..36.5 until 36.5');
    expect(told(of, 8, Infinity)).to.equal('39.5..45.5 until 45.5');
    expect(told(of, 9, Infinity), 'no trip counts from it').to.equal('until Infinity');
    expect(owns(of, 7, Infinity).moves[0]).to.deep.include({ rise: 7 });
    expect(owns(of, 7, Infinity).moves[0]!.choice).to.deep.include({ high: false, memo: 'quiet', cite: 'preWithTrip' });
  });

  it('in the same low cell, not in another', () => {
    const of = ends(layer(0, 1e6, [[7, 31e6, 36e6]]), layer(1, 50e6, [[7, 80e6, 85e6]]));
    expect(told(of, 7, Infinity, 1e6)).to.equal('30.5..36.5 until 36.5');
    expect(told(of, 7, Infinity, 50e6)).to.equal('79.5..85.5 until 85.5');
    expect(told(of, 7, Infinity, 99e6)).to.equal('until Infinity');
  });

  it('with one trip after the other, those that overlap or touch being one', () => {
    const of = ends(
      layer(0, 1e6, [
        [7, 31e6, 36e6],
        [7, 36e6, 38e6],
      ]),
      layer(1, 1e6, [
        [7, 35e6, 37e6],
        [7, 50e6, 52e6],
      ]),
      layer(2, 1e6, [[7, 30e6, 32e6]]),
    );
    expect(
      told(
        ends(
          layer(0, 1e6, [
            [7, 31e6, 36e6],
            [7, 36e6, 38e6],
          ]),
        ),
        7,
        Infinity,
      ),
    ).to.equal('30.5..38.5 until 38.5');
    expect(told(of, 7, Infinity)).to.equal('49.5..52.5 29.5..38.5 until 52.5');
  });

  it('but may hold on where the state is over by then, or LOAD may go on waiting', () => {
    const bound = ends(layer(0, 1e6, [[7, 31e6, 36e6]]));
    expect([36.5e6, 36.5e6 + 1].map((to_us) => told(bound, 7, to_us))).to.deep.equal([
      '30.5..36.5 until Infinity',
      '30.5..36.5 until 36.5',
    ]);
    const of = ends(layer(0, 1e6, [[7, 31e6, 36e6]]), layer(1, 1e6, [], waiting(20e6)));
    expect(told(of, 7, Infinity)).to.equal('30.5..36.5 until Infinity');
    expect(told(of, 7, Infinity, 1e6, 2), 'waiting in an earlier state does not count').to.equal('30.5..36.5 until 36.5');
    const last = (since_us: number) => ends(layer(0, 1e6, [[7, 31e6, 36e6]]), layer(1, 1e6, [], waiting(since_us)));
    expect(
      [36e6, 36e6 + 1].map((since_us) => told(last(since_us), 7, Infinity)),
      'it had to have tripped',
    ).to.deep.equal(['30.5..36.5 until Infinity', '30.5..36.5 until 36.5']);
  });

  it('where LOAD goes on waiting: with a low cell, in service and for ever', () => {
    const count = (more: object, of = layer(0, 1e6, [])) => ends({ ...of, ...waiting(20e6), ...more }).waiting.length;
    expect(count({})).to.equal(1);
    expect(count({ hold_us: 50e6 }), 'another state follows').to.equal(0);
    expect(count(waiting(20e6, { to_us: 40e6 })), 'it trips').to.equal(0);
    expect(count(waiting(20e6, { memo: 'down' })), 'it has tripped').to.equal(0);
    expect(count({ segment: segment() }), 'no cell is low').to.equal(0);
  });

  it('only where it is high and may trip', () => {
    const { concerns } = preCoupling(NO_ENDS, []);
    const low = segment(pole1At(1e6));
    expect([concerns('plain', true, low), concerns('plain', false, low), concerns('plain', true, segment())]).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(concerns('plain', true, segment({ inputs: { pole1Open: true, remote: 'off' } }))).to.equal(false);
  });
});

describe('what is known of trips', () => {
  const LAYERS = [layer(0, 1e6, [[7, 31e6, 36e6]]), layer(1, 50e6, [[8, 80e6, 85e6]])];
  const other = (...trips: Parameters<typeof layer>[2]) => ends(LAYERS[0]!, layer(1, 50e6, trips));

  it('differs by low cell: in its trips, in their rises, and where one comes or goes', () => {
    const was = ends(...LAYERS);
    expect(changedRuns(was, ends(...LAYERS))).to.deep.equal([]);
    expect(changedRuns(was, other([8, 80e6, 86e6]))).to.deep.equal([50e6]);
    expect(changedRuns(was, other([8, 79e6, 85e6]))).to.deep.equal([50e6]);
    expect(changedRuns(was, other([9, 80e6, 85e6]))).to.deep.equal([50e6]);
    expect(changedRuns(was, other([8, 80e6, 85e6], [9, 80e6, 85e6]))).to.deep.equal([50e6]);
    expect(changedRuns(was, other([8, 80e6, 85e6], [8, 90e6, 95e6]))).to.deep.equal([50e6]);
    expect(changedRuns(was, ends(LAYERS[0]!))).to.deep.equal([50e6]);
    expect(changedRuns(ends(LAYERS[0]!), was)).to.deep.equal([50e6]);
    expect(changedRuns(was, ends(...LAYERS, { ...layer(2, 50e6, []), ...waiting(60e6) })), 'LOAD may wait').to.deep.equal([1e6, 50e6]);
  });

  it('is asked for again only of what differs', () => {
    const { differs } = preCoupling(ends(...LAYERS), [50e6]);
    expect([1e6, 50e6].map((low_us) => differs(segment(pole1At(low_us))))).to.deep.equal([false, true]);
  });

  it('is kept where nothing from a state on trips or did, and else worked out anew', () => {
    const was = ends(...LAYERS);
    expect(endsOf(reached(...LAYERS), was, 2, numbers).runs).to.equal(was.runs);
    const more = endsOf(reached(...LAYERS, layer(2, 50e6, [[8, 90e6, 91e6]])), was, 2, numbers);
    expect(told(more, 8, Infinity, 50e6)).to.equal('79.5..85.5 89.5..91.5 until 91.5');
    const fewer = endsOf(reached(LAYERS[0]!), was, 1, numbers);
    expect(told(fewer, 8, Infinity, 50e6)).to.equal('until Infinity');
    expect(sameOwns(owns(more, 7, Infinity), owns(was, 7, Infinity), 0, Infinity)).to.equal(true);
  });
});
