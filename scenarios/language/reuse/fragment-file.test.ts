/** What is found in a file of fragments without anything that includes it. */

import { expect } from 'chai';
import { issuesOf, read } from '../testing/scenarios.ts';

const DROPS = `fragments:
  trip:
    parameters: { cell: 2.7 V, id: low }
    given: { supply: 25.6 V, cells: 3.3 V }
    steps:
      - { name: $id, wait: 5 s, cells: $cell }
    expect:
      - { edge: load falls, after: $id, within: 35 s }
    measure:
      - { at: 4 s, what: loadDrop, high: 0.15 V }
`;

describe('a fragment', () => {
  it('is checked in a file of fragments alone, which is no case', () => {
    const good = read(DROPS);
    expect(good.ok && good.cases).to.deep.equal([]);
    expect(issuesOf(DROPS.replace('wait: 5 s', 'wait: 5'))).to.deep.equal(['6:28 bare-number']);
    expect(issuesOf(DROPS.replace('measure:', 'mesure:'))).to.deep.equal(['9:5 unknown-key']);
    expect(issuesOf(`tags: [a]\n${DROPS}`)).to.deep.equal(['1:1 missing-key', '1:1 no-covers']);
  });
});
