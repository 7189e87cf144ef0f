import { expect } from 'chai';
import type { Segment } from '../inputs/segments.ts';
import { BEFORE_POWER } from './unit.ts';
import { Ways, type Rise, type Way } from './ways.ts';

const seen = (face: number, index = 0): Segment => ({ face, index }) as Segment;
const way = (face: number, rise: Rise | null = null, index = 0): Way => ({ seen: seen(face, index), pair: BEFORE_POWER, rise });
const rise = (): Rise => ({ at_us: [0, 1], count: 1 });

const kept = (all: readonly Way[]): readonly Way[] => {
  const ways = new Ways();
  for (const one of all) ways.add(one);
  return ways.all;
};

describe('ways in which a unit came to what it shows', () => {
  it('are the first of each kind', () => {
    const [first, later, other] = [way(1, null, 3), way(1, null, 4), way(2)];
    expect(kept([first, later, other])).to.deep.equal([first, other]);
  });

  it('are told apart by what the unit shows and remembers', () => {
    const lit = { ...way(1), pair: { ...BEFORE_POWER, number: BEFORE_POWER.number + 1 } };
    expect(kept([way(1), lit])).to.have.length(2);
  });

  it('are told apart by the very rise, however alike two are', () => {
    const [one, two] = [rise(), rise()];
    expect(kept([way(1, one), way(1, two), way(1), way(1, one), way(1)])).to.have.length(3);
  });

  it('are the same where they are many', () => {
    const rises = Array.from({ length: 3 }, rise);
    const each = Array.from({ length: 40 }, (_, face) => [way(face), ...rises.map((one) => way(face, one))]).flat();
    const all = kept([...each, ...each.toReversed(), ...each]);
    expect(all).to.deep.equal(each);
  });

  it('are the same on either side of where looking through them ends', () => {
    for (const count of [14, 15, 16, 17, 18]) {
      const each = Array.from({ length: count }, (_, face) => way(face));
      expect(kept([...each, way(0), way(count - 1), way(count)]), String(count)).to.have.length(count + 1);
    }
  });
});
