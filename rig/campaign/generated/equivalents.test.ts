// Which mutants are called equivalent: those that are named, and constants within their bands.
import { expect } from 'chai';
import { allMutants } from './build.ts';
import { EQUIVALENTS, equivalence, staleEntries } from './equivalents.ts';
import { FREE_CONSTANTS } from './free-constants.ts';
import { mutantsOf } from './mutants.ts';

const ALL = allMutants();
const reasonOf = (id: string): string | null => equivalence(ALL.find((one) => one.id === id)!);

describe('equivalent mutants', () => {
  it('are all mutants that there are, each named once', () => {
    expect(staleEntries(ALL)).to.deep.equal([]);
    const ids = EQUIVALENTS.flatMap((group) => group.ids);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(new Set(FREE_CONSTANTS.map(({ at }) => at)).size).to.equal(FREE_CONSTANTS.length);
  });

  it('are missed where the sources have changed below them', () => {
    const moved = mutantsOf('logic.c', '\n#define WAIT (31UL * CLOCK_HZ)\n');
    expect(staleEntries(moved)).to.include.members(['logic.c:13:15 31', 'logic.c:28:36 `>=` is `>`']);
  });

  it('are constants within their band, whose own value lies in it, and no others', () => {
    for (const { text, least, most } of FREE_CONSTANTS) expect(Number(text)).to.be.within(least, most);
    expect(reasonOf('logic.c:13:15 `31` is `32`')).to.contain('31 to 34').and.contain('R3');
    for (const instead of [30, 62, 0]) expect(reasonOf(`logic.c:13:15 \`31\` is \`${instead}\``)).to.equal(null);
    expect(reasonOf('remote.c:13:30 `2400` is `0`')).to.equal(null);
  });
});
