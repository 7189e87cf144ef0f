/** States of one kind share one way to the next state of the inputs, which leads there for as long as the one that lasts longest. */

import { expect } from 'chai';
import type { Answers } from '../rules/answers.ts';
import { choice, type Choice, type Memo } from '../rules/rule.ts';
import type { Node } from './nodes.ts';
import { node as stateOf } from './testing/parts.ts';
import { Ways } from './ways.ts';

const UP: readonly Choice[] = [choice(true, 'up', 'recovery')];
const DOWN: readonly Choice[] = [choice(false, 'down', 'tripped')];

const node = (answers: Answers, memo: Memo = 'up', seen = 0): Node => stateOf(memo, true, 0, 100, { answers, seen });
const followed = (ways: Ways): readonly (readonly [number, number])[] => {
  const all: (readonly [number, number])[] = [];
  ways.follow(({ seen }, { to_us }) => all.push([seen, to_us]));
  return all;
};

describe('ways', () => {
  it('are met by the answers of a state, by themselves and not by what they hold', () => {
    const [answers, others]: readonly [Answers, Answers] = [[UP], [UP]];
    const ways = new Ways();
    expect(ways.met(answers, 10)).to.equal(null);
    const way = ways.take(node(answers), UP, 10);
    expect(ways.met(answers, 10)).to.equal(way);
    expect(ways.met(others, 10)).to.equal(null);
  });

  it('lead there for as long as the longest of their states', () => {
    const answers: Answers = [];
    const ways = new Ways();
    const way = ways.take(node(answers), UP, 10);
    ways.met(answers, 30);
    expect(way.to_us).to.equal(30);
    ways.met(answers, 20);
    expect(way.to_us, 'one that ends sooner takes nothing away').to.equal(30);
  });

  it('are one for states that have seen other inputs and may do the same', () => {
    const [answers, others, more]: readonly [Answers, Answers, Answers] = [[], [], []];
    const ways = new Ways();
    const first = node(answers, 'up', 1);
    const way = ways.take(first, UP, 10);
    expect(ways.take(node(others, 'up', 2), UP, 40)).to.equal(way);
    expect(way).to.include({ node: first, choices: UP, to_us: 40 });
    ways.take(node(more, 'up', 3), UP, 20);
    expect(way.to_us).to.equal(40);
    expect([ways.met(others, 0), ways.met(more, 0)]).to.deep.equal([way, way]);
  });

  it('are others for other choices, and for another memory or level', () => {
    const ways = new Ways();
    const way = ways.take(node([]), UP, 10);
    const other = ways.take(node([]), DOWN, 20);
    const tripping = ways.take(node([], 'tripping'), UP, 30);
    expect(new Set([way, other, tripping]).size).to.equal(3);
    expect([way, other, tripping].map(({ to_us }) => to_us)).to.deep.equal([10, 20, 30]);
    const answers: Answers = [];
    expect(ways.take(node(answers), DOWN, 5)).to.equal(other);
    expect(ways.met(answers, 0)).to.equal(other);
  });

  it('are followed in the order in which states were put on them, with all that came to them by then', () => {
    const answers: Answers = [];
    const ways = new Ways();
    const [first, second] = [node(answers, 'up', 1), node([], 'up', 2)];
    const way = ways.take(first, UP, 10);
    ways.leaves(first, way);
    ways.leaves(second, ways.take(second, DOWN, 20));
    ways.met(answers, 90);
    expect(followed(ways)).to.deep.equal([
      [1, 90],
      [2, 20],
    ]);
  });

  it('are forgotten once cleared, with those that were on them', () => {
    const answers: Answers = [];
    const ways = new Ways();
    const before = ways.take(node(answers), UP, 10);
    ways.leaves(node(answers), before);
    ways.clear();
    expect(ways.met(answers, 10)).to.equal(null);
    expect(followed(ways)).to.deep.equal([]);
    const way = ways.take(node(answers), UP, 5);
    expect(way).not.to.equal(before);
    expect(way.to_us).to.equal(5);
    ways.leaves(node(answers, 'up', 7), way);
    expect(followed(ways)).to.deep.equal([[7, 5]]);
  });
});
