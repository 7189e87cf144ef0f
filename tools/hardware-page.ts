/** What of the page on the fixture's hardware is generated from the netlist, and where it stands: schematic, wiring table, bill of materials, order list. */

import { type BillRow, billRows, type OrderRow, orderRows } from '../rig/fixture/hardware/bill.ts';
import { FIXTURE_NETLIST } from '../rig/fixture/netlist/fixture.ts';
import { joinNetlists, type Netlist } from '../rig/fixture/netlist/netlist.ts';
import { TEST_PLUG } from '../rig/fixture/netlist/plug.ts';
import { wiringRows, type WiringRow } from '../rig/fixture/netlist/wiring.ts';
import { draw } from '../rig/fixture/schematic/drawing.ts';
import { megaDrawing } from '../rig/fixture/schematic/mega.ts';
import { SHEETS } from '../rig/fixture/schematic/sheets.ts';
import { svgText } from '../rig/fixture/schematic/svg.ts';

const line = (values: readonly string[]): string => `| ${values.map((value) => value.replaceAll('|', '\\|')).join(' | ')} |\n`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(heads), `|${'---|'.repeat(heads.length)}\n`, ...rows.map(line)].join('');

const wiringCells = ({ net, pin, header, part, terminal, role }: WiringRow, first: boolean): readonly string[] => {
  const where = pin === null || pin === net ? '' : pin;
  const at = [header, where].filter((name) => name !== null && name !== '').join(' = ');
  return [first ? `**${net}**` : '', first ? at : '', part, terminal, role];
};

/** One row for each connection, a net named in its first. */
export const wiringTable = (netlist: Netlist): string => {
  const rows = wiringRows(netlist);
  return table(
    ['net', 'Mega', 'part', 'terminal', 'role'],
    rows.map((row, index) => wiringCells(row, rows[index - 1]?.net !== row.net)),
  );
};

/** One row for each kind of part, with the references of all of them. */
export const billTable = (netlist: Netlist): string =>
  table(
    ['parts', 'number', 'value', 'tolerance', 'rating', 'bought as'],
    billRows(netlist).map(({ refs, value, tolerance, rating, type }: BillRow) => [
      refs.join(', '),
      String(refs.length),
      value,
      tolerance,
      rating,
      type,
    ]),
  );

export const orderTable = (netlist: Netlist): string =>
  table(
    ['number', 'type', 'value', 'tolerance', 'rating', 'for'],
    orderRows(netlist).map(({ count, type, value, tolerance, rating, refs }: OrderRow) => [
      String(count),
      type,
      value,
      tolerance,
      rating,
      refs.join(', '),
    ]),
  );

const NETLIST = joinNetlists(FIXTURE_NETLIST, TEST_PLUG);
const FOLDER = 'schematic';

/** The committed sheets: name of the file below `rig/fixture/`, and what it should hold. */
export const schematicFiles = (): readonly { readonly file: string; readonly title: string; readonly text: string }[] =>
  [...SHEETS.map((sheet) => draw(NETLIST, sheet)), megaDrawing(NETLIST)].map((drawing) => ({
    file: `${FOLDER}/${drawing.sheet.name}.svg`,
    title: drawing.sheet.title,
    text: svgText(drawing),
  }));

const schematicText = (): string =>
  schematicFiles()
    .map(({ file, title }) => `![${title}](${file})\n`)
    .join('\n');

const GENERATED: Readonly<Record<string, () => string>> = {
  schematic: schematicText,
  'wiring table': () => wiringTable(FIXTURE_NETLIST),
  'wiring of the test plug': () => wiringTable(TEST_PLUG),
  'bill of materials': () => billTable(FIXTURE_NETLIST),
  'bill of the test plug': () => billTable(TEST_PLUG),
  'order list': () => orderTable(NETLIST),
};

/** The page with everything fresh between its markers. Throws where a marker is missing: nobody should lose a table unseen. */
export const withHardware = (page: string): string => {
  let text = page;
  for (const [name, made] of Object.entries(GENERATED)) {
    const [begin, end] = [`<!-- ${name}: generated, do not edit -->\n`, `<!-- end of the ${name} -->`];
    const [before, rest, ...more] = text.split(begin);
    const at = rest?.indexOf(end) ?? -1;
    if (before === undefined || rest === undefined || at < 0 || more.length > 0)
      throw new Error(`the page needs one "${begin.trim()}" and one "${end}"`);
    text = `${before}${begin}\n${made()}\n${rest.slice(at)}`;
  }
  return text;
};
