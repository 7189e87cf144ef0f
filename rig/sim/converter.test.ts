import { expect } from 'chai';
import { CONVERTER_SELECT_PIN } from '../fixture/channels.ts';
import { Assembler } from './avr/assembler.ts';
import { createChip } from './avr/chip.ts';
import { REG } from './avr/test-chip.ts';
import { attachConverter } from './converter.ts';

/** The select pin is PB0, which is the hardware's own select line of the SPI: an output, so that the chip stays master. */
const SELECT_BIT = Number(CONVERTER_SELECT_PIN.slice(2));
const SCK_BIT = 1;
const MOSI_BIT = 2;
const ENABLE_MASTER = 0x50;
const SPIF = 7;

interface Frame {
  readonly channel: number;
  readonly code: number;
  readonly cycle: number;
}

class Program extends Assembler {
  #labels = 0;

  constructor() {
    super('atmega2560');
    this.sbi(REG.PORTB, SELECT_BIT);
    this.ldi(16, (1 << SELECT_BIT) | (1 << SCK_BIT) | (1 << MOSI_BIT)).out(REG.DDRB, 16);
    this.ldi(16, ENABLE_MASTER).out(REG.SPCR, 16);
  }

  transfer(...bytes: readonly number[]): this {
    for (const byte of bytes) {
      const wait = `wait ${this.#labels++}`;
      this.ldi(16, byte).out(REG.SPDR, 16).label(wait).in(17, REG.SPSR).sbrs(17, SPIF).rjmp(wait);
    }
    return this;
  }

  selected(...bytes: readonly number[]): this {
    return this.cbi(REG.PORTB, SELECT_BIT)
      .transfer(...bytes)
      .sbi(REG.PORTB, SELECT_BIT);
  }
}

const framesOf = (program: Program): { frames: Frame[]; rises: number[] } => {
  const chip = createChip('atmega2560', program.halt().image());
  const frames: Frame[] = [];
  const rises: number[] = [];
  attachConverter(chip, (channel, code, cycle) => frames.push({ channel, code, cycle }));
  chip.onPinChange((pin, state, cycle) => {
    if (pin === CONVERTER_SELECT_PIN && state === 'high') rises.push(cycle);
  });
  chip.release(0);
  chip.run(20_000);
  return { frames, rises };
};

describe('converter', () => {
  it('takes three bytes of a write-and-update at the rise of its select line', () => {
    const { frames, rises } = framesOf(new Program().selected(0x35, 0xab, 0xcd).selected(0x30, 0x00, 0x01));
    expect(frames.map(({ channel, code }) => ({ channel, code }))).to.deep.equal([
      { channel: 5, code: 0xabcd },
      { channel: 0, code: 1 },
    ]);
    expect(frames.map(({ cycle }) => cycle)).to.deep.equal(rises.slice(-2));
  });

  it('ignores other commands, frames of another length, and bytes while it is not selected', () => {
    const program = new Program()
      .selected(0x25, 1, 2)
      .selected(0x35, 1)
      .selected(0x35, 1, 2, 3)
      .selected()
      .transfer(0x35, 1, 2)
      .selected(0x36, 0, 7);
    expect(framesOf(program).frames.map(({ channel, code }) => ({ channel, code }))).to.deep.equal([{ channel: 6, code: 7 }]);
  });
});
