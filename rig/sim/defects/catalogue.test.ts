import { expect } from 'chai';
import { DEFECTS, findDefect } from './catalogue.ts';

describe('catalogue of defects', () => {
  it('finds an electrical and a firmware defect by name', () => {
    expect(findDefect('load-high-drop').found).to.include({ kind: 'electrical', signal: 'loadDrop' });
    expect(findDefect('wait-25s').found).to.include({ kind: 'firmware', requirement: 'PRE-30S' });
  });

  it('hints at the nearest name, and at none for a word from elsewhere', () => {
    expect(findDefect('led-blue-ded')).to.deep.equal({ found: null, nearest: 'led-blue-dead' });
    expect(findDefect('Wait-25S')).to.deep.equal({ found: null, nearest: 'wait-25s' });
    expect(findDefect('xylophone')).to.deep.equal({ found: null, nearest: null });
  });

  it('gives every defect a name of its own', () => {
    expect(new Set(DEFECTS.map(({ name }) => name)).size).to.equal(DEFECTS.length);
  });
});
