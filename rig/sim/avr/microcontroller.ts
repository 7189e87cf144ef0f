/** Puts core and peripherals together into one chip. */

import type { Chip, ChipModel } from './chip-interface.ts';
import type { HexImage } from './hex.ts';

// The first commit states the interface; the class follows at once.
export const Microcontroller = class {
  constructor(model: ChipModel, image: HexImage) {
    throw new Error(`${model} ${image.usedBytes}`);
  }
} as unknown as new (model: ChipModel, image: HexImage) => Chip;
