import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { SENSES } from '../../scenarios/signals.ts';
import { byEntry, done, edge, goodCase, goodPrediction, goodTrace, predicted, probe, span } from '../testing/build.ts';
import { judgeCase, type JudgeInput } from './case.ts';

const judge = (more: Partial<JudgeInput> = {}) =>
  judgeCase({ testCase: goodCase, trace: goodTrace, prediction: goodPrediction, mode: 'unit', ...more });

const pulsed = (ended_s: number | null) => {
  const action = { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 20_000 } as const;
  const timeline = {
    ...goodCase.timeline,
    entries: goodCase.timeline.entries.map((one) => (one.id === 'step-2' ? { ...one, do: action } : one)),
  };
  const stimuli = goodTrace.stimuli.map((one) =>
    one.entry === 'step-2' ? { ...one, ended_us: ended_s === null ? null : ((ended_s * 1e6) as Trace['ended_us']) } : one,
  );
  return judge({ testCase: { ...goodCase, timeline }, trace: { ...goodTrace, stimuli } }).verdict;
};

/** Each row is a way to a pass that nobody earned. */
describe('a pass is earned', () => {
  const traces: readonly [string, Partial<Trace>, string, string][] = [
    ['the trace is empty', { edges: [], samples: [], probes: [], stimuli: [], captured: [] }, 'broken', 'rig'],
    ['the trace is of another case', { case: 'regression/other' }, 'broken', 'rig'],
    ['the board is not calibrated', { calibration: { id: null, fault: 'missing' } }, 'inconclusive', 'rig'],
    ['the calibration has expired', { calibration: { id: 'c1', fault: 'expired' } }, 'inconclusive', 'rig'],
    ['the calibration is dated in the future', { calibration: { id: 'c1', fault: 'notYet' } }, 'inconclusive', 'rig'],
    ["the calibration is another board's", { calibration: { id: 'c1', fault: 'otherBoard' } }, 'inconclusive', 'rig'],
    ['a contact was not measured', { contacts: goodTrace.contacts.slice(1) }, 'broken', 'rig'],
    ['no contact was measured', { contacts: [] }, 'broken', 'rig'],
    ['a contact is bad', { contacts: goodTrace.contacts.map((one) => ({ ...one, value_mOhm: 9_700 })) }, 'broken', 'rig'],
    ['a contact is no number', { contacts: goodTrace.contacts.map((one) => ({ ...one, value_mOhm: NaN })) }, 'broken', 'rig'],
    ['the link lost an event', { link: { ...goodTrace.link, lost: 1 } }, 'broken', 'link'],
    ['the fixture dropped an event', { link: { ...goodTrace.link, overflow: 2 } }, 'broken', 'rig'],
    ['the counters are no numbers', { link: { ...goodTrace.link, lost: NaN } }, 'broken', 'link'],
    ['the link went away', { end: 'lost', reason: 'no answer for 1 s' }, 'broken', 'link'],
    ['the case was aborted', { end: 'aborted', reason: 'stop asked' }, 'broken', 'rig'],
    ['the fixture restarted', { boots: ['b1', 'b2'] }, 'broken', 'rig'],
    ['no boot id is known', { boots: [] }, 'broken', 'rig'],
    ['the clock has no bound', { clock: { rate_ppm: 0, bound_ppm: NaN, jump_us: 0, samples: 9 } }, 'broken', 'rig'],
    ['a clock jumped', { clock: { rate_ppm: 0, bound_ppm: 60, jump_us: 4_000, samples: 90 } }, 'broken', 'rig'],
    [
      'a clock is farther off than any resonator',
      { clock: { rate_ppm: -15_000, bound_ppm: 60, jump_us: 0, samples: 90 } },
      'broken',
      'rig',
    ],
    ['the operator stopped it', { end: 'aborted', reason: 'stopped', endedBy: 'operator' }, 'broken', 'operator'],
    ['the computer stood still', { end: 'aborted', reason: 'hostStalled: no time', endedBy: 'rig' }, 'broken', 'rig'],
    ['the clock was never fitted', { clock: { rate_ppm: 0, bound_ppm: 0, jump_us: 0, samples: 0 } }, 'broken', 'rig'],
    [
      'a stamp is no number',
      { edges: goodTrace.edges.map((one) => (one.seq === 4 ? { ...one, at_us: NaN as typeof one.at_us } : one)) },
      'broken',
      'rig',
    ],
    ['an uncertainty is no number', { edges: goodTrace.edges.map((one) => ({ ...one, uncertainty_us: NaN })) }, 'broken', 'rig'],
    ['edges stand out of order', { edges: goodTrace.edges.toReversed() }, 'broken', 'rig'],
    ['two edges carry one number', { edges: goodTrace.edges.map((one) => ({ ...one, seq: Math.min(one.seq, 5) })) }, 'broken', 'rig'],
    ['an edge between two equal ones is lost', { edges: [...goodTrace.edges, edge(7, 'preAlarm', 'notHigh', 39)] }, 'broken', 'rig'],
    ['an entry was not executed', { stimuli: goodTrace.stimuli.slice(0, -1) }, 'broken', 'rig'],
    ['an entry was executed twice', { stimuli: [...goodTrace.stimuli, done('step-1', 5)] }, 'broken', 'rig'],
    ['an unknown entry was executed', { stimuli: [...goodTrace.stimuli, done('step-9', 9)] }, 'broken', 'rig'],
    [
      'an entry was late',
      { stimuli: goodTrace.stimuli.map((one) => (one.entry === 'step-2' ? done('step-2', 6.02) : one)) },
      'broken',
      'rig',
    ],
    [
      'an entry carries no instant',
      { stimuli: goodTrace.stimuli.map((one) => (one.entry === 'step-2' ? { ...one, done_us: null } : one)) },
      'broken',
      'rig',
    ],
    ['the case ended too soon', { ended_us: 38_500_000 as Trace['ended_us'] }, 'broken', 'rig'],
    ['the end is no number', { ended_us: NaN as Trace['ended_us'] }, 'broken', 'rig'],
    [
      'a signal was not captured to the end',
      { captured: goodTrace.captured.map((one) => (one.signal === 'charger' ? { ...one, to_us: 30e6 as typeof one.to_us } : one)) },
      'inconclusive',
      'rig',
    ],
    ['a signal was not captured at all', { captured: goodTrace.captured.filter((one) => one.signal !== 'ledRed') }, 'inconclusive', 'rig'],
    ['a probe blinded too long', { blind: [span('preAlarm', 20, 20.004, [])] }, 'inconclusive', 'rig'],
    [
      'probes blinded too often',
      { blind: Array.from({ length: 200 }, (_, index) => span('charger', 5 + index / 10, 5.0025 + index / 10, [])) },
      'inconclusive',
      'rig',
    ],
    ['a planned sample has no value', { samples: [] }, 'inconclusive', 'rig'],
    ['a sample was taken twice', { samples: [...goodTrace.samples, ...goodTrace.samples] }, 'inconclusive', 'rig'],
    ['a sample is no number', { samples: goodTrace.samples.map((one) => ({ ...one, value: NaN })) }, 'inconclusive', 'rig'],
    ['a sample has no uncertainty', { samples: goodTrace.samples.map((one) => ({ ...one, uncertainty: NaN })) }, 'inconclusive', 'rig'],
    ['a sample is in another unit', { samples: goodTrace.samples.map((one) => ({ ...one, unit: 'mV' as const })) }, 'inconclusive', 'rig'],
    ['a planned probe has no result', { probes: goodTrace.probes.map((one) => ({ ...one, entry: null })) }, 'inconclusive', 'rig'],
  ];
  for (const [name, more, verdict, blame] of traces) {
    it(`and not when ${name}`, () => {
      expect(judge({ trace: { ...goodTrace, ...more } })).to.include({ verdict, blame });
    });
  }

  const twice = goodPrediction.edges.map((one) => (one.id === 'load-2' ? { ...one, observed: 0, level: 'high' as const } : one));
  const wrongPair = goodPrediction.edges.map((one) => (one.id === 'load-2' ? { ...one, observed: 6 } : one));
  const nowhere = goodPrediction.edges.map((one) => (one.id === 'load-2' ? { ...one, observed: 99 } : one));
  const predictions: readonly [string, Partial<Prediction>, string, string][] = [
    ['the prediction has no edges', { edges: [] }, 'fail', 'unit'],
    ['the prediction has neither edges nor levels', { edges: [], allowed: [] }, 'broken', 'rig'],
    [
      'the prediction stops half way',
      { allowed: goodPrediction.allowed.map((one) => ({ ...one, to_us: Math.min(one.to_us, 20e6) as typeof one.to_us })) },
      'broken',
      'rig',
    ],
    ['the prediction is of another case', { case: 'x' }, 'broken', 'rig'],
    ['the prediction is of the plan only', { basis: 'planned' }, 'broken', 'rig'],
    ['the reference gave up', { complete: false }, 'inconclusive', 'rig'],
    ['one observed edge stands for two predicted ones', { edges: twice }, 'broken', 'rig'],
    ['a predicted edge is paired with one of another signal', { edges: wrongPair }, 'broken', 'rig'],
    ['a predicted edge is paired with none that exists', { edges: nowhere }, 'broken', 'rig'],
    [
      'a window is no number',
      { edges: goodPrediction.edges.map((one) => ({ ...one, window_us: [one.window_us[0], NaN as never] as const })) },
      'broken',
      'rig',
    ],
    [
      'a window bound has a cause that never happened',
      { edges: goodPrediction.edges.map((one) => (one.id === 'pre-1' ? { ...one, causes: [byEntry('step-9')] } : one)) },
      'inconclusive',
      'rig',
    ],
    [
      'every edge is explained but a level is forbidden',
      { allowed: goodPrediction.allowed.map((one) => (one.signal === 'ledRed' ? { ...one, levels: ['on' as const] } : one)) },
      'broken',
      'rig',
    ],
  ];
  for (const [name, more, verdict, blame] of predictions) {
    it(`and not when ${name}`, () => {
      expect(judge({ prediction: { ...goodPrediction, ...more } })).to.include({ verdict, blame });
    });
  }

  const cases: readonly [string, Partial<Case>, string, string][] = [
    ['a planned check has no outcome', { planned: [...goodCase.planned, 'expect-9'] }, 'inconclusive', 'scenario'],
    ['nothing is planned', { planned: [] }, 'inconclusive', 'scenario'],
    ['nothing is captured', { timeline: { ...goodCase.timeline, captures: [] } }, 'inconclusive', 'scenario'],
    [
      'one signal is not asked for',
      { timeline: { ...goodCase.timeline, captures: goodCase.timeline.captures.slice(1) } },
      'inconclusive',
      'scenario',
    ],
    [
      'a measurement has no limit',
      { measurements: goodCase.measurements.map((one) => ({ ...one, low: null, high: null })) },
      'inconclusive',
      'rig',
    ],
  ];
  for (const [name, more, verdict, blame] of cases) {
    it(`and not when ${name}`, () => {
      expect(judge({ testCase: { ...goodCase, ...more } })).to.include({ verdict, blame });
    });
  }

  it('and not without a trace', () => {
    expect(judge({ trace: null })).to.include({ verdict: 'broken', blame: 'rig' });
  });

  it('and not when the case ends inside a window whose edge has not come', () => {
    const late = [...goodPrediction.edges, predicted('red-1', 'ledRed', 'on', [39, 41], [byEntry('step-2', 33, 35)], null)];
    const allowed = [
      ...goodPrediction.allowed.filter((one) => one.signal !== 'ledRed'),
      span('ledRed', -1, 39, ['off']),
      span('ledRed', 39, 40, ['off', 'on']),
    ];
    expect(judge({ prediction: { ...goodPrediction, edges: late, allowed } })).to.include({ verdict: 'inconclusive', blame: 'scenario' });
  });

  it('and a pulse has to end when it should', () => {
    expect(pulsed(6.02)).to.equal('pass');
    expect(pulsed(6.03)).to.equal('broken');
    expect(pulsed(null)).to.equal('broken');
  });

  it('and probes before the supply prove nothing', () => {
    const probes = [probe('preAlarm', -0.2, 'floating', 'probe-preAlarm-1'), ...goodTrace.probes.slice(1, 2)];
    const texts = judge({ trace: { ...goodTrace, probes } }).notMeasured.map((one) => one.text);
    expect(texts).to.include('PRE-ALARM has to float until 5.100 s, but no probe looked.');
  });

  for (const one of goodTrace.edges) {
    const name = `${one.signal} ${one.level} at ${one.at_us / 1e6} s`;
    const others = goodTrace.edges.filter((other) => other !== one);
    const judged = (list: typeof goodTrace.edges) =>
      judge({ trace: { ...goodTrace, edges: list.toSorted((a, b) => a.at_us - b.at_us) } }).verdict;
    it(`and not with the edge ${name} left out, moved by seconds, or turned round`, () => {
      expect(judged(others)).to.not.equal('pass');
      expect(judged([...others, { ...one, at_us: (one.at_us - 12e6) as typeof one.at_us }])).to.not.equal('pass');
      expect(
        judged([...others, { ...one, level: { high: 'notHigh', notHigh: 'high', on: 'off', off: 'on' }[one.level] as typeof one.level }]),
      ).to.not.equal('pass');
      expect(judged([...others, { ...one, signal: 'ledRed', level: 'on' }])).to.not.equal('pass');
    });
  }

  it('but a trace with every signal watched and every check kept has earned it', () => {
    expect(goodTrace.captured.map((one) => one.signal)).to.have.members([...SENSES]);
    expect(judge().verdict).to.equal('pass');
  });
});
