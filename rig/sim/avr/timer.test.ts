import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';
import type { TestChip } from './test-chip.ts';

const program = (): Assembler => new Assembler('atmega328p');
const run = (image: Assembler, cycles: number): TestChip => {
  const made = testChip('atmega328p', image);
  made.chip.run(cycles);
  return made;
};

const flagAfter = (nops: number): number =>
  run(program().set(REG.OCR0A, 2).set(REG.GTCCR, 0x01).set(REG.TCCR0B, 2).nop(nops).in(17, REG.TIFR0).sts(MEM, 17).halt(), 200).byte(MEM) &
  2;

/** What Timer 1 has counted at /8 after 200 turns of nine cycles. */
const counted = (rewrite: (image: Assembler) => Assembler): number => {
  const loop = rewrite(program().set(REG.TCCR1B, 2).ldi(18, 200).label('again')).nop(2).dec(18).brne('again');
  return run(
    loop
      .copy(MEM, REG.TCNT1)
      .copy(MEM + 1, REG.TCNT1 + 1)
      .halt(),
    10_000,
  ).word(MEM);
};

describe('timer', () => {
  it('counts from the cycle after a write to TCNT', () => {
    const { byte } = run(program().set(REG.TCCR0B, 1).ldi(16, 0).out(REG.TCNT0, 16).nop().lds(17, REG.TCNT0).sts(MEM, 17).halt(), 100);
    expect(byte(MEM)).to.equal(2);
  });

  it('loses no tick to writes of its control registers, at whatever phase they come', () => {
    // Nine cycles a turn: each phase of the prescaler comes up 25 times.
    expect(counted((image) => image.ldi(16, 0x42).sts(REG.TCCR1B, 16))).to.equal(counted((image) => image.nop(3)));
    expect(counted((image) => image.ldi(16, 0x00).sts(REG.TCCR1A, 16))).to.equal(counted((image) => image.nop(3)));
    expect(counted((image) => image.ldi(16, 0x12).sts(REG.OCR1A, 16))).to.equal(counted((image) => image.nop(3)));
    expect(counted((image) => image.ldi(16, 0x02).sts(REG.TIMSK1, 16))).to.equal(counted((image) => image.nop(3)));
  });

  it('writes and reads 16 bits as one through TEMP', () => {
    const image = program()
      .ldi(17, 0x12)
      .ldi(18, 0x34)
      .sts(REG.TCNT1 + 1, 17)
      .copy(MEM, REG.TCNT1 + 1)
      .sts(REG.TCNT1, 18)
      .copy(MEM + 1, REG.TCNT1)
      .copy(MEM + 2, REG.TCNT1 + 1)
      .set16(REG.OCR1A, 0xabcd)
      .copy(MEM + 3, REG.OCR1A + 1)
      .copy(MEM + 4, REG.OCR1A)
      .halt();
    const { byte } = run(image, 200);
    // The high byte written is not the high byte read before the low byte has followed.
    expect([0, 1, 2, 3, 4].map((at) => byte(MEM + at))).to.deep.equal([0x12, 0x34, 0x12, 0xab, 0xcd]);
  });

  it('sets the compare flag one timer tick after the match', () => {
    // GTCCR's write ends 3 cycles before TCCR0B's: ticks are 8, 16 and 24 cycles after it; the value 2 is reached at 16 and left at 24.
    expect(flagAfter(20)).to.equal(0);
    expect(flagAfter(21)).to.equal(2);
  });

  it('holds the prescaler while GTCCR.TSM is set and releases all timers at once', () => {
    const image = program()
      .set(REG.GTCCR, 0x81)
      .set(REG.TCCR0B, 2)
      .set(REG.TCCR1B, 2)
      .nop(100)
      .copy(MEM, REG.TCNT0)
      .set(REG.GTCCR, 0)
      .nop(80)
      .copy(MEM + 1, REG.TCNT0)
      .copy(MEM + 2, REG.TCNT1)
      .halt();
    const { byte } = run(image, 1000);
    expect([byte(MEM), byte(MEM + 1), byte(MEM + 2)]).to.deep.equal([0, 10, 10]);
  });

  it('is clocked by edges of its count pin', () => {
    const made = testChip('atmega328p', program().set(REG.TIMSK1, 1).set16(REG.TCNT1, 0xfffe).set(REG.TCCR1B, 7).sleepForever());
    const { chip } = made;
    for (let n = 0; n < 6; n++) chip.at(1000 + n * 100, () => chip.setInput('PD5', n % 2 === 0));
    chip.run(1150);
    expect(chip.wakes).to.equal(0);
    chip.run(2000);
    expect(chip.wakes).to.equal(1);
  });

  it('forces a compare on the pin by FOC, and gives the pin back with COM = 0', () => {
    const image = program()
      .set(REG.DDRD, 0x40)
      .set(REG.TCCR0A, 0x40)
      .set(REG.TCCR0B, 0x80)
      .nop(10)
      .set(REG.TCCR0B, 0x80)
      .nop(10)
      .set(REG.TCCR0B, 0x80)
      .nop(10)
      .set(REG.TCCR0A, 0)
      .set(REG.PORTD, 0x40)
      .halt();
    const { edges } = run(image, 500);
    expect(edges.filter(({ pin }) => pin === 'PD6').map(({ state }) => state)).to.deep.equal(['low', 'high', 'low', 'high', 'low', 'high']);
  });

  it('loads compare values of PWM at the end of the period, so that no pulse is cut', () => {
    const image = program()
      .set(REG.DDRD, 0x40)
      .set(REG.OCR0A, 99)
      .set(REG.TCCR0A, 0x83)
      .set(REG.TCCR0B, 1)
      .nop(1000)
      .set(REG.OCR0A, 9)
      .copy(MEM, REG.OCR0A)
      .nop(1000)
      .halt();
    const { times, byte } = run(image, 3000);
    const rises = times('PD6', 'high');
    const falls = times('PD6', 'low').slice(1);
    const widths = rises.map((rise) => (falls.find((fall) => fall > rise) ?? Infinity) - rise).filter(Number.isFinite);
    expect(new Set(widths)).to.deep.equal(new Set([100, 10]));
    expect(byte(MEM)).to.equal(9);
  });

  it('gives constant levels for the extreme duties of PWM', () => {
    for (const [mode, compare, level] of [
      [3, 255, 'high'],
      [1, 255, 'high'],
      [1, 0, 'low'],
    ] as const) {
      const made = testChip(
        'atmega328p',
        program()
          .set(REG.DDRD, 0x40)
          .set(REG.OCR0A, compare)
          .set(REG.TCCR0A, 0x80 | mode)
          .set(REG.TCCR0B, 1)
          .halt(),
      );
      made.chip.run(1200);
      const seen = made.edges.length;
      made.chip.run(10_000);
      expect(made.edges, `${mode} ${compare}`).to.have.length(seen);
      expect(made.chip.pinState('PD6')).to.equal(level);
    }
  });

  it('toggles OC1A at half the frequency of a top in ICR1', () => {
    const image = program().set(REG.DDRB, 2).set16(REG.OCR1A, 10).set(REG.TCCR1A, 0x42).set(REG.TCCR1B, 0x18);
    const { times } = run(image.set16(REG.ICR1, 199).set(REG.TCCR1B, 0x19).halt(), 5000);
    const rises = times('PB1', 'high');
    expect(rises.length).to.be.greaterThan(5);
    for (const [index, cycle] of rises.slice(1).entries()) expect(cycle - (rises[index] ?? 0)).to.equal(400);
  });

  it('lets INT0 trigger the ADC', () => {
    const samples: number[] = [];
    const image = program().set(REG.ADMUX, 0x40).set(REG.EICRA, 3).set(REG.ADCSRB, 2).set(REG.ADCSRA, 0xa4).halt();
    const { chip } = testChip('atmega328p', image);
    chip.analog = (_channel, cycle) => {
      samples.push(cycle);
      return 0;
    };
    chip.at(1000, () => chip.setInput('PD2', true));
    chip.run(5000);
    expect(samples).to.deep.equal([1000 + 3 + 13.5 * 16]);
  });
});
