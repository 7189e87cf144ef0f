/** Noise is random to look at and the same each time. */

import { expect } from 'chai';
import { noisePoints } from './noise.ts';

const WORD = { kind: 'noise', by: 500, every_us: 10_000, for_us: 1_000_000, seed: 1 } as const;
const offs = (seed: number, stream = 'step-1 supply'): readonly number[] => noisePoints({ ...WORD, seed }, stream).map(({ off }) => off);

describe('noise', () => {
  it('is drawn by seed and name alone', () => {
    expect(offs(1)).to.deep.equal(offs(1));
    expect(offs(1)).not.to.deep.equal(offs(2));
    expect(offs(1)).not.to.deep.equal(offs(1, 'step-2 supply'));
    // Pinned: a scenario must mean tomorrow what it means today.
    expect(offs(1).slice(0, 5)).to.deep.equal([-433, -251, 328, 449, 9]);
  });

  it('stays within its bounds, uses all of them, and is over at its end', () => {
    const points = noisePoints({ ...WORD, for_us: 10_000_000 }, 'x');
    expect(points).to.have.length(1_001);
    expect(points.at(-1)).to.deep.equal({ at_us: 10_000_000, off: 0 });
    const values = points.map(({ off }) => off);
    expect(Math.max(...values)).to.be.within(480, 500);
    expect(Math.min(...values)).to.be.within(-500, -480);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).to.be.lessThan(30);
  });

  it('may be cut short by its end', () => {
    expect(noisePoints({ ...WORD, for_us: 25_000 }, 'x').map(({ at_us }) => at_us)).to.deep.equal([0, 10_000, 20_000, 25_000]);
  });
});
