/** What avrdude says while it works, read for its progress and for how it failed; every version since 6 words it a little differently. */

import { RigError } from '../error.ts';
import type { FlashPhase } from './programmer.ts';
import { verifyFailed, wrongBoard } from './programmer.ts';

/** A bar has so many marks. */
const BAR = 50;
/** It asks seven times by itself and then goes on as if nothing were the matter. */
const GARBLED_ANSWERS = 20;
const LAST_LINES = 4;
/** A pseudo-terminal has no modem lines; what avrdude says of it is no fault. */
const HARMLESS = /ioctl\("TIOC|^$/;
const BARS: readonly (readonly [FlashPhase, RegExp])[] = [
  ['write', /Writing \| (#*)/g],
  ['verify', /Reading \| (#*)/g],
];

export class AvrdudeOutput {
  readonly #onProgress: (phase: FlashPhase, fraction: number) => void;
  #text = '';
  readonly #told: Record<FlashPhase, number> = { write: 0, verify: 0 };

  constructor(onProgress: (phase: FlashPhase, fraction: number) => void) {
    this.#onProgress = onProgress;
  }

  /** True where what came is a sign of life, and not one more complaint. */
  take(text: string): boolean {
    this.#text += text;
    let alive = false;
    for (const [phase, bar] of BARS) {
      const marks = [...this.#text.matchAll(bar)].at(-1)?.[1]?.length ?? 0;
      if (marks <= this.#told[phase]) continue;
      this.#told[phase] = marks;
      this.#onProgress(phase, Math.min(1, marks / BAR));
      alive = true;
    }
    return alive;
  }

  /** Nothing sensible comes any more. */
  get hopeless(): boolean {
    return (this.#text.match(/wrong checksum|checksum error/gi)?.length ?? 0) > GARBLED_ANSWERS;
  }

  get #lines(): readonly string[] {
    return this.#text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => !HARMLESS.test(line) && !line.includes('Thank you'));
  }

  /** Why it did not do what it was asked, or null. An exit of 0 is not enough: avrdude 7.1 reports success where every answer it got was garbled. */
  fault(port: string, exit: number | null): RigError | null {
    const text = this.#text;
    const signature = /device signature = 0x([0-9a-f]{6})/i.exec(text)?.[1]?.toLowerCase();
    if (signature !== undefined && /expected signature/i.test(text)) return wrongBoard(port, signature);
    if (/verification (error|mismatch)/i.test(text)) {
      const where = /device 0x([0-9a-f]+) != input 0x([0-9a-f]+) at addr 0x([0-9a-f]+)/i.exec(text);
      return verifyFailed(
        port,
        where === null ? 'avrdude found a difference' : `byte 0x${where[3]} reads ${where[1]} instead of ${where[2]}`,
      );
    }
    const complained = this.#lines.some((line) => /error\b/i.test(line));
    if (exit === 0 && !complained && / verified$/m.test(text)) return null;
    const hint = 'Check the USB cable and the supply of the board, then flash it again: its bootloader is still there.';
    if (this.hopeless)
      return new RigError('bootloaderFault', `avrdude could not flash ${port}: the answers come with a wrong checksum.`, {
        hint,
        blame: 'link',
      });
    const last = this.#lines.slice(-LAST_LINES).join(' / ');
    return new RigError('bootloaderFault', `avrdude could not flash ${port}: ${last === '' ? 'it said nothing' : last}`, {
      hint,
      blame: 'link',
    });
  }
}
