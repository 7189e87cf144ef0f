/** A sample of the pairs; all of them, in several seeds, are in boundary.long.ts. */

import { expect } from 'chai';
import { PARAMETERS } from '../../../firmware-ref/parameters.ts';
import { runPair } from './boundary.ts';
import { LIMITS, NO_LIMIT_OF_A_UNIT, type Limit } from './limits.ts';

const limitOf = (name: string): Limit => LIMITS.find(({ parameter }) => parameter === name)!;

describe('units at the limits of the reference', () => {
  it('exist for each of its numbers, or it is said why they cannot', () => {
    const named = [...LIMITS.map(({ parameter }) => parameter), ...Object.keys(NO_LIMIT_OF_A_UNIT)];
    expect(named).to.have.members(Object.keys(PARAMETERS));
  });

  for (const name of ['glitchOutput_us', 'supplyFull_mV'] as const)
    it(`${name}: fails just outside and says so, passes just inside`, async () => {
      const { held, outside, inside } = await runPair(limitOf(name), 1);
      expect({ held, outside: outside?.verdict, inside: inside?.verdict }, `${outside?.text} / ${inside?.text}`).to.deep.equal({
        held: true,
        outside: 'fail',
        inside: 'pass',
      });
    });

  it('are not held where the unit that should fail is within the limit, or the difference is of another signal', async () => {
    const limit = limitOf('glitchOutput_us');
    const exchanged = await runPair({ ...limit, side: 'least' }, 1);
    expect(exchanged).to.deep.include({ held: false });
    const elsewhere = await runPair({ ...limit, signal: 'charger' }, 1);
    expect(elsewhere.held).to.equal(false);
    expect(elsewhere.outside).to.deep.include({ verdict: 'fail', named: false });
  });
});
