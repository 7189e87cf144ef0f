/** How far flashing is, on standard error: one line rewritten on a terminal, a line a step elsewhere, nothing for programs. */

import type { FlashStep } from '../flash/flash-board.ts';
import { isLively, type Surroundings } from './surroundings.ts';

const WORDS: Readonly<Record<FlashStep, string>> = {
  greet: 'asking who is there',
  identify: 'asking the bootloader for its chip',
  write: 'writing',
  verify: 'verifying',
  name: 'giving the board its id',
  check: 'greeting the fixture',
};

export interface FlashProgress {
  readonly onStep: (step: FlashStep, fraction: number) => void;
  /** Clears the line on a terminal. */
  readonly finish: () => void;
}

export const flashProgress = (json: boolean, surroundings: Surroundings): FlashProgress => {
  const { err } = surroundings;
  if (json) return { onStep: () => undefined, finish: () => undefined };
  const lively = isLively(surroundings, err);
  let last: FlashStep | null = null;
  return {
    onStep: (step, fraction) => {
      if (lively) err.write(`\r\u001B[K${WORDS[step]}${fraction > 0 ? ` ${Math.floor(fraction * 100)} %` : ' ...'}`);
      else if (step !== last) err.write(`${WORDS[step]} ...\n`);
      last = step;
    },
    finish: () => {
      if (lively) err.write('\r\u001B[K');
    },
  };
};
