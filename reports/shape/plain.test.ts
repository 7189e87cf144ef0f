import { expect } from 'chai';
import { canonicalJson, plain } from './plain.ts';

const NESTED = { b: [1, Infinity, { z: undefined, y: -Infinity, x: NaN }], a: { '10': 'ten', '9': 'nine', text: '"\u2028' }, none: null };

describe('values as JSON keeps them', () => {
  it('are written as the original would be, with null for what is not finite', () => {
    expect(plain(NESTED)).to.deep.equal({
      b: [1, null, { y: null, x: null }],
      a: { '9': 'nine', '10': 'ten', text: '"\u2028' },
      none: null,
    });
    expect(JSON.stringify(plain(NESTED))).to.equal(JSON.stringify(NESTED));
  });

  it('are copied, so that what becomes of the original later does not show', () => {
    const original = { list: [1, 2] };
    const copy = plain(original);
    original.list.push(3);
    expect(copy).to.deep.equal({ list: [1, 2] });
  });

  it('have one canonical text, whatever the order of their members', () => {
    const text = '{"a":{"9":"nine","10":"ten","text":"\\"\u2028"},"b":[1,null,{"x":null,"y":null}],"none":null}';
    expect(canonicalJson(NESTED)).to.equal(text);
    expect(canonicalJson(Object.fromEntries(Object.entries(NESTED).toReversed()))).to.equal(text);
  });

  it('keep a member whose name an assignment would take for something else', () => {
    const hostile = JSON.parse('{"b":1,"__proto__":{"c":2}}') as object;
    expect(JSON.stringify(plain(hostile))).to.equal('{"b":1,"__proto__":{"c":2}}');
    expect(canonicalJson(hostile)).to.equal('{"__proto__":{"c":2},"b":1}');
  });
});
