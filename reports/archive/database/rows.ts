/** Archived runs as values for the tables: all of a batch, table by table, in the order of each table's columns. */

import type { ArchivedRun } from '../archived-run.ts';
import { Rollups, shiftOf } from './rollups.ts';
import { numberOf, type WrittenTable } from './tables.ts';

export type Value = string | number | null;

/* oxlint-disable-next-line no-restricted-globals -- reads a date, no clock */
export const millisecondsOf = (iso: string): number => Date.parse(iso);
/* oxlint-disable-next-line no-restricted-globals -- writes a date, reads no clock */
export const isoOf = (ms: number): string => new Date(ms).toISOString();

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** What stands for the unit: a simulated one is another than the real one of the same number. */
const unitOf = ({ serial, simulated, archive, run }: ArchivedRun): string =>
  serial === null ? `run ${archive} ${run}` : `${simulated === false ? 'unit' : 'simulated'} ${serial}`;

interface KnownQuantity {
  readonly id: number;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
}

/** Rows of a batch of runs. Numbers of scenarios and quantities are worked out once each. */
export class Batch {
  readonly values: { readonly [T in WrittenTable]: Value[] } = {
    run: [],
    scenario: [],
    attempt: [],
    difference: [],
    quantity: [],
    measurement: [],
    lot: [],
    hourly: [],
  };
  readonly #rollups = new Rollups();
  readonly #scenarios = new Map<string, number>();
  readonly #quantities = new Map<number, Map<string, KnownQuantity[]>>();
  readonly #lots = new Set<number>();

  add(nr: number, run: ArchivedRun): void {
    const started_ms = millisecondsOf(run.started);
    const lot = this.#lot(run);
    this.#run(nr, run, started_ms, lot);
    const scenarios = new Map(run.cases.map(({ id, file }) => [id, this.#scenario(id, file)]));
    const scenario = (id: string): number => scenarios.get(id) ?? this.#scenario(id, '');
    const { attempt: attempts, difference: differences, measurement: measurements } = this.values;
    for (const [pos, { id, attempts: list }] of run.cases.entries())
      for (const [index, { attempt, verdict, blame, duration_us }] of list.entries())
        attempts.push(nr, pos, attempt, Number(index === list.length - 1), scenario(id), verdict, blame, duration_us);
    for (const [pos, { case: id, kind, signal, requirement, rule, off_us }] of run.differences.entries())
      differences.push(nr, pos, scenario(id), kind, signal, requirement, rule, off_us);
    for (const [pos, one] of run.measurements.entries()) {
      const quantity = this.#quantity(scenario(one.case), one);
      measurements.push(nr, pos, quantity, one.value, one.uncertainty, one.outcome);
      if (run.counts && one.value !== null)
        this.#rollups.add(started_ms, lot, quantity, one.value - shiftOf(one.low, one.high), one.outcome);
    }
  }

  /** With the sums of all that was added. */
  finished(): Batch['values'] {
    return { ...this.values, hourly: this.#rollups.values() };
  }

  #run(nr: number, run: ArchivedRun, started_ms: number, lot: number): void {
    this.values.run.push(
      nr,
      run.archive,
      run.run,
      run.seq,
      started_ms,
      lot,
      unitOf(run),
      run.serial,
      run.operator,
      run.slot,
      run.bench,
      run.board,
      run.mode,
      run.firmware,
      run.model,
      run.host,
      run.seed,
      run.verdict,
      run.blame,
      run.reason,
      run.ended,
      Number(run.counts),
      run.virtual_s,
      run.wall_s,
      run.recordHash,
    );
  }

  #lot({ station, simulated, workOrder, unitVersion, unitImage }: ArchivedRun): number {
    const parts = [station, flag(simulated), workOrder, unitVersion, unitImage] as const;
    const id = numberOf(['lot', ...parts]);
    if (!this.#lots.has(id)) {
      this.#lots.add(id);
      this.values.lot.push(id, ...parts);
    }
    return id;
  }

  #scenario(id: string, file: string): number {
    const key = `${id}\n${file}`;
    const known = this.#scenarios.get(key);
    if (known !== undefined) return known;
    const made = numberOf(['scenario', id, file]);
    this.#scenarios.set(key, made);
    this.values.scenario.push(made, id, file);
    return made;
  }

  #quantity(scenario: number, { name, unit, low, high }: ArchivedRun['measurements'][number]): number {
    let names = this.#quantities.get(scenario);
    if (names === undefined) this.#quantities.set(scenario, (names = new Map()));
    let list = names.get(name);
    if (list === undefined) names.set(name, (list = []));
    const known = list.find((one) => one.unit === unit && one.low === low && one.high === high);
    if (known !== undefined) return known.id;
    const id = numberOf(['quantity', scenario, name, unit, low, high]);
    list.push({ id, unit, low, high });
    this.values.quantity.push(id, scenario, name, unit, low, high);
    return id;
  }
}
