/** How two emulated boards and the circuit between them advance together: always the one that can act first, never past what another could still do to it. */

import type { Chip } from '../avr/chip.ts';
import type { BoardName, Circuit } from '../circuit/circuit.ts';
import type { Oscillator, TrueTime_ns } from './oscillator.ts';

export interface Board {
  readonly name: BoardName;
  readonly chip: Chip;
  readonly oscillator: Oscillator;
}

export interface WorldParts {
  readonly fixture: Board;
  readonly unit: Board;
  readonly circuit: Circuit;
  /** Shortest way from one board's pin through the circuit to the other's. */
  readonly lookahead_ns: { readonly unitToFixture: number; readonly fixtureToUnit: number };
  /** Dead time between the release of the unit's reset and its first instruction, cycles. */
  readonly unitStartupCycles: number;
}

export class World {
  readonly #parts: WorldParts;
  #lastRun: BoardName | null = null;
  /** Where the slice that is being run ends; -Infinity between two. */
  #limit_ns: TrueTime_ns = -Infinity;
  /** Times control went from one board to the other: what the idle budget counts. */
  handOvers = 0;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    const { circuit, unit } = parts;
    for (const board of [parts.fixture, parts.unit]) {
      const { chip, name, oscillator } = board;
      chip.onPinChange((pin, drive, cycle) => {
        circuit.setPin(name, pin, drive, oscillator.instantOf(cycle));
        chip.stop(); // the circuit may now have something to say before the end of this slice
      });
      chip.analog = (channel, cycle) => circuit.adcVolts(name, channel, oscillator.instantOf(cycle));
      chip.avcc_V = circuit.avcc_V[name];
    }
    circuit.onInput((name, pin, level, at_ns) => {
      const board = name === 'fixture' ? parts.fixture : parts.unit;
      this.#idleTo(board, at_ns);
      board.chip.setInput(pin, level);
    });
    circuit.onUnitPower((released, at_ns) => {
      this.#idleTo(unit, at_ns);
      if (released) unit.chip.release(parts.unitStartupCycles);
      else unit.chip.hold('brownOut');
    });
  }

  /** A byte on its way to the host may bring the host's next turn nearer than the end of this slice. */
  planned(at_ns: TrueTime_ns): void {
    if (at_ns < this.#limit_ns) for (const { chip } of [this.#parts.fixture, this.#parts.unit]) chip.stop();
  }

  /** Runs everything up to the instant that `until` names; `until` is asked again after each slice, since a slice may bring it nearer. */
  advance(until: () => TrueTime_ns): TrueTime_ns {
    const { fixture, unit, circuit, lookahead_ns } = this.#parts;
    let fixture_ns = nextActivity(fixture);
    let unit_ns = nextActivity(unit);
    for (;;) {
      const end_ns = until();
      const circuit_ns = circuit.nextActivity_ns();
      if (circuit_ns <= fixture_ns && circuit_ns <= unit_ns) {
        if (circuit_ns > end_ns) return end_ns;
        circuit.advance(circuit_ns);
        fixture_ns = nextActivity(fixture);
        unit_ns = nextActivity(unit);
        continue;
      }
      // A board reaches the other one through the circuit alone: what the other will do next stays as it is.
      if (fixture_ns <= unit_ns) {
        if (fixture_ns > end_ns) return end_ns;
        this.#run(fixture, Math.min(circuit_ns, unit_ns + lookahead_ns.unitToFixture, end_ns));
        fixture_ns = nextActivity(fixture);
      } else {
        if (unit_ns > end_ns) return end_ns;
        this.#run(unit, Math.min(circuit_ns, fixture_ns + lookahead_ns.fixtureToUnit, end_ns));
        unit_ns = nextActivity(unit);
      }
    }
  }

  #run(board: Board, limit_ns: TrueTime_ns): void {
    if (this.#lastRun !== board.name) {
      this.#lastRun = board.name;
      this.handOvers += 1;
    }
    const { chip, oscillator } = board;
    this.#limit_ns = limit_ns;
    chip.run(Math.max(oscillator.cycleAt(limit_ns), chip.cycles + 1));
    this.#limit_ns = -Infinity;
  }

  /** Lets a sleeping board's clock catch up; an awake one is there already, within the lookahead. */
  #idleTo({ chip, oscillator }: Board, at_ns: TrueTime_ns): void {
    const cycle = oscillator.cycleAt(at_ns);
    if (cycle > chip.cycles) chip.run(cycle);
  }
}

const nextActivity = ({ chip, oscillator }: Board): TrueTime_ns => {
  const cycle = chip.nextActivity();
  return cycle === Infinity ? Infinity : oscillator.instantOf(cycle);
};
