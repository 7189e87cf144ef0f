import { expect } from 'chai';
import { parseHex } from './hex.ts';

const record = (type: number, address: number, ...data: number[]): string => {
  const bytes = [data.length, address >> 8, address & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${Buffer.from([...bytes, -sum & 0xff])
    .toString('hex')
    .toUpperCase()}`;
};
const END = ':00000001FF';
const MEGA328 = { flashBytes: 0x8000 };

const problemOf = (text: string, flashBytes = 0x8000): { code: string; line: number; message: string } => {
  const result = parseHex(text, { flashBytes });
  if (result.ok) throw new Error('accepted');
  return result.problem;
};

describe('hex', () => {
  it('places data and leaves the rest erased', () => {
    const result = parseHex(`${record(0, 0x10, 1, 2, 3)}\r\n${END}\r\n`, MEGA328);
    if (!result.ok) throw new Error(result.problem.message);
    expect([...result.image.flash.subarray(0x0f, 0x14)]).to.deep.equal([0xff, 1, 2, 3, 0xff]);
    expect(result.image.usedBytes).to.equal(0x13);
    expect(result.image.flash).to.have.length(0x8000);
  });

  it('follows both kinds of address base beyond 64 KiB', () => {
    for (const base of [record(4, 0, 0x00, 0x01), record(2, 0, 0x10, 0x00)]) {
      const result = parseHex([base, record(0, 0x20, 7), record(3, 0, 0, 0, 0, 0), END].join('\n'), { flashBytes: 0x40000 });
      expect(result.ok && result.image.flash[0x10020]).to.equal(7);
    }
  });

  it('names a bad checksum and its line', () => {
    const text = `${record(0, 0, 1)}\n${record(0, 1, 2).slice(0, -2)}00\n${END}`;
    expect(problemOf(text)).to.include({ code: 'badChecksum', line: 2 });
    expect(problemOf(text).message).to.match(/Line 2 .*checksum/);
  });

  it('names what is not Intel HEX', () => {
    expect(problemOf('\x7fELF\n')).to.include({ code: 'notHex', line: 1 });
    expect(problemOf(`${record(0, 0, 1)}\nhello\n`)).to.include({ code: 'notHex', line: 2 });
    expect(problemOf(`${record(9, 0)}\n${END}`)).to.include({ code: 'notHex', line: 1 });
    expect(problemOf(`${record(4, 0, 1)}\n${END}`)).to.include({ code: 'notHex', line: 1 });
    expect(problemOf(`${record(0, 0, 1)}00\n${END}`)).to.include({ code: 'notHex', line: 1 });
    expect(problemOf(`${END}\n${record(0, 0, 1)}`)).to.include({ code: 'notHex', line: 2 });
  });

  it('names a file that was cut', () => {
    expect(problemOf(record(0, 0, 1))).to.include({ code: 'truncated', line: 1 });
    expect(problemOf(`${record(0, 0, 1, 2, 3).slice(0, -4)}\n${END}`)).to.include({ code: 'truncated', line: 1 });
    expect(problemOf(`${record(0, 0, 1, 2, 3).slice(0, -3)}\n${END}`)).to.include({ code: 'truncated', line: 1 });
  });

  it('names an image for a larger chip', () => {
    const text = [record(0, 0, 1), record(0, 0x8000, 2), END].join('\n');
    expect(problemOf(text)).to.include({ code: 'tooLarge', line: 2 });
    expect(problemOf(text).message).to.contain('0x8000').and.to.contain('32768');
    expect(parseHex(text, { flashBytes: 0x40000 }).ok).to.equal(true);
    expect(problemOf([record(4, 0, 0, 0x81), record(0, 0, 2), END].join('\n'))).to.include({ code: 'tooLarge', line: 2 });
  });

  it('names an address written twice', () => {
    const problem = problemOf([record(0, 0, 1, 2), record(0, 1, 3), END].join('\n'));
    expect(problem).to.include({ code: 'overlap', line: 2 });
    expect(problem.message).to.contain('0x1').and.to.contain('line 1');
  });

  it('names an empty file and one without a program', () => {
    expect(problemOf('')).to.include({ code: 'empty', line: 1 });
    expect(problemOf('\n\n')).to.include({ code: 'empty', line: 1 });
    expect(problemOf(END)).to.include({ code: 'empty', line: 1 });
  });
});
