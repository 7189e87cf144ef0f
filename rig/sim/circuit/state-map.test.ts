import { expect } from 'chai';
import { StateMap } from './state-map.ts';

const statesOf = (number: number): number[] => Array.from({ length: 8 }, (_, place) => (number >> (2 * place)) & 3);

describe('what is kept per set of states', () => {
  it('is found by the same states and by no others', () => {
    const map = new StateMap<number>(8, 5_000);
    for (let number = 0; number < 4_000; number += 1) {
      map.states.set(statesOf(number));
      expect(map.get(), `before ${number} was kept`).to.equal(undefined);
      map.set(number);
    }
    for (let number = 0; number < 4_000; number += 1) {
      map.states.set(statesOf(number));
      expect(map.get()).to.equal(number);
    }
  });

  it('is told apart where the hashes of two sets are the same', () => {
    const map = new StateMap<string>(5, 100_000);
    const hashes = new Map<number, number[]>();
    let pair: readonly [number[], number[]] | null = null;
    // Some two of a hundred thousand draws have the same 32 bits; the same sum as in the map.
    for (let number = 1; pair === null; number += 1) {
      const states = [0, 8, 16, 24, 0].map((shift, place) => (Math.imul(number, 0x9e3779b1 + place) >>> shift) & 0xff);
      const hash = states.reduce((sum, state) => Math.imul(sum ^ state, 0x01000193), 0x811c9dc5);
      const other = hashes.get(hash);
      if (other !== undefined && other.join() !== states.join()) pair = [other, states];
      hashes.set(hash, states);
    }
    for (const [index, states] of pair.entries()) {
      map.states.set(states);
      expect(map.get()).to.equal(undefined);
      map.set(`the ${index}`);
    }
    for (const [index, states] of pair.entries()) {
      map.states.set(states);
      expect(map.get()).to.equal(`the ${index}`);
    }
  });

  it('is forgotten as a whole where it would be too much', () => {
    const map = new StateMap<number>(8, 3);
    for (const number of [1, 2, 3, 4]) {
      map.states.set(statesOf(number));
      map.set(number);
    }
    expect(map.get()).to.equal(4);
    map.states.set(statesOf(1));
    expect(map.get()).to.equal(undefined);
  });
});
