import { expect } from 'chai';
import { fitLine } from './fit.ts';

/** Codes of a converter whose steps are 10 units wide, of truths from 0 to 1 000. */
const points = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const truth = (1_000 * (index + ((index * 0.618) % 1))) / count;
    return { nominal: (Math.floor((truth - 7) / 1.02 / 10) + 0.5) * 10, truth };
  });

describe('the line through points', () => {
  it('is exact where the points are', () => {
    const line = fitLine([1, 2, 5].map((nominal) => ({ nominal, truth: 0.97 * nominal + 3 })));
    expect(line.gain).to.be.closeTo(0.97, 1e-9);
    expect(line.offset).to.be.closeTo(3, 1e-9);
    expect(line.residual).to.be.closeTo(0, 1e-9);
  });

  it('is nearer to the truth than a tenth of a step, with codes that round by half of one', () => {
    const { gain, offset, residual } = fitLine(points(64));
    for (const nominal of [0, 500, 1_000]) expect(gain * nominal + offset).to.be.closeTo(1.02 * nominal + 7, 1);
    expect(residual).to.be.within(4, 5.6);
  });

  it('says by how much the farthest point is off', () => {
    const [first, ...rest] = points(64);
    expect(fitLine([{ ...first!, truth: first!.truth + 60 }, ...rest]).residual).to.be.above(15);
  });
});
