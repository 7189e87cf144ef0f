// Small samples of the campaigns about links and time.
import { expect } from 'chai';
import type { Act } from '../../rig/sim/faults/fault.ts';
import { CLOCKS, measureInterval } from './interval.ts';
import { isWithin } from './intervals.ts';
import { isRight, runOnLink, runOnSpoiledLink, SHOWN_DEFECTS } from './link-fault.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const held = (share: number): readonly Act[] =>
  (['toFixture', 'toHost'] as const).map((way) => ({ do: 'spoil', way, how: 'hold', share, late_ms: [10, 60] }));

describe('the campaign of link faults', () => {
  it('finds no wrong verdict in 60 runs', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const run = await runOnSpoiledLink(seed);
      expect(isRight(run), JSON.stringify(run)).to.equal(true);
    }
  });

  it('blames the link where the watchdog ends a case in the very instant in which an entry comes, so that its refusal is heard first', async () => {
    const run = await runOnSpoiledLink(304_626);
    expect(run, run.reason).to.deep.include({ verdict: 'broken', blame: 'link' });
  });

  it('blames the link where its delays at the beginning of a case had its steps put by a fit that later answers mend', async () => {
    const run = await runOnSpoiledLink(405_998);
    expect(run, run.reason).to.deep.include({ verdict: 'broken', blame: 'link' });
  });

  it('blames the link where noise holds up the commands of a measurement before the case for longer than the fixture was told', async () => {
    const run = await runOnSpoiledLink(408_354);
    expect(run, run.reason).to.deep.include({ verdict: 'broken', blame: 'link' });
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

  // Seconds after the supply came on, and milliseconds.
  const JUMPS = [
    [-1, 25],
    [-1, -60],
    [0.5, -8],
    [2, 40],
    [8, -25],
    [8, 25],
    [15, 15],
    [15, -60],
    [15, -4],
    [20, 200],
    [20, 25],
    [20, -200],
    [28, 60],
    [31, -100],
    [32, 25],
  ] as const;
  for (const share of [0, 0.2])
    it(`tells a jump of the clock of the host, or states a bound that covers it, with ${share * 100} % of the transfers held up`, async () => {
      for (const [index, [at_s, by_ms]] of JUMPS.entries()) {
        const interval = await measureInterval(1 + (index % 5), [...CLOCKS, ...held(share), { do: 'step', at_s, by_ms }]);
        expect(interval.jump_us > 0 || isWithin(interval), `${by_ms} ms at ${at_s} s: ${JSON.stringify(interval)}`).to.equal(true);
      }
    });
});
