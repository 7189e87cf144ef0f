/** Archived runs as values for the tables: all of a batch, table by table, in the order of each table's columns. */

import { hash } from 'node:crypto';
import type { ArchivedRun } from '../archived-run.ts';
import { Rollups, shiftOf } from './rollups.ts';
import { numberOf, type WrittenTable } from './tables.ts';

export type Value = string | number | null;

/* oxlint-disable-next-line no-restricted-globals -- reads a date, no clock */
export const millisecondsOf = (iso: string): number => Date.parse(iso);
/* oxlint-disable-next-line no-restricted-globals -- writes a date, reads no clock */
export const isoOf = (ms: number): string => new Date(ms).toISOString();

const flag = (value: boolean | null): number | null => (value === null ? null : Number(value));

/** PostgreSQL's indexes hold no more than 2 704 bytes of a row. Source: its manual, "B-Tree Indexes", Implementation. */
const LONGEST_KEY = 255;
/** Not every database keeps these: two serial numbers would become one. */
const UNKEPT = /[\0\p{Cs}]/u;

/** What stands for units of this serial number: a simulated one is another than the real one. By its hash where no index holds it as it is. */
export const unitKey = (kind: 'unit' | 'simulated', serial: string): string =>
  serial.length > LONGEST_KEY || UNKEPT.test(serial)
    ? `hashed ${kind} ${hash('sha256', JSON.stringify(serial), 'hex')}`
    : `${kind} ${serial}`;

const unitOf = ({ serial, simulated, archive, run }: ArchivedRun): string =>
  serial === null ? `run ${archive} ${run}` : unitKey(simulated === false ? 'unit' : 'simulated', serial);

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
  /** By file and id. */
  readonly #scenarios = new Map<string, Map<string, number>>();
  readonly #quantities = new Map<number, Map<string, KnownQuantity[]>>();
  readonly #lots = new Map<string, number>();

  add(nr: number, run: ArchivedRun): void {
    const started_ms = millisecondsOf(run.started);
    const lot = this.#lot(run);
    this.#run(nr, run, started_ms, lot);
    const files = run.cases;
    const scenario = (id: string): number => this.#scenario(id, files.find((one) => one.id === id)?.file ?? '');
    const { attempt: attempts, difference: differences, measurement: measurements } = this.values;
    for (const [pos, { id, file, attempts: list }] of files.entries()) {
      const of = this.#scenario(id, file);
      for (const [index, { attempt, verdict, blame, duration_us }] of list.entries()) {
        // Of two of one number, which no rig writes, the first counts.
        if (index > 0 && list.findIndex((one) => one.attempt === attempt) < index) continue;
        attempts.push(nr, pos, attempt, Number(index === list.length - 1), of, verdict, blame, duration_us);
      }
    }
    for (const [pos, { case: id, kind, signal, requirement, rule, off_us }] of run.differences.entries())
      differences.push(nr, pos, scenario(id), kind, signal, requirement, rule, off_us);
    const hour = run.counts ? this.#rollups.hour(started_ms, lot) : null;
    let [name, known] = ['', -1];
    for (let pos = 0; pos < run.measurements.length; pos += 1) {
      const one = run.measurements[pos]!;
      // Those of one case stand together.
      if (known < 0 || one.case !== name) [name, known] = [one.case, scenario(one.case)];
      const quantity = this.#quantity(known, one);
      measurements.push(nr, pos, quantity, one.value, one.uncertainty, one.outcome);
      if (hour !== null && one.value !== null) this.#rollups.add(hour, quantity, one.value - shiftOf(one.low, one.high), one.outcome);
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
    const key = JSON.stringify(parts);
    const known = this.#lots.get(key);
    if (known !== undefined) return known;
    const id = numberOf(['lot', ...parts]);
    this.#lots.set(key, id);
    this.values.lot.push(id, ...parts);
    return id;
  }

  #scenario(id: string, file: string): number {
    let ids = this.#scenarios.get(file);
    if (ids === undefined) this.#scenarios.set(file, (ids = new Map()));
    const known = ids.get(id);
    if (known !== undefined) return known;
    const made = numberOf(['scenario', id, file]);
    ids.set(id, made);
    this.values.scenario.push(made, id, file);
    return made;
  }

  #quantity(scenario: number, { name, unit, low, high }: ArchivedRun['measurements'][number]): number {
    let names = this.#quantities.get(scenario);
    if (names === undefined) this.#quantities.set(scenario, (names = new Map()));
    let list = names.get(name);
    if (list === undefined) names.set(name, (list = []));
    for (const known of list) if (known.low === low && known.high === high && known.unit === unit) return known.id;
    const id = numberOf(['quantity', scenario, name, unit, low, high]);
    list.push({ id, unit, low, high });
    this.values.quantity.push(id, scenario, name, unit, low, high);
    return id;
  }
}
