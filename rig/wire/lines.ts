/** How a body becomes a line of the wire and back: body, `*`, CRC, newline. */

import { crc16 } from './crc.ts';

export type LineFault = 'tooLong' | 'notPrintable' | 'noCrc' | 'badCrc';
export type Unframed = { readonly ok: true; readonly body: string } | { readonly ok: false; readonly reason: LineFault };

/** `value` as upper-case hex of `width` digits; throws a RangeError when it does not fit (a programming error, never data from the wire). */
export function hex(value: number, width: number): string {
  if (!Number.isInteger(value) || value < 0 || value >= 16 ** width)
    throw new RangeError(`${value} is not an integer of ${width} hex digits`);
  let digits = '';
  let rest = value;
  for (let place = 0; place < width; place += 1) {
    const higher = Math.floor(rest / 16);
    digits = DIGITS[rest - 16 * higher]! + digits;
    rest = higher;
  }
  return digits;
}

const DIGITS = '0123456789ABCDEF';

/** The number that so many upper-case digits from `from` on stand for; -1 where one of them is none. */
export function parseHex(text: string, from: number, width: number): number {
  let value = 0;
  for (let at = from; at < from + width; at += 1) {
    const code = text.charCodeAt(at); // NaN behind the end
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 70 ? code - 55 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const [NEWLINE, RETURN, STAR, SPACE, TILDE] = [0x0a, 0x0d, 0x2a, 0x20, 0x7e];

/** Without a newline at its end, and a `\r` before that. */
const withoutNewline = (line: string): string => {
  const end = line.charCodeAt(line.length - 1) === NEWLINE ? line.length - 1 : line.length;
  return line.slice(0, line.charCodeAt(end - 1) === RETURN ? end - 1 : end);
};

const isPrintable = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code > TILDE) return false;
  }
  return true;
};

/** The whole line for `body`, newline included. */
export const frame = (body: string): string => `${body}*${hex(crc16(body), CRC_DIGITS)}\n`;

const CRC_DIGITS = 4;

/** The body of a line (with or without its newline, `\r` before it ignored) whose CRC is right and which is no longer than `maxLength` with newline. */
export function unframe(line: string, maxLength: number): Unframed {
  const text = withoutNewline(line);
  if (text.length + 1 > maxLength) return { ok: false, reason: 'tooLong' };
  if (!isPrintable(text)) return { ok: false, reason: 'notPrintable' };
  const star = text.length - CRC_DIGITS - 1;
  const crc = star >= 0 && text.charCodeAt(star) === STAR ? parseHex(text, star + 1, CRC_DIGITS) : -1;
  if (crc < 0) return { ok: false, reason: 'noCrc' };
  const body = text.slice(0, star);
  return crc16(body) === crc ? { ok: true, body } : { ok: false, reason: 'badCrc' };
}
