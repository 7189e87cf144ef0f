/** Edges that may still come after an instant: those that all edges together give, as wide, with the same moves, and as sure to come. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import { groupsOf } from './edges.ts';
import { expectedOf, near } from './near.ts';
import type { Move } from './nodes.ts';
import { stretchesOf, type Holding } from './spans.ts';
import { move, reached } from './testing/parts.ts';

type Level = Pick<Holding, 'high' | 'from_us' | 'to_us'>;
const node = (high: boolean, from_us: number, to_us: number): Level => ({ high, from_us, to_us });
const layer = (moves: readonly Move[], nodes: readonly Level[] = [], hold_us = Infinity) => ({ moves, nodes, hold_us });

const told = (layers: readonly object[], since_us: number, up = true, end_us = 1e9): readonly string[] =>
  near(reached(...layers), up, since_us, end_us).map(
    ({ high, from_us, to_us, moves }) => `${high ? '+' : '-'} ${from_us}..${to_us} of ${moves.length}`,
  );
/** Whether an edge has to come, among those states. */
const required = (of: Move, ...nodes: readonly Level[]): boolean =>
  near(reached(layer([], nodes.slice(0, 1)), layer([of], nodes.slice(1))), of.high, 0, 1e9)[0]!.required;

const instants = fc.integer({ min: 0, max: 12 });
const lasting = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }) }, { weight: 1, arbitrary: fc.constant(Infinity) });
const spans = fc.array(fc.tuple(fc.boolean(), instants, lasting), { maxLength: 8 });

describe('edges near an instant', () => {
  it('are those that may come then or later, to one level', () => {
    const layers = [layer([move(true, 5, 8), move(true, 20, 25)]), layer([move(false, 30, 35), move(true, 40, 45)])];
    expect(told(layers, 0)).to.deep.equal(['+ 5..8 of 1', '+ 20..25 of 1', '+ 40..45 of 1']);
    expect(told(layers, 25)).to.deep.equal(['+ 20..25 of 1', '+ 40..45 of 1']);
    expect(told(layers, 26)).to.deep.equal(['+ 40..45 of 1']);
    expect(told(layers, 46)).to.deep.equal([]);
    expect(told(layers, 0, false)).to.deep.equal(['- 30..35 of 1']);
  });

  it('reach back before it with all moves that belong to them, over any number of layers', () => {
    const chain = [layer([move(true, 1, 3)]), layer([move(true, 5, 9)]), layer([move(true, 9, 15)]), layer([move(true, 14, 30)])];
    expect(told(chain, 20)).to.deep.equal(['+ 5..30 of 3']);
    expect(told(chain.toReversed(), 20)).to.deep.equal(['+ 5..30 of 3']);
    expect(told([...chain, layer([move(false, 2, 6)])], 20), 'not with those of the other level').to.deep.equal(['+ 5..30 of 3']);
  });

  it('come from layers that are over before it where their moves belong to them', () => {
    const early = layer([move(true, 5, 9)], [], 9);
    expect(told([early, layer([move(true, 9, 30)])], 20)).to.deep.equal(['+ 5..30 of 2']);
    expect(told([early, layer([move(true, 10, 30)])], 20)).to.deep.equal(['+ 10..30 of 1']);
    expect(told([early], 9)).to.deep.equal(['+ 5..9 of 1']);
  });

  it('begin before the case ends, or when it does', () => {
    const layers = [layer([move(true, 5, 8), move(true, 9, 12), move(true, 13, 14)])];
    expect(told(layers, 0, true, 9)).to.deep.equal(['+ 5..8 of 1', '+ 9..12 of 1']);
  });

  it('have to come where the signal is surely at the other level before and at theirs after', () => {
    const rise = move(true, 10, 20);
    expect(required(rise, node(false, 0, 20), node(true, 10, 90))).to.equal(true);
    expect(required(rise, node(false, 0, 21), node(true, 10, 90)), 'it may still be low').to.equal(false);
    expect(required(rise, node(false, 0, 20), node(true, 9, 90)), 'it may be high already').to.equal(false);
    expect(required(move(true, 10, Infinity), node(false, 0, 20), node(true, 10, Infinity)), 'it has no end').to.equal(false);
    expect(required(move(false, 10, 20), node(true, 0, 20), node(false, 10, 90)), 'the other way').to.equal(true);
    expect(required(move(false, 10, 20), node(false, 0, 20), node(true, 10, 90))).to.equal(false);
  });

  it('count on the level that did last where nothing is known at the instant', () => {
    const rise = move(true, 10, 20);
    expect(required(rise, node(false, 0, 5), node(true, 10, 90)), 'nothing just before').to.equal(true);
    expect(required(rise, node(false, 0, 15), node(true, 10, 18)), 'nothing just after').to.equal(true);
    expect(required(rise, node(true, 0, 5), node(true, 10, 90))).to.equal(false);
    expect(required(rise, node(false, 0, 5), node(true, 1, 4), node(true, 10, 90)), 'over earlier').to.equal(true);
    expect(required(rise, node(false, 0, 5), node(true, 1, 5), node(true, 10, 90)), 'over together').to.equal(false);
    expect(required(rise, node(true, 10, 90)), 'nothing ever before').to.equal(false);
  });

  it('are those that all edges give, whatever there is', () => {
    fc.assert(
      fc.property(spans, spans, instants, fc.integer({ min: 0, max: 12 }), (moved, held, since_us, left_us) => {
        const end_us = since_us + left_us;
        const moves = moved.map(([high, at_us, length_us]) => move(high, at_us, at_us + length_us));
        const nodes = held.map(([high, at_us, length_us]) => node(high, at_us, at_us + length_us));
        const layers = [0, 1, 2].map((part) => {
          const own = moves.filter((_, at) => at % 3 === part);
          const hold_us = Math.max(-Infinity, ...own.map(({ to_us }) => to_us));
          return layer(
            own,
            nodes.filter((_, at) => at % 3 === part),
            hold_us,
          );
        });
        const stretches = stretchesOf(nodes.map((one) => ({ ...one, cite: 'unjudged' })));
        const all = groupsOf(
          'load',
          layers.flatMap((one) => one.moves),
          stretches,
          end_us,
        );
        for (const up of [true, false]) {
          const some = all.filter(({ high, to_us }) => high === up && to_us >= since_us);
          const found = near(reached(...layers), up, since_us, end_us);
          expect(found.map(expectedOf)).to.deep.equal(some.map(expectedOf));
          expect(found.map((one) => one.moves)).to.deep.equal(some.map((one) => one.moves));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is expected of an edge', () => {
  it('is its window and whether it has to come', () => {
    for (const sure of [true, false])
      expect(expectedOf({ from_us: 5, to_us: 8, required: sure })).to.deep.equal({ window_us: [5, 8], required: sure });
  });
});
