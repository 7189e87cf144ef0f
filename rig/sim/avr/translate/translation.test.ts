// Translated code against the interpreter: every operation, and programs of all of them, with peripherals that stop, halt and interrupt.
import { expect } from 'chai';
import * as fc from 'fast-check';
import { Cpu, SREG } from '../cpu.ts';
import { EventQueue } from '../event-queue.ts';
import { execute } from '../execute.ts';
import { decode, type Operation } from '../instruction-decoder.ts';
import { Interrupts } from '../interrupts.ts';
import { EAGERLY, shapeOf, Translation, type Translates } from './translation.ts';

const START = 0x100;
const RAM_END = 0x20ff;
const HOOKED = [0x23, 0x25, 0x36, 0x38, 0x40, 0x57, 0x80, 0x81, 0xc6];

interface Machine {
  readonly cpu: Cpu;
  /** What the peripherals were asked, and when. */
  readonly log: string[];
}

const nothing = (): void => {};

/** `moody` = by its own count of accesses a peripheral ends the slice, halts the CPU, or leaves things as they are. */
const machine = (flash: Uint8Array, translates: Translates, moody: number): Machine => {
  const queue = new EventQueue();
  const interrupts = new Interrupts(queue);
  const log: string[] = [];
  const note = (text: string): void => void log.push(`${text} pc ${cpu.pc} at ${cpu.cycles} sreg ${cpu.data[SREG]}`);
  const cpu: Cpu = new Cpu(
    { flash, ramStart: 0x100, ramEnd: RAM_END, translates },
    {
      queue,
      interrupts,
      sleep: nothing,
      watchdogReset: nothing,
      selfProgramming: nothing,
      strayAccess: (address) => note(`stray ${address}`),
    },
  );
  for (const address of HOOKED) {
    cpu.reads[address] = () => {
      note(`read ${address}`);
      const mood = (log.length * moody) % 7;
      if (mood === 3) queue.limit = Math.min(queue.limit, cpu.cycles + 9);
      return (log.length * 37) & 0xff;
    };
    cpu.writes[address] = (value, mask) => {
      note(`write ${address} ${value} ${mask}`);
      const mood = (log.length * moody) % 11;
      if (mood === 2) queue.limit = -1;
      if (mood === 5) cpu.cycles += 4;
      if (mood === 7) interrupts.request(3, log.length % 2 === 0);
    };
  }
  return { cpu, log };
};

const imageOf = (words: readonly number[], flashBytes: number): Uint8Array => {
  const flash = new Uint8Array(flashBytes);
  for (const [index, word] of words.entries()) {
    flash[(START + index) * 2] = word & 0xff;
    flash[(START + index) * 2 + 1] = word >> 8;
  }
  return flash;
};

interface State {
  readonly registers: Uint8Array;
  readonly pointers: readonly number[];
  readonly sreg: number;
  readonly memory: Uint8Array;
}

const states = fc.record({
  registers: fc.uint8Array({ minLength: 26, maxLength: 26 }),
  // RAM, I/O registers and the registers themselves, the end of the RAM and beyond.
  pointers: fc.array(
    fc.oneof(fc.integer({ min: 0x140, max: 0x2000 }), fc.integer({ min: 0, max: 0x130 }), fc.integer({ min: 0x20f0, max: 0xffff })),
    {
      minLength: 3,
      maxLength: 3,
    },
  ),
  sreg: fc.integer({ min: 0, max: 255 }),
  memory: fc.uint8Array({ minLength: 256, maxLength: 256 }),
});

const prepare = ({ cpu, log }: Machine, { registers, pointers, sreg, memory }: State): void => {
  const { data } = cpu;
  log.length = 0;
  data.fill(0, 0, RAM_END + 1);
  for (let at = 0x60; at <= RAM_END; at += 1) data[at] = memory[at & 0xff]!;
  data.set(registers, 0);
  for (const [index, pointer] of pointers.entries()) {
    data[26 + index * 2] = pointer & 0xff;
    data[27 + index * 2] = pointer >> 8;
  }
  data[SREG] = sreg;
  cpu.sp = 0x1fe0;
  cpu.pc = START;
  cpu.cycles = 0;
  cpu.shadowCycle = -1;
  cpu.around.interrupts.clear();
};

const seenOf = ({ cpu, log }: Machine): unknown => ({
  log: [...log],
  pc: cpu.pc,
  cycles: cpu.cycles,
  shadow: cpu.shadowCycle,
  limit: cpu.around.queue.limit,
  pending: cpu.around.interrupts.pending,
});

const expectEqual = (ours: Machine, theirs: Machine): void => {
  expect(seenOf(ours)).to.deep.equal(seenOf(theirs));
  const end = RAM_END + 1;
  if (Buffer.compare(ours.cpu.data.subarray(0, end), theirs.cpu.data.subarray(0, end)) === 0) return;
  const at = ours.cpu.data.findIndex((value, index) => index < end && value !== theirs.cpu.data[index]);
  expect.fail(`data at 0x${at.toString(16)}: translated ${ours.cpu.data[at]}, interpreted ${theirs.cpu.data[at]}`);
};

const slice = ({ cpu }: Machine, cycles: number): void => {
  cpu.around.queue.limit = cpu.cycles + cycles;
  execute(cpu);
};

/** Some opcode of every operation, with and without constants, whatever else its bits say. */
const ALL = Array.from({ length: 0x10000 }, (_, opcode) => opcode).filter((opcode) => opcode !== 0);
const BY_OPERATION = Map.groupBy(ALL, (opcode) => decode(opcode, 0).operation);
/** Left to the interpreter, each for itself. */
const INTERPRETED = new Set<Operation>(['muls', 'mulsu', 'fmul', 'fmuls', 'fmulsu', 'ijmp', 'icall', 'sleep', 'wdr', 'spm']);
const SECOND_WORDS = fc.oneof(
  fc.integer({ min: 0x20, max: RAM_END }),
  fc.constantFrom(...HOOKED, SREG, 0x5d, 0x5e, 0x2fff, 0x9000, 0x940e, 0xcfff),
);
/** At the address where it wrote last: the program counter, as no instruction leaves it. */
const UNTOUCHED = -1;

describe('translated instructions', () => {
  for (const [operation, opcodes] of BY_OPERATION) {
    if (INTERPRETED.has(operation)) continue;
    it(`${operation}: what the interpreter leaves`, () => {
      let translatedRuns = 0;
      const scene = fc.record({
        opcode: fc.constantFrom(...opcodes),
        next: SECOND_WORDS,
        state: states,
        flashBytes: fc.constantFrom(0x8000, 0x40000),
        cycles: fc.integer({ min: 25, max: 90 }),
        moody: fc.integer({ min: 0, max: 10 }),
      });
      fc.assert(
        fc.property(scene, ({ opcode, next, state, flashBytes, cycles, moody }) => {
          const flash = imageOf([opcode, next], flashBytes);
          const [ours, theirs] = [machine(flash, 'eagerly', moody), machine(flash, false, moody)];
          prepare(ours, state);
          slice(ours, 200); // makes it hot
          for (const one of [ours, theirs]) prepare(one, state);
          ours.cpu.translated!.cells[0] = UNTOUCHED;
          for (const one of [ours, theirs]) slice(one, cycles);
          if (ours.cpu.translated!.cells[0] !== UNTOUCHED) translatedRuns += 1;
          expectEqual(ours, theirs);
        }),
        { numRuns: 40 },
      );
      expect(translatedRuns).to.be.greaterThan(25);
    });
  }
});

describe('translated programs', () => {
  const translatable = ALL.filter((opcode) => !INTERPRETED.has(decode(opcode, 0).operation));
  const usual = [...BY_OPERATION.keys()].filter((operation) => operation !== 'nop');
  const word = fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...translatable) },
    // As many of each operation, so that the few opcodes of some come up as well.
    { weight: 6, arbitrary: fc.constantFrom(...usual).chain((operation) => fc.constantFrom(...BY_OPERATION.get(operation)!)) },
    // Jumps within the program.
    { weight: 2, arbitrary: fc.integer({ min: -12, max: 12 }).map((by) => 0xc000 | (by & 0xfff)) },
    { weight: 2, arbitrary: fc.integer({ min: -12, max: 12 }).map((by) => 0xd000 | (by & 0xfff)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.integer({ min: -12, max: 12 }), fc.integer({ min: 0, max: 15 }))
        .map(([by, bit]) => 0xf000 | ((by & 0x7f) << 3) | (bit & 7) | ((bit & 8) << 7)),
    },
    { weight: 1, arbitrary: fc.constant(0x9508) },
  );

  for (const [flashBytes, numRuns] of [
    [0x8000, 60],
    [0x40000, 30],
  ] as const) {
    it(`leave what the interpreter leaves after each of many slices, with ${flashBytes / 1024} KiB of flash`, () => {
      const scene = fc.record({
        words: fc.array(word, { minLength: 10, maxLength: 90 }),
        state: states,
        slices: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 20, maxLength: 60 }),
        moody: fc.integer({ min: 0, max: 10 }),
      });
      fc.assert(
        fc.property(scene, ({ words, state, slices, moody }) => {
          // Behind its end it begins again.
          const flash = imageOf([...words, 0x940c, START], flashBytes);
          const [ours, theirs] = [machine(flash, 'eagerly', moody), machine(flash, false, moody)];
          for (const one of [ours, theirs]) prepare(one, state);
          for (const cycles of slices) {
            for (const one of [ours, theirs]) slice(one, cycles);
            expectEqual(ours, theirs);
            // As an interrupt would: elsewhere, or back.
            if (cycles % 3 === 0) for (const { cpu } of [ours, theirs]) cpu.pc = START;
          }
        }),
        { numRuns },
      );
    });
  }

  it('end before an event, however near it is', () => {
    // inc r0; rjmp -2
    const flash = imageOf([0x9403, 0xcffe], 0x8000);
    const one = machine(flash, 'eagerly', 0);
    for (let from = 0; from < 300; from += 1) {
      one.cpu.pc = START;
      slice(one, 30 + (from % 40));
      expect(one.cpu.cycles).to.be.within(one.cpu.around.queue.limit, one.cpu.around.queue.limit + 1);
    }
  });

  it('are made anew when the program changes, and given up where another peripheral listens', () => {
    const flash = imageOf([0x9403, 0xcffe], 0x8000);
    const { cpu } = machine(flash, 'eagerly', 0);
    cpu.pc = START;
    for (let turn = 0; turn < 5; turn += 1) slice({ cpu, log: [] }, 300);
    cpu.data[0] = 0;
    cpu.data[1] = 0;
    cpu.program(START * 2, Uint8Array.of(0x13, 0x94)); // inc r1
    for (let turn = 0; turn < 5; turn += 1) slice({ cpu, log: [] }, 300);
    expect(cpu.data[0]).to.equal(0);
    expect(cpu.data[1]).to.be.greaterThan(0);
  });

  it('are not shared by a CPU whose peripherals listen elsewhere', () => {
    const translation = new Translation(new Uint16Array(imageOf([0x9403, 0xcffe], 0x8000).buffer), EAGERLY);
    translation.count(START);
    const around = { wide: false, ramStart: 0x100, ramBytes: 0x800, hasRead: () => false, hasWrite: () => false, implemented: () => 0xff };
    const listening = { ...around, hasRead: (address: number) => address === 0x32 };
    expect(translation.translate(around, shapeOf(around))).to.equal(true);
    expect(translation.batches).to.have.length(1);
    expect(translation.translate(listening, shapeOf(listening))).to.equal(false);
  });
});

describe('which words are translated', () => {
  it('those that control comes to often in the life of one CPU, and oftener in that of the first', () => {
    const translation = new Translation(new Uint16Array(0x4000), { ...EAGERLY, hot: 3, hotAtFirst: 5, first: 2 });
    translation.cool();
    for (const pc of [10, 20, 10, 20, 10, 20, 10, 20]) translation.count(pc);
    expect(translation.due).to.equal(false);
    translation.cool();
    for (const pc of [10, 20]) translation.count(pc);
    expect(translation.due).to.equal(false);
    for (const pc of [10, 10, 10, 20, 20]) translation.count(pc);
    expect(translation.due).to.equal(true);
  });
});
