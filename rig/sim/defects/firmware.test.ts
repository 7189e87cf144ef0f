/** Each firmware defect shows what it promises, and the good unit does not: one probe per defect, run on both images. */

import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIREMENTS } from '../../../scenarios/requirements.ts';
import { LINKED, POLES, UNLINKED, Workbench } from '../unit/workbench.ts';
import type { Pole, Setting } from '../unit/workbench.ts';
import { FIRMWARE_DEFECTS } from './firmware.ts';

const root = join(import.meta.dirname, '../../..');
const GOOD = 'rig/sim/unit/unit.hex';

/** True when the image does right. */
type Probe = (power: (setting?: Setting) => Workbench) => boolean;

const after = (bench: Workbench, ...steps: readonly (readonly [open: readonly Pole[], ms: number])[]): Workbench => {
  for (const [open, ms] of steps) {
    bench.open(open);
    bench.run(ms);
  }
  return bench;
};

const trip = (bench: Workbench): Workbench => after(bench, [[], 1_000], [[1, 4], 34_500]);

/** Low cell and warning together at 1 s: LOAD is still high 29 s later and gone 35 s later. */
const waitIsRight = (bench: Workbench): boolean =>
  after(bench, [[1, 4], 29_900]).isOn('load') && !after(bench, [[1, 4], 5_300]).isOn('load');

const PROBES: Readonly<Record<string, Probe>> = {
  'wait-25s': (power) => waitIsRight(after(power(), [[], 1_000])),
  'wait-40s': (power) => waitIsRight(after(power(), [[], 1_000])),
  'wait-not-restarted': (power) => waitIsRight(after(power(), [[], 1_000], [[4], 10_000], [[], 1_000])),
  'wait-runs-on-when-off': (power) => {
    const bench = after(power(), [[], 1_000], [[1, 4], 20_000]);
    bench.connect(UNLINKED);
    bench.run(1_000);
    bench.connect(LINKED);
    bench.run(15_000);
    return bench.isOn('load');
  },
  'no-wait-after-recovery': (power) => after(trip(power()), [[4], 2_000], [[1, 4], 5_000]).isOn('load'),
  'no-wait-without-warning': (power) => {
    const bench = after(power(), [[], 1_000], [[1], 2_000]);
    return bench.isOn('load') && bench.isOn('preAlarm');
  },
  'prealarm-alone-trips': (power) => after(power(), [[], 1_000], [[4], 40_000]).isOn('load'),
  'prealarm-stays-after-trip': (power) => !trip(power()).isOn('preAlarm'),
  'load-never-returns': (power) => {
    const bench = after(trip(power()), [[], 2_000]);
    bench.connect(UNLINKED);
    bench.run(1_000);
    bench.connect(LINKED);
    bench.run(2_000);
    return bench.isOn('load');
  },
  'recovery-needs-remote-cycle': (power) => after(trip(power()), [[], 2_000]).isOn('load'),
  'lockout-after-three-trips': (power) => {
    const bench = trip(power());
    const returns = [1, 2, 3].map(() => {
      const back = after(bench, [[], 2_000]).isOn('load');
      trip(bench);
      return back;
    });
    return returns.every(Boolean);
  },
  'charger-ignores-over-temperature': (power) => !after(power(), [[], 1_000], [[3], 2_000]).isOn('charger'),
  'charger-returns-after-3s': (power) => after(power(), [[], 1_000], [[3], 2_000], [[], 2_000]).isOn('charger'),
  'slow-charger': (power) => !after(power(), [[], 1_000], [[3], 2_000]).isOn('charger'),
  'charge-alarm-drops-load': (power) => after(power(), [[], 1_000], [[3], 2_000]).isOn('load'),
  'chain-break-ignored': (power) => !after(power(), [[], 1_000], [POLES, 2_000]).isOn('load'),
  'prealarm-survives-remote-off': (power) => {
    const bench = after(power(), [[], 1_000], [[4], 1_000]);
    bench.connect(UNLINKED);
    bench.run(2_000);
    return !bench.isOn('preAlarm');
  },
  'remote-h-ignored': (power) => after(power({ terminals: { ...UNLINKED, h_mV: 12_800 } }), [[], 2_000]).isOn('load'),
  'remote-l-below-2v': (power) => after(power({ terminals: { ...UNLINKED, l_mV: 3_300 } }), [[], 2_000]).isOn('load'),
  'lockout-at-9v': (power) => after(power({ terminals: { ...LINKED, supply_mV: 8_200 } }), [[], 2_900]).isOn('load'),
  'start-up-4s': (power) => after(power(), [[], 2_900]).isOn('load'),
  'start-up-pulse': (power) => after(power(), [[], 2_000]).edgesOf('load').length === 1,
  'load-dropout-20ms': (power) => after(power(), [[], 12_000]).edgesOf('load').length === 1,
  'led-red-on-low-cell': (power) => !after(power(), [[], 1_000], [[1, 4], 2_000]).isOn('ledRed'),
  'led-blue-follows-remote': (power) => !trip(power()).isOn('ledBlue'),
};

describe('firmware defects', () => {
  it('each has a probe, a requirement and an image of its own', () => {
    expect(FIRMWARE_DEFECTS.map(({ name }) => name)).to.have.members(Object.keys(PROBES));
    for (const { requirement } of FIRMWARE_DEFECTS) expect(REQUIREMENTS).to.have.property(requirement);
    const hashes = [GOOD, ...FIRMWARE_DEFECTS.map(({ image }) => image)].map((image) =>
      createHash('sha256')
        .update(readFileSync(join(root, image)))
        .digest('hex'),
    );
    expect(new Set(hashes).size).to.equal(FIRMWARE_DEFECTS.length + 1);
  });

  for (const { name, summary, image } of FIRMWARE_DEFECTS) {
    it(`${name}: ${summary}`, () => {
      const probe = PROBES[name];
      const on = (hex: string) => probe?.((setting) => new Workbench(join(root, hex), setting));
      expect(on(GOOD), 'good unit').to.equal(true);
      expect(on(image), 'defective unit').to.equal(false);
    });
  }

  it('the drop-out lasts 20 ms, above the 1 ms that counts as a glitch (R18)', () => {
    const bench = after(new Workbench(join(root, 'rig/sim/defects/firmware/load-dropout-20ms.hex')), [[], 12_000]);
    const [, fall, rise] = bench.edgesOf('load');
    expect((rise?.at_ms ?? NaN) - (fall?.at_ms ?? NaN)).to.be.within(19, 22);
    expect(bench.edgesOf('ledBlue')).to.have.length(1);
  });
});
