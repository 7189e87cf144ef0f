// The serial rows of the peripheral probe (see probe.test.ts).
import { expect } from 'chai';
import { Assembler } from './assembler.ts';
import { MEM, REG, testChip } from './test-chip.ts';

const MODELS = [
  { model: 'atmega328p', vector: { receive: 18, empty: 19 } },
  { model: 'atmega2560', vector: { receive: 25, empty: 26 } },
] as const;

for (const { model, vector } of MODELS) {
  const program = (): Assembler => new Assembler(model);

  describe(`probe table, serial port of the ${model}`, () => {
    it('UDRE stays requested when its handler writes no byte', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .vector(vector.empty, 'empty')
          .set(MEM, 0)
          .set(REG.UCSR0B, 0x28)
          .sei()
          .label('wait')
          .rjmp('wait')
          .label('empty')
          .count(MEM)
          .reti(),
      );
      chip.run(1000);
      expect(byte(MEM)).to.be.greaterThan(20);
    });

    it('a received byte survives a write to UCSR0B', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .set(REG.UCSR0B, 0x10)
          .label('wait')
          .lds(16, REG.UCSR0A)
          .sbrs(16, 7)
          .rjmp('wait')
          .set(REG.UCSR0B, 0x98)
          .copy(MEM, REG.UCSR0A)
          .copy(MEM + 1, REG.UDR0)
          .halt(),
      );
      chip.uart0.receive(0x5a, 500);
      chip.run(1000);
      expect(byte(MEM) & 0x80).to.equal(0x80);
      expect(byte(MEM + 1)).to.equal(0x5a);
    });

    it('two received frames are buffered, a third waits in the shift register, a fourth overruns it', () => {
      const reader = program()
        .set(MEM, 0)
        .set(REG.UCSR0B, 0x10)
        .label('wait')
        .lds(17, MEM)
        .sbrs(17, 0)
        .rjmp('wait')
        .copy(MEM + 1, REG.UCSR0A);
      for (let byte = 0; byte < 3; byte++) reader.copy(MEM + 2 + byte, REG.UDR0);
      const { chip, byte } = testChip(model, reader.copy(MEM + 5, REG.UCSR0A).halt());
      for (let n = 0; n < 4; n++) chip.uart0.receive(0x11 * (n + 1), 1000 + 160 * n);
      chip.run(2000);
      chip.ram[MEM - (model === 'atmega328p' ? 0x100 : 0x200)] = 1;
      chip.run(3000);
      expect(byte(MEM + 1) & 0x88).to.equal(0x88);
      expect([byte(MEM + 2), byte(MEM + 3), byte(MEM + 4)]).to.deep.equal([0x11, 0x22, 0x44]);
      expect(byte(MEM + 5) & 0x88).to.equal(0);
      expect(chip.uart0.overruns).to.equal(1);
    });

    it('the transmitter is double-buffered and a frame at 1 Mbit/s takes 160 cycles', () => {
      const sent: [number, number][] = [];
      const { chip, byte } = testChip(
        model,
        program()
          .set(REG.UCSR0A, 2)
          .set(REG.UBRR0, 1)
          .set(REG.UCSR0B, 8)
          .ldi(16, 0x41)
          .ldi(17, 0x42)
          .sts(REG.UDR0, 16)
          .lds(18, REG.UCSR0A)
          .sts(REG.UDR0, 17)
          .lds(19, REG.UCSR0A)
          .sts(MEM, 18)
          .sts(MEM + 1, 19)
          .halt(),
      );
      chip.uart0.onTransmit((value, cycle) => sent.push([value, cycle]));
      chip.run(1000);
      expect(byte(MEM) & 0x20).to.equal(0x20);
      expect(byte(MEM + 1) & 0x20).to.equal(0);
      expect(sent.map(([value]) => value)).to.deep.equal([0x41, 0x42]);
      expect((sent[1]?.[1] ?? 0) - (sent[0]?.[1] ?? 0)).to.equal(160);
      expect(chip.uart0.cyclesPerFrame).to.equal(160);
    });

    it('a byte that arrives interrupts, and again as long as one is left', () => {
      const { chip, byte } = testChip(
        model,
        program()
          .vector(vector.receive, 'received')
          .set(MEM, 0)
          .set(REG.UCSR0B, 0x90)
          .sleepForever()
          .label('received')
          .copy(MEM + 1, REG.UDR0)
          .count(MEM)
          .reti(),
      );
      chip.uart0.receive(1, 1000);
      chip.uart0.receive(2, 1001);
      chip.run(2000);
      expect([byte(MEM), byte(MEM + 1)]).to.deep.equal([2, 2]);
    });
  });
}
