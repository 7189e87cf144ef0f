/** A sample of the mechanical mutants, built where there is avr-gcc: nearly all of them are killed by the suites. */

import { expect } from 'chai';
import { suiteCases } from '../../run/suites.ts';
import { allMutants, hasCompiler } from './build.ts';
import { runGenerated } from './generated.ts';

const SAMPLE = 10;
/** Kills what the quick cases of end of line and regression leave of the sample. */
const STALE_WAIT = 'full/stale-wait';

describe('mechanical mutants of the stand-in', () => {
  it('are at least 300', () => {
    expect(new Set(allMutants().map(({ id }) => id)).size).to.be.at.least(300);
  });

  it('of a sample of ten none survives (left out without avr-gcc)', async function () {
    if (!hasCompiler()) this.skip();
    const all = allMutants();
    const every = Math.ceil(all.length / SAMPLE);
    const chosen = all.filter((_, index) => index % every === 0);
    const quick = suiteCases('eol', 'regression').filter(({ tags }) => tags.includes('quick'));
    const cases = [...quick, ...suiteCases('full').filter(({ id }) => id.startsWith(STALE_WAIT))];
    const { mutants, killed } = await runGenerated({ cases, mutants: chosen, seed: 3, signal: new AbortController().signal });
    expect(mutants.filter(({ fate }) => fate === 'surviving').map(({ id }) => id)).to.deep.equal([]);
    expect(killed).to.be.at.least(5);
  });
});
