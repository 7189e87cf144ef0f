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
    expect(issuesOf(DROPS.replace('id: low', 'Id: low').replaceAll('$id', 'low'))).to.deep.equal(['3:32 not-a-name']);
    expect(issuesOf(`tags: [a]\n${DROPS}`)).to.deep.equal(['1:1 missing-key', '1:1 no-covers']);
  });

  it('that needs a value is checked in everything that does not hang on it', () => {
    const needs = DROPS.replace('cell: 2.7 V, id: low', 'cell: , id: ').replace('after: $id', 'after: $(id)-x');
    const ids = (from: string, to: string): readonly string[] => issuesOf(needs.replace(from, to));
    expect(issuesOf(needs)).to.deep.equal([]);
    expect(issuesOf(needs.replace('cell: ,', 'Cell: ,').replace('$cell', '$Cell'))).to.deep.equal(['3:19 not-a-name']);
    expect(ids('wait: 5 s', 'wait: 5')).to.deep.equal(['6:28 bare-number']);
    expect(ids('cells: $cell', 'cells: { ramp to: $cell, over: 3 }')).to.deep.equal(['6:64 bare-number']);
    expect(ids('cells: $cell', 'cels: $cell')).to.deep.equal(['6:33 unknown-key']);
    expect(ids('cells: $cell', 'cells: 3 V')).to.deep.equal(['3:19 unused-parameter']);
    expect(ids('cells: $cell', 'cells: $sell')).to.deep.equal(['6:40 unknown-parameter']);
    // Handed on to another fragment it hangs on the same value.
    const outer = '  outer:\n    parameters: { which: }\n    steps: [{ include: trip, with: { id: $which, cell: 2.7 V } }]\n';
    expect(issuesOf(needs + outer)).to.deep.equal([]);
  });
});
