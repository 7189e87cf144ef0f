/** The waveform generation modes and clock selections of the 8-bit and 16-bit timers, as tables of the datasheets. */

/** `fast` counts up only, `phase` up and down; `phaseFrequency` differs from `phase` in when buffered compares load. */
export type CountKind = 'normal' | 'ctc' | 'fast' | 'phase' | 'phaseFrequency';
export type Top = 'max' | 0x00ff | 0x01ff | 0x03ff | 'ocrA' | 'icr';

export interface TimerMode {
  readonly kind: CountKind;
  readonly top: Top;
  /** COMnA = 1 toggles OCnA in this PWM mode (other channels stay disconnected). */
  readonly toggleA: boolean;
}

const mode = (kind: CountKind, top: Top, toggleA = false): TimerMode => ({ kind, top, toggleA });

/** By WGMn2:0 (ATmega328P datasheet, table 15-8; ATmega2560, table 16-8). Reserved values count like normal. */
export const MODES_8_BIT: readonly TimerMode[] = [
  mode('normal', 'max'),
  mode('phase', 'max'),
  mode('ctc', 'ocrA'),
  mode('fast', 'max'),
  mode('normal', 'max'),
  mode('phase', 'ocrA', true),
  mode('normal', 'max'),
  mode('fast', 'ocrA', true),
];

/** By WGMn3:0 (ATmega328P datasheet, table 16-4; ATmega2560, table 17-2). */
export const MODES_16_BIT: readonly TimerMode[] = [
  mode('normal', 'max'),
  mode('phase', 0x00ff),
  mode('phase', 0x01ff),
  mode('phase', 0x03ff),
  mode('ctc', 'ocrA'),
  mode('fast', 0x00ff),
  mode('fast', 0x01ff),
  mode('fast', 0x03ff),
  mode('phaseFrequency', 'icr'),
  mode('phaseFrequency', 'ocrA', true),
  mode('phase', 'icr'),
  mode('phase', 'ocrA', true),
  mode('ctc', 'icr'),
  mode('normal', 'max'),
  mode('fast', 'icr', true),
  mode('fast', 'ocrA', true),
];

/** Prescaler by CSn2:0; 0 = stopped. */
export type ClockSelection = number | 'externalFalling' | 'externalRising';
export const CLOCKS: readonly ClockSelection[] = [0, 1, 8, 64, 256, 1024, 'externalFalling', 'externalRising'];
/** Timer 2 has a prescaler of its own with more taps and no external count pin. */
export const CLOCKS_TIMER_2: readonly ClockSelection[] = [0, 1, 8, 32, 64, 128, 256, 1024];
