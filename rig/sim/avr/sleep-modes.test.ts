// What each sleep mode stops, and what brings the chip back.
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';
import type { TestChip } from './test-chip.ts';

const MODEL = 'atmega328p';
const VECTOR = { int0: 1, overflow0: 16 } as const;
const MS = 16_000;

const program = (): Assembler => new Assembler(MODEL);
const run = (image: Assembler, cycles: number): TestChip => {
  const made = testChip(MODEL, image);
  made.chip.run(cycles);
  expect(made.refused).to.deep.equal([]);
  return made;
};
const gaps = (cycles: readonly number[]): number[] => cycles.slice(1).map((cycle, index) => cycle - (cycles[index] ?? 0));
/** Toggles PB0 and returns. */
const withToggle = (image: Assembler, vector: number): Assembler => image.vector(vector, 'toggle').label('toggle').sbi(REG.PINB, 0).reti();

const ranFor = (mode: number): number => {
  const image = program()
    .set(REG.PORTD, 4)
    .set(REG.EIMSK, 1)
    .set(REG.OCR0A, 255)
    .set(REG.TCCR0B, 5)
    .vector(VECTOR.int0, 'woken')
    .sleepForever(mode)
    .label('woken')
    .copy(MEM, REG.TCNT0)
    .set(REG.EIMSK, 0)
    .halt();
  const made = testChip(MODEL, image);
  made.chip.at(10 * MS, () => made.chip.setInput('PD2', false));
  made.chip.run(20 * MS);
  expect(made.chip.wakes).to.equal(1);
  return made.byte(MEM);
};

describe('sleep', () => {
  it('every sleep mode stops what it stops', () => {
    // Timer 0 runs free at /64; INT0 by level ends the sleep at 20 ms; the count then tells how long the timer ran.
    expect(ranFor(0)).to.be.within(155, 157);
    for (const mode of [1, 2, 3, 6, 7]) expect(ranFor(mode), `mode ${mode}`).to.be.lessThan(2);
  });

  it('SLEEP without SE, and with interrupts off, behaves as on silicon', () => {
    const awake = run(program().sleep().sleep().set(MEM, 9).halt(), 1000);
    expect(awake.byte(MEM)).to.equal(9);
    const forever = run(program().set(REG.TCCR0B, 1).set(REG.TIMSK0, 1).set(REG.SMCR, 1).sleep().halt(), MS);
    expect(forever.chip.asleep).to.equal(true);
    expect(forever.chip.wakes).to.equal(0);
  });

  it('CLKPR slows instructions and timers alike', () => {
    const image = program()
      .set(REG.DDRB, 1)
      .ldi(17, 2)
      .set(REG.CLKPR, 0x80)
      .sts(REG.CLKPR, 17)
      .set(REG.TCCR0B, 1)
      .set(REG.TIMSK0, 1)
      .sleepForever();
    const { times } = run(withToggle(image, VECTOR.overflow0), 5 * MS);
    expect(new Set(gaps(times('PB0', 'high')))).to.deep.equal(new Set([4 * 512]));
  });
});
