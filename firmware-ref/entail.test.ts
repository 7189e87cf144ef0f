/** Expectations that every, some or no allowed behaviour keeps. */

import { expect } from 'chai';
import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Anchor, Expectation } from '../scenarios/contracts/expectation.ts';
import type { Level, SenseSignal } from '../scenarios/signals.ts';
import { entail } from './entail.ts';
import { predict } from './predict.ts';
import { caseOf } from './traces.ts';

const prediction = predict(
  caseOf(
    [
      [5, 'cco'],
      [6, 'oco'],
      [45, 'ccc'],
    ],
    55,
  ),
);
const base = { id: 'expect-1', text: '', place: { file: 'f', line: 1, col: 1 } };
const at = (s: number): Anchor => ({ kind: 'time', at_us: scenarioTime(s * 1e6) });
const onEdge = (signal: SenseSignal, level: Level, delay_s = 0): Anchor => ({ kind: 'edge', signal, level, delay_us: delay_s * 1e6 });
const onEntry = (entry: string): Anchor => ({ kind: 'entry', entry, delay_us: 0 });
const us = (s: number | null): number | null => (s === null ? null : s * 1e6);
const level = (signal: SenseSignal, asked: Level, when: Anchor): Expectation => ({
  ...base,
  kind: 'level',
  signal,
  level: asked,
  at: when,
});
const stays = (signal: SenseSignal, asked: Level, from: Anchor, to: Anchor): Expectation => ({
  ...base,
  kind: 'stays',
  signal,
  level: asked,
  from,
  to,
});
const edge = (signal: SenseSignal, asked: Level, after: Anchor, notBefore_s: number | null, within_s: number | null): Expectation => ({
  ...base,
  kind: 'edge',
  signal,
  level: asked,
  after,
  notBefore_us: us(notBefore_s),
  within_us: us(within_s),
});

const answers = (expected: string, ...list: readonly Expectation[]): void => {
  for (const one of list) expect(entail(prediction, one), JSON.stringify(one)).to.equal(expected);
};

describe('entail', () => {
  it('knows levels at a time', () => {
    answers(
      'entailed',
      level('load', 'high', at(4)),
      level('load', 'notHigh', at(44)),
      level('preAlarm', 'floating', at(4)),
      level('load', 'high', at(3)),
    );
    answers('stricter', level('load', 'high', at(38)));
    answers('contradicted', level('load', 'high', at(44)), level('charger', 'notHigh', at(10)));
  });

  it('knows levels up to the end of the case and nothing of what lies behind', () => {
    answers(
      'entailed',
      level('load', 'high', at(55)),
      level('load', 'high', at(54.997)),
      level('preAlarm', 'notHigh', at(55)),
      stays('load', 'high', at(50), at(55)),
    );
    answers('contradicted', level('load', 'notHigh', at(55)), level('load', 'notHigh', at(54.997)), level('load', 'high', at(55.1)));
  });

  it('knows levels over a span', () => {
    answers('entailed', stays('charger', 'high', at(4), at(54)), stays('load', 'high', at(4), at(34)));
    answers('stricter', stays('load', 'high', at(4), at(36)));
    answers('contradicted', stays('load', 'high', at(4), at(44)));
  });

  it('counts LOAD from the pre-alarm: not before 30 s is the reference itself', () => {
    answers(
      'entailed',
      edge('load', 'notHigh', onEdge('preAlarm', 'high'), 30, null),
      edge('load', 'floating', onEdge('preAlarm', 'high'), 30, 35),
    );
    const once = predict(
      caseOf(
        [
          [5, 'cco'],
          [6, 'oco'],
        ],
        55,
      ),
    );
    const held = (s: number) => entail(once, stays('load', 'high', onEdge('preAlarm', 'high'), onEdge('preAlarm', 'high', s)));
    expect([held(30), held(32), held(70)]).to.deep.equal(['entailed', 'stricter', 'contradicted']);
    answers(
      'stricter',
      edge('load', 'notHigh', onEdge('preAlarm', 'high'), 31, null),
      edge('load', 'notHigh', onEdge('preAlarm', 'high'), null, 33),
    );
    answers(
      'contradicted',
      edge('load', 'notHigh', onEdge('preAlarm', 'high'), null, 20),
      edge('load', 'notHigh', onEdge('preAlarm', 'high'), 50, null),
    );
  });

  it('counts reactions from their entries, switching time of the fixture aside', () => {
    answers('entailed', edge('preAlarm', 'high', onEntry('step-1'), null, 2), edge('load', 'high', onEntry('step-3'), null, 2));
    // R9 lets PRE-ALARM go first, so that it need not come after LOAD at all.
    answers(
      'stricter',
      edge('preAlarm', 'notHigh', onEdge('load', 'notHigh'), null, 0.5),
      edge('preAlarm', 'high', onEntry('step-1'), null, 1),
      edge('preAlarm', 'high', onEntry('step-3'), null, 2),
    );
  });

  it('leaves open whether an output floats without a full supply', () => {
    const gone = predict(caseOf([[5, { supply_V: 5 }]], 15));
    const [off, floats] = [level('load', 'notHigh', at(10)), level('load', 'floating', at(10))];
    expect([entail(gone, off), entail(gone, floats)]).to.deep.equal(['entailed', 'stricter']);
    expect(entail(gone, level('load', 'high', at(10)))).to.equal('contradicted');
  });

  it('contradicts an edge that never comes', () => {
    answers('contradicted', edge('charger', 'notHigh', onEntry('step-1'), null, 10), edge('ledRed', 'on', at(5), null, 10));
  });
});
