import { expect } from 'chai';
import { exploreDocument } from '../shape/campaigns.ts';
import { renderExplore } from './explore.ts';

const document = (change: object = {}) =>
  exploreDocument.parse({
    schema: 'bms-rig/explore/1',
    exit: 0,
    simulated: true,
    seed: 4,
    sequences: 20,
    virtual_s: 812.4,
    found: [],
    transitions: { hit: 2, total: 8, missing: ['a', 'b', 'c', 'd', 'e', 'f'] },
    undecided: [],
    ...change,
  });

describe('exploring on the terminal', () => {
  it('says that nothing was found, and what was never taken', () => {
    const lines = renderExplore(document(), { width: 160 }).split('\n');
    expect(lines).to.deep.equal([
      'Never taken: a; b; c; d; e ...',
      'no difference found · 20 sequences · 812 s of unit time · 2 of 8 transitions of the reference · SIMULATED bench · seed 4',
    ]);
  });

  it('tells the difference and the file, and what came to no verdict', () => {
    const found = [{ file: 'out/explored-4.yaml', seed: 4, steps: 1, after: 7, text: 'LOAD fell.' }];
    const text = renderExplore(document({ exit: 1, simulated: false, found, undecided: ['too near'] }), { width: 160 });
    expect(text).to.contain('After 7 sequences: LOAD fell.\nThe smallest that shows it, 1 step: out/explored-4.yaml');
    expect(text).to.contain('1 without a verdict, the first: too near').and.contain('DIFFERENCE FOUND').and.contain('real bench');
  });
});
