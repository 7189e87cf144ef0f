/** Finding one's way in a file's tree. */

import { expect } from 'chai';
import { childOf, entryOf, inline, nodeAt, plain, sizeOf } from './node.ts';
import { isMissing, keyPlaceAt, placeAt } from './places.ts';
import { readTree } from './tree.ts';

const TEXT = 'given:\n  cells: { lowest: 2.9 V }\nsteps:\n  - { at: 5 s }\n  - text\n';
const { root, source } = readTree('a.yaml', TEXT);

describe('a tree', () => {
  it('has its values at their paths', () => {
    if (root === null) throw new Error('unreadable');
    expect(plain(root)).to.deep.equal({ given: { cells: { lowest: '2.9 V' } }, steps: [{ at: '5 s' }, 'text'] });
    expect(inline(root)).to.equal('{ given: { cells: { lowest: 2.9 V } }, steps: [{ at: 5 s }, text] }');
    expect(nodeAt(root, ['steps', 0, 'at'])).to.include({ value: '5 s' });
    expect([nodeAt(root, ['steps', 2]), nodeAt(root, ['given', 0]), childOf(undefined, 'a')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect([sizeOf(root), sizeOf(root, 3)]).to.deep.equal([8, 4]);
  });

  it('knows the places of keys and values, and the nearest place of what is missing', () => {
    if (root === null) throw new Error('unreadable');
    const places = { sources: [source], root };
    expect(placeAt(places, ['given', 'cells', 'lowest'])).to.deep.equal({ file: 'a.yaml', line: 2, col: 20 });
    expect(keyPlaceAt(places, ['given', 'cells', 'lowest'])).to.deep.equal({ file: 'a.yaml', line: 2, col: 12 });
    expect(placeAt(places, ['given', 'cells', 'highest', 'x'])).to.deep.equal({ file: 'a.yaml', line: 2, col: 10 });
    expect(isMissing(places, ['given', 'supply'])).to.equal(true);
    expect(isMissing(places, ['steps', 1])).to.equal(false);
  });

  it('of a hundred thousand keys is looked up as fast as a small one', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n');
    const large = readTree('a.yaml', many).root;
    for (let index = 0; index < 20_000; index++) expect(entryOf(large ?? undefined, `k${index}`)?.key).to.equal(`k${index}`);
  });
});
