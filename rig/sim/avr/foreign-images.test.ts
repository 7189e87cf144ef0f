// One small image for each thing a foreign ATmega328P image may use.
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';
import type { TestChip } from './test-chip.ts';

const MODEL = 'atmega328p';
const VECTOR = { int0: 1, int1: 2, pcint1: 4, compare2A: 7, compare0A: 14, overflow0: 16, adc: 21 } as const;
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

const duty = (mode: number, compare: number): [high: number, period: number] => {
  const image = program()
    .set(REG.DDRD, 0x40)
    .set(REG.OCR0A, compare)
    .set(REG.TCCR0A, 0x80 | mode)
    .set(REG.TCCR0B, 2)
    .halt();
  const { times } = run(image, 40_000);
  const rises = times('PD6', 'high').slice(1);
  const falls = times('PD6', 'low').filter((cycle) => cycle > (rises[0] ?? 0));
  return [(falls[0] ?? 0) - (rises[0] ?? 0), (rises[1] ?? 0) - (rises[0] ?? 0)];
};

const once = (mux: number): Assembler =>
  program()
    .set(REG.ADMUX, mux)
    .set(REG.ADCSRA, 0xc7)
    .label('wait')
    .lds(16, REG.ADCSRA)
    .sbrc(16, 6)
    .rjmp('wait')
    .copy(MEM, REG.ADCL)
    .copy(MEM + 1, REG.ADCH)
    .halt();

const refusedBy = (image: Assembler): readonly string[] => {
  const { chip, refused } = testChip(MODEL, image.halt());
  chip.run(1000);
  return refused;
};

describe('images of foreign units', () => {
  it('Timer 0 in CTC mode wakes a sleeper every millisecond', () => {
    const image = program().set(REG.DDRB, 1).set(REG.OCR0A, 249).set(REG.TCCR0A, 2).set(REG.TCCR0B, 3).set(REG.TIMSK0, 2).sleepForever();
    const { chip, times } = run(withToggle(image, VECTOR.compare0A), 100 * MS);
    expect(gaps(times('PB0', 'high'))).to.satisfy((all: number[]) => all.length > 40 && all.every((gap) => gap === 2 * MS));
    expect(chip.executedCycles).to.be.lessThan(100 * 40);
  });

  it('Timer 0 overflows at every prescaler', () => {
    for (const [select, prescaler] of [1, 8, 64, 256, 1024].entries()) {
      const image = program()
        .set(REG.DDRB, 1)
        .set(REG.TCCR0B, select + 1)
        .set(REG.TIMSK0, 1)
        .sleepForever();
      const { times } = run(withToggle(image, VECTOR.overflow0), 256 * prescaler * 7);
      expect(gaps(times('PB0', 'high'))).to.include(512 * prescaler);
    }
  });

  it('Timer 2 has a prescaler of its own', () => {
    for (const [select, prescaler] of [1, 8, 32, 64, 128, 256, 1024].entries()) {
      const image = program()
        .set(REG.DDRB, 1)
        .set(REG.OCR2A, 99)
        .set(REG.TCCR2A, 2)
        .set(REG.TCCR2B, select + 1)
        .set(REG.TIMSK2, 2)
        .sleepForever();
      const { times } = run(withToggle(image, VECTOR.compare2A), 100 * prescaler * 8);
      expect(gaps(times('PB0', 'high'))).to.include(200 * prescaler);
    }
  });

  it('Timer 0 draws fast and phase correct PWM on OC0A', () => {
    expect(duty(3, 63)).to.deep.equal([64 * 8, 256 * 8]);
    expect(duty(1, 63)).to.deep.equal([2 * 63 * 8, 510 * 8]);
  });

  it('Timer 1 counts in all sixteen modes', () => {
    const expectedPeriod = [65536, 510, 1022, 2046, 101, 256, 512, 1024, 400, 200, 400, 200, 201, 65536, 201, 101];
    for (const [wgm, period] of expectedPeriod.entries()) {
      const byCompare = wgm === 4 || wgm === 12;
      const { chip, times } = testChip(
        MODEL,
        program()
          .set(REG.DDRB, 1)
          .set(REG.TCCR1A, wgm & 3)
          .set(REG.TCCR1B, (wgm & 12) << 1)
          .set16(REG.ICR1, 200)
          .set16(REG.OCR1A, 100)
          .set(REG.TIMSK1, byCompare ? 2 : 1)
          .set(REG.TCCR1B, ((wgm & 12) << 1) | 1)
          .sleepForever()
          .vector(byCompare ? 11 : 13, 'toggle')
          .label('toggle')
          .sbi(REG.PINB, 0)
          .reti(),
      );
      chip.run(period * 12 + 70_000);
      const all = gaps([...times('PB0', 'high'), ...times('PB0', 'low')].toSorted((a, b) => a - b)).slice(2);
      expect(all.length, `mode ${wgm}`).to.be.greaterThan(6);
      expect(new Set(all), `mode ${wgm}`).to.deep.equal(new Set([period]));
    }
  });

  it('the ADC is polled', () => {
    const image = program()
      .set(REG.ADMUX, 0x41)
      .set(REG.ADCSRA, 0xc7)
      .label('wait')
      .lds(16, REG.ADCSRA)
      .sbrc(16, 6)
      .rjmp('wait')
      .copy(MEM, REG.ADCL)
      .copy(MEM + 1, REG.ADCH)
      .halt();
    const made = testChip(MODEL, image);
    made.chip.analog = (channel) => (channel === 1 ? 1.25 : 0);
    made.chip.run(MS);
    expect(made.word(MEM)).to.equal(256);
  });

  it('the ADC measures its band gap against AVCC, left adjusted, and ground', () => {
    expect(run(once(0x4e), MS).word(MEM)).to.equal(Math.floor((1.1 / 5) * 1024));
    expect(run(once(0x6e), MS).byte(MEM + 1)).to.equal(Math.floor((1.1 / 5) * 1024) >> 2);
    expect(run(once(0x4f), MS).word(MEM)).to.equal(0);
  });

  it('the ADC runs free by interrupt while the chip idles', () => {
    const image = program()
      .set(MEM, 0)
      .set(REG.ADMUX, 0x40)
      .set(REG.ADCSRA, 0xef)
      .sleepForever()
      .vector(VECTOR.adc, 'done')
      .label('done')
      .count(MEM)
      .reti();
    const { byte, chip } = run(image, 101 * 13 * 128);
    expect(byte(MEM)).to.equal(100);
    expect(chip.wakes).to.equal(100);
  });

  it('entering idle or noise reduction sleep starts a conversion, and noise reduction stops Timer 0', () => {
    for (const [mode, stopped] of [
      [0, false],
      [1, true],
    ] as const) {
      const image = program()
        .set(MEM, 0)
        .set(REG.ADMUX, 0x40)
        .set(REG.TCCR0B, 3)
        .set(REG.ADCSRA, 0x8f)
        .sleepForever(mode)
        .vector(VECTOR.adc, 'done')
        .label('done')
        .copy(MEM + 1, REG.TCNT0)
        .count(MEM)
        .set(REG.SMCR, 0)
        .reti();
      const { byte } = run(image, 30 * 128);
      expect(byte(MEM)).to.equal(1);
      expect(byte(MEM + 1) <= 1).to.equal(stopped);
    }
  });

  it('INT0 and INT1 wake by edge from idle and by level from power-down', () => {
    const image = program().set(MEM, 0).set(REG.EICRA, 0x0b).set(REG.EIMSK, 3).sleepForever();
    image.vector(VECTOR.int0, 'edge').vector(VECTOR.int1, 'edge').label('edge').count(MEM).reti();
    const made = testChip(MODEL, image);
    for (const [index, pin] of ['PD2', 'PD3'].entries()) {
      made.chip.at(1000 + index * 1000, () => made.chip.setInput(pin, true));
      made.chip.at(1500 + index * 1000, () => made.chip.setInput(pin, false));
    }
    made.chip.run(5000);
    expect(made.byte(MEM)).to.equal(2);

    const level = program().set(MEM, 0).set(REG.PORTD, 4).set(REG.EIMSK, 1).sleepForever(2);
    level.vector(VECTOR.int0, 'low').label('low').count(MEM).set(REG.EIMSK, 0).reti();
    const deep = testChip(MODEL, level);
    deep.chip.run(1000);
    expect(deep.chip.nextActivity()).to.equal(Infinity);
    deep.chip.setInput('PD2', false);
    deep.chip.run(1000 + 16_384 + 100);
    expect(deep.byte(MEM)).to.equal(1);
  });

  it('a pin change wakes from power-down after the start-up of the crystal', () => {
    const image = program().set(REG.DDRB, 1).set(REG.PCMSK1, 1).set(REG.PCICR, 2).sleepForever(2);
    const made = testChip(MODEL, withToggle(image, VECTOR.pcint1));
    made.chip.at(5000, () => made.chip.setInput('PC0', true));
    made.chip.run(2 * MS);
    // Start-up, halt and response, JMP, SBI.
    expect(made.times('PB0', 'high')[0]).to.be.within(5000 + 16_384, 5000 + 16_384 + 20);
    expect(made.chip.wakes).to.equal(1);
  });

  it('names the register of an access that is not emulated', () => {
    expect(refusedBy(program().set(0x57, 1))).to.deep.equal(['SPMCSR']);
    expect(refusedBy(program().spm())).to.deep.equal(['SPMCSR']);
    expect(refusedBy(program().set(0xb6, 0x20))).to.deep.equal(['ASSR']);
    expect(refusedBy(program().set(REG.ACSR, 0x08))).to.deep.equal(['ACSR']);
    expect(refusedBy(program().set(REG.ACSR, 0x80))).to.deep.equal([]);
    expect(refusedBy(program().lds(16, 0x65))).to.deep.equal(['reserved 0x65']);
    expect(refusedBy(program().set(REG.ADMUX, 0x80).set(REG.ADCSRA, 0xc0).nop(100))).to.deep.equal(['ADMUX']);
    expect(refusedBy(program().set(0x64, 0xff).set(0x66, 3).set(0x3e, 1))).to.deep.equal([]);
  });
});
