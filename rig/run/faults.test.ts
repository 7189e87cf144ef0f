/** A sample of the campaign: one fault of each kind on the bench, a good unit in it, and the verdict and blame that the catalogue states. */

import { expect } from 'chai';
import { findFaults } from '../sim/faults/catalogue.ts';
import { LOOK_ALIKES } from '../sim/faults/look-alikes.ts';
import { suiteCases } from './suites.ts';
import { judgedOn } from './testing/faulty-bench.ts';
import { tellApart } from './testing/look-alike.ts';

const SAMPLE = [
  'bytes-dropped-to-fixture',
  'bytes-corrupted-to-host',
  'unplugged',
  'fixture-reset',
  'fixture-clock-fast',
  'comparator-load-noisy',
  'contact-load-opens-for-a-while',
  'bypass-stuck-off',
  'current-shunt-high',
];
const SEED = 7;

describe('a good unit on a faulty bench', () => {
  const [testCase] = suiteCases('eol');
  for (const { name, verdict, blame } of findFaults(SAMPLE)) {
    it(`${verdict}${blame === null ? '' : `, blame ${blame}`}: ${name}`, async () => {
      const judged = await judgedOn(testCase!, { seed: SEED, faults: [name] });
      expect({ verdict: judged.verdict, blame: judged.blame }, judged.reason).to.deep.equal({ verdict, blame });
    });
  }

  it('tells a comparator from an output, and a light sensor from a LED', async () => {
    const pairs = LOOK_ALIKES.filter(({ fault }) => ['comparator-load-stuck-low', 'sensor-blue-dead'].includes(fault));
    expect(pairs).to.have.length(2);
    for (const pair of pairs) await tellApart(testCase!, pair, SEED);
  });

  it('passes no unit that drops too much by an amplifier that reads half of it', async () => {
    const { verdict, blame, reason } = await judgedOn(testCase!, { seed: SEED, faults: ['drop-load-half'], defect: 'load-high-drop' });
    expect({ verdict, blame }, reason).to.deep.equal({ verdict: 'broken', blame: 'rig' });
    expect(reason).to.match(/^The drop amplifier of LOAD reads 0\.7/);
  });

  it('says how many events were lost where the ring of the fixture overflows', async () => {
    const [overflow] = findFaults(['ring-overflow']);
    const { verdict, blame, reason, trace } = await judgedOn(testCase!, { seed: SEED, faults: [overflow!.name] });
    expect({ verdict, blame }).to.deep.equal({ verdict: overflow!.verdict, blame: overflow!.blame });
    expect(trace?.link.overflow).to.be.greaterThan(0);
    expect(reason).to.match(/could not keep \d+ events/);
  });

  it('shows what was lost and made good in the counters of the trace', async () => {
    const { trace } = await judgedOn(testCase!, { seed: SEED, faults: ['bytes-corrupted-to-host'] });
    expect(trace?.link.crcErrors).to.be.greaterThan(0);
  });
});
