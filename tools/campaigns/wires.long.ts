// A sample of every kind of wiring mistake on emulated boards; all of them: npm run campaigns -- wires.
import { expect } from 'chai';
import { MISWIRINGS } from '../../rig/selftest/miswire.ts';
import { isRightName, runWire } from './wire.ts';

const SAMPLE = 16;

describe('the campaign of wires', () => {
  it(`finds each of ${SAMPLE} mistakes named, or foreseen to show nowhere`, async () => {
    for (let at = 0; at < SAMPLE; at += 1) {
      const run = await runWire({ index: Math.floor(((at + 0.5) * MISWIRINGS.length) / SAMPLE), seed: 1_000 + at });
      expect(isRightName(run), JSON.stringify(run)).to.equal(true);
    }
  });

  it('calls what passes and is not foreseen, or is named otherwise, wrong', () => {
    const run = { name: 'x', seed: 1, failed: [], ended: null, suspects: [] };
    expect((['passed', 'other name', 'shown all the same'] as const).filter((outcome) => isRightName({ ...run, outcome }))).to.deep.equal(
      [],
    );
  });
});
