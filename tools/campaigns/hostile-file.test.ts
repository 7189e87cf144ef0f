// A small sample of the campaign of hostile files, and that it would notice.
import { expect } from 'chai';
import { hostileFile, tryFile } from './hostile-file.ts';

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

describe('hostile scenario files', () => {
  it('end in issues or in cases, each issue at a place that is there', () => {
    const outcomes = SEEDS.map(tryFile);
    expect(outcomes.filter(({ wrong }) => wrong !== null)).to.deep.equal([]);
    expect(outcomes.filter(({ issues }) => issues > 0)).to.have.length.above(250);
    expect(outcomes.filter(({ cases }) => cases > 0)).to.have.length.above(3);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(hostileFile(5)).to.deep.equal(hostileFile(5));
    expect(new Set(SEEDS.map((seed) => hostileFile(seed).toString('latin1'))).size).to.be.above(280);
  });
});
