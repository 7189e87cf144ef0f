import { expect } from 'chai';
import { framed, type HeardMessage, MessageReader } from './messages.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hear = (...chunks: readonly Uint8Array[]): readonly HeardMessage[] => {
  const reader = new MessageReader();
  return chunks.flatMap((chunk) => [...chunk].map((byte) => reader.take(byte))).filter((message) => message !== null);
};

// By hand from AVR068, section 2: start, number, size (high byte first), token, body, and the exclusive or of all of it.
const SIGN_ON = bytes('1B 01 00 01 0E 01 14');
const SIGNED_ON = bytes('1B 01 00 0B 0E 01 00 08 41 56 52 49 53 50 5F 32 74');

describe('messages of the bootloader', () => {
  it('are read byte by byte and answered as AVR068 writes them', () => {
    expect(hear(SIGN_ON)).to.deep.equal([{ sequence: 1, body: bytes('01'), intact: true }]);
    expect(framed(1, [1, 0, 8, ...Buffer.from('AVRISP_2')])).to.deep.equal(SIGNED_ON);
  });

  it('with one bit turned are never taken for intact', () => {
    for (let bit = 0; bit < SIGN_ON.length * 8; bit += 1) {
      const spoilt = SIGN_ON.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(
        hear(spoilt).filter(({ intact }) => intact),
        `bit ${bit}`,
      ).to.deep.equal([]);
    }
  });

  it('are found again after noise, a message cut off and a size that no chip could hold', () => {
    const found = hear(bytes('00 FF 0E'), bytes('1B 07 FF FF 0E'), bytes('1B 08 00 01 55'), SIGN_ON);
    expect(found.map(({ sequence }) => sequence)).to.deep.equal([1]);
  });
});
