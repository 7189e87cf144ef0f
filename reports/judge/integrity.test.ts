/** What makes a trace or a prediction unusable: each by itself makes the case broken, and names who may have caused it. */

import { expect } from 'chai';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { OperatorAnswer, Trace } from '../../scenarios/contracts/trace.ts';
import { edge, goodCase, goodPrediction, goodTrace, predicted, span } from '../testing/build.ts';
import { judgeIntegrity } from './integrity.ts';

const judged = (trace: Partial<Trace> = {}, prediction: Partial<Prediction> = {}) =>
  judgeIntegrity({
    testCase: goodCase,
    trace: { ...goodTrace, ...trace },
    prediction: { ...goodPrediction, ...prediction },
    cutShort: false,
    held: [],
  });
/** `blame: text` of each fault. */
const faults = (...given: Parameters<typeof judged>): readonly string[] =>
  judged(...given).faults!.map(({ blame, text }) => `${blame}: ${text}`);
const linked = (link: Partial<Trace['link']>) => faults({ link: { ...goodTrace.link, ...link } });
/** The good trace with its edge `seq` otherwise. */
const other = (seq: number, more: object) => faults({ edges: goodTrace.edges.map((one) => (one.seq === seq ? { ...one, ...more } : one)) });
const windowed = (from_s: number, to_s: number) =>
  faults({}, { edges: [predicted('x', 'load', 'high', [0, 1], [], null, { window_us: [from_s * 1e6, to_s * 1e6] as never })] });
/** What is allowed of the red LED, besides what is of the others. */
const red = (...spans: Prediction['allowed']) =>
  faults({}, { allowed: [...goodPrediction.allowed.filter(({ signal }) => signal !== 'ledRed'), ...spans] });
const SILENT = 'rig: The prediction says nothing of the red LED from';

it('a good trace with its prediction can be trusted', () => {
  expect(judged()).to.deep.equal({ faults: [], notMeasured: [] });
});

describe('of the link', () => {
  it('it matters how it ended, and who ended it', () => {
    expect(faults({ end: 'lost', reason: 'It is gone.' })).to.deep.equal(['link: The link was lost before the case ended: It is gone.']);
    expect(faults({ end: 'lost', endedBy: 'rig' })).to.deep.equal(['rig: The link was lost before the case ended.']);
    expect(faults({ end: 'aborted', reason: '' })).to.deep.equal(['rig: The case was aborted.']);
    expect(faults({ end: 'aborted', endedBy: 'operator' })).to.deep.equal(['operator: The case was aborted.']);
  });

  it('a case that nobody answered ended as it should: nothing is proved, by the operator', () => {
    const operator = [{ entry: 'ask', question: 'Lit?', choice: null, from: 'terminal', by: null } as unknown as OperatorAnswer];
    const { faults: none, notMeasured } = judged({ end: 'aborted', operator });
    expect(none).to.deep.equal([]);
    expect(notMeasured!.map(({ check, blame }) => [check, blame])).to.deep.equal([['reference', 'operator']]);
    expect(faults({ end: 'aborted', operator: [{ ...operator[0]!, choice: 'yes' }] })).to.have.length(1);
  });

  it('no event may be lost', () => {
    expect(linked({ lost: 2 })).to.deep.equal(['link: 2 events never arrived in spite of being asked for again.']);
    expect(linked({ overflow: 3 })).to.deep.equal(['rig: The fixture had to drop 3 events.']);
    expect(linked({ lost: NaN })).to.have.length(1);
    expect(linked({ resent: 5, crcErrors: 5 }), 'what was asked for again has come').to.deep.equal([]);
  });

  it('the end of the trace has to be known', () => {
    expect(faults({ ended_us: NaN as never })).to.include('rig: The trace does not say when it ended.');
  });
});

describe('of the edges', () => {
  it('each has a number of its own, and a stamp', () => {
    expect(other(1, { seq: 0 })).to.deep.equal(['rig: Two edges of the trace carry the same number.']);
    for (const more of [{ at_us: NaN }, { uncertainty_us: -1 }, { uncertainty_us: Infinity }])
      expect(other(3, more), JSON.stringify(more)).to.include('rig: Edge 3 of PRE-ALARM carries no usable stamp.');
    expect(other(3, { uncertainty_us: 0 })).to.deep.equal([]);
  });

  it('they stand in order of time, and within the trace', () => {
    expect(other(4, { at_us: 5.09e6 })).to.deep.equal(['rig: Edge 4 of LOAD stands behind a later one.']);
    expect(other(4, { at_us: 5.1e6 }), 'at the same time').to.deep.equal([]);
    expect(other(6, { at_us: 40e6 + 2 }), 'within what is known of its stamp').to.deep.equal([]);
    expect(other(6, { at_us: 40e6 + 3 })).to.deep.equal(['rig: Edge 6 of PRE-ALARM is stamped after the end of the trace.']);
  });

  it('each has a level that its signal can have, and another than before', () => {
    expect(other(2, { level: 'high' })).to.include('rig: Edge 2 of the blue LED says high.');
    expect(other(4, { level: 'off' })).to.include('rig: Edge 4 of LOAD says off.');
    expect(faults({ edges: [...goodTrace.edges, edge(7, 'load', 'notHigh', 39)] })).to.deep.equal([
      'rig: LOAD became notHigh twice (edge 7): an edge between is missing.',
    ]);
    expect(faults({ initial: { ...goodTrace.initial, charger: 'high' } })).to.deep.equal([
      'rig: CHARGER became high twice (edge 1): an edge between is missing.',
    ]);
  });
});

describe('of the prediction', () => {
  it('each edge has a window, which may be open at its end', () => {
    expect(windowed(5, Infinity)).to.deep.equal([]);
    expect(windowed(5, 5)).to.deep.equal([]);
    for (const [from_s, to_s] of [
      [5, 4],
      [NaN, 5],
      [-Infinity, 5],
      [5, NaN],
    ] as const)
      expect(windowed(from_s, to_s), `${from_s}..${to_s}`).to.deep.equal(['rig: The predicted edge x has no usable window.']);
  });

  it('it speaks of each signal from the start to the end', () => {
    expect(red(span('ledRed', 10, 40, ['off']), span('ledRed', -1, 10, ['off'])), 'in any order').to.deep.equal([]);
    expect(red(span('ledRed', -1, 39.999, ['off'])), 'the last millisecond is forgiven').to.deep.equal([]);
    expect(red(span('ledRed', -1, 39.998, ['off']))).to.deep.equal([`${SILENT} 39.998 s to the end at 40.000 s.`]);
    expect(red(span('ledRed', -1, 10, ['off']), span('ledRed', 10.1, 40, ['off']))).to.deep.equal([
      `${SILENT} 10.000 s to the end at 40.000 s.`,
    ]);
    expect(red(span('ledRed', -1, 10, ['off']), span('ledRed', 10.000_001, 40, ['off'])), 'rounded').to.deep.equal([]);
    expect(red(span('ledRed', -1, 40, [])), 'no level is allowed').to.deep.equal([`${SILENT} 0.000 s to the end at 40.000 s.`]);
    expect(red(span('ledRed', -1, 40, ['off']), span('ledRed', 5, 6, ['on'])), 'one within another').to.deep.equal([]);
    expect(faults({}, { initial: { ...goodPrediction.initial, load: undefined as never } })).to.deep.equal([
      'rig: The prediction does not say how LOAD begins.',
    ]);
  });

  it('and the trace are of this case, and of what was done', () => {
    expect(faults({ case: 'a/b' })).to.deep.equal(['rig: The trace is of the case a/b.']);
    expect(faults({}, { case: 'a/b' })).to.deep.equal(['rig: The prediction is of the case a/b.']);
    expect(faults({}, { basis: 'planned' })).to.deep.equal(['rig: The prediction is of the stimuli as planned, not as executed.']);
  });

  it('says aloud that it gave up: then nothing is proved, though nothing is broken', () => {
    const { faults: none, notMeasured } = judged({}, { complete: false, states: { most: 300, bound: 256 } });
    expect(none).to.deep.equal([]);
    expect(notMeasured!.map(({ check, blame, text }) => [check, blame, text])).to.deep.equal([
      [
        'reference',
        'rig',
        "The reference gave up: more than 256 states were possible (300 seen), so the unit's behaviour is not fully checked.",
      ],
    ]);
  });
});

it('what explains the others comes first, as it gives the case its blame', () => {
  expect(faults({ boots: ['b1', 'b2'], end: 'lost' })).to.deep.equal([
    'rig: The fixture restarted during the case (boot ids b1, b2).',
    'link: The link was lost before the case ended.',
  ]);
  expect(faults({ case: 'a/b', end: 'lost', edges: goodTrace.edges.slice(1) }, { basis: 'planned' })[0]).to.match(
    /^link: The link was lost/,
  );
});
