/** A sample of the mechanical mutants, built where there is avr-gcc: nearly all of them are killed by the suites. */

import { expect } from 'chai';
import { suiteCases } from '../../run/suites.ts';
import { allMutants, hasCompiler } from './build.ts';
import { EQUIVALENTS } from './equivalents.ts';
import { runGenerated } from './generated.ts';

const SAMPLE = 10;

describe('mechanical mutants of the stand-in', () => {
  it('are at least 300, and each that is called equivalent is one of them', () => {
    const ids = new Set(allMutants().map(({ id }) => id));
    expect(ids.size).to.be.at.least(300);
    expect(Object.keys(EQUIVALENTS).filter((id) => !ids.has(id))).to.deep.equal([]);
  });

  it('of a sample of ten none survives (left out without avr-gcc)', async function () {
    if (!hasCompiler()) this.skip();
    const every = Math.ceil(allMutants().length / SAMPLE);
    const cases = suiteCases('eol', 'regression').filter(({ tags }) => tags.includes('quick'));
    const { mutants, killed } = await runGenerated({ cases, seed: 3, every, signal: new AbortController().signal });
    expect(mutants.filter(({ fate }) => fate === 'surviving').map(({ id }) => id)).to.deep.equal([]);
    expect(killed).to.be.at.least(5);
  });
});
