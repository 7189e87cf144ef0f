// Small samples of the campaigns about links and time.
import { expect } from 'chai';
import { measureInterval } from './interval.ts';
import { isWithin } from './intervals.ts';
import { isRight, runOnLink, runOnSpoiledLink, SHOWN_DEFECTS } from './link-fault.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe('the campaign of link faults', () => {
  it('finds no wrong verdict in 60 runs', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const run = await runOnSpoiledLink(seed);
      expect(isRight(run), JSON.stringify(run)).to.equal(true);
    }
  });

  it('draws from defects that its scenario shows on a sound link', async () => {
    for (const defect of SHOWN_DEFECTS)
      for (const seed of [1, 2]) {
        const { verdict, blame } = await runOnLink({ seed, defect, acts: [], unit: undefined });
        expect({ defect, seed, verdict, blame }).to.deep.equal({ defect, seed, verdict: 'fail', blame: 'unit' });
      }
  });

  it('calls a good unit that failed, a defective one that passed, and any blame but the link wrong', () => {
    const run = { seed: 1, acts: [], reason: '', link: null };
    expect(isRight({ ...run, defect: null, verdict: 'fail', blame: 'unit' })).to.equal(false);
    expect(isRight({ ...run, defect: null, verdict: 'inconclusive', blame: null })).to.equal(false);
    expect(isRight({ ...run, defect: null, verdict: 'pass', blame: null }), 'without counters').to.equal(false);
    expect(isRight({ ...run, defect: 'load-weak', verdict: 'pass', blame: null })).to.equal(false);
    expect(isRight({ ...run, defect: null, verdict: 'broken', blame: 'rig' })).to.equal(false);
    expect(isRight({ ...run, defect: null, verdict: 'broken', blame: 'link' })).to.equal(true);
  });
});

describe('the campaign of intervals', () => {
  it('measures 30 s within 5 ppm and inside the stated bound with 10 seeds', async () => {
    for (const seed of SEEDS) {
      const interval = await measureInterval(seed);
      expect(Math.abs(interval.host_ppm), JSON.stringify(interval)).to.be.at.most(5);
      expect(isWithin(interval), JSON.stringify(interval)).to.equal(true);
    }
  });
});
