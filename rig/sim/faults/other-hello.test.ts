import { expect } from 'chai';
import { decodeLine } from '../../wire/codec.ts';
import { goldenLines } from '../../wire/golden.ts';
import { otherHello } from './other-hello.ts';

const hello = goldenLines().find(({ towards, message }) => towards === 'host' && message.kind === 'hello')!;

describe('the hello of another firmware', () => {
  it('differs in what is asked for and in nothing else, and has the right CRC', () => {
    const decoded = decodeLine(otherHello(hello.line, { version: 2, table: 0xdeadbeef }));
    expect(decoded).to.deep.equal({ ok: true, message: { ...hello.message, version: 2, table: 0xdeadbeef } });
    expect(otherHello(hello.line, {})).to.equal(hello.line);
  });

  it('leaves every other line and every spoiled one as it is', () => {
    for (const { towards, message, line } of goldenLines())
      if (towards === 'host' && message.kind !== 'hello') expect(otherHello(line, { version: 2 })).to.equal(line);
    const spoiled = hello.line.replace('h', 'i');
    expect(otherHello(spoiled, { version: 2 })).to.equal(spoiled);
  });
});
