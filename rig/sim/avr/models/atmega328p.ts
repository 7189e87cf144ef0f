/** The ATmega328P (datasheet DS40002061). */

import type { AdcInput } from '../adc.ts';
import { COMMON_PLAIN, timer16 } from './chip-config.ts';
import type { ChipConfig } from './chip-config.ts';

/** Table 24-4. Channel 8 is the temperature sensor: 314 mV at 25 degrees Celsius. */
const adcInput = (mux: number): AdcInput => {
  const select = mux & 0x0f;
  if (select < 8) return { channel: select };
  if (select === 8) return { volts: 0.314 };
  if (select === 14) return { fixed: 'bandgap' };
  return select === 15 ? { fixed: 'ground' } : null;
};

export const atmega328p: ChipConfig = {
  model: 'atmega328p',
  flashBytes: 0x8000,
  ramStart: 0x100,
  ramEnd: 0x8ff,
  eepromBytes: 1024,
  interruptCycles: 4,
  ports: [
    { letter: 'B', pin: 0x23, mask: 0xff },
    { letter: 'C', pin: 0x26, mask: 0x7f },
    { letter: 'D', pin: 0x29, mask: 0xff },
  ],
  external: {
    interrupts: [
      { pin: 'PD2', vector: 1, control: 0x69, shift: 0, asynchronousEdges: false },
      { pin: 'PD3', vector: 2, control: 0x69, shift: 2, asynchronousEdges: false },
    ],
    groups: [
      { vector: 3, mask: 0x6b, sources: [{ port: 'B', bits: 0xff, shift: 0 }] },
      { vector: 4, mask: 0x6c, sources: [{ port: 'C', bits: 0x7f, shift: 0 }] },
      { vector: 5, mask: 0x6d, sources: [{ port: 'D', bits: 0xff, shift: 0 }] },
    ],
  },
  timers: [
    {
      index: 0,
      bits: 8,
      control: 0x44,
      count: 0x46,
      compare: 0x47,
      mask: 0x6e,
      flags: 0x35,
      outputs: ['PD6', 'PD5'],
      countPin: 'PD4',
      vectors: { compare: [14, 15], overflow: 16 },
    },
    timer16({
      index: 1,
      base: 0x80,
      outputs: ['PB1', 'PB2'],
      capturePin: 'PB0',
      countPin: 'PD5',
      vectors: { capture: 10, compare: [11, 12], overflow: 13 },
    }),
    {
      index: 2,
      bits: 8,
      control: 0xb0,
      count: 0xb2,
      compare: 0xb3,
      mask: 0x70,
      flags: 0x37,
      outputs: ['PB3', 'PD3'],
      vectors: { compare: [7, 8], overflow: 9 },
    },
  ],
  usarts: [{ base: 0xc0, receivePin: 'PD0', transmitPin: 'PD1', vectors: { receive: 18, empty: 19, transmit: 20 } }],
  adc: { vector: 21, input: adcInput, references: ['aref', 'avcc', null, 'bandgap'] },
  spi: { vector: 17, selectPin: 'PB2' },
  vectors: { watchdog: 6, eepromReady: 22, twi: 24 },
  // PRR, besides what both chips share.
  plain: [...COMMON_PLAIN, 0x64],
  refused: new Map([[0x57, 'SPMCSR']]),
};
