/** How a bootloader takes messages out of a stream of bytes and puts its answers into one. Source: AVR068, "STK500 Communication Protocol", section 2. */

const START = 0x1b;
const TOKEN = 0x0e;
/** 256 bytes of a page, and what stands before them in the longest command. */
const LONGEST_BODY = 275;

/** A message as it was framed; `intact` is false where its checksum does not fit. */
export interface HeardMessage {
  readonly sequence: number;
  readonly body: Uint8Array;
  readonly intact: boolean;
}

type State = 'start' | 'sequence' | 'sizeHigh' | 'sizeLow' | 'token' | 'body' | 'checksum';

/** One byte at a time, as the receive loop of a chip with 8 KB of memory does it. */
export class MessageReader {
  #state: State = 'start';
  #sequence = 0;
  #size = 0;
  #sum = 0;
  #body: number[] = [];

  /** The message that this byte completes, if it does. */
  take(byte: number): HeardMessage | null {
    if (this.#state === 'start') {
      if (byte === START) this.#begin();
      return null;
    }
    this.#sum ^= byte;
    switch (this.#state) {
      case 'sequence':
        this.#sequence = byte;
        this.#state = 'sizeHigh';
        return null;
      case 'sizeHigh':
        this.#size = byte << 8;
        this.#state = 'sizeLow';
        return null;
      case 'sizeLow':
        this.#size |= byte;
        this.#state = this.#size > 0 && this.#size <= LONGEST_BODY ? 'token' : 'start';
        return null;
      case 'token':
        this.#state = byte === TOKEN ? 'body' : 'start';
        return null;
      case 'body':
        this.#body.push(byte);
        if (this.#body.length === this.#size) this.#state = 'checksum';
        return null;
      case 'checksum':
        this.#state = 'start';
        return { sequence: this.#sequence, body: Uint8Array.from(this.#body), intact: this.#sum === 0 };
    }
  }

  #begin(): void {
    this.#state = 'sequence';
    this.#sum = START;
    this.#body = [];
  }
}

/** An answer carries the number of the command it answers. */
export const framed = (sequence: number, body: readonly number[]): Uint8Array => {
  const bytes = [START, sequence, body.length >> 8, body.length & 0xff, TOKEN, ...body];
  return Uint8Array.from([...bytes, bytes.reduce((sum, byte) => sum ^ byte, 0)]);
};
