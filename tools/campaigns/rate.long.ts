// One bench of each campaign about edges at rate and exact instants: what the full ones promise has to hold here as well.
import { expect } from 'chai';
import { inBursts, sustained } from './edges.ts';
import { EDGES_AT_RATE, FLOODED, measureTiming, spread } from './timing.ts';

describe('edges at rate', () => {
  it('none of some 10 000 at 2 000/s is missing with lines lost, and two fifths of the wire are free', async () => {
    const { edges, missing, free, lostLines, reason } = await sustained(1);
    expect({ missing, reason }).to.deep.equal({ missing: 0, reason: null });
    expect(edges).to.be.above(9_000);
    expect(lostLines).to.be.above(0);
    expect(free).to.be.at.least(0.4);
  });

  it('none of a burst of 64 at 10 000/s is missing; a thousand are more than is kept, and said to be', async () => {
    const small = await inBursts(1);
    expect(small.edges).to.be.above(1_000);
    expect(small).to.include({ missing: 0, told: false });
    const { missing, told } = await inBursts(1, 1_000);
    expect({ lost: missing > 0, told }).to.deep.equal({ lost: true, told: true });
  });
});

describe('instants on a full line', () => {
  for (const [name, load] of Object.entries({ 'words of the host': FLOODED, edges: EDGES_AT_RATE }))
    it(`stimuli within 0.5 us, stamps as exact as stated, nothing lost: full of ${name}`, async () => {
      const timing = await measureTiming(1, load);
      const { stimuli_us, captured_us, others_us, notOnTheirTick, outsideUncertainty, missing, lostBytes } = timing;
      expect({ notOnTheirTick, outsideUncertainty, missing, lostBytes }).to.deep.equal({
        notOnTheirTick: 0,
        outsideUncertainty: 0,
        missing: 0,
        lostBytes: 0,
      });
      expect(stimuli_us.length).to.be.above(1_000);
      expect(spread(stimuli_us)).to.be.at.most(0.5);
      expect(captured_us.length).to.be.above(500);
      expect(Math.max(...captured_us.map(Math.abs))).to.be.at.most(1);
      expect(others_us.length).to.be.above(500);
      expect(Math.max(...others_us.map(Math.abs))).to.be.at.most(30);
    });
});
