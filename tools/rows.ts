/** What a benchmark or a campaign found as rows with a bound each, and how they are printed: a table, or with --json one document. */

import Table from 'cli-table3';
import { type BenchRow, toBenchDocument } from '../reports/json.ts';

const figure = (value: number | null): string => (value === null ? '' : value.toLocaleString('en', { maximumSignificantDigits: 4 }));

export const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
};

export type Row = (id: string, value: number, unit: string, sense: '<=' | '>=', bound: number, baseline?: number | null) => BenchRow;

/** Rows that the reader can have again with `command`. */
export const rowsOf =
  (command: string): Row =>
  (id, value, unit, sense, bound, baseline = null) => ({
    id,
    value,
    unit,
    bound,
    sense,
    met: sense === '<=' ? value <= bound : value >= bound,
    baseline,
    ratio: baseline === null ? null : value / baseline,
    command,
  });

/** Prints rows and notes; returns the exit code: 1 where a bound is not met. */
export const printRows = (rows: readonly BenchRow[], notes: readonly string[] = []): number => {
  progress('');
  const document = toBenchDocument(true, rows);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify(document)}\n`);
    return document.exit;
  }
  const table = new Table({ head: ['what', 'value', 'unit', 'wanted', 'met', 'baseline', 'ratio'], style: { head: [], border: [] } });
  for (const { id, value, unit, sense, bound, met, baseline, ratio } of rows)
    table.push([id, figure(value), unit, `${sense} ${figure(bound)}`, met ? 'yes' : 'NO', figure(baseline), figure(ratio)]);
  process.stdout.write(`${table.toString()}\n${notes.map((note) => `${note}\n`).join('')}`);
  return document.exit;
};

/** The first number among the arguments, or the usual count. */
export const countAsked = (usual: number): number => {
  const given = process.argv.slice(2).find((word) => /^\d+$/.test(word));
  return given === undefined ? usual : Number(given);
};
