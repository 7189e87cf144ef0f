import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { createChip } from './chip.ts';
import type { Chip } from './chip.ts';
import { MEM, REG, testChip } from './test-chip.ts';

const MS = 16_000;
const program = (): Assembler => new Assembler('atmega328p');

/** Sleeps; toggles PB0 each millisecond and sends a byte every time INT0 is low at that moment. */
const busyProgram = (): Assembler =>
  program()
    .vector(11, 'tick')
    .vector(3, 'changed')
    .vector(18, 'received')
    .set(REG.DDRB, 1)
    .set(REG.UCSR0B, 0x98)
    .set(REG.UBRR0, 1)
    .set(REG.PCMSK0, 0x10)
    .set(REG.PCICR, 1)
    .set16(REG.OCR1A, 1999)
    .set(REG.TIMSK1, 2)
    .set(REG.TCCR1B, 0x0a)
    .sleepForever()
    .label('tick')
    .sbi(REG.PINB, 0)
    .sbis(REG.PIND, 2)
    .sts(REG.UDR0, 16)
    .inc(16)
    .reti()
    .label('changed')
    .sbi(REG.PINB, 0)
    .reti()
    .label('received')
    .lds(17, REG.UDR0)
    .sts(REG.UDR0, 17)
    .reti();

const history = (drive: (chip: Chip) => void): string => {
  const chip = createChip('atmega328p', busyProgram().image());
  const hash = createHash('sha256');
  chip.onPinChange((pin, state, cycle) => hash.update(`${pin} ${state} ${cycle}\n`));
  chip.uart0.onTransmit((byte, cycle) => hash.update(`sent ${byte} ${cycle}\n`));
  chip.release(1000);
  for (let n = 1; n < 40; n++) {
    chip.at(n * 7_777, () => chip.setInput('PB4', n % 2 === 0));
    chip.at(n * 12_345, () => chip.setInput('PD2', n % 3 === 0));
    chip.uart0.receive(n, n * 5_003);
  }
  drive(chip);
  hash.update(`${chip.executedCycles} ${chip.wakes} ${chip.asleep}`).update(chip.ram);
  return hash.digest('hex');
};

const exchange = (ddr: number): Assembler =>
  program()
    .set(REG.DDRB, ddr)
    .set(REG.SPCR, 0x50)
    .set(REG.SPDR, 0xa5)
    .nop(40)
    .copy(MEM, REG.SPSR)
    .copy(MEM + 1, REG.SPDR)
    .copy(MEM + 2, REG.SPCR)
    .halt();

describe('chip', () => {
  it('shares its program with others of the same image until it is programmed itself', () => {
    const image = program().set(REG.DDRB, 1).sbi(REG.PORTB, 0).sleepForever().image();
    const [one, other] = [createChip('atmega328p', image), createChip('atmega328p', image)];
    expect(one.flash).to.equal(other.flash);
    one.program(0, Uint8Array.of(0xff, 0xcf)); // rjmp to itself
    expect([...image.flash.subarray(0, 2)]).to.deep.equal([...other.flash.subarray(0, 2)]);
    for (const chip of [one, other]) {
      chip.release(10);
      chip.run(1000);
    }
    expect([one.pinState('PB0'), other.pinState('PB0')]).to.deep.equal(['input', 'high']);
    expect(one.asleep).to.equal(false);
  });

  it('does the same thing in every run, however the run is cut into slices', () => {
    const whole = history((chip) => chip.run(40 * MS));
    expect(history((chip) => chip.run(40 * MS))).to.equal(whole);
    for (const slice of [1, 17, 160, 4001]) {
      const sliced = history((chip) => {
        while (chip.cycles < 40 * MS) chip.run(Math.min(40 * MS, chip.cycles + slice));
      });
      expect(sliced, `slices of ${slice}`).to.equal(whole);
    }
    const stopped = history((chip) => {
      chip.onPinChange(() => chip.stop());
      while (chip.cycles < 40 * MS) chip.run(40 * MS);
    });
    expect(stopped).to.equal(whole);
  });

  it('goes on alike after hours, when cycles have long outgrown 32 bits', () => {
    const { chip, times } = testChip(
      'atmega328p',
      program()
        .set(REG.DDRB, 1)
        .set(REG.PCMSK0, 2)
        .set(REG.PCICR, 1)
        .sleepForever(2)
        .vector(3, 'changed')
        .label('changed')
        .sbi(REG.PINB, 0)
        .set(REG.SMCR, 1)
        .set(REG.OCR0A, 249)
        .set(REG.TCCR0A, 2)
        .set(REG.TCCR0B, 3)
        .set(REG.TIMSK0, 2)
        .set(REG.PCICR, 0)
        .reti()
        .vector(14, 'tick')
        .label('tick')
        .sbi(REG.PINB, 0)
        .reti(),
    );
    // Chosen so that both the 32nd bit and the bits above it are set.
    const late = 2 ** 40 + 3_000_000_000;
    chip.at(late, () => chip.setInput('PB1', true));
    chip.run(late + 10 * MS);
    const [first = 0, ...rest] = times('PB0', 'high');
    expect(first).to.be.within(late + 16_384, late + 16_384 + 40);
    expect(rest.slice(1).map((cycle, index) => cycle - (rest[index] ?? 0))).to.deep.equal([2 * MS, 2 * MS, 2 * MS]);
    expect(chip.executedCycles).to.be.within(200, 700);
  });

  it('stops at the instruction after a listener asked for it', () => {
    const { chip, times } = testChip('atmega328p', busyProgram());
    chip.onPinChange((pin, state) => pin === 'PB0' && state === 'high' && chip.stop());
    chip.run(100 * MS);
    const [first = 0] = times('PB0', 'high');
    expect(chip.cycles - first).to.be.within(0, 2);
    chip.run(100 * MS);
    expect(chip.cycles).to.be.greaterThan(first + MS);
  });

  it('says when it will do something next', () => {
    const { chip } = testChip('atmega328p', busyProgram());
    expect(chip.heldInReset).to.equal(true);
    chip.run(1);
    expect(chip.heldInReset).to.equal(false);
    chip.run(300);
    expect(chip.asleep).to.equal(true);
    const next = chip.nextActivity();
    expect(next).to.be.within(MS, MS + 200);
    const before = chip.executedCycles;
    chip.run(next - 1);
    expect([chip.cycles, chip.executedCycles]).to.deep.equal([next - 1, before]);
    chip.run(next + 1);
    expect(chip.executedCycles).to.be.greaterThan(before);
    expect(testChip('atmega328p', program().sleepForever(2)).chip).to.satisfy((sleeper: Chip) => {
      sleeper.run(1000);
      return sleeper.nextActivity() === Infinity;
    });
  });

  it('turns pins to inputs while held and starts again after the dead time', () => {
    const { chip, byte, edges } = testChip(
      'atmega328p',
      program().copy(MEM, REG.MCUSR).set(REG.DDRB, 0x0f).set(REG.PORTB, 0x13).label('on').sbi(REG.PINB, 3).nop(50).rjmp('on'),
    );
    const causes: string[] = [];
    chip.onReset((cause) => causes.push(cause));
    chip.run(1000);
    expect(['PB0', 'PB2', 'PB4', 'PB5'].map((pin) => chip.pinState(pin))).to.deep.equal(['high', 'low', 'pullUp', 'input']);
    expect(byte(MEM)).to.equal(0x01);
    const { cycles } = chip;
    chip.hold('brownOut');
    expect(['PB0', 'PB2', 'PB4'].map((pin) => chip.pinState(pin))).to.deep.equal(['input', 'input', 'input']);
    expect(edges.at(-1)).to.deep.include({ state: 'input', cycle: cycles });
    chip.run(5000);
    expect([chip.cycles, chip.heldInReset]).to.deep.equal([5000, true]);
    chip.release(65 * MS);
    const seen = edges.length;
    chip.run(5000 + 65 * MS);
    expect(edges).to.have.length(seen);
    chip.run(5100 + 65 * MS);
    expect(edges.length).to.be.greaterThan(seen);
    expect(byte(MEM)).to.equal(0x05);
    expect(causes).to.deep.equal(['brownOut']);
  });

  it('takes a reset out of a listener in the middle of an instruction', () => {
    const { chip } = testChip('atmega328p', program().set(REG.DDRB, 1).count(MEM).label('on').sbi(REG.PINB, 0).rjmp('on'));
    let holds = 0;
    chip.onPinChange((_pin, state) => {
      if (state !== 'high' || holds++ > 0) return;
      chip.hold('external');
      chip.release(500);
    });
    const before = chip.ram[MEM - 0x100] ?? 0;
    chip.run(5000);
    expect((chip.ram[MEM - 0x100] ?? 0) - before).to.equal(2);
    expect(chip.heldInReset).to.equal(false);
  });

  it('reads an undriven pin low, and high with its pull-up unless MCUCR disables pull-ups', () => {
    const { chip, byte } = testChip(
      'atmega328p',
      program()
        .set(REG.PORTB, 0x02)
        .copy(MEM, REG.PINB)
        .set(REG.MCUCR, 0x10)
        .copy(MEM + 1, REG.PINB)
        .set(REG.MCUCR, 0)
        .label('again')
        .copy(MEM + 2, REG.PINB)
        .rjmp('again'),
    );
    chip.run(200);
    expect([byte(MEM), byte(MEM + 1), byte(MEM + 2)]).to.deep.equal([0x02, 0x00, 0x02]);
    chip.setInput('PB1', false);
    chip.setInput('PB2', true);
    chip.run(300);
    expect(byte(MEM + 2)).to.equal(0x04);
    chip.setInput('PB1', null);
    chip.setInput('PB2', null);
    chip.run(400);
    expect(byte(MEM + 2)).to.equal(0x02);
  });

  it('measures the stack by paint, not counting static data', () => {
    const image = program().set(0x100, 1).set(0x101, 0).set(0x102, 0xff);
    for (let n = 0; n < 10; n++) image.push(0);
    image.rcall('deep').halt().label('deep');
    for (let n = 0; n < 20; n++) image.push(0);
    const { chip } = testChip('atmega328p', image.halt());
    expect(chip.stackHighWater()).to.equal(0);
    chip.run(1000);
    expect(chip.stackHighWater()).to.equal(32);
    chip.hold('external');
    expect(chip.stackHighWater()).to.equal(32);
    chip.hold('powerOn');
    expect(chip.stackHighWater()).to.equal(0);
  });

  it('loses a byte that arrives while the clocks of its port stand still', () => {
    const { chip, byte } = testChip(
      'atmega328p',
      program().set(MEM, 0).set(REG.UCSR0B, 0x90).vector(18, 'got').sleepForever(2).label('got').count(MEM).reti(),
    );
    chip.uart0.receive(1, 5000);
    chip.run(10_000);
    expect([byte(MEM), chip.wakes]).to.deep.equal([0, 0]);
  });

  it('sends at every frame format', () => {
    for (const [format, bits] of [
      [0x06, 10],
      [0x00, 7],
      [0x0e, 11],
      [0x2e, 12],
    ] as const) {
      const { chip } = testChip(
        'atmega328p',
        program().set(REG.UCSR0C, format).set(REG.UBRR0, 9).set(REG.UCSR0B, 8).set(REG.UDR0, 1).set(REG.UDR0, 2).halt(),
      );
      const ends: number[] = [];
      chip.uart0.onTransmit((_byte, cycle) => ends.push(cycle));
      chip.run(10_000);
      expect((ends[1] ?? 0) - (ends[0] ?? 0)).to.equal(bits * 160);
      expect([chip.uart0.bitsPerFrame, chip.uart0.cyclesPerFrame]).to.deep.equal([bits, bits * 160]);
      expect(chip.pinState('PD1')).to.equal('high');
    }
  });

  it('exchanges bytes over the SPI and loses mastership when SS is an input pulled low', () => {
    const { chip, byte } = testChip('atmega328p', exchange(0x2c));
    const sent: number[][] = [];
    chip.spi.onTransfer((value, cycle) => {
      sent.push([value, cycle]);
      return 0x3c;
    });
    chip.run(1000);
    expect(sent.map(([value]) => value)).to.deep.equal([0xa5]);
    expect([byte(MEM), byte(MEM + 1), byte(MEM + 2)]).to.deep.equal([0x80, 0x3c, 0x50]);
    const lost = testChip('atmega328p', exchange(0x28));
    lost.chip.run(1000);
    expect(lost.byte(MEM + 2)).to.equal(0x40);
  });

  it('refuses an image of the other chip and a pin that does not exist', () => {
    expect(() => createChip('atmega2560', program().image())).to.throw(RangeError, /32768.*262144/);
    const { chip } = testChip('atmega328p', program());
    for (const pin of ['PA0', 'PB8', 'B3', 'PB33']) expect(() => chip.setInput(pin, true)).to.throw(RangeError, pin);
  });

  it('names data addresses outside the memory', () => {
    const { chip, refused } = testChip('atmega328p', program().set(0x900, 1).lds(16, 0xffff).set(0x8ff, 1).halt());
    chip.run(100);
    expect(refused).to.deep.equal(['data address 0x900', 'data address 0xffff']);
  });
});
