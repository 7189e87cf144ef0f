/** Each good unit does what it says otherwise, and what the stand-in does not: one probe a unit. That none is accused is asked by rig/campaign/soak.ts. */

import { expect } from 'chai';
import { join } from 'node:path';
import { after, at, driven, LINKED, type Probes, remote, started, trip, UNLINKED } from '../defects/probe.ts';
import { type Pole, Workbench } from '../unit/workbench.ts';
import { findGoodUnit, GOOD_UNITS } from './good-units.ts';

const root = join(import.meta.dirname, '../../..');
const STAND_IN = 'rig/sim/unit/unit.hex';

/** Milliseconds from a low cell with its warning to the trip. */
const wait_ms = (bench: Workbench): number => {
  bench.run(1_000);
  bench.open([1, 4]);
  return bench.until('load', false, 36_000);
};
const lag_ms = (bench: Workbench, first: 'load' | 'preAlarm', second: 'load' | 'preAlarm'): number => {
  wait_ms(bench);
  bench.run(1_000);
  const fall = (signal: 'load' | 'preAlarm'): number => bench.edgesOf(signal).findLast(({ high }) => !high)?.at_ms ?? NaN;
  return fall(second) - fall(first);
};
const reaction_ms = (bench: Workbench, poles: readonly Pole[]): number => {
  bench.run(2_900);
  bench.open(poles);
  return bench.until('charger', false, 3_000);
};

/** True for what the unit does and the stand-in does not. */
const DOES: Probes = {
  'wait-30s3': (power) => Math.abs(wait_ms(power()) - 30_300) < 120,
  'wait-34s7': (power) => Math.abs(wait_ms(power()) - 34_700) < 120,
  'debounce-500ms': (power) => Math.abs(reaction_ms(power(), [3]) - 500) < 80,
  'poles-at-once': (power) => started(power, [[3], 8], [[], 1_000]).edgesOf('charger').length === 3,
  'reaction-1800ms': (power) => Math.abs(reaction_ms(power(), [3]) - 1_800) < 80,
  'start-up-2500ms': (power) => !after(power(), [[], 2_300]).isOn('load') && after(power(), [[], 2_600]).isOn('load'),
  'prealarm-ends-with-warning': (power) => !started(power, [[1, 4], 2_000], [[1], 2_000]).isOn('preAlarm'),
  'prealarm-waits-for-clear-warning': (power) => !after(trip(power()), [[4], 2_000]).isOn('preAlarm'),
  'off-until-recovery': (power) => !after(power(), [[1], 2_000]).isOn('load'),
  'thresholds-low': (power) => after(power(driven({ h_mV: 2_300 })), [[], 2_000]).isOn('load'),
  'thresholds-high': (power) => after(power(driven({ l_mV: 4_450 })), [[], 2_000]).isOn('load'),
  'state-kept-in-dips': (power) => {
    const bench = remote(trip(power()), { supply_mV: 7_000 }, 1_000);
    return !remote(bench, { supply_mV: 12_800 }, 2_000).isOn('load');
  },
  'no-lockout': (power) => after(power(at(7_000)), [[], 2_000]).isOn('load'),
  'lamp-test': (power) => after(power(), [[], 1_000]).isOn('ledRed') && !after(power(), [[], 3_000]).isOn('ledRed'),
  'slow-leds': (power) => !started(power, [[], 2_000], [[3], 1_600]).isOn('ledRed') && started(power, [[3], 1_990]).isOn('ledRed'),
  'prealarm-falls-first': (power) => Math.abs(lag_ms(power(), 'preAlarm', 'load') - 400) < 80,
  'prealarm-falls-last': (power) => Math.abs(lag_ms(power(), 'load', 'preAlarm') - 400) < 80,
  'one-output-at-a-time': (power) => {
    const bench = remote(started(power, [[4], 1_000]), UNLINKED, 1_000);
    const falls = bench.edges.filter(({ high, signal }) => !high && signal !== 'ledBlue').map(({ at_ms }) => at_ms);
    return falls.length === 3 && falls[1]! - falls[0]! > 35 && falls[2]! - falls[1]! > 35;
  },
  'blue-led-winks': (power) => remote(power(), LINKED, 26_000).edgesOf('ledBlue').length === 5,
};

const does = (name: string, hex: string) => DOES[name]?.((setting) => new Workbench(join(root, hex), setting));

describe('good units that behave otherwise', () => {
  it('each has a probe, a ruling and a name of its own, and can be found by it', () => {
    expect(GOOD_UNITS.length).to.be.at.least(12);
    expect(GOOD_UNITS.map(({ name }) => name)).to.have.members(Object.keys(DOES));
    for (const { name, ruling, summary } of GOOD_UNITS) {
      expect(ruling).to.match(/^R\d+$/);
      expect(summary).to.match(/^[A-Z].*\.$/);
      expect(findGoodUnit(name)?.name).to.equal(name);
    }
    expect(findGoodUnit('stand-in')).to.equal(undefined);
  });

  for (const { name, summary, image } of GOOD_UNITS) {
    it(`${name}: ${summary}`, () => {
      expect(does(name, image), 'this unit').to.equal(true);
      expect(does(name, STAND_IN), 'the stand-in').to.equal(false);
    });
  }
});
