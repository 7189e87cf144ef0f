// The self-test on emulated boards: good ones pass, a wrong wire fails and is named, and what was not seen never passes.
import { expect } from 'chai';
import { selfTestDocument } from '../../reports/shape/self-test.ts';
import { wallTimeOf } from '../calendar.ts';
import { PLUGGED_NETLIST } from '../sim/factory-calibration.ts';
import { failuresOf } from './expected.ts';
import { loadKnown } from './known.ts';
import { miswired, MISWIRINGS, nameOf } from './miswire.ts';
import { pathId } from './paths.ts';
import { CYCLES, PATHS } from './program.ts';
import { judgeSelfTest, type Shown } from './self-test.ts';
import { simulatedSelfTest } from './simulated.ts';
import { playCircuit } from './twin.ts';

const known = loadKnown();
const made = wallTimeOf('2026-11-29T08:00:00Z');
const options = { board: null, known, made };
const tested = (seed: number, netlist = PLUGGED_NETLIST) => simulatedSelfTest(options, { seed, netlist });

/** What a board in the middle of every range shows. */
const good: Shown = {
  values: new Map([...known.ranges].map(([id, { min, max }]) => [id, Number.isFinite(max) ? (min + max) / 2 : min + 1])),
  delays: new Map(
    PATHS.flatMap((path) =>
      (['rise', 'fall'] as const).map((way) => {
        const { min, max } = known.paths.get(pathId(path, way))!;
        return [pathId(path, way), Array.from({ length: CYCLES }, () => (min + max) / 2)] as const;
      }),
    ),
  ),
  bitten: { starts: 1, cause: 8 },
  ended: null,
};
const judged = (shown: Partial<Shown>) =>
  judgeSelfTest({ ...good, ...shown }, { known, made, simulated: true }, { board: '51000001', build: '00000000' });
const without = <T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> => new Map([...map].filter(([key]) => key !== id));

describe('the self-test', () => {
  for (const seed of [1, 2]) {
    it(`passes the good board of seed ${seed}, with the delays of its paths`, async () => {
      const result = await tested(seed);
      expect(result.checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      expect(result).to.include({ passed: true, exit: 0, simulated: true, made: '2026-11-29T08:00:00Z' });
      for (const { sense, rise, fall } of result.paths)
        expect(rise !== null && fall !== null && rise.min_us > 0 && fall.min_us > 0, sense).to.equal(true);
      expect(selfTestDocument.parse(JSON.parse(JSON.stringify(result)))).to.deep.equal(result);
    });
  }

  for (const name of [
    'open K.pole1 control - D22 (PA0)',
    'swap K.pole1 control - D22 (PA0) with K.pole3 control - D23 (PA1)',
    'short K.pole3 control - D23 (PA1) with K.pole4 control - D24 (PA2)',
    'open R.load.bias b - LOAD_F',
    'open U.ledRed output - ledRedBrightness',
    'open R.remoteL.series a - remoteLSeries',
    'swap P.preAlarm.sense a - PRE_ALARM_S with P.charger.force a - CHARGER_F',
  ]) {
    it(`fails and names it: ${name}`, async () => {
      const mistake = MISWIRINGS.find((one) => nameOf(one) === name);
      if (mistake === undefined) throw new Error(`there is no such mistake; there are ${MISWIRINGS.length}`);
      const { passed, exit, suspects } = await tested(3, miswired(PLUGGED_NETLIST, mistake));
      expect([passed, exit]).to.deep.equal([false, 3]);
      expect(suspects.map((suspect) => suspect.mistake)).to.include(name);
    });
  }

  it('passes nothing that was not seen: a value, an edge, the end', () => {
    expect(judged({}).passed).to.equal(true);
    const values = judged({ values: without(good.values, 'loadOn.loadDrop') });
    expect([values.passed, values.checks.filter(({ ok }) => !ok).map(({ id, value }) => [id, value])]).to.deep.equal([
      false,
      [['loadOn.loadDrop', null]],
    ]);
    const missing = new Map([...good.delays, ['path.load.fall', [500, null, 500, 500]]]);
    expect(
      judged({ delays: missing })
        .checks.filter(({ ok }) => !ok)
        .map(({ id }) => id),
    ).to.deep.equal(['path.load.fall']);
    expect(judged({ delays: without(good.delays, 'path.ledRed.rise') }).passed).to.equal(false);
    expect(judged({ ended: { step: 'paths', code: 'fixtureReset', message: 'It reset.' } }).passed).to.equal(false);
    for (const bitten of [null, { starts: 0, cause: 8 }, { starts: 2, cause: 8 }, { starts: 1, cause: 2 }])
      expect(judged({ bitten }).passed, JSON.stringify(bitten)).to.equal(false);
    expect(judged({ bitten: { starts: 1, cause: 0 } }).passed, 'a bootloader may keep the cause to itself').to.equal(true);
    const notANumber = new Map([...good.values, ['loadOn.loadDrop', Number.NaN]]);
    expect(judged({ values: notANumber }).passed).to.equal(false);
  });

  it('has no check that anything passes: levels have one value, ranges lie within what a channel can show', () => {
    for (const [id, { min, max }] of known.ranges) {
      if (/Level$|Capture$|edgesLost$/.test(id)) expect(min, id).to.equal(max);
      else expect(max - min, id).to.be.above(0);
    }
  });

  it('expects of the netlist what boards drawn from it show, and not of another one', () => {
    for (const seed of [101, 102, 103]) expect([...failuresOf(playCircuit(PLUGGED_NETLIST, seed), known.ranges)]).to.deep.equal([]);
    const heavier = {
      parts: PLUGGED_NETLIST.parts.map((part) =>
        part.ref === 'R.load.bias' && part.kind === 'resistor' ? { ...part, resistance_Ohm: { nominal: 12_000, tolerance: 0 } } : part,
      ),
    };
    expect([...failuresOf(playCircuit(heavier, 101), known.ranges)]).to.include('supply.loadProbeOn');
  });
});
