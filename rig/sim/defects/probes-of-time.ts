/** A probe for each firmware defect of time, and for those that act now and then. For tests. */

import { after, at, LINKED, often, type Probes, remote, started, trip, UNLINKED, waitIsRight } from './probe.ts';

const WAIT_PROBES: Probes = {
  'wait-25s': (power) => waitIsRight(started(power)),
  'wait-one-percent-short': (power) => started(power, [[1, 4], 29_990]).isOn('load'),
  'wait-40s': (power) => waitIsRight(started(power)),
  'wait-wraps-at-16-bits': (power) => waitIsRight(started(power)),
  'wait-counts-from-low-cell': (power) => !started(power, [[4], 20_000], [[1, 4], 15_100]).isOn('load'),
  'wait-restarts-on-charge-alarm': (power) => !started(power, [[1], 8_000], [[1, 3], 5_000], [[1], 22_100]).isOn('load'),
  'wait-not-restarted': (power) => waitIsRight(started(power, [[4], 10_000], [[], 1_000])),
  'wait-runs-on-when-off': (power) => {
    const bench = remote(started(power, [[1, 4], 20_000]), UNLINKED, 1_000);
    return remote(bench, LINKED, 15_000).isOn('load');
  },
  'no-wait-after-recovery': (power) => after(trip(power()), [[4], 2_000], [[1, 4], 5_000]).isOn('load'),
  'wait-flag-not-cleared': (power) => after(trip(power()), [[], 2_000], [[1, 4], 5_000]).isOn('load'),
  'wait-doubles-after-trip': (power) => waitIsRight(after(trip(power()), [[], 2_000])),
  'wait-longer-above-20v': (power) => waitIsRight(after(power(at(25_600)), [[], 1_000])),
  'race-low-cell-with-warning': (power) => waitIsRight(started(power, [[4], 10_000], [[], 1_000])),
  'bounce-restarts-wait': (power) => !started(power, [[1, 4], 12_000], [[1, 3, 4], 8], [[1, 4], 23_000]).isOn('load'),
};

const DELAY_PROBES: Probes = {
  'charger-returns-after-3s': (power) => started(power, [[3], 2_000], [[], 2_000]).isOn('charger'),
  'slow-charger': (power) => !started(power, [[3], 2_000]).isOn('charger'),
  'load-returns-after-3s': (power) => after(trip(power()), [[], 2_000]).isOn('load'),
  'prealarm-slow': (power) => started(power, [[4], 2_000]).isOn('preAlarm'),
  'prealarm-outlasts-trip': (power) => {
    const bench = started(power, [[1, 4], 29_000]);
    bench.until('load', false, 6_000);
    bench.run(500);
    return !bench.isOn('preAlarm');
  },
  'remote-off-slow': (power) => !remote(started(power), UNLINKED, 2_000).isOn('load'),
  'start-up-4s': (power) => after(power(), [[], 2_900]).isOn('load'),
  'charger-late-at-start-up': (power) => after(power(), [[], 2_900]).isOn('charger'),
  'debounce-per-battery': (power) => !after(power(at(51_200)), [[], 3_500], [[3], 2_000]).isOn('charger'),
  'bounce-latches-charge-alarm': (power) => started(power, [[3], 8], [[], 2_000]).isOn('charger'),
  'race-remote-with-poles': (power) => {
    const bench = remote(started(power, [[1, 3, 4], 1_000]), UNLINKED, 1_000);
    bench.connect(LINKED);
    return after(bench, [[], 2_000]).isOn('load');
  },
};

const INTERMITTENT_PROBES: Probes = {
  'charger-misses-change-1-in-20': (power) => often(power(), [3], (bench, open) => bench.isOn('charger') !== open),
  'charger-misses-change-above-40v-1-in-20': (power) => often(power(at(51_200)), [3], (bench, open) => bench.isOn('charger') !== open),
  'prealarm-missed-1-in-20': (power) => often(power(), [4], (bench, open) => bench.isOn('preAlarm') === open),
  'led-red-missed-1-in-20': (power) => often(power(), [3], (bench, open) => bench.isOn('ledRed') === open),
  'load-drops-out-1-in-20': (power) => often(power(), [3], (bench) => bench.edgesOf('load').length === 1),
  'load-drops-out-above-20v-1-in-20': (power) => often(power(at(25_600)), [3], (bench) => bench.edgesOf('load').length === 1),
  'remote-off-missed-1-in-20': (power) => {
    const bench = started(power);
    let always = true;
    for (let time = 0; time < 100; time++) {
      always = !remote(bench, UNLINKED, 300).isOn('load') && always;
      always = remote(bench, LINKED, 300).isOn('load') && always;
    }
    return always;
  },
};

export const TIME_PROBES: Probes = { ...WAIT_PROBES, ...DELAY_PROBES, ...INTERMITTENT_PROBES };
