// The peripheral probe (rig/sim/BENCH.md, B-PROBE): what silicon does and emulators get wrong, one test a row.
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';

const MODELS = [
  { model: 'atmega328p', response: 4, vector: { int0: 1, pcint0: 3, capture1: 10, compare1A: 11, overflow1: 13, adc: 21 } },
  { model: 'atmega2560', response: 5, vector: { int0: 1, pcint0: 9, capture1: 16, compare1A: 17, overflow1: 20, adc: 29 } },
] as const;

/** Free running ADC clock of 125 kHz. */
const ADC_CLOCK = 128;

for (const { model, response, vector } of MODELS) {
  const program = (): Assembler => new Assembler(model);

  describe(`probe table on the ${model}`, () => {
    it('a single conversion takes 13 ADC clocks after the first of 25, samples at 1.5 and 13.5, and interrupts', () => {
      const samples: number[] = [];
      const { chip, byte, word, times } = testChip(
        model,
        program()
          .vector(vector.adc, 'done')
          .set(REG.DDRB, 0xff)
          .set(REG.ADMUX, 0x40)
          .set(REG.ADCSRA, 0xcf)
          .sleepForever()
          .label('done')
          .sbi(REG.PINB, 0)
          .copy(MEM, REG.ADCL)
          .copy(MEM + 1, REG.ADCH)
          .count(MEM + 2)
          .set(REG.ADCSRA, 0xcf)
          .reti(),
      );
      chip.analog = (_channel, cycle) => {
        samples.push(cycle);
        return 2.5;
      };
      chip.run(40 * ADC_CLOCK);
      const [first = 0, second = 0] = times('PB0', 'high').concat(times('PB0', 'low').slice(1));
      expect(samples).to.have.length(2);
      expect(word(MEM)).to.equal(512);
      expect(byte(MEM + 2)).to.be.greaterThan(0);
      // From sample to completion 11.5 ADC clocks in both cases; then wake-up, response, JMP and the first cycle of SBI.
      const entry = 2 * response + 3 + 1;
      expect(first - (samples[0] ?? 0)).to.equal(11.5 * ADC_CLOCK + entry);
      expect(second - (samples[1] ?? 0)).to.equal(11.5 * ADC_CLOCK + entry);
      // The conversion begins with the next edge of the ADC clock.
      expect((samples[1] ?? 0) - (samples[0] ?? 0)).to.equal((11.5 + 1 + 1.5) * ADC_CLOCK);
    });

    it('the ADC runs free at 13 ADC clocks', () => {
      const samples: number[] = [];
      const { chip } = testChip(model, program().set(REG.ADMUX, 0x40).set(REG.ADCSRA, 0xe7).halt());
      chip.analog = (_channel, cycle) => samples.push(cycle);
      chip.run(100 * ADC_CLOCK);
      expect(samples.slice(1).map((cycle, index) => cycle - (samples[index] ?? 0))).to.deep.equal(
        [13, 13, 13, 13, 13, 13].map((clocks) => clocks * ADC_CLOCK),
      );
    });

    it('Timer 1 compare B triggers the ADC two ADC clocks before the sample', () => {
      const samples: number[] = [];
      const { chip, times } = testChip(
        model,
        program()
          .set(REG.DDRB, 0xff)
          .set(REG.ADMUX, 0x40)
          .set(REG.ADCSRB, 5)
          .set(REG.ADCSRA, 0xa4)
          .set16(REG.OCR1A, 7999)
          .set16(REG.OCR1B, 3000)
          .set(REG.TCCR1A, 0x10)
          .set(REG.TCCR1B, 0x09)
          .label('clear')
          .set(REG.TIFR1, 0x04)
          .rjmp('clear'),
      );
      chip.analog = (_channel, cycle) => samples.push(cycle);
      chip.run(40_000);
      const pin = model === 'atmega328p' ? 'PB2' : 'PB6';
      const matches = [...times(pin, 'high'), ...times(pin, 'low').slice(1)].toSorted((a, b) => a - b);
      expect(samples).to.have.length(5);
      for (const [index, cycle] of samples.entries()) expect(cycle - (matches[index] ?? 0)).to.equal(3 + (index === 0 ? 13.5 : 2) * 16);
    });

    it('writing one to ADIF clears it', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .set(REG.ADMUX, 0x40)
          .set(REG.ADCSRA, 0xc2)
          .label('wait')
          .lds(16, REG.ADCSRA)
          .sbrs(16, 4)
          .rjmp('wait')
          .sts(MEM, 16)
          .set(REG.ADCSRA, 0x92)
          .copy(MEM + 1, REG.ADCSRA)
          .halt(),
      );
      chip.run(2000);
      expect(byte(MEM)).to.equal(0x92);
      expect(byte(MEM + 1)).to.equal(0x82);
    });

    it('input capture 1 stamps the selected edge', () => {
      const capturePin = model === 'atmega328p' ? 'PB0' : 'PD4';
      const { chip, word } = testChip(
        model,
        program()
          .vector(vector.capture1, 'captured')
          .set(REG.TIMSK1, 0x20)
          .set(REG.TCCR1B, 0x41)
          .sei()
          .label('wait')
          .rjmp('wait')
          .label('captured')
          .copy(MEM, REG.ICR1)
          .copy(MEM + 1, REG.ICR1 + 1)
          .reti(),
      );
      chip.run(100);
      chip.at(1000, () => chip.setInput(capturePin, true));
      chip.at(1500, () => chip.setInput(capturePin, false));
      chip.run(1400);
      const first = word(MEM);
      chip.at(2007, () => chip.setInput(capturePin, true));
      chip.run(3000);
      // The timer was started by the program's seventh instruction; from then on it counts cycles.
      expect(1000 - first).to.equal(9);
      expect(word(MEM) - first).to.equal(1007);
    });

    it('a pin change interrupts', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .vector(vector.pcint0, 'changed')
          .set(REG.PCMSK0, 0x10)
          .set(REG.PCICR, 1)
          .sleepForever()
          .label('changed')
          .count(MEM)
          .reti(),
      );
      chip.run(100);
      const before = byte(MEM);
      chip.setInput('PB4', true);
      chip.setInput('PB3', true);
      chip.run(200);
      chip.setInput('PB4', false);
      chip.run(300);
      expect((byte(MEM) - before) & 0xff).to.equal(2);
    });

    it('OC1A toggles at exactly the compare period', () => {
      const { chip, times } = testChip(
        model,
        program().set(REG.DDRB, 0xff).set16(REG.OCR1A, 99).set(REG.TCCR1A, 0x40).set(REG.TCCR1B, 0x0a).halt(),
      );
      chip.run(10_000);
      const rises = times(model === 'atmega328p' ? 'PB1' : 'PB5', 'high');
      expect(rises.length).to.be.greaterThan(4);
      expect(rises.slice(1).map((cycle, index) => cycle - (rises[index] ?? 0))).to.satisfy((gaps: number[]) =>
        gaps.every((gap) => gap === 1600),
      );
    });

    it('INT0 sees its selected edge', () => {
      const int0 = model === 'atmega328p' ? 'PD2' : 'PD0';
      const { chip, byte } = testChip(
        model,
        program()
          .vector(vector.int0, 'edge')
          .set(MEM, 0)
          .set(REG.EICRA, 0x03)
          .set(REG.EIMSK, 1)
          .sleepForever()
          .label('edge')
          .count(MEM)
          .reti(),
      );
      chip.run(100);
      for (const [index, level] of [true, false, true, false].entries()) chip.at(1000 * (index + 1), () => chip.setInput(int0, level));
      chip.run(10_000);
      expect(byte(MEM)).to.equal(2);
    });

    it('a write to TIFR1 leaves the other flags', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .set16(REG.OCR1A, 10)
          .set16(REG.TCNT1, 0xfff0)
          .set(REG.TCCR1B, 1)
          .nop(60)
          .copy(MEM, REG.TIFR1)
          .set(REG.TIFR1, 0x02)
          .copy(MEM + 1, REG.TIFR1)
          .halt(),
      );
      chip.run(1000);
      expect(byte(MEM) & 0x03).to.equal(0x03);
      expect(byte(MEM + 1) & 0x03).to.equal(0x01);
    });

    it('one instruction runs after SEI, and the response takes its cycles', () => {
      const { chip, byte, times } = testChip(
        model,
        program()
          .vector(vector.overflow1, 'overflow')
          .set(REG.DDRB, 0xff)
          .set(MEM, 0)
          .set(REG.TIMSK1, 1)
          .set16(REG.TCNT1, 0xfffe)
          .set(REG.TCCR1B, 1)
          .nop(20)
          .ldi(17, 7)
          .ldi(18, 9)
          .sei()
          .sbi(REG.PORTB, 0)
          .sts(MEM, 18)
          .halt()
          .label('overflow')
          .sbi(REG.PORTB, 1)
          .lds(16, MEM)
          .sts(MEM + 1, 16)
          .reti(),
      );
      chip.run(1000);
      // SBI (its second cycle), response, JMP, SBI.
      const [before = 0] = times('PB0', 'high');
      const [after = 0] = times('PB1', 'high');
      expect(after - before).to.equal(2 + response + 3);
      expect(byte(MEM + 1)).to.equal(0);
    });

    it('writes to TCCR1B keep the phase of the prescaler', () => {
      const { chip, times } = testChip(
        model,
        program()
          .set(REG.DDRB, 0xff)
          .set16(REG.OCR1A, 1)
          .set(REG.TCCR1A, 0x40)
          .set(REG.TCCR1B, 0x0d)
          .label('again')
          .nop(300)
          .set(REG.TCCR1B, 0x0d)
          .rjmp('again'),
      );
      chip.run(20_000);
      const pin = model === 'atmega328p' ? 'PB1' : 'PB5';
      const changes = [...times(pin, 'high'), ...times(pin, 'low').slice(1)].toSorted((a, b) => a - b);
      expect(changes.length).to.be.greaterThan(7);
      for (const [index, cycle] of changes.slice(1).entries()) expect(cycle - (changes[index] ?? 0)).to.equal(2048);
    });
  });
}
