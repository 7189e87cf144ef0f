/** `npm run bench`: prints the measured numbers as a table, or with --json as one document; exit code 1 where a bound is not met. */

import Table from 'cli-table3';
import { toBenchDocument } from '../../reports/json.ts';
import { measure } from './measure.ts';

const figure = (value: number | null): string => (value === null ? '' : value.toLocaleString('en', { maximumSignificantDigits: 4 }));

const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`);
};

const { rows, notes } = await measure(progress);
progress('');
const document = toBenchDocument(true, rows);
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(document)}\n`);
else {
  const table = new Table({ head: ['what', 'value', 'unit', 'wanted', 'met', 'baseline', 'ratio'], style: { head: [], border: [] } });
  for (const { id, value, unit, sense, bound, met, baseline, ratio } of rows) {
    table.push([id, figure(value), unit, `${sense} ${figure(bound)}`, met ? 'yes' : 'NO', figure(baseline), figure(ratio)]);
  }
  process.stdout.write(`${table.toString()}\n${notes.join('\n')}\n`);
}
process.exitCode = document.exit;
