/** The kill matrix on the terminal: a row a defect, a column a case, survivors first, and what it all comes to. */

import type { MutateDocument, MutateRow } from '../shape/campaigns.ts';
import { clip, type Ink, printer, type PrintOptions, type Printer, wrap } from './style.ts';

const SIGN: Readonly<Record<MutateRow['marks'][string], readonly [sign: string, ink: Ink]>> = {
  caught: ['#', 'green'],
  other: ['+', 'yellow'],
  inconclusive: ['?', 'yellow'],
  broken: ['!', 'magenta'],
  pass: ['.', 'gray'],
  notRun: [' ', 'gray'],
};
const LEGEND = '# failed on the declared signal   + failed on others only   . passed   ? inconclusive   ! broken';

const digits = (index: number, row: number): string =>
  String(index + 1)
    .padStart(2)
    .charAt(row);

const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));

const matrix = ({ cases, defects }: MutateDocument, print: Printer): readonly string[] => {
  const nameColumns = Math.max(6, longest(defects.map(({ name }) => name)));
  const familyColumns = Math.max(6, longest(defects.map(({ family }) => family)));
  const head = (row: number, name: string, family: string): string =>
    print.ink(
      'dim',
      `${name.padEnd(nameColumns)}  ${family.padEnd(familyColumns)}  ${cases.map((_, index) => digits(index, row)).join(' ')}`,
    );
  const rows = defects.map(({ name, family, marks, caught }) => {
    const cells = cases.map((id) => {
      const [sign, ink] = SIGN[marks[id] ?? 'notRun'];
      return print.ink(ink, sign);
    });
    return `${print.ink(caught ? 'reset' : 'red', name.padEnd(nameColumns))}  ${family.padEnd(familyColumns)}  ${cells.join(' ')}`.trimEnd();
  });
  return [head(0, '', ''), head(1, 'defect', 'family'), ...rows];
};

const columns = ({ cases }: MutateDocument, width: number): readonly string[] => {
  const cell = Math.max(...cases.map((id) => id.length)) + 6;
  const perRow = Math.max(1, Math.floor(width / cell));
  const made: string[] = [];
  for (let from = 0; from < cases.length; from += perRow) {
    const row = cases.slice(from, from + perRow).map((id, index) => `${String(from + index + 1).padStart(2)} ${id}`.padEnd(cell));
    made.push(row.join('').trimEnd());
  }
  return made;
};

const survivor = ({ name, signal, requirement, verdict, units, oneIn, first }: MutateRow, { ink, width }: Printer): string => {
  const seen = oneIn === 1 ? verdict : `caught in ${units.caught} of ${units.run} seeds`;
  const text = first === null ? 'no case failed the unit' : `first told: ${first.text}`;
  return wrap(`${ink('red', 'SURVIVED')} ${name} (${requirement}, ${signal}): ${seen}; ${text}`, width, '  ');
};

const listed = (what: string, names: readonly string[], { width }: Printer): readonly string[] =>
  names.length === 0 ? [] : [wrap(`${what}: ${names.join(', ')}`, width, '  ')];

const familyLine = ({ defects }: MutateDocument): string => {
  const families = [...new Set(defects.map(({ family }) => family))];
  return families
    .map((family) => {
      const its = defects.filter((one) => one.family === family);
      return `${family} ${its.filter(({ caught }) => caught).length}/${its.length}`;
    })
    .join(' · ');
};

const condition = ({ what, value, sense, bound, met }: NonNullable<MutateDocument['conditions']>[number], { ink }: Printer): string =>
  `${met ? ink('green', 'met    ') : ink('red', 'NOT MET')} ${what}: ${value} (${sense} ${bound})`;

/** Ends with one line that sums it up. */
export const renderKillMatrix = (document: MutateDocument, options: PrintOptions = {}): string => {
  const print = printer(options);
  const { total, caught, distinct, signalFirst, tooNear, endOfLine, defects, seed } = document;
  const survivors = defects.filter((one) => !one.caught);
  const word = print.ink(['bold', survivors.length === 0 ? 'green' : 'red'], `${caught} of ${total} caught`);
  const parts = [
    word,
    `${distinct} distinct (rule, signal, kind)`,
    `right signal first in ${signalFirst}`,
    ...(endOfLine === null ? [] : [`end of line ${endOfLine.kept} of ${endOfLine.claimed} that claim it`]),
    'SIMULATED bench',
    `seed ${seed}`,
  ];
  return [
    ...matrix(document, print),
    '',
    print.ink('dim', clip(LEGEND, print.width, print.ascii)),
    ...columns(document, print.width),
    '',
    familyLine(document),
    ...survivors.map((one) => survivor(one, print)),
    ...listed('Claim to show in an end-of-line pass and did not', endOfLine?.notShown ?? [], print),
    ...listed('Claim not to show in an end-of-line pass and did', endOfLine?.shownAllTheSame ?? [], print),
    ...listed('Less than 1.5 U beyond what is allowed', tooNear, print),
    ...(document.conditions ?? []).map((one) => condition(one, print)),
    wrap(parts.join(print.ascii ? ' | ' : ' · '), print.width, '  '),
  ].join('\n');
};
