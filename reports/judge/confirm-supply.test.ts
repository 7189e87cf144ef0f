import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample, Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import type { DriveChange } from '../../scenarios/contracts/timeline.ts';
import { done, edge, entry, goodCase, goodTrace } from '../testing/build.ts';
import { behindBypass, consumptions, isBypassed, judgeSupplyPath } from './confirm-supply.ts';

const AT_s = 10;
const FOR_s = 0.016;
const LOAD: DriveChange = { signal: 'loadSink', value: '1A' };
const CHARGER: DriveChange = { signal: 'chargerSink', value: '10mA' };
const withPulse = (change: DriveChange): Case => ({
  ...goodCase,
  timeline: { ...goodCase.timeline, entries: [entry('m-sink', AT_s, { kind: 'pulse', changes: [change], for_us: FOR_s * 1e6 })] },
});
const pulsed: Stimulus = { ...done('m-sink', AT_s), ended_us: scenarioTime((AT_s + FOR_s) * 1e6) };
const sample = (id: string, value: number, uncertainty: number, more: Partial<Sample> = {}, at_s = AT_s + 0.006): Sample => ({
  entry: id,
  analog: 'supplyCurrent',
  at_us: scenarioTime(Math.round(at_s * 1e6)),
  value,
  unit: 'uA',
  uncertainty,
  count: 4,
  ...more,
});
const said = (change: DriveChange, samples: readonly Sample[], more: Partial<Trace> = {}, asked: Partial<Case> = {}): readonly string[] => {
  const [testCase, trace] = [
    { ...withPulse(change), ...asked },
    { ...goodTrace, stimuli: [pulsed], edges: [], samples, ...more },
  ];
  const through = consumptions(testCase, trace, () => true);
  return (judgeSupplyPath(testCase, trace, through).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);
};

const ampere = (supply_uA: number, shunt: Partial<Sample> = {}): readonly Sample[] => [
  sample('confirm-sink-m-sink', 1_000_000, 8_000, { analog: 'sinkCurrent' }),
  sample('confirm-sink-m-sink-supply', supply_uA, 10_000, { analog: 'supplyCurrentHigh' }),
  sample('confirm-sink-m-sink-bypassed', 1_800, 160, shunt),
];

const milliampere = (during_uA: number): readonly Sample[] => [
  sample('confirm-sink-m-sink', 10_000, 60, { analog: 'sinkCurrentLow' }),
  sample('confirm-sink-m-sink-supply', during_uA, 250),
  sample('confirm-sink-m-sink-after', 1_200, 25, {}, AT_s + FOR_s + 0.001),
];
const after = (value: number): Sample => sample('confirm-sink-m-sink-after', value, 300, {}, AT_s + FOR_s + 0.003);

const closed = (value: number, before: Partial<Sample> = {}, late_s = 0): readonly string[] =>
  said(
    LOAD,
    [sample('confirm-bypass-before', 1_200, 25, before, 3.068 + late_s), sample('confirm-bypass-closed', value, 25, {}, 3.084 + late_s)],
    { stimuli: [pulsed, done('confirm-bypass-close', 3.076), done('confirm-bypass-open', 3.092)] },
  );

const twice = (one: Sample): readonly Sample[] => [one, { ...one }];
/** Two windows long after the pulse. */
const quiet = (value: number, uncertainty: number, more: Partial<Sample> = {}): readonly Sample[] =>
  [20, 21].map((at_s) => sample('measure-1', value, uncertainty, more, at_s));
const odd = (at_s: number): readonly string[] =>
  said(LOAD, twice(sample('confirm-bypass-before', 1_200, 25, { other: { value: -286, uncertainty: 250 } }, at_s)), {
    stimuli: [pulsed, done('confirm-bypass-close', 3.076), done('confirm-bypass-open', 3.092)],
  });

describe('the supply current', () => {
  it('is never less than nothing: a shunt that is bridged, or an amplifier that is dead, is no unit that feeds its supply', () => {
    expect(said(LOAD, quiet(-374, 25))[0]).to.match(/^rig: The supply current is -0\.374 mA at 20\.000 s, less than the burdens/);
    for (const value of [-50, 0, 300, 1_200]) expect(said(LOAD, quiet(value, 25)), `${value}`).to.deep.equal([]);
  });

  it('is the same in both ranges, whichever is at its end', () => {
    const good = { other: { value: 1_400, uncertainty: 250 } };
    expect(said(LOAD, quiet(1_200, 25, good))).to.deep.equal([]);
    for (const other of [
      { value: 3_000, uncertainty: 250 },
      { value: 600, uncertainty: 250 },
      { value: 58_000, uncertainty: 1_500_000, least: 57_000 },
    ])
      expect(said(LOAD, quiet(1_200, 25, { other }))[0], `${other.value}`).to.match(/^rig: Of the two ranges/);
    // The low range is at its end, 5 mA: what the mid one reads then has to be as much.
    const atEnd = { value: 5_000, uncertainty: 1_500_000, least: 4_900 };
    expect(said(LOAD, quiet(12_000, 300, { other: atEnd }))).to.deep.equal([]);
    expect(said(LOAD, quiet(1_200, 300, { other: atEnd }))[0]).to.match(/one reads 1\.2 mA and the other more than 4\.9 mA/);
  });

  it('is not told by one window alone: what is broken shows in all of them, and a capacitor in the unit may take its charge back', () => {
    for (const more of [{}, { other: { value: 3_000, uncertainty: 250 } }])
      expect(said(LOAD, quiet(-374, 25, more).slice(1))).to.deep.equal([]);
  });

  it('is not told by a window that holds an edge, or lies beside a pulse for which the bypass is closed', () => {
    const odd = { other: { value: 3_000, uncertainty: 250 } };
    expect(said(LOAD, quiet(1_200, 25, odd), { edges: [edge(1, 'ledRed', 'on', 20.002), edge(2, 'ledRed', 'off', 21.002)] })).to.deep.equal(
      [],
    );
    expect(said(LOAD, twice(sample('measure-1', -374, 25, {}, AT_s - 0.002)))).to.deep.equal([]);
    expect(
      said(LOAD, twice(sample('measure-1', -374, 25, {}, AT_s - 0.002)), { stimuli: [{ ...pulsed, outcome: 'refused' }] }),
    ).to.deep.equal([]);
    expect(said(LOAD, twice(sample('measure-1', -374, 25, {}, AT_s + FOR_s + 0.02)))).to.have.length.at.least(1);
    expect(said(CHARGER, twice(sample('measure-1', -374, 25, {}, AT_s - 0.002))), 'no bypass for 10 mA').to.have.length.at.least(1);
  });

  it('is nothing while the bypass is told to be closed for a look', () => {
    expect(closed(-374)).to.deep.equal([]);
    expect(closed(20)).to.deep.equal([]);
    expect(closed(3_200, { value: 60_000, uncertainty: 1_500_000, least: 58_000 }), 'of a unit that is shorted').to.deep.equal([]);
    for (const late_s of [-0.009, 0.007]) expect(closed(1_200, {}, late_s), 'not while it was closed').to.deep.equal([]);
    expect(closed(1_200)[0]).to.match(
      /^rig: The supply current through the shunt is 1\.2 mA at 3\.084 s, while its bypass is told to be closed/,
    );
  });

  it('is not compared in a window that was put off into the change of the bypass', () => {
    expect(odd(3.084), 'between the two').to.deep.equal([]);
    expect(odd(3.075)).to.deep.equal([]);
    expect(odd(3.068)).to.have.length.at.least(1);
  });

  it("is nobody's consumption from 5 ms before a load to 2 ms behind it, whatever was to be measured", () => {
    const isBehind = behindBypass(withPulse(LOAD), { ...goodTrace, stimuli: [pulsed] });
    const at = (s: number): boolean => isBehind((AT_s + s) * 1e6);
    expect([-0.0051, -0.0049, 0, FOR_s + 0.0019, FOR_s + 0.0021].map(at)).to.deep.equal([false, true, true, true, false]);
    const beside = behindBypass(withPulse(CHARGER), { ...goodTrace, stimuli: [pulsed] });
    expect(beside(AT_s * 1e6)).to.equal(false);
  });

  it('is not asked where a load hangs on an output, for which the bypass is closed throughout', () => {
    const attached: Case['attached'] = { load: { kind: 'resistor', resistance_mOhm: 100_000 } };
    expect(said(LOAD, quiet(-374, 25), {}, { attached })).to.deep.equal([]);
  });

  it('is what a sink of 1 A draws, past the shunt', () => {
    for (const supply_uA of [983_000, 1_002_000, 1_027_000]) expect(said(LOAD, ampere(supply_uA)), `${supply_uA}`).to.deep.equal([]);
    const beyond = ampere(1_190_000, {}).map((one) =>
      one.entry.endsWith('-supply') ? { ...one, least: 1_170_000, uncertainty: 1_500_000 } : one,
    );
    expect(said(LOAD, beyond)[0]).to.match(/more than 1170 mA come/);
    for (const supply_uA of [500_000, 980_000, 1_030_000, Number.NaN])
      expect(said(LOAD, ampere(supply_uA))[0], `${supply_uA}`).to.match(/^rig: While a sink draws 1000 mA, .* come out of the supply/);
  });

  it('may be more beside a sink of 1 A where the unit draws more behind it as well', () => {
    expect(said(LOAD, [...ampere(1_080_000), after(75_000)])).to.deep.equal([]);
    expect(said(LOAD, [...ampere(1_080_000), after(1_200)])).to.have.length.at.least(1);
  });

  it('leaves next to nothing in the shunt while the bypass carries an ampere', () => {
    expect(said(LOAD, ampere(1_002_000, { value: 4_100 }))).to.deep.equal([]);
    expect(said(LOAD, ampere(1_002_000, { value: 29_000 }))[0]).to.match(/29 mA of it flow through the shunt .* Q\.shuntBypass/);
    expect(said(LOAD, ampere(1_002_000, { value: 60_000, uncertainty: 1_500_000, least: 57_000 }))[0]).to.match(/more than 57 mA/);
  });

  it('says nothing under a sink that was let go of, or whose output fell', () => {
    expect(said(LOAD, ampere(500_000), { stimuli: [{ ...pulsed, letGo_us: scenarioTime(10_001_000) }] })).to.deep.equal([]);
    expect(said(LOAD, ampere(500_000), { edges: [edge(1, 'load', 'notHigh', AT_s + 0.01)] })).to.deep.equal([]);
  });

  it('grows by what a sink of CHARGER draws: so both ranges are held against another shunt', () => {
    for (const during_uA of [9_700, 11_200, 11_800]) expect(said(CHARGER, milliampere(during_uA)), `${during_uA}`).to.deep.equal([]);
    for (const during_uA of [5_000, 9_400, 12_000, 13_500])
      expect(said(CHARGER, milliampere(during_uA))[0], `${during_uA}`).to.match(/^rig: A sink on CHARGER draws 10 mA, and with it/);
    const clamped = milliampere(27_400).map((one) => (one.entry.endsWith('-after') ? { ...one, value: 27_400 } : one));
    expect(said(CHARGER, clamped), 'a unit that draws much by itself').to.deep.equal([]);
    expect(said(CHARGER, milliampere(13_500), { edges: [edge(1, 'ledRed', 'on', AT_s + 0.01)] })).to.deep.equal([]);
  });

  it('behind the bypass is no consumption', () => {
    expect(['confirm-bypass-closed', 'confirm-sink-m-bypassed'].map((id) => isBypassed({ entry: id }))).to.deep.equal([true, true]);
    expect(['confirm-bypass-before', 'confirm-sink-m-supply', 'measure-1'].map((id) => isBypassed({ entry: id }))).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
