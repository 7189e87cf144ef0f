/** The wiring table as Markdown, and where it stands in the page on the fixture's electrics. */

import { FIXTURE_NETLIST } from '../rig/fixture/netlist/fixture.ts';
import { wiringRows, type WiringRow } from '../rig/fixture/netlist/wiring.ts';

const BEGIN = '<!-- wiring table: generated, do not edit -->\n';
const END = '<!-- end of the wiring table -->';

const cells = ({ net, pin, header, part, terminal, role }: WiringRow, first: boolean): readonly string[] => {
  const where = pin === null || pin === net ? '' : pin;
  return [
    first ? `**${net}**` : '',
    first ? [header, where].filter((name) => name !== null && name !== '').join(' = ') : '',
    part,
    terminal,
    role,
  ];
};

const line = (values: readonly string[]): string => `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |\n`;

/** One row for each connection, a net named in its first. */
export const wiringTable = (): string => {
  const rows = wiringRows(FIXTURE_NETLIST);
  const body = rows.map((row, index) => line(cells(row, rows[index - 1]?.net !== row.net)));
  return [line(['net', 'Mega', 'part', 'terminal', 'role']), '|---|---|---|---|---|\n', ...body].join('');
};

/** The page with a fresh table between its two markers. Throws where a marker is missing: nobody should lose the table unseen. */
export const withWiringTable = (page: string): string => {
  const [before, rest, ...more] = page.split(BEGIN);
  const end = rest?.indexOf(END) ?? -1;
  if (before === undefined || rest === undefined || end < 0 || more.length > 0)
    throw new Error(`the page needs one "${BEGIN.trim()}" and one "${END}"`);
  return `${before}${BEGIN}\n${wiringTable()}\n${rest.slice(end)}`;
};
