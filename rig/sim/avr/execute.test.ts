// Every instruction against an independent interpreter, avr8js, and by hand where that one is known to be wrong.
import { CPU, avrInstruction } from 'avr8js';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { Cpu } from './cpu.ts';
import { EventQueue } from './event-queue.ts';
import { execute } from './execute.ts';
import { decode } from './instruction-decoder.ts';
import { Interrupts } from './interrupts.ts';

const SREG = 0x5f;
const H = 0x20;
const START = 0x100;

const nothing = (): void => {};

const bareCpu = (words: readonly number[], flashBytes = 0x8000): Cpu => {
  const flash = new Uint8Array(flashBytes);
  for (const [index, word] of words.entries()) {
    flash[(START + index) * 2] = word & 0xff;
    flash[(START + index) * 2 + 1] = word >> 8;
  }
  const queue = new EventQueue();
  const cpu = new Cpu(
    { flash, ramStart: 0x100, ramEnd: 0x20ff },
    { queue, interrupts: new Interrupts(queue), sleep: nothing, watchdogReset: nothing, selfProgramming: nothing, strayAccess: nothing },
  );
  cpu.pc = START;
  // One instruction at a time.
  queue.limit = -1;
  return cpu;
};

const after = (opcode: number, registers: Readonly<Record<number, number>>): Cpu => {
  const cpu = bareCpu([opcode]);
  for (const [address, value] of Object.entries(registers)) cpu.data[Number(address)] = value;
  execute(cpu);
  // The first pass only decodes when the limit is that low.
  if (cpu.cycles === 0) execute(cpu);
  return cpu;
};

/** avr8js 0.21.1 differs from the instruction set manual here; each has its own test below. */
const knownWrong = (opcode: number): boolean => {
  const { operation } = decode(opcode, 0);
  return ['neg', 'cpc', 'sbc', 'fmulsu', 'cbi', 'sleep', 'spm', 'wdr', 'nop'].includes(operation);
};

/** Results are undefined when a pointer that moves is also the register loaded or stored. */
const undefinedByManual = (opcode: number): boolean => {
  const { operation, d, k } = decode(opcode, 0);
  // Extended loads and jumps have a test of their own below.
  const extended = (operation === 'lpm' && (k & 2) !== 0) || ((operation === 'ijmp' || operation === 'icall') && k !== 0);
  const moves = ['ld+', '-ld', 'st+', '-st'].includes(operation) && (d & 0x1e) === k >> 8;
  return moves || extended || (operation === 'lpm' && (k & 1) !== 0 && d >= 30);
};

describe('instructions', () => {
  for (const [flashBytes, numRuns] of [
    [0x8000, 3000],
    [0x40000, 1000],
  ] as const) {
    it(`leave registers, flags, stack, memory, counter and cycles as avr8js does, with ${flashBytes / 1024} KiB of flash`, () => {
      const scene = fc.record({
        opcode: fc.integer({ min: 0x0001, max: 0xffff }).filter((opcode) => !knownWrong(opcode) && !undefinedByManual(opcode)),
        next: fc.oneof(fc.integer({ min: 0x100, max: 0x20ff }), fc.constantFrom(0x9000, 0x940e, 0x2fff)),
        registers: fc.uint8Array({ minLength: 26, maxLength: 26 }),
        pointers: fc.array(fc.integer({ min: 0x160, max: 0x2000 }), { minLength: 3, maxLength: 3 }),
        sreg: fc.integer({ min: 0, max: 255 }),
        memory: fc.uint8Array({ minLength: 64, maxLength: 64 }),
      });
      const ours = bareCpu([], flashBytes);
      const theirs = new CPU(new Uint16Array(flashBytes / 2), 0x2000);
      fc.assert(
        fc.property(scene, ({ opcode, next, registers, pointers, sreg, memory }) => {
          ours.program(START * 2, Uint8Array.of(opcode, opcode >> 8, next, next >> 8));
          theirs.progMem.set([opcode, next], START);
          for (const cpu of [ours, theirs]) {
            cpu.pc = START;
            cpu.cycles = 0;
          }
          for (const data of [ours.data, theirs.data]) {
            data.fill(0, 0, 0x2100);
            data.set(registers, 0);
            for (const [index, pointer] of pointers.entries()) {
              data[26 + index * 2] = pointer & 0xff;
              data[27 + index * 2] = pointer >> 8;
              data.set(memory, pointer - 32);
            }
            data.set(memory, 0x20c0);
            data.fill(0, 0x20, 0x60);
            data[SREG] = sreg;
            data[0x5d] = 0xe0;
            data[0x5e] = 0x20;
          }
          avrInstruction(theirs);
          while (ours.cycles === 0) execute(ours);
          // Its half carry is taken from bit 0 instead of bit 3.
          ours.data[SREG] = ours.data[SREG]! & ~H;
          theirs.data[SREG] = theirs.data[SREG]! & ~H;
          const mask = flashBytes / 2 - 1;
          expect({ pc: ours.pc, cycles: ours.cycles }).to.deep.equal({ pc: theirs.pc & mask, cycles: theirs.cycles });
          expect(Buffer.compare(Buffer.from(ours.data.buffer, 0, 0x2100), Buffer.from(theirs.data.buffer, 0, 0x2100))).to.equal(0);
        }),
        { numRuns },
      );
    });
  }

  it('cover the whole opcode space: what is reserved does nothing in one cycle', () => {
    const reserved: number[] = [];
    for (let opcode = 1; opcode < 0x10000; opcode++) if (decode(opcode, 0).operation === 'nop') reserved.push(opcode);
    expect(reserved).to.have.length.within(1500, 5000);
    for (const opcode of [0x0001, 0x9003, 0x9204, 0x9404, 0x9598, 0xf808, 0xff0f]) {
      expect(reserved, opcode.toString(16)).to.include(opcode);
      const cpu = after(opcode, { [SREG]: 0xaa });
      expect([cpu.pc - START, cpu.cycles, cpu.data[SREG]]).to.deep.equal([1, 1, 0xaa]);
    }
  });

  it('set the half carry by the carry out of bit 3', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, fc.integer({ min: 0, max: 1 }), (a, b, carry) => {
        const half = (opcode: number): boolean => (after(opcode, { 0: a, 1: b, [SREG]: carry }).data[SREG]! & H) !== 0;
        const [low, other] = [a & 15, b & 15];
        expect(half(0x0c01), 'add').to.equal(low + other > 15);
        expect(half(0x1c01), 'adc').to.equal(low + other + carry > 15);
        expect(half(0x1801), 'sub').to.equal(low < other);
        expect(half(0x0801), 'sbc').to.equal(low < other + carry);
        expect(half(0x1401), 'cp').to.equal(low < other);
        expect(half(0x9401), 'neg').to.equal(low > 0);
      }),
    );
  });

  it('neg overflows at 0x80 only', () => {
    expect(after(0x9401, { 0: 0x80 }).data[SREG]).to.equal(0x0d);
    expect(after(0x9401, { 0: 0x01 }).data.subarray(0, 1)[0]).to.equal(0xff);
    expect(after(0x9401, { 0: 0x01 }).data[SREG]).to.equal(0x35);
    expect(after(0x9401, { 0: 0x00 }).data[SREG]).to.equal(0x02);
  });

  it('sbc, sbci and cpc keep Z when a borrow wraps the result to zero, and clear it otherwise', () => {
    const sbc = 0x0801;
    const cpc = 0x0401;
    for (const opcode of [sbc, cpc]) {
      expect(after(opcode, { 0: 0, 1: 0xff, [SREG]: 0x03 }).data[SREG]).to.equal(0x23);
      expect(after(opcode, { 0: 0, 1: 0xff, [SREG]: 0x01 }).data[SREG]).to.equal(0x21);
      expect(after(opcode, { 0: 5, 1: 4, [SREG]: 0x02 }).data[SREG]).to.equal(0x00);
      expect(after(opcode, { 0: 0x80, 1: 1, [SREG]: 0x02 }).data[SREG]).to.equal(0x38);
    }
    expect(after(0x4f0f, { 16: 0, [SREG]: 0x03 }).data[SREG]).to.equal(0x23);
    expect(after(0x4001, { 16: 0x10, [SREG]: 0x01 }).data[16]).to.equal(0x0e);
  });

  it('fmulsu multiplies a signed by an unsigned fraction', () => {
    const fmulsu = 0x0388 | (0 << 4) | 1;
    const zero = after(fmulsu, { 16: 0, 17: 0x7f });
    expect([zero.data[0], zero.data[1], zero.data[SREG]]).to.deep.equal([0, 0, 0x02]);
    const negative = after(fmulsu, { 16: 0xff, 17: 0x01 });
    expect([negative.data[0], negative.data[1], negative.data[SREG]]).to.deep.equal([0xfe, 0xff, 0x01]);
    expect(negative.cycles).to.equal(2);
  });

  it('cbi takes two cycles, as sbi does', () => {
    for (const opcode of [0x98f0, 0x9af0]) expect(after(opcode, {}).cycles).to.equal(2);
  });

  it('elpm walks across a 64 KiB boundary', () => {
    const cpu = bareCpu([0x9007], 0x40000);
    const flash = cpu.flash;
    flash[0x1ffff] = 0x42;
    cpu.data[30] = 0xff;
    cpu.data[31] = 0xff;
    cpu.data[0x5b] = 1;
    while (cpu.cycles === 0) execute(cpu);
    expect([cpu.data[0], cpu.data[30], cpu.data[31], cpu.data[0x5b], cpu.cycles]).to.deep.equal([0x42, 0, 0, 2, 3]);
  });

  it('runs off the end of the flash to the reset vector', () => {
    const cpu = bareCpu([]);
    cpu.pc = 0x3fff;
    while (cpu.cycles < 2) execute(cpu);
    expect(cpu.pc).to.equal(1);
  });
});
