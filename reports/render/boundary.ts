/** The table of units at their limits on the terminal: a row a number of the reference, then what is not as it has to be, and one line that sums it up. */

import type { BoundaryDocument, BoundaryRow } from '../shape/boundary.ts';
import { printer, type PrintOptions, type Printer, wrap } from './style.ts';

/** As precise as two units of it can be told apart. */
const amount = (value: number, unit: BoundaryRow['unit']): string =>
  unit === 'mV' ? `${(value / 1e3).toFixed(4)} V` : value < 1e5 ? `${(value / 1e3).toFixed(4)} ms` : `${(value / 1e6).toFixed(6)} s`;

const HEAD = ['parameter', 'limit', 'U', 'outside', 'verdict', 'named', 'inside', 'verdict'] as const;

const yes = (is: boolean): string => (is ? 'yes' : 'NO');

const cellsOf = ({ parameter, limit, unit, uncertainty, outside, inside }: BoundaryRow): readonly string[] =>
  outside === null || inside === null || uncertainty === null
    ? [parameter, amount(limit, unit), '', 'no pair']
    : [
        parameter,
        amount(limit, unit),
        amount(uncertainty, unit),
        amount(outside.value, unit),
        outside.verdict,
        yes(outside.named),
        amount(inside.value, unit),
        inside.verdict,
      ];

const lines = ({ rows }: BoundaryDocument, { ink }: Printer): readonly string[] => {
  const cells = rows.map(cellsOf);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const aligned = (row: readonly string[]): string =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd();
  return [ink('dim', aligned(HEAD)), ...cells.map((row, index) => ink(rows[index]!.held ? 'reset' : 'red', aligned(row)))];
};

const told = ({ parameter, outside, inside, reason, held }: BoundaryRow, { width, ink }: Printer): readonly string[] => {
  if (reason !== null) return [wrap(`${parameter}: no pair: ${reason}.`, width, '  ')];
  if (held) return [];
  if (outside === null || inside === null) return [wrap(`${ink('red', 'NO PAIR')} ${parameter}: nobody has made one.`, width, '  ')];
  const wrong = outside.verdict === 'fail' && outside.named ? inside : outside;
  return [
    wrap(
      `${ink('red', 'NOT HELD')} ${parameter}: ${wrong === inside ? 'inside' : 'outside'} its limit: ${wrong.verdict}: ${wrong.text}`,
      width,
      '  ',
    ),
  ];
};

export const renderBoundary = (document: BoundaryDocument, options: PrintOptions = {}): string => {
  const print = printer(options);
  const { pairs, held, rows, seed, distance_U } = document;
  const word = print.ink(['bold', document.exit === 0 ? 'green' : 'red'], `${held} of ${pairs} pairs held`);
  const parts = [word, `${distance_U} U beyond and within each limit`, 'SIMULATED bench', `seed ${seed}`];
  return [
    ...lines(document, print),
    '',
    ...rows.flatMap((row) => told(row, print)),
    wrap(parts.join(print.ascii ? ' | ' : ' · '), print.width, '  '),
  ].join('\n');
};
