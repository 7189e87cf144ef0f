/** A table as CSV (RFC 4180) that no spreadsheet takes for a formula. */

import type { Cell, Table } from './tables.ts';

/** What a spreadsheet would calculate: a sign it begins with, also behind blanks. Source: OWASP, "CSV Injection". */
const FORMULA = /^\s*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  // An apostrophe in front keeps it text; spreadsheets do not show it.
  const kept = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept;
}

export const renderCsv = ({ columns, rows }: Table): string =>
  [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
