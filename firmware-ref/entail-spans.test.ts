/** Demands on the edges of a span, kept by every, some or no allowed behaviour. */

import { expect } from 'chai';
import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Anchor, EdgeKind, Expectation } from '../scenarios/contracts/expectation.ts';
import type { SenseLevel, SenseSignal } from '../scenarios/signals.ts';
import { entail } from './entail.ts';
import { predict } from './predict.ts';
import { caseOf } from './traces.ts';

/** A warning at 5 s, a low cell at 6 s (LOAD falls between 35 s and 42 s), all well at 45 s. */
const trip = predict(
  caseOf(
    [
      [5, 'cco'],
      [6, 'oco'],
      [45, 'ccc'],
    ],
    55,
  ),
);
/** Each pole alone, far apart: the order of all edges is known. */
const apart = predict(
  caseOf(
    [
      [5, 'coc'],
      [10, 'ccc'],
      [15, 'cco'],
      [20, 'ccc'],
    ],
    25,
  ),
);

const frame = { id: 'expect-1', text: '', place: { file: 'f', line: 1, col: 1 } };
const s = (at: number): Anchor => ({ kind: 'time', at_us: scenarioTime(at * 1e6) });
const on = (signal: SenseSignal, level: SenseLevel, delay_s = 0): Anchor => ({ kind: 'edge', signal, level, delay_us: delay_s * 1e6 });
const single =
  (kind: 'never' | 'eventually') =>
  (signal: SenseSignal, level: SenseLevel, from: Anchor, to: Anchor, prediction = trip): string =>
    entail(prediction, { ...frame, kind, signal, level, from, to } as Expectation);
const never = single('never');
const eventually = single('eventually');
const order = (prediction: typeof trip, from_s: number, to_s: number, ...edges: readonly EdgeKind[]): string =>
  entail(prediction, { ...frame, kind: 'order', signal: edges[0]!.signal, edges, from: s(from_s), to: s(to_s) });
const up = (signal: SenseSignal): EdgeKind => ({ signal, level: 'high' });
const down = (signal: SenseSignal): EdgeKind => ({ signal, level: 'notHigh' });

const waits = (delay_s: number): string => {
  const deeds = [
    [5, 'cco'],
    [6, 'oco'],
  ] as const;
  return never('load', 'notHigh', on('preAlarm', 'high'), on('preAlarm', 'high', delay_s), predict(caseOf(deeds, 55)));
};

describe('entail over a span', () => {
  it('knows what never comes, what may, and what has to', () => {
    expect(never('charger', 'notHigh', s(4), s(55))).to.equal('entailed');
    expect(never('load', 'notHigh', s(4), s(34))).to.equal('entailed');
    expect(never('load', 'notHigh', s(4), s(38))).to.equal('stricter');
    expect(never('load', 'notHigh', s(4), s(44))).to.equal('contradicted');
    expect(never('charger', 'high', s(0), s(4))).to.equal('stricter');
  });
  it('counts the wait from the edge it hangs on', () => {
    expect([waits(30), waits(32)]).to.deep.equal(['entailed', 'stricter']);
  });
  it('knows what comes eventually', () => {
    expect(eventually('load', 'notHigh', s(6), s(44))).to.equal('entailed');
    expect(eventually('load', 'notHigh', s(6), s(38))).to.equal('stricter');
    expect(eventually('load', 'notHigh', s(6), s(30))).to.equal('contradicted');
    expect(eventually('charger', 'notHigh', s(4), s(55))).to.equal('contradicted');
    expect(eventually('load', 'notHigh', on('charger', 'notHigh'), s(44))).to.equal('contradicted');
    expect(eventually('load', 'high', s(40), s(55))).to.equal('entailed');
  });
  it('knows an order, what breaks it and what may', () => {
    const all = [down('charger'), up('charger'), up('preAlarm'), down('preAlarm')];
    expect(order(apart, 4, 25, ...all)).to.equal('entailed');
    expect(order(apart, 4, 25, up('preAlarm'), down('charger'))).to.equal('contradicted');
    expect(order(apart, 4, 25, down('charger'), up('preAlarm'))).to.equal('entailed');
    // Too many of a kind asked for, or fewer than have to come.
    expect(order(apart, 4, 25, down('charger'), up('preAlarm'), down('charger'))).to.equal('contradicted');
    expect(order(trip, 4, 55, up('preAlarm'), down('preAlarm'), up('load'), down('load'))).to.equal('contradicted');
    // Within half a second of each other, either first (R9).
    expect(order(trip, 4, 55, down('preAlarm'), down('load'))).to.equal('stricter');
    expect(order(trip, 4, 55, down('load'), down('preAlarm'))).to.equal('stricter');
    expect(order(trip, 4, 44, up('preAlarm'), down('load'))).to.equal('entailed');
    expect(order(trip, 8, 55, down('load'), up('load'))).to.equal('entailed');
    // PRE-ALARM may rise once more on the way back.
    expect(order(trip, 4, 55, up('preAlarm'), down('load'), up('load'))).to.equal('stricter');
  });
  it('knows that a signal goes to and fro, from the level that it begins with', () => {
    const back = [up('preAlarm'), down('load'), up('load')] as const;
    // LOAD rises at power-up as well: of this list no unit that trips is free.
    expect(order(trip, 0, 55, down('load'), up('load'))).to.equal('contradicted');
    expect(order(trip, 0, 55, up('load'), down('load'), up('load'))).to.not.equal('contradicted');
    expect(order(trip, 4, 55, ...back)).to.equal('stricter');
    expect(order(trip, 4, 55, up('load'), down('load'))).to.equal('contradicted');
    expect(order(trip, 4, 55, down('load'), down('load'), up('load'))).to.equal('contradicted');
    // From the edge itself on the next one is the other.
    const after = {
      ...frame,
      kind: 'order',
      signal: 'load',
      edges: [down('load'), up('load')],
      from: on('load', 'high'),
      to: s(55),
    } as Expectation;
    expect(entail(trip, after)).to.not.equal('contradicted');
    // Of one kind alone nothing is said of the other.
    expect(order(trip, 4, 55, up('load'), up('preAlarm'))).to.not.equal('entailed');
  });
  it('says nothing where the reference gave up', () => {
    const open = { ...trip, complete: false };
    expect(never('load', 'notHigh', s(4), s(44), open)).to.equal('stricter');
    expect(never('charger', 'notHigh', s(4), s(44), open)).to.equal('stricter');
    expect(eventually('charger', 'notHigh', s(4), s(44), open)).to.equal('stricter');
    expect(order(open, 4, 25, up('preAlarm'), down('charger'))).to.equal('stricter');
  });
});
