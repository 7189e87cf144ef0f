// Images of foreign units, continued: watchdog, EEPROM and the ports that are there with nothing attached.
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';
import type { TestChip } from './test-chip.ts';

const MODEL = 'atmega328p';
const VECTOR = { watchdog: 6, eeprom: 22 } as const;
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

const arm = (image: Assembler): Assembler =>
  image.copy(MEM, REG.MCUSR).set(REG.MCUSR, 0).ldi(17, 0x08).set(REG.WDTCSR, 0x18).sts(REG.WDTCSR, 17);

describe('images of foreign units, system part', () => {
  it('the watchdog interrupts a power-down sleeper every 16 ms', () => {
    const image = program().set(REG.DDRB, 1).ldi(17, 0x40).set(REG.WDTCSR, 0x18).sts(REG.WDTCSR, 17).sleepForever(2);
    const { times, chip } = run(withToggle(image, VECTOR.watchdog), 200 * MS);
    const changes = [...times('PB0', 'high'), ...times('PB0', 'low').slice(1)].toSorted((a, b) => a - b);
    expect(changes).to.have.length(12);
    expect(new Set(gaps(changes))).to.deep.equal(new Set([2048 * 125]));
    expect(chip.executedCycles).to.be.lessThan(1000);
  });

  it('the watchdog resets a hung program, says so in MCUSR, and WDR keeps it quiet', () => {
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
    const usart = run(
      program().set(REG.UCSR0B, 0x08).set(REG.UDR0, 0x55).label('w').lds(16, REG.UCSR0A).sbrs(16, 6).rjmp('w').set(MEM, 1).halt(),
      MS,
    );
    expect(usart.byte(MEM)).to.equal(1);

    const spi = program()
      .set(REG.DDRB, 0x2c)
      .set(REG.SPCR, 0x51)
      .set(REG.SPDR, 0x33)
      .label('wait')
      .in(17, REG.SPSR)
      .sbrs(17, 7)
      .rjmp('wait');
    expect(
      run(
        spi
          .copy(MEM, REG.SPDR)
          .copy(MEM + 1, REG.SPSR)
          .halt(),
        MS,
      ).word(MEM),
    ).to.equal(0x00ff);

    const twi = program();
    for (const [index, value] of [0xa4, 0x84].entries()) {
      if (index === 1) twi.set(REG.TWDR, 0x20);
      twi
        .set(REG.TWCR, value)
        .label(`wait${index}`)
        .lds(17, REG.TWCR)
        .sbrs(17, 7)
        .rjmp(`wait${index}`)
        .copy(MEM + index, REG.TWSR);
    }
    const { byte } = run(twi.halt(), MS);
    expect([byte(MEM), byte(MEM + 1)]).to.deep.equal([0x08, 0x20]);
  });
});
