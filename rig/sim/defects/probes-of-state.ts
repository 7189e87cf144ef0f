/** A probe for each firmware defect of decision, outputs, sensing, LEDs and supply. For tests. */

import { after, at, driven, isSteady, LINKED, POLES, type Probes, remote, started, trip, UNLINKED } from './probe.ts';

const LOGIC_PROBES: Probes = {
  'no-wait-without-warning': (power) => {
    const bench = started(power, [[1], 2_000]);
    return bench.isOn('load') && bench.isOn('preAlarm');
  },
  'low-cell-needs-warning': (power) => started(power, [[1], 2_000]).isOn('preAlarm'),
  'charge-alarm-before-low-cell': (power) => started(power, [[1, 3], 2_000]).isOn('preAlarm'),
  'prealarm-alone-trips': (power) => started(power, [[4], 40_000]).isOn('load'),
  'prealarm-stays-after-trip': (power) => !trip(power()).isOn('preAlarm'),
  'trip-ends-with-new-warning': (power) => !after(trip(power()), [[1], 1_000], [[1, 4], 2_000]).isOn('preAlarm'),
  'prealarm-on-charge-alarm': (power) => !started(power, [[3], 2_000]).isOn('preAlarm'),
  'load-never-returns': (power) => {
    const bench = remote(after(trip(power()), [[], 2_000]), UNLINKED, 1_000);
    return remote(bench, LINKED, 2_000).isOn('load');
  },
  'recovery-needs-remote-cycle': (power) => after(trip(power()), [[], 2_000]).isOn('load'),
  'recovery-waits-for-warning': (power) => after(trip(power()), [[4], 2_000]).isOn('load'),
  'lockout-after-three-trips': (power) => {
    const bench = trip(power());
    const returns = [1, 2, 3].map(() => {
      const back = after(bench, [[], 2_000]).isOn('load');
      trip(bench);
      return back;
    });
    return returns.every(Boolean);
  },
  'trip-survives-supply': (power) => {
    const bench = trip(power());
    bench.powerCycle();
    return after(bench, [[], 2_900]).isOn('load');
  },
  'charger-ignores-over-temperature': (power) => !started(power, [[3], 2_000]).isOn('charger'),
  'charge-alarm-latches': (power) => started(power, [[3], 2_000], [[], 2_000]).isOn('charger'),
  'charge-alarm-drops-load': (power) => started(power, [[3], 2_000]).isOn('load'),
  'low-cell-drops-charger': (power) => trip(power()).isOn('charger'),
  'charger-off-above-20v': (power) => isSteady(power(at(25_600)), 1_000),
  'load-off-above-30v': (power) => isSteady(power(at(51_200)), 1_000),
  'chain-break-ignored': (power) => !started(power, [POLES, 2_000]).isOn('load'),
  'broken-chain-keeps-prealarm': (power) => !started(power, [[4], 1_000], [POLES, 2_000]).isOn('preAlarm'),
  'prealarm-survives-remote-off': (power) => !remote(started(power, [[4], 1_000]), UNLINKED, 2_000).isOn('preAlarm'),
  'remote-never-off': (power) => !remote(started(power), UNLINKED, 2_000).isOn('load'),
  'remote-off-ignored-in-prealarm': (power) => !remote(started(power, [[4], 1_000]), UNLINKED, 2_000).isOn('load'),
  'remote-off-is-final': (power) => remote(remote(started(power), UNLINKED, 2_000), LINKED, 2_000).isOn('load'),
};

const INPUT_PROBES: Probes = {
  'remote-h-ignored': (power) => after(power(driven({ h_mV: 12_800 })), [[], 2_000]).isOn('load'),
  'remote-h-noisy': (power) => isSteady(power(driven({ h_mV: 3_100 })), 4_000),
  'remote-h-above-20v-ignored': (power) => isSteady(power(driven({ h_mV: 25_600, supply_mV: 25_600 })), 1_000),
  'remote-l-below-2v': (power) => after(power(driven({ l_mV: 3_300 })), [[], 2_000]).isOn('load'),
  'remote-l-chatters': (power) => isSteady(power(driven({ l_mV: 3_300 })), 4_000),
  'adc-channel-late': (power) => isSteady(power(driven({ l_mV: 0 })), 4_000),
  'pole4-inverted': (power) => !started(power).isOn('preAlarm'),
  'poles-read-at-start-only': (power) => started(power, [[4], 2_000]).isOn('preAlarm'),
  'lockout-at-9v': (power) => isSteady(power(at(8_200)), 100),
  'lockout-above-60v': (power) => isSteady(power(at(69_000)), 1_000),
  'supply-code-8-bits': (power) => isSteady(power(at(25_600)), 1_000),
  'falling-supply-locks-out': (power) => remote(started(power), { supply_mV: 9_000 }, 2_000).isOn('load'),
};

const OUTPUT_PROBES: Probes = {
  'load-dropout-20ms': (power) => isSteady(power(), 12_000),
  'prealarm-pulsed': (power) => started(power, [[4], 3_000]).edgesOf('preAlarm').length === 1,
  'charger-retries': (power) => started(power, [[3], 3_000]).edgesOf('charger').length === 2,
  'outputs-off-at-each-change': (power) => started(power, [[3], 2_000]).edgesOf('load').length === 1,
  'start-up-pulse': (power) => after(power(), [[], 2_000]).edgesOf('load').length === 1,
  'watchdog-bites': (power) => isSteady(power(), 12_000),
  'led-red-on-low-cell': (power) => !started(power, [[1, 4], 2_000]).isOn('ledRed'),
  'led-red-dark-when-broken': (power) => started(power, [POLES, 2_000]).isOn('ledRed'),
  'led-red-lit-when-off': (power) => !remote(started(power, [[3], 1_000]), UNLINKED, 2_000).isOn('ledRed'),
  'led-red-blinks-above-40v': (power) => after(power(at(51_200)), [[], 1_000], [[3], 3_000]).edgesOf('ledRed').length === 1,
  'led-blue-follows-remote': (power) => !trip(power()).isOn('ledBlue'),
  'led-blue-blinks-in-prealarm': (power) => started(power, [[4], 3_000]).edgesOf('ledBlue').length === 1,
  'led-blue-late': (power) => !remote(started(power, [[], 5_000]), UNLINKED, 2_000).isOn('ledBlue'),
  'led-blue-dark-above-20v': (power) => after(power(at(25_600)), [[], 2_000]).isOn('ledBlue'),
};

export const STATE_PROBES: Probes = { ...LOGIC_PROBES, ...INPUT_PROBES, ...OUTPUT_PROBES };
