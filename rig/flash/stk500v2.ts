/** The messages between this host and a board's bootloader, as bytes and back. Source: Atmel AVR068, "STK500 Communication Protocol". */

const START = 0x1b;
const TOKEN = 0x0e;
/** Start, number, two of size, token; and the checksum behind the body. */
const HEAD_bytes = 5;
const OVERHEAD_bytes = HEAD_bytes + 1;
/** An answer holds a page of 256 bytes and three more at most. */
const LONGEST_ANSWER_bytes = 300;

export const COMMAND = {
  signOn: 0x01,
  loadAddress: 0x06,
  enterProgramming: 0x10,
  leaveProgramming: 0x11,
  programFlash: 0x13,
  readFlash: 0x14,
  programEeprom: 0x15,
  readEeprom: 0x16,
  spiMulti: 0x1d,
} as const;

export const STATUS_OK = 0x00;

/** The words of AVR068 for what a bootloader may answer instead. */
export const STATUS_WORDS: Readonly<Record<number, string>> = {
  0x80: 'the command timed out',
  0x81: 'the chip stayed busy',
  0xc0: 'the command failed',
  0xc1: 'the command came with a wrong checksum',
  0xc9: 'the command is not known there',
};

const checksum = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);

export const encodeMessage = (sequence: number, body: readonly number[]): Buffer => {
  const message = Buffer.from([START, sequence & 0xff, body.length >> 8, body.length & 0xff, TOKEN, ...body, 0]);
  message[message.length - 1] = checksum(message);
  return message;
};

/** Puts a stream of bytes together to the answers in it. */
export class AnswerReader {
  #bytes = Buffer.alloc(0);
  /** Messages whose checksum did not fit. */
  garbled = 0;

  /** Bodies of answers by their number, in the order in which they came. */
  take(bytes: Uint8Array): readonly { readonly sequence: number; readonly body: Buffer }[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const answers: { readonly sequence: number; readonly body: Buffer }[] = [];
    for (;;) {
      const start = this.#bytes.indexOf(START);
      this.#bytes = start < 0 ? Buffer.alloc(0) : this.#bytes.subarray(start);
      if (this.#bytes.length < HEAD_bytes) return answers;
      const size = this.#bytes.readUInt16BE(2);
      if (this.#bytes[4] !== TOKEN || size === 0 || size > LONGEST_ANSWER_bytes) {
        this.#bytes = this.#bytes.subarray(1); // no message begins here
        continue;
      }
      if (this.#bytes.length < size + OVERHEAD_bytes) return answers;
      const message = this.#bytes.subarray(0, size + OVERHEAD_bytes);
      if (checksum(message) === 0) {
        answers.push({ sequence: message[1]!, body: message.subarray(HEAD_bytes, HEAD_bytes + size) });
        this.#bytes = this.#bytes.subarray(message.length);
      } else {
        this.garbled += 1;
        this.#bytes = this.#bytes.subarray(1);
      }
    }
  }
}
