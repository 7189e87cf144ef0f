// One small image for each thing a foreign ATmega328P image may use.
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';
import type { TestChip } from './test-chip.ts';

const MODEL = 'atmega328p';
const VECTOR = { int0: 1, int1: 2, pcint1: 4, watchdog: 6, compare2A: 7, compare0A: 14, overflow0: 16, spi: 17, adc: 21, eeprom: 22 } as const;
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

describe('images of foreign units', () => {
  it('Timer 0 in CTC mode wakes a sleeper every millisecond', () => {
    const image = program().set(REG.DDRB, 1).set(REG.OCR0A, 249).set(REG.TCCR0A, 2).set(REG.TCCR0B, 3).set(REG.TIMSK0, 2).sleepForever();
    const { chip, times } = run(withToggle(image, VECTOR.compare0A), 100 * MS);
    expect(gaps(times('PB0', 'high'))).to.satisfy((all: number[]) => all.length > 40 && all.every((gap) => gap === 2 * MS));
    expect(chip.executedCycles).to.be.lessThan(100 * 40);
  });

  it('Timer 0 overflows at every prescaler', () => {
    for (const [select, prescaler] of [1, 8, 64, 256, 1024].entries()) {
      const image = program().set(REG.DDRB, 1).set(REG.TCCR0B, select + 1).set(REG.TIMSK0, 1).sleepForever();
      const { times } = run(withToggle(image, VECTOR.overflow0), 256 * prescaler * 7);
      expect(gaps(times('PB0', 'high'))).to.include(512 * prescaler);
    }
  });

  it('Timer 2 has a prescaler of its own', () => {
    for (const [select, prescaler] of [1, 8, 32, 64, 128, 256, 1024].entries()) {
      const image = program().set(REG.DDRB, 1).set(REG.OCR2A, 99).set(REG.TCCR2A, 2).set(REG.TCCR2B, select + 1).set(REG.TIMSK2, 2).sleepForever();
      const { times } = run(withToggle(image, VECTOR.compare2A), 100 * prescaler * 8);
      expect(gaps(times('PB0', 'high'))).to.include(200 * prescaler);
    }
  });

  it('Timer 0 draws fast and phase correct PWM on OC0A', () => {
    const duty = (mode: number, compare: number): [high: number, period: number] => {
      const image = program().set(REG.DDRD, 0x40).set(REG.OCR0A, compare).set(REG.TCCR0A, 0x80 | mode).set(REG.TCCR0B, 2).halt();
      const { times } = run(image, 40_000);
      const rises = times('PD6', 'high').slice(1);
      const falls = times('PD6', 'low').filter((cycle) => cycle > (rises[0] ?? 0));
      return [(falls[0] ?? 0) - (rises[0] ?? 0), (rises[1] ?? 0) - (rises[0] ?? 0)];
    };
    expect(duty(3, 63)).to.deep.equal([64 * 8, 256 * 8]);
    expect(duty(1, 63)).to.deep.equal([2 * 63 * 8, 510 * 8]);
  });

  it('Timer 1 counts in all sixteen modes', () => {
    const expectedPeriod = [65536, 510, 1022, 2046, 101, 256, 512, 1024, 400, 200, 400, 200, 201, 65536, 201, 101];
    for (const [wgm, period] of expectedPeriod.entries()) {
      const image = program()
        .set(REG.DDRB, 2)
        .set(REG.TCCR1A, wgm & 3)
        .set(REG.TCCR1B, (wgm & 12) << 1)
        .set16(REG.ICR1, 200)
        .set16(REG.OCR1A, 100)
        .set(REG.TCCR1B, ((wgm & 12) << 1) | 1)
        .set(REG.TCCR1A, 0x40 | (wgm & 3))
        .halt();
      const { chip } = run(image, 200_000);
      // One match of OCR1A a period while counting up; read from the flag, cleared each time.
      const second = testChip(
        MODEL,
        program()
          .set(REG.DDRB, 1)
          .set(REG.TCCR1A, wgm & 3)
          .set(REG.TCCR1B, (wgm & 12) << 1)
          .set16(REG.ICR1, 200)
          .set16(REG.OCR1A, 100)
          .set(REG.TIMSK1, wgm === 4 || wgm === 12 ? 2 : 1)
          .set(REG.TCCR1B, ((wgm & 12) << 1) | 1)
          .sleepForever()
          .vector(wgm === 4 || wgm === 12 ? 11 : 13, 'toggle')
          .label('toggle')
          .sbi(REG.PINB, 0)
          .reti(),
      );
      second.chip.run(period * 12 + 70_000);
      const all = gaps([...second.times('PB0', 'high'), ...second.times('PB0', 'low')].sort((a, b) => a - b)).slice(2);
      expect(all.length, `mode ${wgm}`).to.be.greaterThan(6);
      expect(new Set(all), `mode ${wgm}`).to.deep.equal(new Set([period]));
      expect(chip.cycles).to.be.within(200_000, 200_004);
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
    expect(run(once(0x4e), MS).word(MEM)).to.equal(Math.floor((1.1 / 5) * 1024));
    expect(run(once(0x6e), MS).byte(MEM + 1)).to.equal(Math.floor((1.1 / 5) * 1024) >> 2);
    expect(run(once(0x4f), MS).word(MEM)).to.equal(0);
  });

  it('the ADC runs free by interrupt while the chip idles', () => {
    const image = program().set(MEM, 0).set(REG.ADMUX, 0x40).set(REG.ADCSRA, 0xef).sleepForever().vector(VECTOR.adc, 'done').label('done').count(MEM).reti();
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

  it('the watchdog interrupts a power-down sleeper every 16 ms', () => {
    const image = program().set(REG.DDRB, 1).ldi(17, 0x40).set(REG.WDTCSR, 0x18).sts(REG.WDTCSR, 17).sleepForever(2);
    const { times, chip } = run(withToggle(image, VECTOR.watchdog), 200 * MS);
    const changes = [...times('PB0', 'high'), ...times('PB0', 'low').slice(1)].sort((a, b) => a - b);
    expect(changes).to.have.length(12);
    expect(new Set(gaps(changes))).to.deep.equal(new Set([2048 * 125]));
    expect(chip.executedCycles).to.be.lessThan(1000);
  });

  it('the watchdog resets a hung program, says so in MCUSR, and WDR keeps it quiet', () => {
    const arm = (image: Assembler): Assembler => image.copy(MEM, REG.MCUSR).set(REG.MCUSR, 0).ldi(17, 0x08).set(REG.WDTCSR, 0x18).sts(REG.WDTCSR, 17);
    const { byte, chip } = run(arm(program()).halt(), 40 * MS);
    expect(byte(MEM)).to.equal(0x08);
    expect(chip.cycles).to.equal(40 * MS);
    const fed = run(arm(program()).label('feed').wdr().rjmp('feed'), 40 * MS);
    expect(fed.byte(MEM)).to.equal(0x01);
  });

  it('the EEPROM takes 3.4 ms for a byte, interrupts when ready and keeps its contents over a reset', () => {
    const image = program()
      .set(REG.DDRB, 1)
      .set(REG.EEARL, 5)
      .set(REG.EEDR, 0xa7)
      .sbi(REG.EECR, 2)
      .sbi(REG.EECR, 1)
      .sbi(REG.EECR, 3)
      .sbi(REG.PINB, 0)
      .sei()
      .label('wait')
      .rjmp('wait')
      .vector(VECTOR.eeprom, 'ready')
      .label('ready')
      .sbi(REG.PINB, 0)
      .cbi(REG.EECR, 3)
      .sbi(REG.EECR, 0)
      .copy(MEM, REG.EEDR)
      .reti();
    const { chip, times, byte } = run(image, 10 * MS);
    const [start = 0] = times('PB0', 'high');
    const end = times('PB0', 'low').at(-1) ?? 0;
    expect(end - start).to.be.within(54_390, 54_420);
    expect(byte(MEM)).to.equal(0xa7);
    chip.hold('external');
    expect(chip.eeprom[5]).to.equal(0xa7);
    expect(chip.eeprom[6]).to.equal(0xff);
  });

  it('USART, SPI and TWI are there with nothing attached', () => {
    const usart = run(program().set(REG.UCSR0B, 0x08).set(REG.UDR0, 0x55).label('w').lds(16, REG.UCSR0A).sbrs(16, 6).rjmp('w').set(MEM, 1).halt(), MS);
    expect(usart.byte(MEM)).to.equal(1);

    const spi = program().set(REG.DDRB, 0x2c).set(REG.SPCR, 0x51).set(REG.SPDR, 0x33).label('wait').in(17, REG.SPSR).sbrs(17, 7).rjmp('wait');
    expect(run(spi.copy(MEM, REG.SPDR).copy(MEM + 1, REG.SPSR).halt(), MS).word(MEM)).to.equal(0x00ff);

    const twi = program();
    for (const [index, value] of [0xa4, 0x84].entries()) {
      if (index === 1) twi.set(REG.TWDR, 0x20);
      twi.set(REG.TWCR, value).label(`wait${index}`).lds(17, REG.TWCR).sbrs(17, 7).rjmp(`wait${index}`).copy(MEM + index, REG.TWSR);
    }
    const { byte } = run(twi.halt(), MS);
    expect([byte(MEM), byte(MEM + 1)]).to.deep.equal([0x08, 0x20]);
  });

  it('every sleep mode stops what it stops', () => {
    // Timer 0 runs free at /64; INT0 by level ends the sleep at 20 ms; the count then tells how long the timer ran.
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
    const image = program().set(REG.DDRB, 1).ldi(17, 2).set(REG.CLKPR, 0x80).sts(REG.CLKPR, 17).set(REG.TCCR0B, 1).set(REG.TIMSK0, 1).sleepForever();
    const { times } = run(withToggle(image, VECTOR.overflow0), 5 * MS);
    expect(new Set(gaps(times('PB0', 'high')))).to.deep.equal(new Set([4 * 512]));
  });

  it('names the register of an access that is not emulated', () => {
    const refusedBy = (image: Assembler): readonly string[] => {
      const { chip, refused } = testChip(MODEL, image.halt());
      chip.run(1000);
      return refused;
    };
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
