import { expect } from 'chai';
import { crc16 } from './crc.ts';

describe('crc16', () => {
  it('gives the published check value of CRC-16/MCRF4XX', () => {
    expect(crc16('123456789')).to.equal(0x6f91);
  });
  it('starts at 0xFFFF', () => {
    expect(crc16('')).to.equal(0xffff);
  });
  it('notices every single-bit change of a line', () => {
    const line = 'S010001T0003000000070005101388';
    for (let i = 0; i < line.length; i++) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = line.slice(0, i) + String.fromCharCode(line.charCodeAt(i) ^ (1 << bit)) + line.slice(i + 1);
        expect(crc16(changed), `character ${i}, bit ${bit}`).to.not.equal(crc16(line));
      }
    }
  });
});
