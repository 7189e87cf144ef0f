/** The ATmega2560 (datasheet DS40002211). */

import type { AdcInput } from '../adc.ts';
import { COMMON_PLAIN, timer16 } from './chip-config.ts';
import type { ChipConfig } from './chip-config.ts';

/** Table 26-4. Differential inputs are not emulated. */
const adcInput = (mux: number): AdcInput => {
  const select = mux & 0x1f;
  const high = (mux & 0x20) !== 0;
  if (select < 8) return { channel: high ? select + 8 : select };
  if (!high && select === 0x1e) return { fixed: 'bandgap' };
  return !high && select === 0x1f ? { fixed: 'ground' } : null;
};

export const atmega2560: ChipConfig = {
  model: 'atmega2560',
  flashBytes: 0x40000,
  ramStart: 0x200,
  ramEnd: 0x21ff,
  eepromBytes: 4096,
  interruptCycles: 5,
  ports: [
    { letter: 'A', pin: 0x20, mask: 0xff },
    { letter: 'B', pin: 0x23, mask: 0xff },
    { letter: 'C', pin: 0x26, mask: 0xff },
    { letter: 'D', pin: 0x29, mask: 0xff },
    { letter: 'E', pin: 0x2c, mask: 0xff },
    { letter: 'F', pin: 0x2f, mask: 0xff },
    { letter: 'G', pin: 0x32, mask: 0x3f },
    { letter: 'H', pin: 0x100, mask: 0xff },
    { letter: 'J', pin: 0x103, mask: 0xff },
    { letter: 'K', pin: 0x106, mask: 0xff },
    { letter: 'L', pin: 0x109, mask: 0xff },
  ],
  external: {
    interrupts: [
      { pin: 'PD0', vector: 1, control: 0x69, shift: 0, asynchronousEdges: true },
      { pin: 'PD1', vector: 2, control: 0x69, shift: 2, asynchronousEdges: true },
      { pin: 'PD2', vector: 3, control: 0x69, shift: 4, asynchronousEdges: true },
      { pin: 'PD3', vector: 4, control: 0x69, shift: 6, asynchronousEdges: true },
      { pin: 'PE4', vector: 5, control: 0x6a, shift: 0, asynchronousEdges: false },
      { pin: 'PE5', vector: 6, control: 0x6a, shift: 2, asynchronousEdges: false },
      { pin: 'PE6', vector: 7, control: 0x6a, shift: 4, asynchronousEdges: false },
      { pin: 'PE7', vector: 8, control: 0x6a, shift: 6, asynchronousEdges: false },
    ],
    groups: [
      { vector: 9, mask: 0x6b, sources: [{ port: 'B', bits: 0xff, shift: 0 }] },
      {
        vector: 10,
        mask: 0x6c,
        sources: [
          { port: 'E', bits: 0x01, shift: 0 },
          { port: 'J', bits: 0x7f, shift: 1 },
        ],
      },
      { vector: 11, mask: 0x6d, sources: [{ port: 'K', bits: 0xff, shift: 0 }] },
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
      outputs: ['PB7', 'PG5'],
      countPin: 'PD7',
      vectors: { compare: [21, 22], overflow: 23 },
    },
    timer16({
      index: 1,
      base: 0x80,
      outputs: ['PB5', 'PB6', 'PB7'],
      capturePin: 'PD4',
      countPin: 'PD6',
      vectors: { capture: 16, compare: [17, 18, 19], overflow: 20 },
    }),
    {
      index: 2,
      bits: 8,
      control: 0xb0,
      count: 0xb2,
      compare: 0xb3,
      mask: 0x70,
      flags: 0x37,
      outputs: ['PB4', 'PH6'],
      vectors: { compare: [13, 14], overflow: 15 },
    },
    timer16({
      index: 3,
      base: 0x90,
      outputs: ['PE3', 'PE4', 'PE5'],
      capturePin: 'PE7',
      countPin: 'PE6',
      vectors: { capture: 31, compare: [32, 33, 34], overflow: 35 },
    }),
    timer16({
      index: 4,
      base: 0xa0,
      outputs: ['PH3', 'PH4', 'PH5'],
      capturePin: 'PL0',
      countPin: 'PH7',
      vectors: { capture: 41, compare: [42, 43, 44], overflow: 45 },
    }),
    timer16({
      index: 5,
      base: 0x120,
      outputs: ['PL3', 'PL4', 'PL5'],
      capturePin: 'PL1',
      countPin: 'PL2',
      vectors: { capture: 46, compare: [47, 48, 49], overflow: 50 },
    }),
  ],
  usarts: [
    { base: 0xc0, receivePin: 'PE0', transmitPin: 'PE1', vectors: { receive: 25, empty: 26, transmit: 27 } },
    { base: 0xc8, receivePin: 'PD2', transmitPin: 'PD3', vectors: { receive: 36, empty: 37, transmit: 38 } },
    { base: 0xd0, receivePin: 'PH0', transmitPin: 'PH1', vectors: { receive: 51, empty: 52, transmit: 53 } },
    { base: 0x130, receivePin: 'PJ0', transmitPin: 'PJ1', vectors: { receive: 54, empty: 55, transmit: 56 } },
  ],
  adc: { vector: 29, input: adcInput, references: ['aref', 'avcc', 'bandgap', '2.56V'] },
  spi: { vector: 24, selectPin: 'PB0' },
  vectors: { watchdog: 12, eepromReady: 30, twi: 39 },
  // RAMPZ, EIND, PRR0, PRR1, DIDR2, besides what both chips share.
  plain: [...COMMON_PLAIN, 0x5b, 0x5c, 0x64, 0x65, 0x7d],
  refused: new Map([
    [0x51, 'OCDR'],
    [0x57, 'SPMCSR'],
    [0x74, 'XMCRA'],
    [0x75, 'XMCRB'],
  ]),
};
