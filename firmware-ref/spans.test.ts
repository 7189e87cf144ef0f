/** The levels that a signal may have tile its time, and say only as much as can be known of an output without a supply (R14). */

import { expect } from 'chai';
import type { SenseSignal } from '../scenarios/signals.ts';
import type { Segment } from './inputs/segments.ts';
import { segment } from './planned/testing/parts.ts';
import { INITIAL, SpanList, unsuppliedOf, type Levels } from './spans.ts';

const zone = (from_us: number, full: boolean): Segment =>
  segment({ from_us: [from_us, from_us + 5], inputs: { zone: full ? 'full' : 'low' } });
/** A supply that is there from 100 on, but for 200 to 300. */
const SUPPLY = [zone(-Infinity, false), zone(100, true), zone(150, true), zone(200, false), zone(250, false), zone(300, true)];
const FULL = [zone(-Infinity, true)];

const spans = (signal: SenseSignal, sets: readonly (readonly [at_us: number, levels: Levels])[], segments = FULL, begin_us = 0) => {
  const list = new SpanList(begin_us, segments);
  for (const [at_us, levels] of sets) list.set(signal, at_us, levels, 'recovery');
  return list.end(1_000).map(({ from_us, to_us, levels }) => `${from_us}..${to_us} ${levels.join(' ')}`);
};

describe('the spans of a signal', () => {
  it('begin where something else is allowed, and last until that or the end', () => {
    expect(
      spans('load', [
        [0, 1],
        [400, 3],
        [500, 2],
      ]),
    ).to.deep.equal(['0..400 floating', '400..500 high floating', '500..1000 high']);
    expect(
      spans('ledRed', [
        [0, 1],
        [400, 3],
        [500, 2],
      ]),
    ).to.deep.equal(['0..400 off', '400..500 on off', '500..1000 on']);
  });

  it('are one where the same is allowed again, and none where they take no time', () => {
    expect(
      spans('load', [
        [0, 2],
        [400, 2],
        [500, 1],
      ]),
    ).to.deep.equal(['0..500 high', '500..1000 floating']);
    expect(
      spans('load', [
        [0, 2],
        [400, 3],
        [400, 1],
      ]),
    ).to.deep.equal(['0..400 high', '400..1000 floating']);
    expect(
      spans('load', [
        [0, 2],
        [1_000, 1],
      ]),
    ).to.deep.equal(['0..1000 high']);
  });

  it('do not begin before the case', () => {
    expect(
      spans(
        'load',
        [
          [-50, 1],
          [-20, 2],
          [30, 1],
        ],
        FULL,
        -10,
      ),
    ).to.deep.equal(['-10..30 high', '30..1000 floating']);
  });

  it('say what they rest on, each for its signal', () => {
    const list = new SpanList(0, FULL);
    list.set('load', 0, 2, 'recovery');
    list.set('charger', 0, 1, 'noCharge');
    list.set('load', 10, 1, 'tripped');
    const found = list.end(20);
    expect(found.map(({ signal, from_us, rule, requirement }) => [signal, from_us, rule, requirement])).to.have.deep.members([
      ['load', 0, 'R10', 'LOAD-RECOVERY'],
      ['load', 10, 'R9', 'LOAD-UV'],
      ['charger', 0, 'R7', 'CHG-OV'],
    ]);
    expect(found.find(({ rule }) => rule === 'R7')!.certainty).to.equal('O');
  });

  it('ask of an output that is off without a full supply that it is not high, piece by piece', () => {
    expect(spans('load', [[0, 1]], SUPPLY)).to.deep.equal([
      '0..105 notHigh',
      '105..200 floating',
      '200..305 notHigh',
      '305..1000 floating',
    ]);
    expect(
      spans(
        'load',
        [
          [0, 3],
          [250, 1],
        ],
        SUPPLY,
      ),
    ).to.deep.equal(['0..105 high notHigh', '105..200 high floating', '200..250 high notHigh', '250..305 notHigh', '305..1000 floating']);
    expect(spans('load', [[105, 1]], SUPPLY, 105), 'none of no length').to.deep.equal([
      '105..200 floating',
      '200..305 notHigh',
      '305..1000 floating',
    ]);
    expect(spans('load', [[200, 1]], SUPPLY, 200)).to.deep.equal(['200..305 notHigh', '305..1000 floating']);
    expect(
      spans(
        'load',
        [
          [105, 1],
          [200, 3],
        ],
        [zone(-Infinity, false), zone(100, true)],
        105,
      ),
    ).to.deep.equal(['105..200 floating', '200..1000 high floating']);
  });

  it('are whole for a high output and for an LED', () => {
    expect(spans('load', [[0, 2]], SUPPLY)).to.deep.equal(['0..1000 high']);
    expect(spans('ledBlue', [[0, 1]], SUPPLY)).to.deep.equal(['0..1000 off']);
  });
});

describe('without a full supply', () => {
  it('is from the earliest that it can be gone to the latest that it can be back', () => {
    expect(unsuppliedOf(SUPPLY)).to.deep.equal([
      [-Infinity, 105],
      [200, 305],
    ]);
    expect(unsuppliedOf([zone(100, true), zone(200, false)])).to.deep.equal([[200, Infinity]]);
    expect(unsuppliedOf(FULL)).to.deep.equal([]);
  });

  it('nothing is high before power', () => {
    expect(INITIAL).to.deep.equal({ load: 'floating', preAlarm: 'floating', charger: 'floating', ledBlue: 'off', ledRed: 'off' });
  });
});
