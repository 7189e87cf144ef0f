/** The introduction of a fixture with another firmware: the line of the real one with another version or signal table in it, and the right CRC. */

import { FIXTURE_MESSAGES } from '../../wire/messages.ts';
import { MAX_LINE_TO_HOST } from '../../wire/limits.ts';
import { frame, hex, unframe } from '../../wire/lines.ts';

export interface OtherFirmware {
  readonly version?: number;
  readonly table?: number;
}

/** Any other line, and one that was spoiled on its way, stays as it is. */
export const otherHello = (line: string, other: OtherFirmware): string => {
  const unframed = unframe(line, MAX_LINE_TO_HOST);
  const { letter, fields } = FIXTURE_MESSAGES.hello;
  if (!unframed.ok || !unframed.body.startsWith(letter)) return line;
  let body = letter as string;
  let at = letter.length;
  for (const [name, width] of Object.entries(fields)) {
    const value = other[name as keyof OtherFirmware];
    body += value === undefined ? unframed.body.slice(at, at + width) : hex(value, width);
    at += width;
  }
  return frame(body);
};
