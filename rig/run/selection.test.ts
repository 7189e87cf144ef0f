import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { EVERYTHING, selectCases, type Selection } from './selection.ts';

const CASES = Array.from({ length: 11 }, (_, index) => {
  const tags = [index % 2 === 0 ? 'even' : 'odd', ...(index > 8 ? ['slow'] : [])];
  return { id: `suite/r${String(index).padStart(2, '0')}`, title: index === 3 ? 'A low cell' : 'Nothing', tags };
}) as unknown as readonly Case[];
const ids = (selection: Partial<Selection>, cases = CASES): readonly string[] =>
  selectCases(cases, { ...EVERYTHING, ...selection }).map(({ id }) => id.replace('suite/r', ''));

describe('a selection of cases', () => {
  it('is everything without a wish, and by any of the tags and none of those left out', () => {
    expect(ids({})).to.have.length(11);
    expect(ids({ tags: ['even'], without: ['slow'] })).to.deep.equal(['00', '02', '04', '06', '08']);
    expect(ids({ tags: ['even', 'slow'] })).to.deep.equal(['00', '02', '04', '06', '08', '09', '10']);
  });

  it('finds a name in id or title', () => {
    expect(ids({ grep: /low CELL/iu })).to.deep.equal(['03']);
    expect(ids({ grep: /r0[12]$/u })).to.deep.equal(['01', '02']);
  });

  it('in parts is complete and disjoint, evenly dealt, and the same whatever the order of the files', () => {
    for (const count of [1, 2, 3, 4, 11, 12]) {
      const parts = Array.from({ length: count }, (_, index) => ids({ shard: { index: index + 1, of: count } }));
      expect(parts.flat().toSorted(), `${count} parts`).to.deep.equal(ids({}));
      const sizes = parts.map((part) => part.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
      for (const [index, part] of parts.entries())
        expect(ids({ shard: { index: index + 1, of: count } }, CASES.toReversed()).toReversed()).to.deep.equal(part);
    }
  });

  it('is dealt out of what tags and name have left', () => {
    const halves = [1, 2].map((index) => ids({ tags: ['odd'], shard: { index, of: 2 } }));
    expect(halves).to.deep.equal([
      ['01', '05', '09'],
      ['03', '07'],
    ]);
  });
});
