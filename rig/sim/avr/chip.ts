/** Makes emulated microcontrollers from program images; the door to this folder. */

import type { Chip, ChipModel, ChipOptions } from './chip-interface.ts';
import type { HexImage } from './hex.ts';
import { Microcontroller } from './microcontroller.ts';

export type * from './chip-interface.ts';
export type { HexImage } from './hex.ts';

/** A chip with erased EEPROM, held in reset: call release() to start it. */
export const createChip = (model: ChipModel, image: HexImage, options: ChipOptions = {}): Chip =>
  new Microcontroller(model, image, options);
