/** What each sleep mode leaves running and how long the chip takes to come back. */

export interface SleepMode {
  readonly ioClock: boolean;
  readonly adcClock: boolean;
  /** An enabled, idle ADC starts a conversion on entering. */
  readonly startsConversion: boolean;
  readonly wakeCycles: number;
}

/** Start-up of the crystal oscillator with the board's fuses, 16K CK (both datasheets, "Start-up Times for the Low Power Crystal Oscillator"). */
const CRYSTAL_STARTUP_CYCLES = 16_384;
/** Oscillator kept running: 6 CK. */
const STANDBY_STARTUP_CYCLES = 6;

const IDLE: SleepMode = { ioClock: true, adcClock: true, startsConversion: true, wakeCycles: 0 };
const NOISE_REDUCTION: SleepMode = { ioClock: false, adcClock: true, startsConversion: true, wakeCycles: 0 };
const OSCILLATOR_OFF: SleepMode = { ioClock: false, adcClock: false, startsConversion: false, wakeCycles: CRYSTAL_STARTUP_CYCLES };
const STANDBY: SleepMode = { ioClock: false, adcClock: false, startsConversion: false, wakeCycles: STANDBY_STARTUP_CYCLES };

/** By SM2:0. Power-save equals power-down as long as Timer 2 has no crystal of its own; 4 and 5 are reserved. */
const MODES: readonly SleepMode[] = [IDLE, NOISE_REDUCTION, OSCILLATOR_OFF, OSCILLATOR_OFF, IDLE, IDLE, STANDBY, STANDBY];

/** `control` = SMCR. */
export const sleepModeOf = (control: number): SleepMode => MODES[(control >> 1) & 7] as SleepMode;
