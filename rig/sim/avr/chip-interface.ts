/** What the rest of the bench may ask of an emulated microcontroller: clock, reset line, pins, serial ports, analog inputs and their listeners. */

import type { Translates } from './translate/translation.ts';

export type { Translates };

export type ChipModel = 'atmega2560' | 'atmega328p';

/** Output stage of one pin: driven, or not driven with or without the internal pull-up. */
export type PinState = 'high' | 'low' | 'input' | 'pullUp';

/** Why a reset happened, as MCUSR records it. */
export type ResetCause = 'powerOn' | 'external' | 'brownOut' | 'watchdog';

export type PinListener = (pin: string, state: PinState, cycle: number) => void;
export type ForbiddenAccessListener = (register: string, address: number, pc: number) => void;

export interface ChipOptions {
  readonly translates?: Translates;
}

export interface ChipUart {
  /** A byte from outside whose stop bit is complete at `cycle`. A frame error makes the firmware see FE set with it. */
  receive(byte: number, cycle: number, fault?: 'frameError'): void;
  /** `endCycle` = the cycle at which the frame's last stop bit ends. */
  onTransmit(listener: (byte: number, endCycle: number) => void): void;
  /** Length of one character at the present settings, start to last stop bit, so that the outside can compare rates. */
  readonly cyclesPerFrame: number;
  /** Bits of one character at the present settings (10 for 8N1). */
  readonly bitsPerFrame: number;
  /** Received bytes lost because the firmware did not fetch earlier ones. */
  readonly overruns: number;
}

export interface ChipSpi {
  /** Called at the end of each byte sent as master; the value returned is the byte read. Without a listener 0xff is read. */
  onTransfer(listener: (byte: number, endCycle: number) => number): void;
}

export interface Chip {
  readonly model: ChipModel;
  readonly nominal_Hz: 16_000_000;

  /** Executed plus slept cycles since creation, at the nominal clock; never goes back, also across resets. */
  readonly cycles: number;
  /** Cycles spent executing instructions (not asleep, not in reset). */
  readonly executedCycles: number;
  /** How often a sleep ended. */
  readonly wakes: number;
  readonly asleep: boolean;
  readonly heldInReset: boolean;
  /** Cycle at which the chip next does something by itself: `cycles` while awake, else its next event, Infinity if none. */
  nextActivity(): number;

  /** Runs until `cycles >= target`, or until the end of the instruction (or event) in which a listener called stop(). */
  run(target: number): void;
  stop(): void;

  /** Reset line. hold() stops the CPU and turns pins to inputs; after release() the first instruction comes after the dead time. A new chip is held. */
  hold(cause: Exclude<ResetCause, 'watchdog'>): void;
  release(startupDelayCycles: number): void;
  /** Called at every reset, also those of the chip's own watchdog. */
  onReset(listener: (cause: ResetCause, cycle: number) => void): void;

  /** Pin by port letter and bit, 'PB3'. The level comes from outside; null = undriven (reads high with pull-up, else low). */
  setInput(pin: string, level: boolean | null): void;
  pinState(pin: string): PinState;
  /** Called at every change of any pin's output stage. */
  onPinChange(listener: PinListener): void;

  /** Volts on an ADC channel at a cycle; asked at the instant of sampling. */
  analog: (channel: number, cycle: number) => number;
  aref_V: number;
  avcc_V: number;
  /** The internal band gap, 1.1 V nominal (1.0 to 1.2 V by the datasheet). */
  bandgap_V: number;

  readonly uart0: ChipUart;
  readonly spi: ChipSpi;

  /** Calls `action` when the chip's clock reaches `cycle` (with `cycles` >= cycle); edges set inside are stamped with exactly `cycle`. Survives resets. */
  at(cycle: number, action: () => void): void;

  /** Accesses to registers the emulation does not have, or does not have in that setting. */
  onForbiddenAccess(listener: ForbiddenAccessListener): void;

  /** Internal SRAM, from its first address (0x100 or 0x200). */
  readonly ram: Uint8Array;
  /** Writes a data address as an instruction would: what a disturbance does to a register. */
  poke(address: number, value: number): void;
  /** Program memory; changed by `program` alone. */
  readonly flash: Readonly<Uint8Array>;
  /** Writes program memory as a bootloader or programmer does. The chip must be held in reset. */
  program(address: number, bytes: Uint8Array): void;
  /** Contents are settable; survives resets. */
  readonly eeprom: Uint8Array;
  /** Greatest depth of the stack since the last power-on, in bytes. */
  stackHighWater(): number;
}
