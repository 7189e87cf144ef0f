import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { headerText } from './header.ts';

describe('generated.h', () => {
  it('is what the tables give today (else run: npm run generate)', () => {
    const committed = readFileSync(new URL('../fixture/firmware/generated.h', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
    expect(committed).to.equal(headerText());
  });
  it('defines no name twice', () => {
    const names = [...headerText().matchAll(/^#define (\w+)/gm)].map(([, name]) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });
});
