/** The fixture's SPI converter as its chip select and data lines see it: three bytes while selected make one frame. Format: rig/fixture/channels.ts. */

import { CONVERTER_SELECT_PIN } from '../fixture/channels.ts';
import type { Chip } from './avr/chip.ts';

const WRITE_AND_UPDATE = 0b0011;
const FRAME_BYTES = 3;

/** Calls `onFrame` for each whole write-and-update frame, with the cycle at which the select line rose. Other frames are ignored, as by the part. */
export const attachConverter = (chip: Chip, onFrame: (channel: number, code: number, cycle: number) => void): void => {
  let selected = false;
  let bytes: number[] = [];
  chip.spi.onTransfer((byte) => {
    if (selected) bytes.push(byte);
    return 0xff; // the part's data output is not connected
  });
  chip.onPinChange((pin, state, cycle) => {
    if (pin !== CONVERTER_SELECT_PIN) return;
    const nowSelected = state === 'low';
    if (selected && !nowSelected && bytes.length === FRAME_BYTES && bytes[0]! >> 4 === WRITE_AND_UPDATE) {
      onFrame(bytes[0]! & 0x0f, (bytes[1]! << 8) | bytes[2]!, cycle);
    }
    if (nowSelected !== selected) bytes = [];
    selected = nowSelected;
  });
};
