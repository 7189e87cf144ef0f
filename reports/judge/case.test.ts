import { expect } from 'chai';
import type { Unexplained } from '../../scenarios/contracts/prediction.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { SenseLevel, SenseSignal } from '../../scenarios/signals.ts';
import { done, edge, goodCase, goodPrediction, goodTrace, probe } from '../testing/build.ts';
import { judgeCase, type JudgeInput } from './case.ts';
import { caseResult } from './result.ts';

const judge = (more: Partial<JudgeInput> = {}) =>
  judgeCase({ testCase: goodCase, trace: goodTrace, prediction: goodPrediction, mode: 'unit', ...more });
const onTrace = (more: Partial<Trace>) => judge({ trace: { ...goodTrace, ...more } });
const moved = (seq: number, at_s: number, uncertainty_us = 2) =>
  goodTrace.edges.map((one) => (one.seq === seq ? { ...edge(seq, one.signal, one.level, at_s), uncertainty_us } : one));
const only = <T>(list: readonly T[]): T => {
  expect(list).to.have.length(1);
  return list[0] as T;
};

const probes = (load: Parameters<typeof probe>[2], at_s = 37.51) =>
  onTrace({ probes: [goodTrace.probes[0]!, probe('load', at_s, load), goodTrace.probes[2]!] });
it('fails where a probe finds the output low or leaky', () => {
  expect(only(probes('low').differences)).to.include({ kind: 'low', signal: 'load', requirement: 'FLOATING' });
  expect(only(probes('leaky').differences).kind).to.equal('leaky');
});

const fell = (at_s: number) => onTrace({ edges: moved(6, at_s).toSorted((a, b) => a.at_us - b.at_us) });

const at = (load_s: number, uncertainty_us: number) => {
  const edges = moved(4, load_s, uncertainty_us);
  const after = goodPrediction.edges.map((one) =>
    one.id === 'pre-2' || one.id === 'blue-2' ? { ...one, window_us: [35e6, 40e6] as never, causes: [] } : one,
  );
  const probes = [...goodTrace.probes.slice(0, 1), probe('load', load_s + 0.01), probe('preAlarm', 37.512)];
  return judge({
    trace: { ...goodTrace, edges, probes },
    prediction: { ...goodPrediction, edges: after },
    testCase: { ...goodCase, expectations: [], planned: ['reference'] },
  });
};

const current = (value: number) => onTrace({ samples: goodTrace.samples.map((one) => ({ ...one, value })) });

/** Left over in R15, where the reference stood since power-up. */
const left = (seq: number, signal: SenseSignal, level: SenseLevel, at_s: number): Unexplained => ({
  seq,
  signal,
  level,
  at_us: (at_s * 1e6) as Trace['ended_us'],
  rule: 'R15',
  requirement: 'POWER-UP',
  certainty: 'R',
  consequence: false,
  why: 'The supply has passed 8 V.',
});

const cited = (edges: Trace['edges'], unexplained: Unexplained) =>
  only(judge({ trace: { ...goodTrace, edges }, prediction: { ...goodPrediction, unexplained: [unexplained] } }).differences);

const dip = (ms: number) => [
  ...goodTrace.edges.slice(0, 4),
  edge(90, 'charger', 'notHigh', 20),
  edge(91, 'charger', 'high', 20 + ms / 1000),
  ...goodTrace.edges.slice(4),
];

describe('judging a case', () => {
  it('passes a good unit, with an outcome for each planned check', () => {
    const result = judge();
    expect(result.reason).to.equal('Every planned check was kept.');
    expect(result).to.include({ verdict: 'pass', blame: null });
    expect(result.expectations.map((one) => one.outcome)).to.deep.equal(['held', 'held']);
    expect(result.measurements.map((one) => one.outcome)).to.deep.equal(['pass']);
    expect(caseResult.parse(result)).to.deep.equal(result);
  });

  describe('the unit', () => {
    it('fails when LOAD falls too early after the pre-alarm, by how much and why', () => {
      const edges = moved(4, 30.112).map((one) => (one.seq > 4 ? { ...one, at_us: (one.at_us - 7_388_000) as typeof one.at_us } : one));
      const late = goodPrediction.edges.map((one) =>
        one.id.endsWith('-2') && one.id !== 'load-2' ? { ...one, window_us: [30.112e6, 32e6] as never } : one,
      );
      const probes = [...goodTrace.probes.slice(0, 1), probe('load', 30.122), probe('preAlarm', 30.124)];
      const result = judge({ trace: { ...goodTrace, edges, probes }, prediction: { ...goodPrediction, edges: late } });
      expect(result).to.include({ verdict: 'fail', blame: 'unit' });
      const difference = only(result.differences);
      expect(difference).to.include({
        kind: 'early',
        signal: 'load',
        rule: 'R3',
        requirement: 'PRE-30S',
        certainty: 'O',
        off_us: -4_988_000,
      });
      expect(difference.text).to.equal(
        'LOAD fell 25.012 s after PRE-ALARM rose, 4.988 s before the earliest allowed 30.000 s (R3, PRE-30S, official).',
      );
      expect(result.expectations[0]?.outcome).to.equal('broken');
    });

    it('says the same when the account left the early edge unexplained', () => {
      const edges = moved(4, 30.112);
      const left = goodPrediction.edges.map((one) => (one.id === 'load-2' ? { ...one, observed: null } : one));
      const result = judge({
        trace: { ...goodTrace, edges: edges.toSorted((a, b) => a.at_us - b.at_us) },
        prediction: { ...goodPrediction, edges: left },
      });
      expect(result.differences.map((one) => one.kind)).to.deep.equal(['early']);
    });

    it('fails on a late edge and names the cause', () => {
      const result = onTrace({
        edges: moved(6, 38.3).toSorted((a, b) => a.at_us - b.at_us),
        probes: [...goodTrace.probes.slice(0, 2), probe('preAlarm', 38.31)],
      });
      expect(only(result.differences).text).to.equal(
        'PRE-ALARM fell 0.800 s after LOAD fell, 300.000 ms after the latest allowed 0.500 s (R9, PRE-OFF-ON-TRIP, official).',
      );
    });

    it('fails on a required edge that never came', () => {
      const edges = goodTrace.edges.filter((one) => one.seq !== 6);
      const left = goodPrediction.edges.map((one) => (one.id === 'pre-2' ? { ...one, observed: null } : one));
      const result = judge({
        trace: { ...goodTrace, edges, probes: goodTrace.probes.slice(0, 2) },
        prediction: { ...goodPrediction, edges: left },
      });
      expect(only(result.differences)).to.include({ kind: 'missing', signal: 'preAlarm', got: null });
      expect(result.verdict).to.equal('fail');
    });

    it('fails on an edge that nothing explains', () => {
      const result = onTrace({ edges: [...goodTrace.edges, edge(7, 'ledRed', 'on', 39)] });
      expect(only(result.differences)).to.include({ kind: 'extra', signal: 'ledRed' });
    });

    it('sees two opposite strange edges as one drop-out with its length, and forgives what is shorter than 1 ms', () => {
      const result = onTrace({ edges: dip(5) });
      expect(only(result.differences)).to.include({ kind: 'dropOut', signal: 'charger', off_us: 5_000 });
      expect(result.expectations[1]?.outcome).to.equal('broken');
      const short = onTrace({ edges: dip(0.4) });
      expect(short.verdict).to.equal('pass');
      expect(only(short.glitches)).to.include({ signal: 'charger', length_us: 400 });
      expect(onTrace({ edges: dip(1.002) }).verdict).to.equal('inconclusive');
    });

    it('cites R18 for a change away and back, and for a single edge long after the start-up that R15 is about', () => {
      const R18 = { rule: 'R18', requirement: 'NO-GLITCH', certainty: 'I' };
      expect(cited(dip(5), left(90, 'charger', 'notHigh', 20))).to.include({ kind: 'dropOut', ...R18 });
      expect(cited([...goodTrace.edges, edge(7, 'ledRed', 'on', 39)], left(7, 'ledRed', 'on', 39))).to.include({ kind: 'extra', ...R18 });
      const soon = goodTrace.edges.toSpliced(3, 0, edge(7, 'ledRed', 'on', 3.05));
      expect(cited(soon, left(7, 'ledRed', 'on', 3.05))).to.include({ kind: 'extra', rule: 'R15', requirement: 'POWER-UP' });
    });

    it('fails where it begins with another level', () => {
      const initial = { ...goodTrace.initial, ledRed: 'on' as const };
      const result = onTrace({
        initial,
        edges: [edge(0, 'ledRed', 'off', 0.1), ...goodTrace.edges.map((one) => ({ ...one, seq: one.seq + 1 }))],
      });
      expect(result.differences.map((one) => one.kind)).to.include('wrongLevel');
    });

    it('fails on a value outside its limits and stays undecided near them', () => {
      expect(only(current(3_412).differences)).to.include({
        kind: 'outOfLimit',
        signal: 'supplyCurrent',
        requirement: 'CURRENT-ON',
        certainty: 'O',
      });
      expect(current(3_310)).to.include({ verdict: 'inconclusive', blame: 'rig' });
      expect(current(3_290).measurements[0]?.outcome).to.equal('marginal');
      expect(current(3_260).verdict).to.equal('pass');
    });
  });

  describe('a limit and the uncertainty', () => {
    // U = 2 us at the cause, 3 ppm of 30 s = 90 us, and the edge's own.
    it('passes inside by the uncertainty, fails outside by more, is inconclusive between', () => {
      expect(at(35.1 + 95e-6, 2).verdict).to.equal('pass');
      expect(at(35.1 + 93e-6, 2).verdict).to.equal('inconclusive');
      expect(at(35.1, 2).verdict).to.equal('inconclusive');
      expect(at(35.1 - 93e-6, 2).verdict).to.equal('inconclusive');
      expect(at(35.1 - 96e-6, 2).verdict).to.equal('fail');
    });
    it('is never widened by a coarse stamp', () => {
      expect(at(35.1 + 95e-6, 30).verdict).to.equal('inconclusive');
      expect(at(35.1 - 96e-6, 30).verdict).to.equal('inconclusive');
    });
    it('needs no margin between a cause and its effect', () => {
      expect(fell(37.5).verdict).to.equal('pass');
      expect(fell(37.499997).verdict).to.equal('pass');
      expect(only(fell(37.49999).differences)).to.include({ kind: 'early', signal: 'preAlarm', off_us: -10 });
    });
  });

  describe('floating', () => {
    it('is not measured without a probe, or with one that comes too late', () => {
      expect(onTrace({ probes: goodTrace.probes.filter((one) => one.output !== 'load') })).to.include({
        verdict: 'inconclusive',
        blame: 'rig',
      });
      expect(probes('floating', 37.521).verdict).to.equal('inconclusive');
    });
    it('needs a probe where an output floats from the start, then or later', () => {
      expect(onTrace({ probes: goodTrace.probes.slice(1) }).notMeasured.map((one) => one.text)).to.deep.equal([
        'The probe probe-preAlarm-1 of PRE-ALARM has no result.',
      ]);
      const unprobed = onTrace({ probes: goodTrace.probes.slice(1, 2) });
      expect(unprobed.verdict).to.equal('inconclusive');
      expect(unprobed.notMeasured.filter((one) => one.signal === 'preAlarm' && one.text.includes('until 5.100 s'))).to.have.length(1);
    });
    it('blames the scenario where no probe was planned', () => {
      const plan = { ...goodCase.timeline, entries: goodCase.timeline.entries.filter((one) => one.do.kind !== 'probe') };
      const trace = {
        ...goodTrace,
        stimuli: goodTrace.stimuli.filter((one) => one.entry !== 'probe-preAlarm-1'),
        probes: goodTrace.probes.slice(1, 2),
        ended_us: 37_400_000 as typeof goodTrace.ended_us,
      };
      const held = { ...trace, edges: goodTrace.edges.slice(0, 3), probes: [] };
      const prediction = {
        ...goodPrediction,
        edges: goodPrediction.edges.slice(0, 3),
        allowed: goodPrediction.allowed.map((one) => ({ ...one, levels: ['high', 'floating', 'on', 'off'] as const })),
      };
      const timeline = {
        ...plan,
        end: { kind: 'at' as const, at_us: 37_400_000 as never },
        endBounds_us: [37_400_000, 37_400_000] as never,
      };
      const result = judge({ testCase: { ...goodCase, timeline, expectations: [], planned: ['reference'] }, trace: held, prediction });
      expect(result).to.include({ verdict: 'inconclusive', blame: 'scenario' });
      expect(result.reason).to.contain('PRE-ALARM has to float until 37.400 s').and.to.contain('expect "preAlarm: floating"');
    });
    it('concludes nothing from a probe in which the edge itself fell', () => {
      const rise = { ...edge(7, 'preAlarm', 'high', 39), uncertainty_us: 3_000, via: 'probe' as const };
      const result = onTrace({ edges: [...goodTrace.edges, rise], probes: [...goodTrace.probes, probe('preAlarm', 38.999)] });
      expect(result.faults).to.deep.equal([]);
    });
    it('takes a probe into which the return of a drop-out fell for no contradiction, and the drop-out for what it is', () => {
      const back = { ...edge(91, 'charger', 'high', 20.00339), uncertainty_us: 2_300, via: 'probe' as const };
      const edges = dip(3.39).map((one) => (one.seq === 91 ? back : one));
      const result = onTrace({ edges, probes: [...goodTrace.probes, probe('charger', 20.001, 'high')] });
      expect(result).to.include({ verdict: 'fail', blame: 'unit' });
      expect(result.faults).to.deep.equal([]);
      expect(only(result.differences).kind).to.equal('dropOut');
      expect(result.reason).to.contain('CHARGER dropped out for at most 3.390 ms at 20.000 s');
    });
    it('lets an output that just moved without a cause move again in a probe, but not one that stood still', () => {
      const result = onTrace({ edges: dip(0.4), probes: [...goodTrace.probes, probe('charger', 20.01, 'floating')] });
      expect(result).to.include({ verdict: 'inconclusive', blame: 'unit' });
      expect(result.reason).to.contain('shortly after it moved without a cause');
      const later = onTrace({ edges: dip(0.4), probes: [...goodTrace.probes, probe('charger', 20.2, 'floating')] });
      expect(later).to.include({ verdict: 'broken', blame: 'rig' });
    });
    it('blames the rig where probe and comparator contradict each other', () => {
      expect(probes('high')).to.include({ verdict: 'broken', blame: 'rig' });
    });
  });

  it('ends with a difference where a step waited in vain, and asks nothing of the steps behind it', () => {
    const wait = { kind: 'afterEdge', signal: 'preAlarm', level: 'high', armedBy: 'step-1', delay_us: 0, timeout_us: 3_000_000 } as const;
    const entries = goodCase.timeline.entries.map((one) => (one.id === 'step-2' ? { ...one, when: wait } : one));
    const testCase = { ...goodCase, timeline: { ...goodCase.timeline, entries }, expectations: [], planned: ['reference'] };
    const edges = goodTrace.edges.slice(0, 3);
    const stimuli = [...goodTrace.stimuli.slice(0, 5), { ...done('step-2', 8), outcome: 'timedOut' as const, done_us: null }];
    const ended_us = 8_000_000 as typeof goodTrace.ended_us;
    const missing = goodPrediction.edges
      .filter((one) => one.id.endsWith('-1'))
      .map((one) => (one.id === 'pre-1' ? { ...one, observed: null } : one));
    const trace = { ...goodTrace, edges, stimuli, ended_us, probes: goodTrace.probes.slice(0, 1) };
    const result = judge({ testCase, trace, prediction: { ...goodPrediction, edges: missing } });
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.differences.map((one) => [one.kind, one.consequence])).to.deep.equal([
      ['missing', false],
      ['noEdge', true],
    ]);
    const optional = missing.map((one) => (one.id === 'pre-1' ? { ...one, required: false } : one));
    const allowed = goodPrediction.allowed.map((one) =>
      one.signal === 'preAlarm' ? { ...one, levels: ['floating', 'high'] as const } : one,
    );
    expect(judge({ testCase, trace, prediction: { ...goodPrediction, edges: optional, allowed } })).to.include({
      verdict: 'inconclusive',
      blame: 'scenario',
    });
  });
});
