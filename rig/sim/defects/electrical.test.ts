import { expect } from 'chai';
import { REQUIREMENTS } from '../../../scenarios/requirements.ts';
import { ANALOG_SIGNALS, SENSES } from '../../../scenarios/signals.ts';
import { type Netlist, netlistFaults } from '../../fixture/netlist/netlist.ts';
import { nominal } from '../circuit/hand-bench.ts';
import { BENCH_NETLIST } from '../circuit/stand-in-board.ts';
import { applyChanges } from './apply.ts';
import { NOMINAL_V, shownAt_V, VOLTAGE_CLASSES } from './defect.ts';
import { ELECTRICAL_DEFECTS } from './electrical.ts';
import { differing, type Observations, observe } from './observations.ts';

/** All that a defect may change of what `observe` sees. */
const SEEN: Readonly<Record<string, readonly string[]>> = {
  'load-stuck-high': ['load off', 'load biased', 'load drop', 'current standby'],
  'load-stuck-floating': ['load on', 'load drop', 'current with load'],
  'prealarm-stuck-high': [
    'preAlarm off',
    'preAlarm biased',
    'preAlarm drop',
    'preAlarm beside load',
    'current standby',
    'current with load',
  ],
  'prealarm-missing': ['preAlarm on', 'preAlarm drop'],
  'charger-stuck-high': ['charger off', 'charger biased', 'charger drop', 'charger beside load', 'current standby', 'current with load'],
  'charger-stuck-floating': ['charger on', 'charger drop'],
  'load-low-instead-of-floating': ['load biased'],
  'prealarm-low-instead-of-floating': ['preAlarm biased'],
  'charger-low-instead-of-floating': ['charger biased'],
  'load-leaky': ['load biased', 'current with load'],
  'prealarm-leaky': ['preAlarm biased'],
  'charger-leaky': ['charger biased'],
  'load-leaks-up': ['load off'],
  'prealarm-leaks-up': ['preAlarm off', 'preAlarm beside load'],
  'charger-leaks-up': ['charger off', 'charger beside load'],
  'load-charger-bridge': ['load biased', 'charger biased', 'charger beside load'],
  'load-prealarm-bridge': ['load biased', 'preAlarm biased', 'preAlarm beside load'],
  'load-high-drop': ['load drop'],
  'load-weak': ['load drop'],
  'prealarm-high-drop': ['preAlarm drop'],
  'charger-high-drop': ['charger drop'],
  'charger-weak': ['charger drop'],
  'charger-unlimited': ['charger drop'],
  'supply-current-high': ['current standby', 'current with load'],
  'supply-current-on-high': ['current with load'],
  'load-driver-always-fed': ['current standby'],
  'poles-1-3-swapped': ['pole 1 open', 'pole 3 open'],
  'poles-1-4-swapped': ['pole 1 open', 'pole 4 open'],
  'poles-3-4-swapped': ['pole 3 open', 'pole 4 open'],
  'pole1-input-dead': ['pole 1 open', 'male end apart', 'female end apart'],
  'pole3-input-dead': ['pole 3 open', 'male end apart', 'female end apart'],
  'pole4-input-dead': ['pole 4 open', 'male end apart', 'female end apart'],
  'pole1-return-open': ['poles closed', 'pole 3 open', 'pole 4 open'],
  'pole3-return-open': ['poles closed', 'pole 1 open', 'pole 4 open'],
  'pole4-return-open': ['poles closed', 'pole 1 open', 'pole 3 open'],
  'male-end-bridges-itself': ['male end apart'],
  'female-end-bridges-itself': ['female end apart'],
  'female-end-shorts-pole1': ['female end apart'],
  'poles-1-4-bridged': ['pole 1 open', 'pole 4 open'],
  'remote-h-open': ['remoteLink: H', 'remoteHBattery: H'],
  'remote-l-sense-open': ['open: L', 'remoteLink: L', 'remoteLink and load: L', 'remoteHBattery: L', 'remoteLMinus: L'],
  'remote-l-pull-up-missing': [
    'open: L',
    'remoteLink: H',
    'remoteLink: L',
    'remoteLink and load: L',
    'remoteHBattery: L',
    'remoteLMinus: L',
  ],
  'remote-h-leaks-up': [
    'current standby',
    'current with load',
    'open: H',
    'remoteLink: H',
    'remoteLink: L',
    'remoteLink and load: L',
    'remoteHBattery: H',
    'remoteLMinus: H',
  ],
  'reset-at-9v': ['released at 8.2 V'],
  'supply-sense-low': ['supply sense at 8.2 V'],
  'led-blue-dead': ['light of PB3'],
  'led-red-dead': ['light of PB4'],
  'leds-swapped': ['light of PB3', 'light of PB4'],
  'led-blue-inverted': ['light, none driven', 'light of PB3', 'light of PB4'],
  'led-red-inverted': ['light, none driven', 'light of PB3', 'light of PB4'],
  'prealarm-leaks-up-above-30v': ['preAlarm off', 'preAlarm beside load', 'current standby', 'current with load'],
  'load-clamp-18v': ['load biased', 'current with load'],
  'charger-clamp-33v': ['charger biased', 'charger on', 'charger drop'],
  'charger-prealarm-bridge': ['preAlarm biased', 'charger biased'],
  'prealarm-weak': ['preAlarm drop'],
  'load-slow-edge': ['load biased', 'load drop', 'current with load'],
  'charger-slow-edge': ['charger biased', 'charger on', 'charger drop'],
  'pole3-return-raised': ['current standby', 'current with load', 'poles closed', 'pole 1 open', 'pole 4 open'],
  'poles-3-4-bridged': ['pole 3 open', 'pole 4 open'],
  'remote-h-divider-low': ['remoteLink: H', 'remoteHBattery: H'],
  'remote-l-divider-high': ['open: L', 'remoteLink: L', 'remoteLink and load: L', 'remoteHBattery: L', 'remoteLMinus: L'],
  'remote-l-divider-low': ['open: L', 'remoteLink: L', 'remoteLink and load: L', 'remoteHBattery: L', 'remoteLMinus: L'],
  'remote-l-follows-load': ['remoteLink and load: L'],
  'pole3-filter-slow': ['poles closed', 'pole 1 open', 'pole 4 open'],
  'supply-current-low': ['current standby', 'current with load'],
  'suppressor-18v': ['current standby', 'current with load'],
  'suppressor-36v': ['current standby', 'current with load'],
  'reset-at-20v': ['released at 8.2 V'],
  'reference-high': ['open: L', 'remoteLink: H', 'remoteLink: L', 'remoteLink and load: L', 'remoteHBattery: L'],
  'led-blue-on-charger': ['light of PB3'],
  'led-red-on-prealarm': ['light of PB4'],
};
/** With its supply shorted nothing of the unit is as it was. */
const EVERYTHING = 'supply-shorted';

/** Looked at once for each supply: most of it takes a bench of its own. */
const looks = new Map<string, Observations>();
const lookedAt = (name: string, supply_V: number, netlist: () => Netlist): Observations => {
  const key = `${name} at ${supply_V} V`;
  const seen = looks.get(key) ?? observe(nominal(netlist()), supply_V);
  looks.set(key, seen);
  return seen;
};

const changed = ({ name, change }: (typeof ELECTRICAL_DEFECTS)[number], supply_V: number): Observations =>
  lookedAt(name, supply_V, () => applyChanges(BENCH_NETLIST, change));

const of = (name: string) =>
  changed(
    ELECTRICAL_DEFECTS.find((defect) => defect.name === name)!,
    NOMINAL_V[12],
  );

const goodAt = (supply_V: number): Observations => lookedAt('good', supply_V, () => BENCH_NETLIST);

describe('electrical defects', () => {
  const good = goodAt(NOMINAL_V[12]);

  for (const defect of ELECTRICAL_DEFECTS) {
    const { name, classes } = defect;
    it(`${name} changes what it says and nothing else`, () => {
      const supply_V = shownAt_V(classes);
      const difference = differing(goodAt(supply_V), changed(defect, supply_V));
      if (name === EVERYTHING) expect(difference).to.include.members(['released at 8.2 V', 'load on', 'charger on', 'preAlarm on']);
      else expect(difference).to.deep.equal(SEEN[name]);
    });
  }

  it('change nothing in a class in which they do not show', () => {
    const limited = ELECTRICAL_DEFECTS.filter(
      // This one shifts a reading at any supply, and from 24 V up past its threshold.
      ({ name, classes }) => !classes.includes(12) && name !== 'remote-l-follows-load',
    );
    expect(limited.length).to.be.at.least(5);
    for (const defect of limited) {
      const { name, classes } = defect;
      for (const volts of VOLTAGE_CLASSES.filter((one) => !classes.includes(one))) {
        expect(differing(goodAt(NOMINAL_V[volts]), changed(defect, NOMINAL_V[volts])), `${name} at ${volts} V`).to.deep.equal([]);
      }
    }
  });

  it('have names of their own, a requirement that exists and a signal of the bench', () => {
    expect(new Set(ELECTRICAL_DEFECTS.map(({ name }) => name)).size).to.equal(ELECTRICAL_DEFECTS.length);
    for (const { name, requirement, signal, summary } of ELECTRICAL_DEFECTS) {
      expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(summary).to.match(/^[A-Z0-9].*\.$/);
      expect(REQUIREMENTS).to.have.property(requirement);
      expect([...SENSES, ...ANALOG_SIGNALS]).to.include(signal);
    }
  });

  it('touch parts of the unit only and leave every other part the same object', () => {
    for (const { name, change } of ELECTRICAL_DEFECTS) {
      const bad = applyChanges(BENCH_NETLIST, change);
      const kept = new Set(bad.parts);
      const gone = BENCH_NETLIST.parts.filter((part) => !kept.has(part));
      const before = new Set(BENCH_NETLIST.parts);
      const come = bad.parts.filter((part) => !before.has(part));
      for (const { ref } of [...gone, ...come]) expect(ref, name).to.match(/^(unit|defect)\./);
      expect(gone.length + come.length, name).to.be.within(1, 4);
      expect(netlistFaults(bad), name).to.deep.equal([]);
    }
  });

  it('have the values their requirement calls wrong', () => {
    const supply_V = 12.8;
    expect(of('load-high-drop')['load drop']).to.be.above(0.3);
    expect(of('prealarm-high-drop')['preAlarm drop']).to.be.above(0.3);
    expect(of('charger-high-drop')['charger drop']).to.be.above(0.7);
    expect(of('supply-current-high')['current standby']).to.be.above(1.8);
    expect(of('supply-current-on-high')['current with load']).to.be.above(3.3 + supply_V / 100);
    expect(of('load-driver-always-fed')['current standby']).to.be.above(1.8);
    // A probe says floating below 1 V without and above 0.8 Vbat with bias, low below 0.5 Vbat, leaky between.
    for (const output of ['load', 'preAlarm', 'charger'] as const) {
      const name = output.toLowerCase();
      expect(good[`${output} off`]).to.be.below(1);
      expect(good[`${output} biased`]).to.be.above(0.8 * supply_V);
      expect(of(`${name}-low-instead-of-floating`)[`${output} biased`]).to.be.below(0.5 * supply_V);
      expect(of(`${name}-leaky`)[`${output} biased`]).to.be.within(0.5 * supply_V, 0.8 * supply_V);
      expect(of(`${name}-leaks-up`)[`${output} off`]).to.be.above(1);
    }
    expect(of('load-charger-bridge')['charger beside load']).to.be.above(0.6 * supply_V);
  });
});
