/** One state of the inputs with all that is known of a signal there: how long it lasts, its states, moves and rises, and moves that are one. */

import { expect } from 'chai';
import type { CiteId } from '../rules/cites.ts';
import { choice } from '../rules/rule.ts';
import { NO_OWNS } from './coupling.ts';
import { Layer, NEVER } from './layer.ts';
import type { Part } from './nodes.ts';
import { segment } from './testing/parts.ts';

const HIGH = choice(true, 'plain', 'warning');
const LOW = choice(false, 'soft', 'warningCleared');
const SEEN = segment({ index: 4, from_us: [10e6, 11e6], due_us: 13e6 });
const NEXT = segment({ index: 5, from_us: [20e6, 24e6], due_us: 26.5e6 });
const part = (to_us: number): Part => ({ rises: [], to_us, end: 3 });

interface Kind {
  readonly high: boolean;
  readonly risen: number;
  readonly cite: CiteId;
  readonly alone: boolean;
  readonly rise: number | null;
}
const OFF: Kind = { high: false, risen: 0, cite: 'tripped', alone: false, rise: null };
type Given = readonly [from_us: number, to_us: number, more?: Partial<Kind>];
function moved(...moves: readonly Given[]): Layer {
  const layer = new Layer(SEEN, NEXT);
  for (const [from_us, to_us, more] of moves) {
    const { high, risen, cite, alone, rise } = { ...OFF, ...more };
    layer.move(high, risen, cite, alone, from_us, to_us, rise);
  }
  return layer;
}
const windows = (...moves: readonly Given[]): readonly string[] =>
  moved(...moves).moves.map(({ from_us, to_us, high }) => `${high ? '+' : '-'} ${from_us}..${to_us}`);
const counts = ({ nodes, moves, rises, asked }: Layer) => [nodes.length, moves.length, rises.length, asked.length];

describe('a layer', () => {
  it('begins with its state of the inputs and lasts until the next one has been seen', () => {
    const { index, segment: own, begin_us, hold_us, next_us, room_us } = new Layer(SEEN, NEXT);
    expect(own).to.equal(SEEN);
    expect({ index, begin_us, hold_us, next_us, room_us }).to.deep.equal({
      index: 4,
      begin_us: 10e6,
      hold_us: 26.5e6,
      next_us: 24e6,
      room_us: 2.5e6,
    });
  });

  it('lasts for ever where nothing follows', () => {
    const { begin_us, hold_us, next_us } = new Layer(SEEN, undefined);
    expect({ begin_us, hold_us, next_us }).to.deep.equal({ begin_us: 10e6, hold_us: Infinity, next_us: Infinity });
  });

  it('shares none of its lists with another one', () => {
    const [full, empty] = [moved([10, 20], [30, 40]), new Layer(NEXT, undefined)];
    for (const at_us of [10, 20]) {
      full.add(HIGH, [], at_us, 30, []);
      full.rise(at_us, 10, 20);
      full.ask(at_us, [], [NO_OWNS]);
    }
    expect([counts(full), counts(empty)]).to.deep.equal([
      [2, 2, 2, 2],
      [0, 0, 0, 0],
    ]);
    empty.add(LOW, [], 10, 20, []);
    expect([full.nodes.length, empty.nodes.length]).to.deep.equal([2, 1]);
  });
});

describe('the states of a layer', () => {
  it('are what was added, in that order, with no state of the inputs too late for them yet', () => {
    const layer = new Layer(SEEN, NEXT);
    const [answers, parts] = [[], [part(30)]];
    layer.add(HIGH, answers, 10, 20, parts);
    layer.add(LOW, [], 15, 30, []);
    const [first, second] = layer.nodes;
    const { memo, cite, standing } = HIGH;
    expect(first).to.deep.equal({ seen: 4, memo, high: true, standing, answers: [], cite, from_us: 10, to_us: 20, parts, end: NEVER });
    expect(first!.answers).to.equal(answers);
    expect(first!.parts).to.equal(parts);
    expect(second).to.deep.include({ memo: 'soft', high: false, cite: 'warningCleared', from_us: 15, to_us: 30 });
    expect(NEVER).to.be.greaterThan(1e9);
  });

  it('count once each, or once for each part that rises tell apart', () => {
    const layer = new Layer(SEEN, NEXT);
    expect(layer.count).to.equal(0);
    layer.add(LOW, [], 10, 20, []);
    expect(layer.count).to.equal(1);
    layer.add(HIGH, [], 10, 20, [part(15)]);
    expect(layer.count).to.equal(2);
    layer.add(HIGH, [], 12, 20, [part(15), part(18), part(20)]);
    expect(layer.count).to.equal(5);
  });

  it('keep what the coupling was asked and said, in order', () => {
    const layer = new Layer(SEEN, NEXT);
    const [rises, owns] = [[layer.rise(7, 10, 20)], [NO_OWNS]];
    layer.ask(10, rises, owns);
    layer.ask(15, [], []);
    expect(layer.asked.map(({ from_us }) => from_us)).to.deep.equal([10, 15]);
    expect(layer.asked[0]!.rises).to.equal(rises);
    expect(layer.asked[0]!.owns).to.equal(owns);
  });
});

describe('the moves of a layer', () => {
  it('are kept with what they are and the state of the inputs that asks for them', () => {
    const { moves } = moved([10, 20, { high: true, risen: 7, cite: 'warning', alone: true, rise: 9 }]);
    expect(moves).to.deep.equal([{ high: true, risen: 7, segment: SEEN, cite: 'warning', alone: true, from_us: 10, to_us: 20, rise: 9 }]);
    expect(moves[0]!.segment).to.equal(SEEN);
  });

  it('are one where they overlap or touch, whichever comes first', () => {
    expect(windows([10, 20], [15, 30])).to.deep.equal(['- 10..30']);
    expect(windows([15, 30], [10, 20])).to.deep.equal(['- 10..30']);
    expect(windows([10, 20], [20, 30])).to.deep.equal(['- 10..30']);
    expect(windows([20, 30], [10, 20])).to.deep.equal(['- 10..30']);
    expect(windows([10, 40], [20, 30]), 'within the other').to.deep.equal(['- 10..40']);
    expect(windows([20, 30], [10, 40]), 'around the other').to.deep.equal(['- 10..40']);
    expect(windows([10, 20], [10, 30]), 'from one instant on').to.deep.equal(['- 10..30']);
  });

  it('are two where there is time between them', () => {
    expect(windows([10, 20], [21, 30])).to.deep.equal(['- 10..20', '- 21..30']);
    expect(windows([21, 30], [10, 20])).to.deep.equal(['- 21..30', '- 10..20']);
  });

  it('are two where they differ in more than time', () => {
    for (const more of [{ high: true }, { risen: 7 }, { cite: 'remoteOff' }, { alone: true }, { rise: 9 }] as const)
      expect(moved([10, 20], [15, 30, more]).moves, JSON.stringify(more)).to.have.length(2);
    expect(moved([10, 20, { rise: 8 }], [15, 30, { rise: 9 }]).moves).to.have.length(2);
  });

  it('become one past others that lie between', () => {
    expect(windows([10, 20], [10, 20, { high: true }], [50, 60], [15, 30])).to.deep.equal(['- 10..30', '+ 10..20', '- 50..60']);
  });

  it('that begin at one instant stay in the order in which they were found', () => {
    expect(windows([10, 20], [5, 30, { high: true }], [5, 12])).to.deep.equal(['+ 5..30', '- 5..20']);
    expect(windows([5, 20], [5, 30, { high: true }], [5, 25])).to.deep.equal(['- 5..25', '+ 5..30']);
  });

  it('have a trip among them once one counts from a rise', () => {
    expect(moved().trips).to.equal(false);
    expect(moved([10, 20], [30, 40]).trips).to.equal(false);
    expect(moved([10, 20, { rise: 7 }], [30, 40]).trips).to.equal(true);
    expect(moved([10, 20, { rise: 0 }]).trips, 'whatever the rise').to.equal(true);
  });
});

describe('the rises of a layer', () => {
  it('are known by their key, each alone a list of itself', () => {
    const layer = new Layer(SEEN, NEXT);
    const [one, other] = [layer.rise(7, 10, 20), layer.rise(8, 12, 18)];
    expect(one).to.deep.include({ key: 7, seen: 4, from_us: 10, to_us: 20, last_us: -Infinity, mark: 0 });
    expect(other).to.deep.include({ key: 8, from_us: 12, to_us: 18 });
    expect(one.alone).to.have.length(1);
    expect(one.alone[0]).to.equal(one);
    expect(layer.rises.map(({ key }) => key)).to.deep.equal([7, 8]);
  });

  it('are the same again where they may also come at another time, and reach as far as both', () => {
    const layer = new Layer(SEEN, NEXT);
    const first = layer.rise(6, 10, 20);
    const one = layer.rise(7, 10, 20);
    expect(layer.rise(7, 12, 18)).to.equal(one);
    expect([one.from_us, one.to_us]).to.deep.equal([10, 20]);
    expect(layer.rise(7, 5, 15)).to.equal(one);
    expect([one.from_us, one.to_us]).to.deep.equal([5, 20]);
    expect(layer.rise(7, 15, 25)).to.equal(one);
    expect([one.from_us, one.to_us]).to.deep.equal([5, 25]);
    expect(layer.rises).to.have.length(2);
    expect([first.from_us, first.to_us], 'another one stays as it is').to.deep.equal([10, 20]);
  });
});
