/** A unit that sees every state: what LOAD, PRE-ALARM and the blue LED may do together, and that what is worked out once holds each time. */

import { expect } from 'chai';
import { segmentsOf, type Segment } from '../inputs/segments.ts';
import { executed, stepsOf } from '../inputs/steps.ts';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { caseOf, traceOf, type Deeds, type PolesWord } from '../traces.ts';
import { advance, BEFORE_POWER, PAIRS, reactions, trip, waits, type Pair } from './unit.ts';

const numbers = numbersOf(PARAMETERS);

/** The states that last, or all but those within one write, of a unit switched on with these poles. */
const states = (given: PolesWord, deeds: Deeds = [], linked = true, all = false): readonly Segment[] => {
  const testCase = caseOf(deeds, 30, given, linked);
  const segments = segmentsOf(stepsOf(executed(testCase.timeline.entries, traceOf(testCase, [])), numbers), 30e6, numbers);
  return segments.filter(({ kind }) => kind !== 'between' && (all || kind !== 'restart'));
};

/** Everything that may be after seeing them in turn, each once. */
const pairsAfter = (segments: readonly Segment[]): readonly Pair[] => {
  let pairs: readonly Pair[] = [BEFORE_POWER];
  for (const [index, to] of segments.entries()) {
    const from = segments[index - 1];
    if (from === undefined) continue;
    const next = pairs.flatMap((pair) => advance(pair, from, to).map(({ after }) => after));
    pairs = [...new Map(next.map((pair) => [pair.number, pair])).values()];
  }
  return pairs;
};
/** `+` high or lit: LOAD, PRE-ALARM, blue LED. */
const shown = (pairs: readonly Pair[]): readonly string[] =>
  [
    ...new Set(pairs.map(({ load, preAlarm, ledBlue }) => [load.high, preAlarm.high, ledBlue].map((on) => (on ? '+' : '-')).join(''))),
  ].toSorted();
const name = ({ load, preAlarm, ledBlue }: Pair): string => `${load.memo} ${load.high} ${preAlarm.memo} ${preAlarm.high} ${ledBlue}`;

const WAITING: Deeds = [[5, 'oco']];

const levels = (signal: 'charger' | 'ledRed', was: boolean, from: Segment, to: Segment) =>
  reactions(signal, was, from, to).map(({ high }) => high);

const tripsOf = (pair: Pair, seen: Segment): readonly Pair[] => (waits(pair, seen) ? trip(pair, seen).map(({ after }) => after) : []);

/** In every state on the way, with those after a trip in it. */
const onTheWay = (segments: readonly Segment[]): readonly Pair[] =>
  segments.flatMap((seen, index) => pairsAfter(segments.slice(0, index + 1)).flatMap((pair) => [pair, ...tripsOf(pair, seen)]));

describe('a unit that sees every state', () => {
  it('switched on healthy has LOAD and the blue LED on, and PRE-ALARM off', () => {
    expect(shown(pairsAfter(states('ccc')))).to.deep.equal(['+-+']);
    expect(shown(pairsAfter(states('cco')))).to.deep.equal(['+++']);
    expect(shown(pairsAfter(states('ccc', [], false)))).to.deep.equal(['---']);
  });

  it('switched on with a low cell has both outputs high or both off, never one alone', () => {
    const found = shown(pairsAfter(states('oco')));
    expect(found).to.not.be.empty;
    for (const one of found) expect(one.slice(0, 2)).to.be.oneOf(['++', '--']);
  });

  it('waits where both are high and the cell is low, and then lets go of both, either first', () => {
    const segments = states('ccc', WAITING);
    const [healthy, low] = [segments.at(-2)!, segments.at(-1)!];
    const [before] = pairsAfter(segments);
    expect(shown([before!])).to.deep.equal(['+++']);
    expect(waits(before!, low)).to.equal(true);
    expect(waits(before!, healthy)).to.equal(false);
    expect(waits(pairsAfter(states('ccc'))[0]!, low), 'without PRE-ALARM').to.equal(false);
    const moves = trip(before!, low);
    expect(shown(moves.map(({ after }) => after))).to.deep.equal(['---']);
    expect(new Set(moves.map(({ after: { load, preAlarm } }) => `${load.memo} ${preAlarm.memo}`))).to.deep.equal(new Set(['down quiet']));
    expect(moves.map(({ transitions }) => transitions.find(({ signal }) => signal === 'load')?.cite)).to.have.members([
      'trip',
      'tripWithPre',
    ]);
    expect(moves.every(({ after }) => !waits(after, low))).to.equal(true);
  });

  it('names what each of the three does, from what it was to what it is', () => {
    const segments = states('ccc', WAITING);
    const before = pairsAfter(segments.slice(0, -1))[0]!;
    // From another pair the same two states are another matter.
    for (const from of [before, BEFORE_POWER, before])
      for (const { after, transitions } of advance(from, segments.at(-2)!, segments.at(-1)!))
        expect(transitions.map(({ signal, was, is }) => [signal, was, is])).to.deep.equal([
          ['load', from.load.high, after.load.high],
          ['preAlarm', from.preAlarm.high, after.preAlarm.high],
          ['ledBlue', from.ledBlue, after.ledBlue],
        ]);
  });

  it('numbers pairs alike only where they are alike', () => {
    const byNumber = new Map<number, string>();
    for (const given of ['ccc', 'cco', 'oco', 'ooc', 'ooo', 'coc'] as const)
      for (const deeds of [
        [],
        WAITING,
        [[5, 'unlink']],
        [
          [5, 'cco'],
          [8, 'ccc'],
        ],
        [[5, { supply_V: 5 }]],
      ] as readonly Deeds[])
        for (const pair of onTheWay(states(given, deeds, true, true))) {
          expect(pair.number).to.be.within(0, PAIRS - 1);
          const known = byNumber.get(pair.number) ?? name(pair);
          expect(known).to.equal(name(pair));
          byNumber.set(pair.number, known);
        }
    expect(new Set(byNumber.values()).size).to.equal(byNumber.size).and.to.be.above(10);
  });

  it('keeps its state over a dip, or loses all of it', () => {
    const dip: Deeds = [
      [5, { supply_V: 5 }],
      [5.5, { supply_V: 13 }],
    ];
    const pairs = onTheWay(states('cco', dip, true, true));
    expect(new Set(pairs.map(({ load }) => load.memo))).to.include.keys('out', 'up');
    for (const { load, preAlarm } of pairs) expect(load.memo === 'out').to.equal(preAlarm.memo === 'out');
  });

  it('has CHARGER float and the red LED lit with pole 3 open, each from where it was', () => {
    const closed = states('ccc').at(-1)!;
    const open = states('coc').at(-1)!;
    const off = states('ccc', [], false).at(-1)!;
    expect(levels('charger', true, closed, open)).to.deep.equal([false]);
    expect(levels('charger', false, open, closed)).to.deep.equal([true]);
    expect(levels('charger', true, closed, closed)).to.deep.equal([true]);
    expect(levels('charger', true, closed, off)).to.deep.equal([false]);
    expect(reactions('charger', true, closed, open)[0]?.transitions.map(({ was, is }) => [was, is])).to.deep.equal([[true, false]]);
    // What was, too, tells two apart: the same states, another level.
    expect(reactions('charger', false, closed, open)[0]?.transitions.map(({ was, is }) => [was, is])).to.deep.equal([[false, false]]);
    expect(levels('ledRed', false, closed, open)).to.deep.equal([true]);
    expect(levels('ledRed', true, open, closed)).to.deep.equal([false]);
    expect(levels('ledRed', true, open, off)).to.deep.equal([false]);
  });
});
