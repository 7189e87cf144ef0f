import { expect } from 'chai';
import { AnswerReader, encodeMessage } from './stk500v2.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

// By hand from AVR068, section 2.
const SIGNED_ON = bytes('1B 01 00 0B 0E 01 00 08 41 56 52 49 53 50 5F 32 74');

describe('messages to a bootloader', () => {
  it('are framed as AVR068 writes them', () => {
    expect(encodeMessage(1, [0x01])).to.deep.equal(bytes('1B 01 00 01 0E 01 14'));
    expect(encodeMessage(0x1ff, [0x06, 0x80, 0, 1, 0])).to.deep.equal(bytes('1B FF 00 05 0E 06 80 00 01 00 68'));
  });

  it('are read in whatever pieces they come, with noise before them', () => {
    for (const cut of [1, 4, 5, 9, 16]) {
      const reader = new AnswerReader();
      const answers = [bytes('00 0E'), SIGNED_ON.subarray(0, cut), SIGNED_ON.subarray(cut)].flatMap((piece) => reader.take(piece));
      expect(answers, `cut after ${cut}`).to.deep.equal([{ sequence: 1, body: SIGNED_ON.subarray(5, 16) }]);
      expect(reader.garbled).to.equal(0);
    }
  });

  it('are counted and left out where the checksum does not fit, and the next one is found', () => {
    const reader = new AnswerReader();
    const spoilt = Buffer.from(SIGNED_ON);
    spoilt[8]! ^= 0x20;
    expect(reader.take(Buffer.concat([spoilt, SIGNED_ON])).map(({ sequence }) => sequence)).to.deep.equal([1]);
    expect(reader.garbled).to.equal(1);
  });

  it('with a size that no answer has are no messages', () => {
    const reader = new AnswerReader();
    expect(reader.take(Buffer.concat([bytes('1B 05 7F FF 0E'), SIGNED_ON]))).to.have.length(1);
  });
});
