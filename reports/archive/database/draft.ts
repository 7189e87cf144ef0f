/** Runs on their way into an archive, as rows already: made while the database is busy, so that it is held no longer than it takes to write them. */

import type { ArchivedRun } from '../archived-run.ts';
import { Batch, millisecondsOf } from './rows.ts';
import { runNumber } from './tables.ts';

const MOST_TURNS = 1000;

/** What is there already, as far as it could be in the way of a draft. */
export interface Held {
  /** Names of runs. */
  readonly names: ReadonlySet<string>;
  /** Numbers, with the names of those who have them. */
  readonly numbers: ReadonlyMap<number, string>;
}

export const nameOf = (archive: string, run: string): string => `${archive}\n${run}`;

interface Drafted {
  readonly archive: string;
  readonly run: string;
  readonly started_ms: number;
  /** The run once more, for when the draft cannot stay as it is. */
  readonly again: () => ArchivedRun;
}

const numberOfTurn = ({ archive, run, started_ms }: Drafted, turn: number): number => runNumber(archive, run, started_ms, turn);

export class Draft {
  readonly #runs: Drafted[] = [];
  readonly #batch = new Batch();
  readonly #numbers = new Set<number>();

  /** `again` gives the same run: a draft keeps rows and not the run itself, which is many times as large. */
  add(run: ArchivedRun, again: () => ArchivedRun): void {
    const drafted = { archive: run.archive, run: run.run, started_ms: millisecondsOf(run.started), again };
    const nr = numberOfTurn(drafted, 0);
    this.#runs.push(drafted);
    this.#numbers.add(nr);
    this.#batch.add(nr, run);
  }

  get size(): number {
    return this.#runs.length;
  }

  get numbers(): readonly number[] {
    return [...this.#numbers];
  }

  /** Of each run its archive and its own name. */
  get names(): readonly string[] {
    return this.#runs.flatMap(({ archive, run }) => [archive, run]);
  }

  /** Rows of the runs that are not there yet, and how many these are. `heldBy` looks up who has each of some numbers. */
  async rows(
    held: Held,
    heldBy: (numbers: readonly number[]) => Promise<Held['numbers']>,
  ): Promise<{ values: Batch['values']; count: number }> {
    const names = new Set(this.#runs.map((one) => nameOf(one.archive, one.run)));
    const isFree = held.names.size === 0 && held.numbers.size === 0;
    // As nearly always: nothing is there, and no two share a name or a number.
    if (isFree && this.#numbers.size === this.#runs.length && names.size === this.#runs.length)
      return { values: this.#batch.finished(), count: this.#runs.length };
    const batch = new Batch();
    const given = new Set<string>(held.names);
    const taken = new Map(held.numbers);
    let count = 0;
    let waiting: readonly Drafted[] = this.#runs;
    for (let turn = 0; waiting.length > 0; turn += 1) {
      if (turn >= MOST_TURNS) throw new Error(`More than ${MOST_TURNS} runs of one second: ${waiting[0]!.run} has no number left.`);
      if (turn > 0) for (const [nr, name] of await heldBy(waiting.map((one) => numberOfTurn(one, turn)))) taken.set(nr, name);
      const later: Drafted[] = [];
      for (const one of waiting) {
        const name = nameOf(one.archive, one.run);
        if (given.has(name)) continue;
        const nr = numberOfTurn(one, turn);
        if (taken.has(nr)) {
          later.push(one);
          continue;
        }
        taken.set(nr, name);
        given.add(name);
        batch.add(nr, one.again());
        count += 1;
      }
      waiting = later;
    }
    return { values: batch.finished(), count };
  }
}
