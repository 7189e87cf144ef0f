/** A self-test on the terminal: what failed with its range, the wires that would explain it, the delays of the paths, and one line that sums it up. */

import type { SelfTestCheck, SelfTestDocument } from '../shape/self-test.ts';
import { type PrintOptions, printer } from './style.ts';

const UNITS: Readonly<Record<SelfTestCheck['unit'], string>> = { mV: 'mV', uA: 'uA', mOhm: 'mOhm', us: 'us', code: '', level: '' };

const number = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1));
const valueText = ({ value, unit }: SelfTestCheck): string =>
  value === null ? 'nothing' : unit === 'level' ? String(value) : `${number(value)} ${UNITS[unit]}`.trim();
const rangeText = ({ min, max, unit }: SelfTestCheck): string => {
  if (unit === 'level') return String(min);
  return max === null ? `above ${number(min)}` : `${number(min)} to ${number(max)}`;
};

const HEAD = ['', 'driven', 'channel', 'value', 'expected'] as const;

/** Wires listed; those of one bus look alike. */
const NAMED = 8;

export interface SelfTestPrint extends PrintOptions {
  /** Also what passed. */
  readonly all: boolean;
  /** Where the result was written. */
  readonly file: string;
}

export const renderSelfTest = (result: SelfTestDocument, { all, file, ...options }: SelfTestPrint): string => {
  const print = printer(options);
  // What was not come to fails as well, and tells nothing.
  const unseen = result.ended === null ? [] : result.checks.filter(({ ok, value }) => !ok && value === null);
  const shown = result.checks.filter((check) => all || !(check.ok || unseen.includes(check)));
  const rows = shown.map((check) => [check.ok ? 'ok' : 'FAIL', check.driven, check.channel, valueText(check), rangeText(check)]);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd();
  const table =
    rows.length === 0
      ? []
      : [print.ink('dim', line(HEAD)), ...rows.map((row) => (row[0] === 'ok' ? line(row) : print.ink('red', line(row)))), ''];
  const named = result.suspects.slice(0, NAMED).map(({ channels, text }) => `  ${channels.join(', ')}: ${text}`);
  if (result.suspects.length > NAMED) named.push(`  and ${result.suspects.length - NAMED} more that would look alike (--json)`);
  const likely =
    result.suspects.length === 0
      ? result.passed
        ? []
        : ['No single wire explains all of it: begin with the first line, its part and its connector.', '']
      : [
          result.ended === null
            ? 'A single wire that would explain it, by the netlist:'
            : 'Where it ends there again, a single wire that would explain it, by the netlist:',
          ...named,
          '',
        ];
  const times = result.paths.map(({ sense, from, rise, fall }) => {
    const text = (way: typeof rise): string => (way === null ? 'no edge' : `${way.min_us} to ${way.max_us} us`);
    return `  ${from} to ${sense}: up ${text(rise)}, down ${text(fall)}`;
  });
  const ended =
    result.ended === null
      ? []
      : [
          `It ended in the step "${result.ended.step}": ${result.ended.message} What came after was not looked at, and fails: ${unseen.length} checks.`,
          'A button, the power of the board or its cable can do that as well as a wire: run it again first.',
          '',
        ];
  const { checks, failed } = result.counts;
  const board = `${result.simulated ? 'simulated ' : ''}board ${result.board}`;
  const sum = result.passed
    ? `The ${board} is sound: ${checks} checks.`
    : `The ${board} is not sound: ${failed} of ${checks} checks failed.`;
  return [...table, ...ended, ...likely, 'Delays of the paths through the plug:', ...times, '', `${sum} ${file}`, ''].join('\n');
};
