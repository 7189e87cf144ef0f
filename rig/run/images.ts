/** Where firmware images come from and how they are checked before a chip runs them. */

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RigError } from '../error.ts';
import { type HexImage, parseHex } from '../sim/avr/hex.ts';
import { plainBytes } from './plain-file.ts';

export interface LoadedImage {
  readonly image: HexImage;
  /** sha256 of the file, hex. */
  readonly hash: string;
  readonly file: string;
}

const FLASH_bytes = { fixture: 256 * 1024, unit: 32 * 1024 } as const;
/** Intel HEX takes about 2.8 characters a byte; a file beyond this cannot be an image for the chip. */
const LARGEST_HEX_bytes = 1024 * 1024;

export const FIXTURE_IMAGE = fileURLToPath(new URL('../fixture/fixture.hex', import.meta.url));
export const UNIT_IMAGE = fileURLToPath(new URL('../sim/unit/unit.hex', import.meta.url));

/** Images read in this process, by what their file contains: a run opens the same two for every case. */
const parsed = new Map<string, HexImage>();
const MAX_PARSED = 16;

/** Throws RigError imageBad / imageTooLarge / fileUnreadable with the line and what to do. */
export const loadImage = (file: string, board: keyof typeof FLASH_bytes): LoadedImage => {
  let text: Buffer;
  try {
    const { size } = statSync(file);
    if (size > LARGEST_HEX_bytes) {
      throw new RigError('imageTooLarge', `${file} has ${size} bytes; an image for this chip has less than ${LARGEST_HEX_bytes}.`, {
        hint: 'give an Intel HEX file',
        blame: 'operator',
      });
    }
    text = plainBytes(file);
  } catch (cause) {
    if (cause instanceof RigError) throw cause;
    throw new RigError('fileUnreadable', `The image ${file} cannot be read: ${(cause as Error).message}.`, {
      hint: 'check the path given to --unit',
      blame: 'operator',
      cause,
    });
  }
  const hash = createHash('sha256').update(text).digest('hex');
  const key = `${board} ${hash}`;
  const known = parsed.get(key);
  if (known !== undefined) return { image: known, hash, file };
  const result = parseHex(text.toString('latin1'), { flashBytes: FLASH_bytes[board] });
  if (!result.ok) {
    const { code, line, message } = result.problem;
    throw new RigError(code === 'tooLarge' ? 'imageTooLarge' : 'imageBad', `${file}:${line}:1 ${message}`, {
      hint: 'make it anew with avr-objcopy -O ihex',
      blame: 'operator',
    });
  }
  if (parsed.size >= MAX_PARSED) parsed.clear();
  parsed.set(key, result.image);
  return { image: result.image, hash, file };
};
