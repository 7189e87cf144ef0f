/** Levels that may hold at one time become stretches without gaps, in order of time, and are cut to the case. */

import { expect } from 'chai';
import type { CiteId } from '../rules/cites.ts';
import { SpanList, type Levels } from '../spans.ts';
import { addSpans, around, stretchesOf, type Holding, type Stretch } from './spans.ts';
import { segment } from './testing/parts.ts';

const on = (from_us: number, to_us: number, cite: CiteId = 'recovery'): Holding => ({ high: true, from_us, to_us, cite });
const off = (from_us: number, to_us: number, cite: CiteId = 'tripped'): Holding => ({ high: false, from_us, to_us, cite });
const told = (...holdings: readonly Holding[]): readonly string[] =>
  stretchesOf(holdings).map(({ from_us, levels, cite }) => `${from_us} ${levels} ${cite}`);

const stretch = (from_us: number, levels: Levels): Stretch => ({ from_us, levels, cite: 'recovery' });
const ROW = [stretch(0, 1), stretch(100, 3), stretch(200, 2)];

function spansFrom(stretches: readonly Stretch[], begin_us: number, end_us: number): readonly string[] {
  const list = new SpanList(begin_us, [segment({ from_us: [-Infinity, -Infinity] })]);
  addSpans(list, 'load', stretches, end_us);
  return list.end(end_us).map(({ from_us, to_us, levels, rule }) => `${from_us}..${to_us} ${levels.join(' ')} ${rule}`);
}

describe('stretches', () => {
  it('allow both levels while both may hold, and what is left after that', () => {
    expect(told(off(0, 200), on(100, 300))).to.deep.equal(['0 1 tripped', '100 3 recovery', '200 2 recovery']);
    expect(told(on(0, 200), off(100, 300))).to.deep.equal(['0 2 recovery', '100 3 tripped', '200 1 tripped']);
  });

  it('are in order of time, whatever the order of what holds', () => {
    expect(told(on(400, 500), off(0, 400), on(100, 200))).to.deep.equal([
      '0 1 tripped',
      '100 3 recovery',
      '200 1 recovery',
      '400 2 recovery',
    ]);
  });

  it('are one while a level may hold for one reason or another', () => {
    expect(told(on(0, 200), on(100, 300, 'powerUp'), on(300, 400))).to.deep.equal(['0 2 recovery']);
    expect(told(off(0, 500), on(100, 200), on(150, 300))).to.deep.equal(['0 1 tripped', '100 3 recovery', '300 1 recovery']);
  });

  it('go from one level to the other at once where one ends as the other begins', () => {
    expect(told(off(0, 100), on(100, 200))).to.deep.equal(['0 1 tripped', '100 2 recovery']);
    expect(told(off(0, 300), on(100, 100)), 'what takes no time adds nothing').to.deep.equal(['0 1 tripped']);
  });

  it('last over a time in which nothing holds, until something else is allowed', () => {
    expect(told(on(0, 100), on(200, 300))).to.deep.equal(['0 2 recovery']);
    expect(told(on(0, 100), off(200, 300))).to.deep.equal(['0 2 recovery', '200 1 tripped']);
  });

  it('may last for ever', () => {
    expect(told(off(-Infinity, 100), on(50, Infinity))).to.deep.equal(['-Infinity 1 tripped', '50 3 recovery', '100 2 recovery']);
    expect(told()).to.deep.equal([]);
  });
});

describe('the spans of stretches', () => {
  it('are cut to the case', () => {
    expect(spansFrom(ROW, 0, 300)).to.deep.equal(['0..100 floating R10', '100..200 high floating R10', '200..300 high R10']);
    expect(spansFrom(ROW, 120, 300)).to.deep.equal(['120..200 high floating R10', '200..300 high R10']);
    expect(spansFrom(ROW, 0, 150)).to.deep.equal(['0..100 floating R10', '100..150 high floating R10']);
  });

  it('say what each rests on', () => {
    expect(spansFrom(stretchesOf([off(0, 100), on(100, 200)]), 0, 200)).to.deep.equal(['0..100 floating R9', '100..200 high R10']);
  });
});

describe('the levels around an instant', () => {
  it('are those before it and those from it on', () => {
    expect(around(ROW, 150, 150)).to.deep.equal({ before: 3, after: 3 });
    expect(around(ROW, 100, 100)).to.deep.equal({ before: 1, after: 3 });
    expect(around(ROW, 999, 999)).to.deep.equal({ before: 2, after: 2 });
  });

  it('are those before the begin and at the end where it takes time', () => {
    expect(around(ROW, 50, 250)).to.deep.equal({ before: 1, after: 2 });
    expect(around(ROW, 100, 200)).to.deep.equal({ before: 1, after: 2 });
    expect(around(ROW, 100, 199)).to.deep.equal({ before: 1, after: 3 });
  });

  it('are none where nothing is allowed yet', () => {
    expect(around(ROW, 0, 0)).to.deep.equal({ before: 0, after: 1 });
    expect(around(ROW, -1, -1)).to.deep.equal({ before: 0, after: 0 });
    expect(around([], 5, 5)).to.deep.equal({ before: 0, after: 0 });
  });
});
