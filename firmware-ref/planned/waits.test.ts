/** Which trips of LOAD a rise of PRE-ALARM lets come, until when LOAD may wait at most, and where the longest wait rests (R3, R4, R8). */

import { expect } from 'chai';
import type { Node } from './nodes.ts';
import type { Rise } from './rises.ts';
import { move, node, numbers, reached, rise, segment } from './testing/parts.ts';
import { loadCoupling, NO_WAITS, sameWaits, waitsOf, type Waits } from './waits.ts';

/** PRE-ALARM high until each of some instants, after those rises. */
const risen = (...parts: readonly (readonly [to_us: number, ...rises: readonly Rise[]])[]): Node =>
  node('plain', true, 0, 1e9, { parts: parts.map(([to_us, ...rises]) => ({ rises, to_us, end: 0 })) });
const layer = (rises: readonly Rise[], ...nodes: readonly Node[]) => ({ rises, nodes, moves: [move(true, 0, 0)] });

const low = (index = 0, low_us = 1e6, more: Parameters<typeof segment>[0] = {}) =>
  segment({ index, pole1_us: [low_us, low_us], pole1Entry: 'low', ...more, inputs: { pole1Open: true, ...more.inputs } });
const after = (rises: readonly Rise[], rests: readonly Node[] = []): Waits => ({ rises, known: [], rests });
const SEGMENTS = [low(0), low(1), low(2, 50e6)];

function told(waits: Waits, from_us = 0, to_us = Infinity, of = SEGMENTS[1]!): string {
  const { moves, until_us } = loadCoupling(waits, SEGMENTS, numbers).owns(from_us, to_us, of, 0);
  return [...moves.map((one) => `${one.rise}: ${one.from_us / 1e6}..${one.to_us / 1e6}`), `until ${until_us / 1e6}`].join(' ');
}

const waitsWith = (key: number, to_us: number, rest_us: number) => {
  const one = rise(key, 5e6, 7e6);
  return waitsOf(reached(layer([one], risen([to_us, one]), node('soft', false, 10e6, rest_us))));
};

describe('what LOAD waits for', () => {
  it('is every rise, with the last instant at which PRE-ALARM may be high after it', () => {
    const [a, b] = [rise(1, 5e6, 7e6), rise(2, 20e6, 22e6)];
    const waits = waitsOf(reached(layer([a], risen([30e6, a])), layer([b], risen([40e6, a, b], [35e6, b]))));
    expect(waits.rises).to.deep.equal([a, b]);
    expect(waits.known).to.deep.equal([1, 5e6, 7e6, 40e6, 2, 20e6, 22e6, 40e6]);
    expect([a.last_us, b.last_us]).to.deep.equal([40e6, 40e6]);
  });

  it('is worked out anew each time, whatever it was before', () => {
    const one = rise(1, 5e6, 7e6, { last_us: 99e6 });
    expect(waitsOf(reached(layer([one], risen([30e6, one])))).known).to.deep.equal([1, 5e6, 7e6, 30e6]);
    expect(waitsOf(reached(layer([one]))).known, 'never high').to.deep.equal([1, 5e6, 7e6, -Infinity]);
  });

  it('takes the latest end of one list of rises, in whatever order its ends come', () => {
    const one = rise(1, 5e6, 7e6);
    const rises = [one];
    const high = (to_us: number) => node('plain', true, 0, to_us, { parts: [{ rises, to_us, end: 0 }] });
    for (const ends_us of [
      [30e6, 40e6],
      [40e6, 30e6],
    ]) {
      waitsOf(reached(layer([one], high(ends_us[0]!)), layer([], high(ends_us[1]!))));
      expect(one.last_us).to.equal(40e6);
    }
  });

  it('rests where PRE-ALARM may be off since the warning ended in the low cell, and nowhere else (R8)', () => {
    const soft = node('soft', false, 10e6, 20e6);
    const others = [node('soft', true, 10e6, 20e6), node('quiet', false, 10e6, 20e6), node('plain', false, 10e6, 20e6)];
    expect(waitsOf(reached(layer([], ...others, soft))).rests).to.deep.equal([soft]);
  });

  it('is the same where rises and rests are', () => {
    const was = waitsWith(1, 30e6, 20e6);
    expect(sameWaits(was, waitsWith(1, 30e6, 20e6))).to.equal(true);
    expect(sameWaits(was, waitsWith(2, 30e6, 20e6)), 'another rise').to.equal(false);
    expect(sameWaits(was, waitsWith(1, 31e6, 20e6)), 'high for longer').to.equal(false);
    expect(sameWaits(was, waitsWith(1, 30e6, 21e6)), 'rests for longer').to.equal(false);
    expect(sameWaits(NO_WAITS, waitsOf(reached(layer([rise(1, 5e6, 7e6)])))), 'a rise more').to.equal(false);
    expect([sameWaits(was, NO_WAITS), sameWaits(NO_WAITS, was), sameWaits(NO_WAITS, NO_WAITS)]).to.deep.equal([false, false, true]);
  });
});

const rests = (from_us: number, to_us: number, seen = 0) =>
  told(after([rise(7, 5e6, 7e6)], [node('soft', false, from_us, to_us, { seen })]), 10e6);

describe('LOAD with a low cell', () => {
  it('trips from 30 s after the first instant of a rise to 35 s after the last, and waits no longer (R3, R4)', () => {
    expect(told(after([rise(7, 5e6, 7e6)]))).to.equal('7: 35..42 until 42');
    expect(loadCoupling(after([rise(7, 5e6, 7e6)]), SEGMENTS, numbers).owns(0, Infinity, SEGMENTS[1]!, 0).moves[0]!.choice).to.include({
      high: false,
      memo: 'down',
      cite: 'trip',
    });
    expect(told(NO_WAITS)).to.equal('until Infinity');
  });

  it('may count from any of several rises, and waits as long as the last one lets it', () => {
    expect(told(after([rise(7, 5e6, 7e6), rise(8, 10e6, 11e6)]))).to.equal('7: 35..42 8: 40..46 until 46');
    expect(told(after([rise(8, 10e6, 11e6), rise(7, 5e6, 7e6)]))).to.equal('8: 40..46 7: 35..42 until 46');
  });

  it('does not count from a rise that PRE-ALARM did not keep until the least wait was over', () => {
    expect(told(after([rise(7, 5e6, 7e6, { last_us: 35e6 })]))).to.equal('7: 35..42 until 42');
    expect(told(after([rise(7, 5e6, 7e6, { last_us: 35e6 - 1 })]))).to.equal('until Infinity');
  });

  it('is not kept waiting by a rise that was over before the state began', () => {
    const [first, last] = [rise(7, 5e6, 7e6), rise(8, 10e6, 11e6, { last_us: 12e6 })];
    expect(told(after([first, last]), 12e6)).to.equal('7: 35..42 until 46');
    expect(told(after([first, last]), 12e6 + 1)).to.equal('7: 35..42 until 42');
  });

  it('does not count from a rise that a later state of the inputs asked for, or that came after its own', () => {
    expect(told(after([rise(7, 5e6, 7e6, { seen: 1 })]))).to.equal('7: 35..42 until 42');
    expect(told(after([rise(7, 5e6, 7e6, { seen: 2 })]))).to.equal('until Infinity');
    expect([5e6, 5e6 - 1].map((to_us) => told(after([rise(7, 5e6, 7e6), rise(8, -40e6, -35e6)]), 0, to_us))).to.deep.equal([
      '8: 1..3 until Infinity',
      '8: 1..3 until 3',
    ]);
  });

  it('does not trip before the state begins, nor where it is over by then', () => {
    expect(told(after([rise(7, 5e6, 7e6)]), 38e6)).to.equal('7: 38..42 until 42');
    expect(told(after([rise(7, 5e6, 7e6)]), 0, 35e6)).to.equal('7: 35..42 until Infinity');
    expect(told(after([rise(7, 5e6, 7e6)]), 0, 35e6 - 1)).to.equal('until Infinity');
  });

  it('trips no sooner than the cell is low, and has its reaction from there on (R16)', () => {
    expect(told(after([rise(7, 5e6, 7e6)]), 0, Infinity, SEGMENTS[2])).to.equal('7: 50..52 until 52');
  });

  it('may wait until the state is over where that comes first', () => {
    expect([42e6, 42e6 + 1].map((to_us) => told(after([rise(7, 5e6, 7e6)]), 0, to_us))).to.deep.equal([
      '7: 35..42 until Infinity',
      '7: 35..42 until 42',
    ]);
  });

  it('may wait for ever where the remote is not surely on', () => {
    const either = low(1, 1e6, { inputs: { remote: 'either' } });
    expect(told(after([rise(7, 5e6, 7e6)]), 0, Infinity, either)).to.equal('7: 35..42 until Infinity');
  });

  it('may wait for ever where PRE-ALARM may be off before the longest wait is over (R8)', () => {
    expect(rests(20e6, 30e6)).to.equal('7: 35..42 until Infinity');
    expect([42e6, 42e6 + 1].map((from_us) => rests(from_us, 90e6))).to.deep.equal(['7: 35..42 until Infinity', '7: 35..42 until 42']);
    expect([10e6, 10e6 - 1].map((to_us) => rests(1e6, to_us))).to.deep.equal(['7: 35..42 until Infinity', '7: 35..42 until 42']);
    expect(rests(20e6, 30e6, 2), 'in another low cell').to.equal('7: 35..42 until 42');
  });

  it('is concerned only while it waits for its trip', () => {
    const { concerns, differs } = loadCoupling(NO_WAITS, SEGMENTS, numbers);
    expect([concerns('up', true, low()), concerns('tripping', true, low()), concerns('down', false, low())]).to.deep.equal([
      true,
      false,
      false,
    ]);
    expect(concerns('up', true, segment()), 'no cell is low').to.equal(false);
    expect(differs(low())).to.equal(true);
  });
});
