/** The tables of the archive, the same on every database, and the numbers by which their rows find each other. */

import { hash } from 'node:crypto';

/** Booleans are 0 and 1, dates are milliseconds since 1970: both databases keep and compare them alike. */
export interface Tables {
  readonly meta: { readonly name: string; readonly value: string };
  readonly run: RunRow;
  readonly lot: LotRow;
  readonly scenario: { readonly id: number; readonly case_id: string; readonly file: string };
  readonly attempt: AttemptRow;
  readonly difference: DifferenceRow;
  readonly quantity: QuantityRow;
  readonly measurement: MeasurementRow;
  readonly hourly: HourlyRow;
  readonly outbox: { readonly archive: string; readonly run: string; readonly document: string };
}

export interface RunRow {
  /** Begins with the second in which the run began: rows of one week lie together in every table. */
  readonly nr: number;
  readonly archive: string;
  readonly run: string;
  readonly seq: number;
  readonly started_ms: number;
  readonly lot: number;
  /** Names the unit among all: from its serial number, or from the run where there is none, as whoever gave no number tested some unit once. */
  readonly unit: string;
  readonly serial: string | null;
  readonly operator: string | null;
  readonly slot: string | null;
  readonly bench: string;
  readonly board: string;
  readonly mode: string;
  readonly firmware: string;
  readonly model: string;
  readonly host: string;
  readonly seed: number | null;
  readonly verdict: string;
  readonly blame: string | null;
  readonly reason: string;
  readonly ended: string;
  readonly counts: number;
  readonly virtual_s: number;
  readonly wall_s: number;
  readonly record_hash: string | null;
}

/** What runs are asked for by, together. */
export interface LotRow {
  readonly id: number;
  readonly station: string | null;
  readonly simulated: number | null;
  readonly work_order: string | null;
  readonly unit_version: string | null;
  readonly unit_image: string | null;
}

export interface AttemptRow {
  readonly nr: number;
  /** Of the case in its run. */
  readonly pos: number;
  readonly attempt: number;
  readonly last: number;
  readonly scenario: number;
  readonly verdict: string;
  readonly blame: string | null;
  readonly duration_us: number;
}

export interface DifferenceRow {
  readonly nr: number;
  readonly pos: number;
  readonly scenario: number;
  readonly kind: string;
  readonly signal: string;
  readonly requirement: string | null;
  readonly rule: string | null;
  readonly off_us: number | null;
}

/** What is measured: of one case, under one name, against the same limits. */
export interface QuantityRow {
  readonly id: number;
  readonly scenario: number;
  readonly name: string;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
}

export interface MeasurementRow {
  readonly nr: number;
  readonly pos: number;
  readonly quantity: number;
  readonly value: number | null;
  readonly uncertainty: number | null;
  readonly outcome: string;
}

/** Of attempts that count. Values are taken from the middle of their limits (rollups.ts). */
export interface HourlyRow {
  readonly hour: number;
  readonly lot: number;
  readonly quantity: number;
  readonly n: number;
  readonly total: number;
  readonly squares: number;
  readonly least: number;
  readonly most: number;
  readonly marginal: number;
  readonly failed: number;
}

/** Of each table its columns, in the order in which rows are written. */
export const COLUMNS = {
  run: [
    'nr',
    'archive',
    'run',
    'seq',
    'started_ms',
    'lot',
    'unit',
    'serial',
    'operator',
    'slot',
    'bench',
    'board',
    'mode',
    'firmware',
    'model',
    'host',
    'seed',
    'verdict',
    'blame',
    'reason',
    'ended',
    'counts',
    'virtual_s',
    'wall_s',
    'record_hash',
  ],
  lot: ['id', 'station', 'simulated', 'work_order', 'unit_version', 'unit_image'],
  scenario: ['id', 'case_id', 'file'],
  attempt: ['nr', 'pos', 'attempt', 'last', 'scenario', 'verdict', 'blame', 'duration_us'],
  difference: ['nr', 'pos', 'scenario', 'kind', 'signal', 'requirement', 'rule', 'off_us'],
  quantity: ['id', 'scenario', 'name', 'unit', 'low', 'high'],
  measurement: ['nr', 'pos', 'quantity', 'value', 'uncertainty', 'outcome'],
  hourly: ['hour', 'lot', 'quantity', 'n', 'total', 'squares', 'least', 'most', 'marginal', 'failed'],
} as const satisfies { readonly [T in keyof Tables]?: readonly (keyof Tables[T])[] };
export type WrittenTable = keyof typeof COLUMNS;
/** Hold what belongs to one run, and nothing before that run is added. */
export const OF_RUNS: readonly WrittenTable[] = ['run', 'attempt', 'difference', 'measurement'];

export type Kind = 'int' | 'real' | 'text';
const INTEGERS = [
  'nr',
  'seq',
  'started_ms',
  'lot',
  'simulated',
  'seed',
  'counts',
  'id',
  'pos',
  'attempt',
  'last',
  'scenario',
  'quantity',
  'hour',
  'n',
  'marginal',
  'failed',
];
const REALS = ['virtual_s', 'wall_s', 'duration_us', 'off_us', 'low', 'high', 'value', 'uncertainty', 'total', 'squares', 'least', 'most'];
export const kindOf = (column: string): Kind => (INTEGERS.includes(column) ? 'int' : REALS.includes(column) ? 'real' : 'text');

/** Whole numbers of so many bits from what they stand for: equal in every database, so that nothing has to be asked before a row is written. */
const numberFrom = (bits: number, parts: readonly unknown[]): number =>
  Math.floor(Number.parseInt(hash('sha256', JSON.stringify(parts), 'hex').slice(0, NUMBER_BITS / 4), 16) / 2 ** (NUMBER_BITS - bits));

const NUMBER_BITS = 52;
/** Below 2^53 with 34 bits of seconds: until the year 2514. */
const WITHIN_SECOND_BITS = 19;
const LAST_SECOND = 2 ** 34 - 1;

/** Names a scenario, a quantity or a lot by what it is. */
export const numberOf = (parts: readonly unknown[]): number => numberFrom(NUMBER_BITS, parts);

/** The first number of a run that began then or later. */
export const firstNumber = (started_ms: number): number =>
  Math.min(LAST_SECOND, Math.max(0, Math.floor(started_ms / 1000))) * 2 ** WITHIN_SECOND_BITS;

/** `turn` counts from 0: another number where a run of the same second has this one. */
export const runNumber = (archive: string, run: string, started_ms: number, turn = 0): number =>
  firstNumber(started_ms) + ((numberFrom(WITHIN_SECOND_BITS, [archive, run]) + turn) % 2 ** WITHIN_SECOND_BITS);
