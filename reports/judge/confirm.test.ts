import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { ANALOGS, type AnalogSignal } from '../../scenarios/signals.ts';
import { done, edge, entry, goodCase, goodPrediction, goodTrace, probe } from '../testing/build.ts';
import { judgeConfirmed } from './confirm.ts';

const sample = (analog: AnalogSignal, at_s: number, value: number, uncertainty = 25, more: Partial<Sample> = {}): Sample => ({
  entry: `confirm-1-${analog}`,
  analog,
  at_us: scenarioTime(at_s * 1e6),
  value,
  unit: ANALOGS[analog],
  uncertainty,
  count: 4,
  ...more,
});
const found = (at_s: number) => ({ ...probe('load', at_s + 0.001, 'high'), biasOff_mV: 12_950 });
/** A look at LOAD at 10 s, where it is high: 13 V of supply, 50 mV of drop, 1.5 mA. */
const look = (values: Partial<Record<AnalogSignal, Sample>> = {}, at_s = 10): readonly Sample[] =>
  Object.values({
    supplyVoltage: sample('supplyVoltage', at_s, 13_000),
    supplyCurrent: sample('supplyCurrent', at_s + 0.004, 1_500),
    loadVoltage: sample('loadVoltage', at_s + 0.008, 12_950),
    loadDrop: sample('loadDrop', at_s + 0.012, 50, 10),
    ...values,
  });
const faults = (trace: Partial<Trace>, held: Parameters<typeof judgeConfirmed>[0]['held'] = []): readonly string[] =>
  (
    judgeConfirmed({ testCase: goodCase, trace: { ...goodTrace, ...trace }, prediction: goodPrediction, cutShort: false, held }).faults ??
    []
  ).map(({ blame, text }) => `${blame}: ${text}`);

describe('what is seen in two ways', () => {
  it('agrees on a good bench', () => {
    expect(faults({ samples: look() })).to.deep.equal([]);
    expect(faults({})).to.deep.equal([]);
  });

  it('is not compared over a change of the supply, though it stands still on either side', () => {
    const testCase = {
      ...goodCase,
      timeline: {
        ...goodCase.timeline,
        entries: [
          ...goodCase.timeline.entries,
          entry('down', 9.975, { kind: 'set', changes: [{ signal: 'supply', value: { mV: 13_000 } }] }),
        ],
      },
    };
    const upper = testCase.timeline.entries.map((one) =>
      one.id === 'power' ? { ...one, do: { kind: 'set', changes: [{ signal: 'supply', value: { mV: 26_000 } }] } as const } : one,
    );
    const trace = {
      ...goodTrace,
      stimuli: [...goodTrace.stimuli, done('down', 9.975)],
      samples: [sample('loadVoltage', 9.97, 25_950), sample('supplyVoltage', 9.996, 13_000), sample('supplyCurrent', 9.992, 1_500)],
    };
    const judged = judgeConfirmed({
      testCase: { ...testCase, timeline: { ...testCase.timeline, entries: upper } },
      trace,
      prediction: goodPrediction,
      cutShort: false,
      held: [],
    });
    expect(judged.faults).to.deep.equal([]);
  });

  it('is a comparator that says high where nothing is measured', () => {
    const samples = look({
      loadVoltage: sample('loadVoltage', 10.008, 20),
      loadDrop: sample('loadDrop', 10.012, 2_000, 80_000, { least: 1_990 }),
    });
    expect(faults({ samples })[0]).to.match(/^rig: The comparator of LOAD says high at 10\.008 s where the converter measures 0\.02 V/);
  });

  it('is a comparator that says "not high" where the supply is measured', () => {
    const edges = goodTrace.edges.filter(({ signal }) => signal !== 'load');
    expect(faults({ samples: look(), edges })[0]).to.match(
      /^rig: The comparator of LOAD says not high at 10\.008 s where the converter measures 12\.95 V/,
    );
  });

  it('leaves a unit with half of the supply on its output to the unit', () => {
    const half = look({
      loadVoltage: sample('loadVoltage', 10.008, 6_500),
      loadDrop: sample('loadDrop', 10.012, 2_000, 80_000, { least: 1_990 }),
    });
    expect(faults({ samples: half })).to.deep.equal([]);
  });

  it('leaves out windows in which the output may have moved, or was held', () => {
    const samples = look({ loadVoltage: sample('loadVoltage', 10.008, 20) });
    const moving = [...goodTrace.edges, edge(90, 'load', 'notHigh', 10.007), edge(91, 'load', 'high', 10.0079)].toSorted(
      (a, b) => a.at_us - b.at_us,
    );
    expect(faults({ samples, edges: moving })).to.deep.equal([]);
    expect(faults({ samples }, [{ output: 'load', drive: 'loadSink', from_us: 9.99e6, to_us: 10.02e6 }])).to.deep.equal([]);
  });

  it('is a burden or contact that is open where the drop amplifier sees the output at the supply', () => {
    const edges = goodTrace.edges.filter(({ signal }) => signal !== 'load');
    const samples = look({ loadVoltage: sample('loadVoltage', 10.008, 20) });
    expect(faults({ samples, edges })).to.deep.equal([
      'rig: LOAD reads 0.02 V at 10.008 s, 12.98 V below the supply, where the drop amplifier reads 0.05 V: one of the two is wrong. Look at its force contact P.load.force and its burden R.load.upper.',
    ]);
    // Through the shunt: a unit that draws a tenth of an ampere has a volt less than the divider sees.
    const drawing = look({ loadVoltage: sample('loadVoltage', 10.008, 20), supplyCurrent: sample('supplyCurrent', 10.004, 100_000) });
    expect(faults({ samples: drawing, edges })).to.deep.equal([]);
  });

  it('is an output above its supply', () => {
    const samples = look({ loadVoltage: sample('loadVoltage', 10.008, 80_000, 80_000, { least: 79_000 }) });
    expect(faults({ samples })[0]).to.match(/^rig: LOAD reads 79\.00 V at a supply of 13\.00 V/);
  });

  it('is a supply that is not what it was asked for, unless the unit pulls it down', () => {
    const sagging = { supplyVoltage: sample('supplyVoltage', 10, 12_500), loadVoltage: sample('loadVoltage', 10.008, 12_450) };
    expect(faults({ samples: look(sagging) })[0]).to.match(/^rig: The supply is measured at 12\.50 V where 13\.00 V was asked for/);
    expect(faults({ samples: look({ ...sagging, supplyCurrent: sample('supplyCurrent', 10.004, 29_000) }) })).to.deep.equal([]);
    expect(
      faults({ samples: look({ ...sagging, supplyCurrent: sample('supplyCurrent', 10.004, 60_000, 1e6, { least: 59_000 }) }) }),
    ).to.deep.equal([]);
    expect(faults({ samples: look({ supplyVoltage: sample('supplyVoltage', 10, 12_830) }) })).to.deep.equal([]);
  });

  it('says nothing while the supply moves', () => {
    expect(faults({ samples: look({ supplyVoltage: sample('supplyVoltage', 0.01, 5_000) }, 0.01) })).to.deep.equal([]);
  });

  it('is a noisy comparator where probes find the output high again and again', () => {
    const dips = [8, 9, 10].flatMap((at_s, n) => [
      edge(90 + 2 * n, 'load', 'notHigh', at_s),
      edge(91 + 2 * n, 'load', 'high', at_s + 0.01),
    ]);
    const edges = [...goodTrace.edges, ...dips].toSorted((a, b) => a.at_us - b.at_us);
    expect(faults({ edges, probes: [8, 9, 10].map(found) })[0]).to.match(
      /^rig: The comparator of LOAD said "not high" 3 times where a probe measured it high/,
    );
    expect(faults({ edges, probes: [8, 9].map(found) })).to.deep.equal([]);
  });
});
