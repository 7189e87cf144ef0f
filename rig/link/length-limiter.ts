/** Keeps a byte stream's lines short, so that a peer which never sends a newline costs neither memory nor time. */

import { Transform, type TransformCallback } from 'node:stream';

/** Longest line towards the host, newline included. Source: PROTOCOL.md. */
export const MAX_LINE_BYTES = 200;
const NEWLINE = 0x0a;
/** Bytes of the latest input kept for a person to look at. */
const GLIMPSE_BYTES = 48;

/**
 * Passes bytes on, but of each line no more than `MAX_LINE_BYTES - 1` and its newline. `@serialport/parser-readline` behind it
 * joins its remainder to each chunk it gets, which is quadratic where no newline comes.
 */
export class LengthLimiter extends Transform {
  /** Lines cut so far; a line is counted once, when it grows too long. */
  cutLines = 0;
  receivedBytes = 0;
  #length = 0;
  #glimpse: Buffer = Buffer.alloc(0);

  /** The last bytes received, for a message about a port that speaks something else. */
  get glimpse(): string {
    return this.#glimpse.toString('latin1');
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.receivedBytes += chunk.length;
    this.#glimpse = Buffer.concat([this.#glimpse.subarray(-GLIMPSE_BYTES), chunk.subarray(-GLIMPSE_BYTES)]).subarray(-GLIMPSE_BYTES);
    let passFrom = 0;
    let at = 0;
    while (at < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, at);
      const end = newline === -1 ? chunk.length : newline;
      const room = MAX_LINE_BYTES - 1 - this.#length;
      if (end - at > room) {
        if (room >= 0) this.cutLines += 1;
        const keepTo = at + Math.max(room, 0);
        if (keepTo > passFrom) this.push(chunk.subarray(passFrom, keepTo));
        passFrom = end;
        this.#length = MAX_LINE_BYTES; // from here on `room` is negative: already counted
      } else this.#length += end - at;
      if (newline !== -1) this.#length = 0;
      at = end + 1;
    }
    if (passFrom < chunk.length) this.push(chunk.subarray(passFrom));
    done();
  }
}
