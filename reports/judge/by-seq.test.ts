// Edges found by their numbers, whether these are dense, sparse, repeated, or no numbers at all.
import { expect } from 'chai';
import { fixtureTicks, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import { bySeq, EdgesBySeq } from './by-seq.ts';

const edge = (seq: number, at_us = seq): Edge => ({
  seq,
  signal: 'load',
  level: 'high',
  at_us: scenarioTime(at_us),
  uncertainty_us: 1.5,
  via: 'capture',
  ticks: fixtureTicks(2 * at_us),
});

describe('edges by their numbers', () => {
  const lists: Record<string, readonly number[]> = {
    none: [],
    dense: [0, 1, 2, 5, 3],
    sparse: [7, 4_000_000_000, 12],
    'not whole': [1, 1.5, 2],
    negative: [-1, 0, 1],
    'no number': [1, Number.NaN],
  };

  for (const [name, seqs] of Object.entries(lists))
    it(`are found where they are ${name}, and nothing else is`, () => {
      const edges = seqs.map((seq, index) => edge(seq, index));
      const found = new EdgesBySeq(edges);
      expect(seqs.map((seq) => found.get(seq))).to.deep.equal(edges);
      expect(seqs.map((seq) => found.placeOf(seq))).to.deep.equal(edges.map((_, place) => place));
      for (const other of [6, 99, -2, 0.5, Infinity, 5_000_000_000].filter((seq) => !seqs.includes(seq)))
        expect([found.get(other), found.placeOf(other)], String(other)).to.deep.equal([undefined, -1]);
      expect(found.distinct).to.equal(true);
    });

  it('tell where a number stands for two, and give the last of them', () => {
    for (const high of [9, 4_000_000_000]) {
      const edges = [edge(3, 1), edge(high, 2), edge(3, 3)];
      const found = new EdgesBySeq(edges);
      expect(found.distinct).to.equal(false);
      expect(found.get(3)).to.equal(edges[2]);
    }
  });

  it('are looked at once for each list', () => {
    const edges = [edge(1)];
    expect(bySeq(edges)).to.equal(bySeq(edges));
    expect(bySeq([...edges])).not.to.equal(bySeq(edges));
  });
});
