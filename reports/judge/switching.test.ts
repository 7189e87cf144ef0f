import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Measurement } from '../../scenarios/contracts/expectation.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Ramp, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { byEntry, done, edge, entry, goodCase, goodPrediction, goodTrace, predicted } from '../testing/build.ts';
import { judgeSwitching } from './switching.ts';

const us = (s: number) => scenarioTime(s * 1e6);
const PLACE = { file: 'f.yaml', line: 3, col: 1 };
/** H from 1.9 V to 3.0 V between 10 s and 32 s: 50 mV/s, so 100 mV in the 2 s a unit may take. */
const RAMP: Ramp = {
  entry: 'up',
  signal: 'remoteH',
  from_us: us(10),
  to_us: us(32),
  from_mV: 1_900,
  to_mV: 3_000,
  uncertainty_mV: 10,
  uncertainty_us: 30,
};
const check = (id: string, at_s: number, value: number): Sample => ({
  entry: id,
  analog: 'remoteHVoltage',
  at_us: us(at_s),
  value,
  unit: 'mV',
  uncertainty: 200,
  count: 16,
});
const ONE = {
  id: 'measure-1',
  name: 'H',
  analog: 'remoteHVoltage',
  entry: 'up',
  unit: 'mV',
  low: 2_000,
  high: 2_900,
  margin: 0,
  place: PLACE,
  switching: { edge: { signal: 'load', level: 'high' }, checks: ['c-1', 'c-2'] },
} as const satisfies Measurement;

interface Given {
  readonly edges?: readonly Edge[];
  readonly one?: Partial<Omit<typeof ONE, 'low' | 'high'>> & { readonly low?: number | null; readonly high?: number | null };
  readonly trace?: Partial<Trace>;
  readonly prediction?: Partial<Prediction>;
  readonly entries?: readonly (readonly [id: string, at_s: number])[];
}
const REACTION = { value: 2e6, unit: 'us', source: 'R16', certainty: 'I' } as const;
const judge = ({ edges = [edge(0, 'load', 'high', 24)], one = {}, trace = {}, prediction = {}, entries = [] }: Given = {}) => {
  const pole = { kind: 'set', changes: [{ signal: 'pole3', value: 'open' }] } as const;
  const timeline = {
    ...goodCase.timeline,
    entries: [
      entry('up', 10, { kind: 'ramp', signal: 'remoteH', from_mV: 1_900, to_mV: 3_000, over_us: 22e6 }),
      ...entries.map(([id, at_s]) => entry(id, at_s, pole)),
    ],
  };
  const stimuli = [{ ...done('up', 10, 30), ended_us: us(32) }, ...entries.map(([id, at_s]) => done(id, at_s))];
  const samples = [check('c-1', 14.4, 2_150), check('c-2', 27.6, 2_700)];
  const parameters = { reaction_us: REACTION, startUp_us: { ...REACTION, value: 3e6 } };
  return judgeSwitching(
    {
      testCase: { ...goodCase, timeline },
      trace: { ...goodTrace, edges, stimuli, samples, ramps: [RAMP], ...trace },
      prediction: { ...goodPrediction, edges: [], parameters, ...prediction },
      cutShort: false,
      held: [],
    },
    edges,
    { ...ONE, ...one },
  );
};

describe('a switching point', () => {
  it('lies between what the ramp was at the edge and what it was before the unit may have reacted', () => {
    const found = judge();
    // 2.60 V at 24 s, 2.50 V at 22 s.
    expect(found).to.include({ outcome: 'pass', at_us: 24e6 });
    expect(found.value).to.be.closeTo(2_550, 0.1);
    expect(found.uncertainty).to.be.closeTo(60, 0.1);
    expect(found.text).to.match(/^LOAD rose at 2550 mV \+-60 \(24\.000 s, up to 2\.000 s of it to react\), within 2000 to 2900 mV\.$/);
  });
  it('is decided only where the whole interval lies on one side of a limit', () => {
    expect(judge({ one: { high: 2_611 } }).outcome).to.equal('pass');
    expect(judge({ one: { high: 2_600 } }).outcome).to.equal('marginal');
    expect(judge({ one: { low: 2_495, high: null } }).outcome).to.equal('marginal');
    expect(judge({ one: { high: 2_485 } }).outcome).to.equal('fail');
    expect(judge({ one: { low: 2_615, high: null } }).outcome).to.equal('fail');
  });
  it('beyond the end of the ramp breaks a limit before it, and is open at one near it', () => {
    expect(judge({ edges: [] })).to.include({ outcome: 'fail', value: 3_000 });
    expect(judge({ edges: [], one: { high: 2_995 } }).outcome).to.equal('marginal');
    expect(judge({ edges: [], one: { high: null } }).outcome).to.equal('marginal');
  });
  it('of a unit that switches more than once takes in all of it', () => {
    const edges = [edge(0, 'load', 'high', 20), edge(1, 'load', 'notHigh', 21), edge(2, 'load', 'high', 30)];
    expect(judge({ edges })).to.include({ outcome: 'marginal' });
    expect(judge({ edges }).text).to.contain('2 times');
  });

  const open: readonly [string, Given][] = [
    ['the terminal did not follow the ramp', { trace: { samples: [check('c-1', 14.4, 2_150), check('c-2', 27.6, 1_900)] } }],
    ['nobody looked whether it did', { one: { switching: { ...ONE.switching, checks: [] as never } } }],
    ['a look has no value', { trace: { samples: [check('c-1', 14.4, 2_150)] } }],
    [
      'a look is of another terminal',
      { trace: { samples: [check('c-1', 14.4, 2_150), { ...check('c-2', 27.6, 2_700), analog: 'remoteLVoltage' }] } },
    ],
    ['the ramp was never made', { trace: { ramps: [] } }],
    ['something else came within the time to react', { entries: [['step-2', 22.5]] }],
    ['something else ended within the time to react', { entries: [['step-2', 23.9]] }],
    [
      'the reference ties the edge to something else',
      { prediction: { edges: [predicted('load-1', 'load', 'high', [20, 25], [byEntry('step-9')], 0)] } },
    ],
    ['the output was on already', { edges: [edge(0, 'load', 'high', 5), edge(1, 'load', 'notHigh', 20), edge(2, 'load', 'high', 24)] }],
    ['nobody watched the output', { trace: { captured: [] } }],
    [
      'the case ended before the time to react was over',
      { edges: [], trace: { captured: goodTrace.captured.map((one) => ({ ...one, to_us: us(33) })) } },
    ],
    ['the reference gives no time to react', { prediction: { parameters: {} } }],
    ['the time to react is no time', { prediction: { parameters: { reaction_us: { ...REACTION, unit: 'mV' } } } }],
    ['no limit is given', { one: { low: null, high: null } }],
  ];
  for (const [name, given] of open)
    it(`is not measured where ${name}`, () => {
      expect(judge(given).outcome).to.equal('notMeasured');
    });

  it('is measured where the reference allows the edge at any time since an earlier step', () => {
    const edges = [predicted('load-1', 'load', 'high', [5, 99], [byEntry('step-9', 0, Infinity)], 0)];
    expect(judge({ prediction: { edges } }).outcome).to.equal('pass');
    expect(judge({ entries: [['step-2', 12]] }).outcome).to.equal('pass');
  });
});
