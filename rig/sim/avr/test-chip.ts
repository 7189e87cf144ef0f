/** What the tests of this folder share: register addresses by their datasheet names, and a chip with its edges and complaints recorded. */

import type { Assembler } from './assembler.ts';
import { createChip } from './chip.ts';
import type { Chip, ChipModel, PinState } from './chip.ts';

/** Addresses that both chips share. */
export const REG = {
  PINB: 0x23,
  DDRB: 0x24,
  PORTB: 0x25,
  PIND: 0x29,
  DDRD: 0x2a,
  PORTD: 0x2b,
  TIFR0: 0x35,
  TIFR1: 0x36,
  PCIFR: 0x3b,
  EIFR: 0x3c,
  EIMSK: 0x3d,
  EECR: 0x3f,
  EEDR: 0x40,
  EEARL: 0x41,
  GTCCR: 0x43,
  TCCR0A: 0x44,
  TCCR0B: 0x45,
  TCNT0: 0x46,
  OCR0A: 0x47,
  OCR0B: 0x48,
  SPCR: 0x4c,
  SPSR: 0x4d,
  SPDR: 0x4e,
  ACSR: 0x50,
  SMCR: 0x53,
  MCUSR: 0x54,
  MCUCR: 0x55,
  SREG: 0x5f,
  WDTCSR: 0x60,
  CLKPR: 0x61,
  PCICR: 0x68,
  EICRA: 0x69,
  PCMSK0: 0x6b,
  PCMSK1: 0x6c,
  TIMSK0: 0x6e,
  TIMSK1: 0x6f,
  TIMSK2: 0x70,
  ADCL: 0x78,
  ADCH: 0x79,
  ADCSRA: 0x7a,
  ADCSRB: 0x7b,
  ADMUX: 0x7c,
  TCCR1A: 0x80,
  TCCR1B: 0x81,
  TCNT1: 0x84,
  ICR1: 0x86,
  OCR1A: 0x88,
  OCR1B: 0x8a,
  TCCR2A: 0xb0,
  TCCR2B: 0xb1,
  OCR2A: 0xb3,
  TWSR: 0xb9,
  TWDR: 0xbb,
  TWCR: 0xbc,
  UCSR0A: 0xc0,
  UCSR0B: 0xc1,
  UCSR0C: 0xc2,
  UBRR0: 0xc4,
  UDR0: 0xc6,
} as const;

/** Free memory for results, inside the SRAM of both chips. */
export const MEM = 0x300;

export interface Edge {
  readonly pin: string;
  readonly state: PinState;
  readonly cycle: number;
}

export interface TestChip {
  readonly chip: Chip;
  readonly edges: readonly Edge[];
  readonly refused: readonly string[];
  /** A byte of memory by data address. */
  readonly byte: (address: number) => number;
  readonly word: (address: number) => number;
  /** Cycles at which the pin went to the state. */
  readonly times: (pin: string, state: PinState) => number[];
}

/** Released without dead time; nothing has run yet. */
export const testChip = (model: ChipModel, program: Assembler): TestChip => {
  const chip = createChip(model, program.image());
  const edges: Edge[] = [];
  const refused: string[] = [];
  chip.onPinChange((pin, state, cycle) => edges.push({ pin, state, cycle }));
  chip.onForbiddenAccess((register) => refused.push(register));
  chip.release(0);
  const base = model === 'atmega2560' ? 0x200 : 0x100;
  const byte = (address: number): number => chip.ram[address - base] ?? Number.NaN;
  return {
    chip,
    edges,
    refused,
    byte,
    word: (address) => byte(address) | (byte(address + 1) << 8),
    times: (pin, state) => edges.filter((edge) => edge.pin === pin && edge.state === state).map(({ cycle }) => cycle),
  };
};
