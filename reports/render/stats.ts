/** What an archive knows of its units, on the terminal: yields, frequent differences, capability, drift, times, flakes. */

import Table from 'cli-table3';
import type { StatsDocument, StatsMeasurement } from '../shape/evidence.ts';
import { printer, wrap, type PrintOptions, type Printer } from './style.ts';
import { howMany } from './how-many.ts';

export const percent = (value: number | null): string =>
  value === null ? '-' : `${(value * 100).toFixed(value > 0.999 && value < 1 ? 2 : 1)} %`;
const short = (value: number | null, digits = 2): string => (value === null ? '-' : String(Number(value.toFixed(digits))));

export const shareText = ({ passed, of, share, low, high }: StatsDocument['shares']['final']): string =>
  share === null ? 'nothing to count' : `${percent(share)} (${passed} of ${of}; 95 %: ${percent(low)} to ${percent(high)})`;

export const limits = ({ low, high }: StatsMeasurement): string =>
  low === null ? `<= ${high}` : high === null ? `>= ${low}` : `${low} .. ${high}`;

/** What a chart has to be looked at for; empty: nothing. */
export function alarms({ chart, failed, marginal }: StatsMeasurement): readonly string[] {
  const found = new Map<string, number>();
  for (const { text } of chart?.signals ?? []) found.set(text, (found.get(text) ?? 0) + 1);
  return [
    ...(failed === 0 ? [] : [`${failed} beyond a limit`]),
    ...(marginal === 0 ? [] : [`${marginal} too near to one`]),
    ...(chart?.drift == null ? [] : [`drifts ${chart.drift === 'high' ? 'up' : 'down'} since run ${chart.driftSince ?? 'long ago'}`]),
    ...[...found].map(([text, count]) => (count === 1 ? text : `${count} x ${text}`)),
  ];
}

const table = (print: Printer, head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[]): string => {
  const made = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    chars: Object.fromEntries(
      [
        'top',
        'top-mid',
        'top-left',
        'top-right',
        'bottom',
        'bottom-mid',
        'bottom-left',
        'bottom-right',
        'left',
        'left-mid',
        'mid',
        'mid-mid',
        'right',
        'right-mid',
        'middle',
      ].map((one) => [one, '']),
    ),
    colAligns: head.map((_, index) => (numbers.includes(index) ? 'right' : 'left')),
  });
  made.push(...rows.map((row) => [...row]));
  const [first = '', ...more] = made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  return [print.ink('dim', first), ...more].join('\n');
};

export const attemptsAt = (flakes: StatsDocument['flakes']): number => flakes.reduce((sum, one) => sum + one.attempts, 0);

/** So many rows are told on a terminal. */
const MOST = 15;
const rest = (count: number): readonly string[] => (count > MOST ? [`and ${count - MOST} more; --html or --json tells all`] : []);

export function renderStats(stats: StatsDocument, options: PrintOptions = {}): string {
  const print = printer(options);
  const { pareto, measurements, times, flakes, shares, units, attempts, spoilt, simulated, notes } = stats;
  const title = (text: string): string => `\n${print.ink('bold', text)}`;
  const alarmed = measurements.flatMap((one) => alarms(one).map((text) => `${one.name} (${one.case}): ${text}`));
  const flaky = flakes.filter(({ spoilt: bad, triedAgain }) => bad + triedAgain > 0);
  return [
    `${howMany(units, 'unit')}, ${howMany(attempts, 'attempt')}, ${spoilt} more spoilt by rig, link or operator${simulated ? print.ink('yellow', ' · SIMULATED') : ''}`,
    `first pass   ${shareText(shares.firstPass)}`,
    `final        ${shareText(shares.final)}`,
    title('What units differ in'),
    ...(pareto.length === 0
      ? ['nothing']
      : [
          table(
            print,
            ['runs', 'requirement', 'signal', 'kind'],
            pareto.slice(0, MOST).map(({ count, requirement, signal, kind }) => [String(count), requirement ?? '-', signal, kind]),
            [0],
          ),
          ...rest(pareto.length),
        ]),
    title('Measurements'),
    ...(measurements.length === 0
      ? ['none']
      : [
          table(
            print,
            ['name', 'case', 'n', 'mean', 'sd', 'limits', 'Cp', 'Cpk', '95 %'],
            measurements
              .slice(0, MOST)
              .map((one) => [
                one.name,
                one.case,
                String(one.n),
                `${short(one.mean)} ${one.unit}`,
                short(one.sd),
                limits(one),
                short(one.cp),
                short(one.cpk),
                one.cpk === null ? '-' : `${short(one.cpkLow)} .. ${short(one.cpkHigh)}`,
              ]),
            [2, 3, 4, 6, 7],
          ),
          ...rest(measurements.length),
        ]),
    ...(alarmed.length === 0
      ? []
      : [
          title('To be looked at'),
          ...alarmed.slice(0, MOST).map((text) => print.ink('yellow', wrap(text, print.width, '  '))),
          ...rest(alarmed.length),
        ]),
    title('Time per unit'),
    ...(times.length === 0
      ? ['none']
      : [
          table(
            print,
            ['station', 'attempts', 'mean', 'sd', 'least', 'most'],
            times.map((one) => [
              one.station ?? '-',
              String(one.n),
              `${short(one.mean_s)} s`,
              short(one.sd_s),
              short(one.least_s),
              short(one.most_s),
            ]),
            [1, 2, 3, 4, 5],
          ),
        ]),
    title('Spoilt attempts by case and bench'),
    ...(flaky.length === 0
      ? [`none in ${howMany(attemptsAt(flakes), 'attempt')} at a case`]
      : [
          table(
            print,
            ['rate', 'case', 'bench', 'board', 'spoilt', 'of', 'tried again'],
            flaky
              .slice(0, MOST)
              .map((one) => [
                percent(one.rate),
                one.case,
                one.bench,
                one.board,
                String(one.spoilt),
                String(one.attempts),
                String(one.triedAgain),
              ]),
            [0, 4, 5, 6],
          ),
          ...rest(flaky.length),
        ]),
    '',
    ...notes.map((note) => print.ink('dim', wrap(note, print.width))),
    '',
  ].join('\n');
}
