// A sample of every kind of wiring mistake on emulated boards; all of them: npm run campaigns -- wires.
import { expect } from 'chai';
import { MISWIRINGS, nameOf } from '../../rig/selftest/miswire.ts';
import { wireName } from '../../rig/selftest/wires.ts';
import { isOnWire, isRightName, runWire } from './wire.ts';

const SAMPLE = 16;

describe('the campaign of wires', () => {
  it(`finds each of ${SAMPLE} mistakes named, or foreseen to show nowhere`, async () => {
    for (let at = 0; at < SAMPLE; at += 1) {
      const run = await runWire({ index: Math.floor(((at + 0.5) * MISWIRINGS.length) / SAMPLE), seed: 1_000 + at });
      expect(isRightName(run), JSON.stringify(run)).to.equal(true);
    }
  });

  it('takes a name for that of the wire where it is on one of the two, and on no other', () => {
    const swap = MISWIRINGS.find(({ change, wire }) => change === 'swap' && wireName(wire).startsWith('Q.shuntBypass control'))!;
    const others = MISWIRINGS.map(nameOf).filter((name) => isOnWire(swap, name));
    expect(others).to.include(nameOf(swap)).and.to.include(nameOf(swap).replace('swap', 'short'));
    for (const name of others) expect(name).to.match(/Q\.shuntBypass control|Q\.chargerShort control/);
    expect(others.length).to.be.within(4, 8);
    expect(isOnWire(swap, 'no mistake')).to.equal(false);
  });

  it('calls what passes and is not foreseen, or is named otherwise, wrong', () => {
    const run = { name: 'x', seed: 1, failed: [], ended: null, suspects: [] };
    expect((['passed', 'other name', 'shown all the same'] as const).filter((outcome) => isRightName({ ...run, outcome }))).to.deep.equal(
      [],
    );
  });
});
