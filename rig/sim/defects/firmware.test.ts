/** Each firmware defect shows what it promises, and the good unit does not: one probe per defect, run on both images. */

import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIREMENTS } from '../../../scenarios/requirements.ts';
import { Workbench } from '../unit/workbench.ts';
import { FIRMWARE_DEFECTS } from './firmware.ts';
import { after } from './probe.ts';
import { STATE_PROBES } from './probes-of-state.ts';
import { TIME_PROBES } from './probes-of-time.ts';

const root = join(import.meta.dirname, '../../..');
const GOOD = 'rig/sim/unit/unit.hex';
const PROBES = { ...TIME_PROBES, ...STATE_PROBES };

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
