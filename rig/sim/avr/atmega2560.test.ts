import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';

const program = (): Assembler => new Assembler('atmega2560');
const gaps = (cycles: readonly number[]): number[] => cycles.slice(1).map((cycle, index) => cycle - (cycles[index] ?? 0));

describe('what only the ATmega2560 has', () => {
  for (const [timer, base, vector, outputs, port] of [
    [1, 0x80, 17, ['PB5', 'PB6', 'PB7'], 0x24],
    [3, 0x90, 32, ['PE3', 'PE4', 'PE5'], 0x2d],
    [4, 0xa0, 42, ['PH3', 'PH4', 'PH5'], 0x101],
    [5, 0x120, 47, ['PL3', 'PL4', 'PL5'], 0x10a],
  ] as const) {
    it(`Timer ${timer} drives three outputs and interrupts on each compare`, () => {
      const image = program()
        .set(port, 0xff)
        .set(MEM, 0)
        .set(MEM + 1, 0)
        .set(MEM + 2, 0);
      for (const [channel, value] of [999, 500, 250].entries()) image.set16(base + 8 + channel * 2, value);
      image
        .set(base, 0x54)
        .set(0x6e + timer, 0x0e)
        .set(base + 1, 0x09)
        .sleepForever();
      for (let channel = 0; channel < 3; channel++) {
        image
          .vector(vector + channel, `match${channel}`)
          .label(`match${channel}`)
          .count(MEM + channel)
          .reti();
      }
      const { chip, times, byte, refused } = testChip('atmega2560', image);
      chip.run(10_500);
      expect(refused).to.deep.equal([]);
      for (const [channel, pin] of outputs.entries()) {
        expect(gaps(times(pin, 'high')), pin).to.satisfy((all: number[]) => all.length >= 3 && all.every((gap) => gap === 2000));
        expect(byte(MEM + channel), pin).to.be.within(10, 11);
      }
    });
  }

  for (const [unit, pin, base, vector] of [
    [4, 'PL0', 0xa0, 41],
    [5, 'PL1', 0x120, 46],
  ] as const) {
    it(`ICP${unit} stamps to the tick, and its noise canceler drops pulses under four cycles`, () => {
      const image = program()
        .set(MEM + 2, 0)
        .set(0x6e + unit, 0x20)
        .set(base + 1, 0xc2)
        .sleepForever()
        .vector(vector, 'captured')
        .label('captured')
        .copy(MEM, base + 6)
        .copy(MEM + 1, base + 7)
        .count(MEM + 2)
        .reti();
      const { chip, word, byte } = testChip('atmega2560', image);
      for (const [from, to] of [
        [8_000, 8_003],
        [16_000, 16_100],
        [24_000, 24_004],
      ] as const) {
        chip.at(from, () => chip.setInput(pin, true));
        chip.at(to, () => chip.setInput(pin, false));
      }
      chip.run(20_000);
      // The timer was started by cycle 12; the prescaler has run since cycle 0.
      const started = 12;
      expect([byte(MEM + 2), word(MEM)]).to.deep.equal([1, Math.floor(16_004 / 8) - Math.floor(started / 8)]);
      chip.run(40_000);
      expect(byte(MEM + 2)).to.equal(1);
    });
  }

  it('the ADC reaches channels 8 to 15 by MUX5 and has a 2.56 V reference', () => {
    const image = program()
      .set(REG.ADMUX, 0xc1)
      .set(REG.ADCSRB, 0x08)
      .set(REG.ADCSRA, 0xc7)
      .label('wait')
      .lds(16, REG.ADCSRA)
      .sbrc(16, 6)
      .rjmp('wait')
      .copy(MEM, REG.ADCL)
      .copy(MEM + 1, REG.ADCH)
      .halt();
    const { chip, word } = testChip('atmega2560', image);
    chip.analog = (channel) => (channel === 9 ? 1.28 : 0);
    chip.run(10_000);
    expect(word(MEM)).to.equal(512);
  });

  it('pin changes of port J and PE0 share a group, port K has its own', () => {
    const image = program()
      .set(MEM, 0)
      .set(MEM + 1, 0)
      .set(REG.PCMSK1, 0x03)
      .set(0x6d, 0x80)
      .set(REG.PCICR, 6)
      .sleepForever();
    for (const [vector, at] of [
      [10, MEM],
      [11, MEM + 1],
    ] as const) {
      image.vector(vector, `group${vector}`).label(`group${vector}`).count(at).reti();
    }
    const { chip, byte } = testChip('atmega2560', image);
    for (const [index, pin] of ['PE0', 'PJ0', 'PJ1', 'PK7', 'PK0', 'PE1'].entries())
      chip.at(1000 * (index + 1), () => chip.setInput(pin, true));
    chip.run(10_000);
    expect([byte(MEM), byte(MEM + 1)]).to.deep.equal([2, 1]);
  });

  it('INT4 of port E sees its edge, and INT3 sees one in power-down', () => {
    const image = program().set(MEM, 0).set(REG.EICRA, 0x80).set(0x6a, 0x03).set(REG.EIMSK, 0x18).sleepForever(2);
    image.vector(4, 'edge').vector(5, 'edge').label('edge').count(MEM).reti();
    const { chip, byte } = testChip('atmega2560', image);
    chip.at(1000, () => chip.setInput('PD3', true));
    chip.at(2000, () => chip.setInput('PE4', true));
    chip.at(3000, () => chip.setInput('PD3', false));
    chip.run(100_000);
    expect(byte(MEM)).to.equal(1);
  });

  it('pushes three bytes for a return address and uses its whole SRAM', () => {
    const { chip, byte } = testChip(
      'atmega2560',
      program()
        .rcall('sub')
        .set(0x200, 7)
        .halt()
        .label('sub')
        .set(0x21ff - 3, 5)
        .ret(),
    );
    chip.run(100);
    expect(byte(0x200)).to.equal(7);
    expect(byte(0x21fc)).to.equal(5);
    expect(chip.ram).to.have.length(0x2000);
  });

  it('all four USARTs send, only the first is connected', () => {
    const sent: number[] = [];
    const image = program();
    for (const [index, base] of [0xc0, 0xc8, 0xd0, 0x130].entries()) image.set(base + 1, 8).set(base + 6, 0x30 + index);
    for (const [index, base] of [0xc0, 0xc8, 0xd0, 0x130].entries()) {
      image.label(`wait${index}`).lds(16, base).sbrs(16, 6).rjmp(`wait${index}`);
    }
    const { chip, byte } = testChip('atmega2560', image.set(MEM, 1).halt());
    chip.uart0.onTransmit((value) => sent.push(value));
    chip.run(10_000);
    expect([sent, byte(MEM)]).to.deep.equal([[0x30], 1]);
  });
});
