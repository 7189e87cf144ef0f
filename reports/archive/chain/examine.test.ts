// Chains that somebody tampered with: each is found, and what is named is what was touched.
import { expect } from 'chai';
import { randomStream } from '../../../rig/sim/random.ts';
import { missed, soundChain, tamper, TAMPERINGS, testKey } from '../testing/tampering.ts';
import { signHead, type ChainEntry } from './entry.ts';
import { examine } from './examine.ts';

const key = testKey();
const chain = soundChain(9, key);

describe('the chain of records', () => {
  it('has no problem while nobody touched it, empty, short or long', () => {
    for (const count of [0, 1, 2, 30]) expect(examine(soundChain(count, key).evidence)).to.deep.equal([]);
  });

  for (const kind of Object.keys(TAMPERINGS))
    it(`shows tampering and its place: ${kind}`, () => {
      for (let seed = 1; seed <= 20; seed += 1) {
        const random = randomStream(seed, kind);
        const tampered = tamper(kind, chain, (count) => random.below(count));
        expect(missed(tampered, examine(tampered.evidence)), `seed ${seed}`).to.equal(null);
      }
    });

  it('may be longer than the station knows: its last link was written before the power went', () => {
    const entry = JSON.parse(chain.evidence.lines[7]!) as ChainEntry;
    expect(examine({ ...chain.evidence, heads: [signHead(entry, key)] })).to.deep.equal([]);
  });

  it('of another archive, with all its runs, is not this one', () => {
    const other = { ...chain.evidence, archive: 'another' };
    expect(new Set(examine(other).map(({ kind }) => kind))).to.deep.equal(new Set(['changed']));
  });
});
