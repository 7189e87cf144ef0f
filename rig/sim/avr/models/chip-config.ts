/** What distinguishes one AVR from another: memories, addresses, pins and vectors, in the datasheets' words. */

import type { AdcConfig } from '../adc.ts';
import type { ChipModel } from '../chip-interface.ts';
import type { ExternalConfig } from '../external-interrupts.ts';
import type { PortConfig } from '../ports.ts';
import type { SpiConfig } from '../spi.ts';
import type { TimerConfig } from '../timer.ts';
import type { UsartConfig } from '../usart.ts';

export interface ChipConfig {
  readonly model: ChipModel;
  readonly flashBytes: number;
  readonly ramStart: number;
  readonly ramEnd: number;
  readonly eepromBytes: number;
  /** 4, or 5 with a 22-bit program counter. */
  readonly interruptCycles: number;
  readonly ports: readonly PortConfig[];
  readonly external: ExternalConfig;
  readonly timers: readonly TimerConfig[];
  /** The first is the chip's uart0. */
  readonly usarts: readonly UsartConfig[];
  readonly adc: AdcConfig;
  readonly spi: SpiConfig;
  readonly vectors: { readonly watchdog: number; readonly eepromReady: number; readonly twi: number };
  /** Registers that are memory and nothing else for the emulation. */
  readonly plain: readonly number[];
  /** Registers the chip has and the emulation has not. */
  readonly refused: ReadonlyMap<number, string>;
}

/** Registers without hooks that both chips share: GPIOR, EEDR, EEARL, SPL, SPH, SREG, OSCCAL, PCMSK0-2, ADMUX, DIDR0, DIDR1, TWBR, TWAR, TWDR, TWAMR. */
export const COMMON_PLAIN: readonly number[] = [
  0x3e, 0x4a, 0x4b, 0x40, 0x41, 0x5d, 0x5e, 0x5f, 0x66, 0x6b, 0x6c, 0x6d, 0x7c, 0x7e, 0x7f, 0xb8, 0xba, 0xbb, 0xbd,
];

/** The registers of 16-bit timers lie alike behind a base address. */
export const timer16 = (
  config: Pick<TimerConfig, 'index' | 'outputs' | 'vectors'> & {
    readonly base: number;
    readonly capturePin: string;
    readonly countPin: string;
  },
): TimerConfig => ({
  index: config.index,
  bits: 16,
  control: config.base,
  count: config.base + 4,
  capture: config.base + 6,
  compare: config.base + 8,
  mask: 0x6e + config.index,
  flags: 0x35 + config.index,
  outputs: config.outputs,
  capturePin: config.capturePin,
  countPin: config.countPin,
  vectors: config.vectors,
});
