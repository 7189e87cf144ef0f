import { expect } from 'chai';
import * as fc from 'fast-check';
import { Assembler } from '../avr/assembler.ts';
import { createChip } from '../avr/chip.ts';
import { REG } from '../avr/test-chip.ts';
import type { BoardName, Circuit } from '../circuit/circuit.ts';
import { Agenda } from './agenda.ts';
import { createOscillator } from './oscillator.ts';
import { type Board, World } from './world.ts';

const LOOKAHEAD_ns = 20_000;
const INT0_VECTOR = 1;
/** ISC00 = 1: any change of INT0 asks for the interrupt. */
const ANY_CHANGE = 0x01;
/** INT0 is PD0 on the ATmega2560 and PD2 on the ATmega328P. */
const INT0_PIN = { fixture: 'PD0', unit: 'PD2' } as const;
const INT0_BIT = { fixture: 0, unit: 2 } as const;
const MODEL = { fixture: 'atmega2560', unit: 'atmega328p' } as const;
const OTHER = { fixture: 'unit', unit: 'fixture' } as const;

const sleeper = (board: BoardName): Assembler => new Assembler(MODEL[board]).sleepForever();

/** Sleeps; each change of INT0 is answered at PB0, with the same level or the opposite one. */
const echo = (board: BoardName, sense: 'same' | 'opposite'): Assembler => {
  const program = new Assembler(MODEL[board]);
  program.vector(INT0_VECTOR, 'changed').sbi(REG.DDRB, 0);
  if (sense === 'opposite') program.sbi(REG.PORTB, 0);
  program.set(0x69, ANY_CHANGE).sbi(REG.EIMSK, 0).sleepForever();
  program.label('changed');
  if (sense === 'same') program.sbis(REG.PIND, INT0_BIT[board]).cbi(REG.PORTB, 0).sbic(REG.PIND, INT0_BIT[board]).sbi(REG.PORTB, 0);
  else program.sbic(REG.PIND, INT0_BIT[board]).cbi(REG.PORTB, 0).sbis(REG.PIND, INT0_BIT[board]).sbi(REG.PORTB, 0);
  return program.reti();
};

/** Never sleeps: copies INT0's pin to PB0 as fast as it can. */
const busyEcho = (board: BoardName): Assembler =>
  new Assembler(MODEL[board])
    .sbi(REG.DDRB, 0)
    .label('again')
    .sbic(REG.PIND, INT0_BIT[board])
    .sbi(REG.PORTB, 0)
    .sbis(REG.PIND, INT0_BIT[board])
    .cbi(REG.PORTB, 0)
    .rjmp('again');

interface Signal {
  readonly board: BoardName;
  readonly level: boolean;
  readonly at_ns: number;
}

/** One wire each way from PB0 to the other's INT0, with a delay; it watches that nobody speaks to its past. */
class Wires {
  readonly #agenda = new Agenda();
  readonly #delay_ns: Readonly<Record<BoardName, number>>;
  readonly sent: Signal[] = [];
  readonly delivered: Signal[] = [];
  #input: (name: BoardName, pin: string, level: boolean, at_ns: number) => void = () => undefined;
  #power: (released: boolean, at_ns: number) => void = () => undefined;
  #now_ns = 0;
  latest_ns = 0;

  constructor(delay_ns: Readonly<Record<BoardName, number>>) {
    this.#delay_ns = delay_ns;
  }

  readonly circuit: Circuit = {
    nextActivity_ns: () => this.#agenda.next_ns(),
    advance: (t_ns) => {
      while (this.#agenda.next_ns() <= t_ns) {
        this.#now_ns = this.#agenda.next_ns();
        this.#agenda.take()!.action();
      }
    },
    setPin: (board, pin, drive, t_ns) => {
      if (pin !== 'PB0') return;
      expect(t_ns, `${board} speaks to the circuit's past`).to.be.above(this.#now_ns - LOOKAHEAD_ns);
      const level = drive === 'high';
      this.sent.push({ board, level, at_ns: t_ns });
      const arrival_ns = t_ns + this.#delay_ns[board];
      this.#agenda.add(arrival_ns, () => {
        this.delivered.push({ board: OTHER[board], level, at_ns: this.#now_ns });
        this.#input(OTHER[board], INT0_PIN[OTHER[board]], level, this.#now_ns);
      });
    },
    onInput: (listener) => (this.#input = listener),
    onUnitPower: (listener) => (this.#power = listener),
    setConverter: () => undefined,
    adcVolts: () => 0,
    voltage: () => 0,
    avcc_V: { fixture: 4.9, unit: 5.1 },
    solutions: 0,
  };

  power(released: boolean, at_ns: number): void {
    this.#agenda.add(at_ns, () => this.#power(released, this.#now_ns));
  }

  /** Changes a board's INT0 from outside. */
  change(board: BoardName, level: boolean, at_ns: number): void {
    this.#agenda.add(at_ns, () => this.#input(board, INT0_PIN[board], level, this.#now_ns));
  }
}

interface Given {
  readonly fixture: Assembler;
  readonly unit: Assembler;
  readonly error_ppm?: Readonly<Record<BoardName, number>>;
  readonly delay_ns?: Readonly<Record<BoardName, number>>;
}

const worldOf = ({
  fixture,
  unit,
  error_ppm = { fixture: 4_000, unit: -3_000 },
  delay_ns = { fixture: LOOKAHEAD_ns, unit: LOOKAHEAD_ns },
}: Given) => {
  const wires = new Wires(delay_ns);
  const board = (name: BoardName, program: Assembler): Board => {
    const chip = createChip(MODEL[name], program.image());
    return { name, chip, oscillator: createOscillator(chip.nominal_Hz, error_ppm[name]) };
  };
  const boards = { fixture: board('fixture', fixture), unit: board('unit', unit) };
  const world = new World({
    ...boards,
    circuit: wires.circuit,
    lookahead_ns: { unitToFixture: LOOKAHEAD_ns, fixtureToUnit: LOOKAHEAD_ns },
    unitStartupCycles: 16_000,
  });
  boards.fixture.chip.release(0);
  return { world, wires, boards, passTo: (at_ns: number) => world.advance(() => at_ns) };
};

describe('world', () => {
  it('delivers every change exactly one delay after it was made, in any phase of crystals and delays, both boards asleep in between', () => {
    const delay = fc.double({ min: LOOKAHEAD_ns, max: 300_000, noNaN: true });
    const error = fc.double({ min: -5_000, max: 5_000, noNaN: true });
    fc.assert(
      fc.property(delay, delay, error, error, (there_ns, back_ns, fixture, unit) => {
        const { wires, boards, passTo } = worldOf({
          fixture: echo('fixture', 'opposite'),
          unit: echo('unit', 'same'),
          error_ppm: { fixture, unit },
          delay_ns: { fixture: there_ns, unit: back_ns },
        });
        boards.unit.chip.release(0);
        expect(passTo(20e6)).to.equal(20e6);
        const { sent, delivered } = wires;
        expect(sent.length).to.be.above(30);
        for (const board of ['fixture', 'unit'] as const) {
          const made = sent.filter((change) => change.board === board);
          const heard = delivered.filter((change) => change.board === OTHER[board]);
          expect(heard.length).to.be.within(made.length - 1, made.length);
          for (const [index, { level, at_ns }] of heard.entries()) {
            expect(level).to.equal(made[index]!.level);
            expect(at_ns).to.be.closeTo(made[index]!.at_ns + (board === 'fixture' ? there_ns : back_ns), 1e-3);
          }
        }
        // An interrupt is answered in about 20 cycles; a board woken too late, or told too early, would not be.
        for (const { board, at_ns } of sent.filter((change) => change.at_ns > 1e6)) {
          const cause = delivered.findLast((change) => change.board === board && change.at_ns < at_ns)!;
          expect(at_ns - cause.at_ns).to.be.within(500, 2_500);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('answers as fast when both boards are always awake, and hands over once in a lookahead, not once in an instruction', () => {
    const { world, wires, boards, passTo } = worldOf({
      fixture: busyEcho('fixture'),
      unit: busyEcho('unit'),
      delay_ns: { fixture: 60_000, unit: 45_000 },
    });
    boards.unit.chip.release(0);
    for (let pulse = 0; pulse < 5; pulse += 1) wires.change('unit', pulse % 2 === 0, 1e6 + pulse * 211_111);
    passTo(4e6);
    const answers = wires.sent.filter(({ board, at_ns }) => board === 'unit' && at_ns >= 1e6);
    expect(answers.length).to.be.at.least(5);
    // The loop takes 6 cycles: an input is seen within 8 cycles, 0.5 us.
    expect(answers[0]!.at_ns - 1e6).to.be.within(0, 600);
    // The two run in turns, each up to a lookahead beyond the other: 2 x 4 ms / 40 us at least, and changes cut turns short.
    expect(world.handOvers).to.be.within(150, 500);
  });

  it('has no quantum: a busy board beside one that sleeps for good runs in one go', () => {
    const { world, boards, passTo } = worldOf({ fixture: sleeper('fixture'), unit: busyEcho('unit') });
    boards.unit.chip.release(0);
    passTo(1e6);
    const before = world.handOvers;
    passTo(11e6);
    expect(world.handOvers - before).to.be.at.most(1);
    expect(boards.unit.chip.cycles).to.be.closeTo(boards.unit.oscillator.cycleAt(11e6), 3);
  });

  it('costs nothing while both sleep', () => {
    const { world, boards, passTo } = worldOf({ fixture: sleeper('fixture'), unit: sleeper('unit') });
    boards.unit.chip.release(0);
    passTo(1e6);
    const { handOvers } = world;
    const executed = boards.fixture.chip.executedCycles + boards.unit.chip.executedCycles;
    expect(passTo(3.6e12)).to.equal(3.6e12);
    expect(world.handOvers).to.equal(handOvers);
    expect(boards.fixture.chip.executedCycles + boards.unit.chip.executedCycles).to.equal(executed);
  });

  it('lets an end come nearer while it runs', () => {
    const { world, wires, boards } = worldOf({ fixture: echo('fixture', 'opposite'), unit: sleeper('unit') });
    boards.unit.chip.release(0);
    let end_ns = 50e6;
    wires.change('fixture', true, 7e6);
    const reached_ns = world.advance(() => {
      if (wires.sent.some(({ at_ns }) => at_ns > 7e6)) end_ns = 9e6;
      return end_ns;
    });
    expect(reached_ns).to.equal(9e6);
  });

  it('ends the slice of a busy board where something of the host is planned meanwhile, and no slice for what comes later', () => {
    const { world, boards } = worldOf({ fixture: busyEcho('fixture'), unit: sleeper('unit') });
    const { chip, oscillator } = boards.fixture;
    let asked = 0;
    let end_ns = 50e6;
    const planned = (at_ns: number): void => {
      end_ns = Math.min(end_ns, at_ns);
      world.planned(at_ns);
    };
    chip.at(oscillator.cycleAt(7e6), () => planned(60e6));
    chip.at(oscillator.cycleAt(8e6), () => planned(9e6));
    const reached_ns = world.advance(() => {
      asked += 1;
      return end_ns;
    });
    expect(reached_ns).to.equal(9e6);
    expect(chip.cycles - oscillator.cycleAt(9e6)).to.be.within(0, 8);
    expect(asked, 'slices').to.be.below(10);
  });

  it('starts the unit its dead time after the supervisor lets it go, and stops it in the instant it is held', () => {
    const { wires, boards, passTo } = worldOf({ fixture: sleeper('fixture'), unit: busyEcho('unit') });
    wires.power(true, 5e6);
    wires.change('unit', true, 8e6);
    wires.power(false, 9e6);
    wires.change('unit', false, 9.5e6);
    passTo(5.9e6);
    expect(boards.unit.chip.executedCycles).to.equal(0);
    expect(boards.unit.chip.heldInReset).to.equal(true);
    passTo(20e6);
    const [low, high, off, ...more] = wires.sent.map(({ at_ns }) => at_ns);
    expect(low).to.be.within(5e6 + 1e6, 5e6 + 1.01e6); // 16 000 cycles of a crystal 0.3 % slow; then the port becomes an output
    expect(high).to.be.within(8e6, 8e6 + 600);
    expect(off).to.be.within(9e6, 9e6 + 600);
    expect(more).to.deep.equal([]);
    expect(boards.unit.chip.heldInReset).to.equal(true);
  });

  it('gives each board the reference of its own supply', () => {
    const { boards } = worldOf({ fixture: sleeper('fixture'), unit: sleeper('unit') });
    expect([boards.fixture.chip.avcc_V, boards.unit.chip.avcc_V]).to.deep.equal([4.9, 5.1]);
  });
});
