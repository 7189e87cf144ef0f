import { expect } from 'chai';
import { randomStream } from './random.ts';

const draws = (seed: number, name: string, count = 4): number[] => {
  const random = randomStream(seed, name);
  return Array.from({ length: count }, () => random.next());
};

describe('random streams', () => {
  it('repeat for the same seed and name and differ for others', () => {
    expect(draws(7, 'pole')).to.deep.equal(draws(7, 'pole'));
    expect(draws(7, 'pole')).not.to.deep.equal(draws(8, 'pole'));
    expect(draws(7, 'pole')).not.to.deep.equal(draws(7, 'pole '));
  });

  it('are uniform: 10 000 draws fill ten classes evenly and follow no neighbour seed', () => {
    const classes = Array.from({ length: 10 }, () => 0);
    let together = 0;
    for (let seed = 0; seed < 10_000; seed += 1) {
      const [own] = draws(seed, 'part', 1);
      const [next] = draws(seed + 1, 'part', 1);
      classes[Math.floor(own! * 10)]! += 1;
      together += (own! - 0.5) * (next! - 0.5);
    }
    // Five standard deviations of a binomial with p = 0.1: 5 x 30.
    for (const count of classes) expect(count).to.be.within(850, 1_150);
    // Correlation of neighbours: standard deviation 1/100 of the variance 1/12.
    expect(Math.abs((together / 10_000) * 12)).to.be.below(0.05);
  });

  it('stay in the range asked for', () => {
    const random = randomStream(1, 'range');
    for (let draw = 0; draw < 1_000; draw += 1) {
      expect(random.between(-2, 3)).to.be.within(-2, 3);
      expect(random.below(6)).to.be.oneOf([0, 1, 2, 3, 4, 5]);
    }
  });
});
