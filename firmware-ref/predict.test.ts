/** Planned windows of the whole course of a low cell, entries that hang on edges, and both readings side by side. */

import { expect } from 'chai';
import type { PredictedEdge, Prediction } from '../scenarios/contracts/prediction.ts';
import { SENSES, type SenseSignal } from '../scenarios/signals.ts';
import { predict } from './predict.ts';
import { caseOf } from './traces.ts';

const LOW = caseOf(
  [
    [5, 'cco'],
    [6, 'oco'],
    [45, 'ccc'],
  ],
  55,
);

const edgesFor = (prediction: Prediction, signal: SenseSignal): readonly PredictedEdge[] =>
  prediction.edges.filter((edge) => edge.signal === signal);
const words = (edges: readonly PredictedEdge[]): readonly string[] =>
  edges.map(({ level, window_us: [from, to], required }) => `${level} ${from / 1e6}..${to / 1e6}${required ? '' : ' maybe'}`);

describe('predict', () => {
  it('gives the windows of a trip from the planned entries', () => {
    const prediction = predict(LOW);
    expect(prediction.basis).to.equal('planned');
    expect(words(edgesFor(prediction, 'load'))).to.deep.equal(['high 0..3.0016', 'floating 35..42.005', 'high 45..47.005']);
    expect(words(edgesFor(prediction, 'preAlarm'))).to.deep.equal([
      'high 5..7.005',
      'floating 34.5..42.505',
      'high 45..47.005 maybe',
      'floating 45..47.005 maybe',
    ]);
    expect(words(edgesFor(prediction, 'charger'))).to.deep.equal(['high 0..3.0016']);
  });

  it('hangs LOAD on the predicted pre-alarm, not on the clock', () => {
    const [, fall] = edgesFor(predict(LOW), 'load');
    expect(fall?.causes).to.deep.include({ ref: { kind: 'predicted', edge: 'preAlarm-1' }, min_us: 30_000_000, max_us: 35_000_000 });
    expect(fall).to.include({ rule: 'R3', requirement: 'PRE-30S', certainty: 'O', combine: 'all' });
  });

  it('opens the window of the blue LED with the cause that it shares with LOAD', () => {
    const prediction = predict(caseOf([[10, 'ooo']], 20));
    const dark = edgesFor(prediction, 'ledBlue').filter(({ level, required }) => level === 'off' && required);
    expect(words(dark)).to.deep.equal(['off 10..14.005']);
    expect(dark[0]?.causes.map(({ ref }) => ref.kind)).to.deep.equal(['predicted', 'entry']);
    const spans = prediction.allowed.filter(({ signal, levels }) => signal === 'ledBlue' && levels.length === 1);
    expect(spans.map(({ levels: [level], from_us, to_us }) => `${level} ${from_us / 1e6}..${to_us / 1e6}`)).to.include('on 5.0016..10');
  });

  it('tiles the case with allowed levels for every signal', () => {
    const { allowed } = predict(LOW);
    for (const signal of SENSES) {
      const spans = allowed.filter((span) => span.signal === signal);
      expect(spans[0]?.from_us).to.equal(-500_000);
      expect(spans.at(-1)?.to_us).to.equal(55_000_000);
      for (const [index, span] of spans.slice(1).entries()) expect(span.from_us).to.equal(spans[index]?.to_us);
    }
  });

  it('places an entry that waits for an edge where the edge is expected', () => {
    const when = {
      kind: 'afterEdge',
      signal: 'load',
      level: 'notHigh',
      armedBy: 'step-2',
      delay_us: 3_000_000,
      timeout_us: 60_000_000,
    } as const;
    const testCase = caseOf(
      [
        [5, 'cco'],
        [6, 'oco'],
        [9, 'ccc', [9, 69], when],
        [14, 'coc', [14, 74], { kind: 'afterEntry', entry: 'step-3', delay_us: 5_000_000 }],
      ],
      60,
    );
    const prediction = predict(testCase);
    expect(prediction.instants['step-3']).to.deep.equal([38_000_000, 45_005_000]);
    expect(prediction.instants['step-4']).to.deep.equal([43_000_000, 50_005_000]);
    const charger = edgesFor(prediction, 'charger').at(-1);
    expect(charger?.required).to.equal(true);
    expect(charger?.causes).to.deep.equal([{ ref: { kind: 'entry', entry: 'step-4' }, min_us: 0, max_us: 2_005_000 }]);
  });

  it('keeps both readings of a service entered with a low cell', () => {
    const prediction = predict(caseOf([], 50, 'occ'));
    expect(words(edgesFor(prediction, 'load'))).to.deep.equal(['high 0..3.0016 maybe', 'floating 30..38.0016 maybe']);
  });

  it('predicts nothing for PRE-ALARM where nothing asks for it', () => {
    expect(edgesFor(predict(caseOf([[5, 'coc']], 20)), 'preAlarm')).to.deep.equal([]);
  });

  it('predicts every trip of many', () => {
    const deeds = Array.from(
      { length: 5 },
      (_, index) =>
        [
          [10 + index * 60, 'oco'],
          [55 + index * 60, 'ccc'],
        ] as const,
    ).flat();
    const falls = edgesFor(predict(caseOf(deeds, 320)), 'load').filter(({ level }) => level === 'floating');
    expect(words(falls)).to.deep.equal([0, 60, 120, 180, 240].map((at) => `floating ${40 + at}..${47.005 + at}`));
  });
});
