/** How a body becomes a line of the wire and back: body, `*`, CRC, newline. */

import { crc16 } from './crc.ts';

export type LineFault = 'tooLong' | 'notPrintable' | 'noCrc' | 'badCrc';
export type Unframed = { readonly ok: true; readonly body: string } | { readonly ok: false; readonly reason: LineFault };

/** `value` as upper-case hex of `width` digits; throws a RangeError when it does not fit (a programming error, never data from the wire). */
export function hex(value: number, width: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 16 ** width)
    throw new RangeError(`${value} is not an integer of ${width} hex digits`);
  return value.toString(16).toUpperCase().padStart(width, '0');
}

/** The whole line for `body`, newline included. */
export const frame = (body: string): string => `${body}*${hex(crc16(body), 4)}\n`;

/** The body of a line (with or without its newline, `\r` before it ignored) whose CRC is right and which is no longer than `maxLength` with newline. */
export function unframe(line: string, maxLength: number): Unframed {
  const text = line.replace(/\r?\n$|\r$/, '');
  if (text.length + 1 > maxLength) return { ok: false, reason: 'tooLong' };
  if (!/^[\x20-\x7e]*$/.test(text)) return { ok: false, reason: 'notPrintable' };
  const match = /^(.*)\*([0-9A-F]{4})$/.exec(text);
  if (!match) return { ok: false, reason: 'noCrc' };
  const [, body = '', crc] = match;
  return hex(crc16(body), 4) === crc ? { ok: true, body } : { ok: false, reason: 'badCrc' };
}
