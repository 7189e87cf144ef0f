/** `rig ports`: every serial port of the machine and what answers on it. */

import Table from 'cli-table3';
import type { Argv } from 'yargs';
import { type PortRow, toPortsDocument } from '../../../reports/json.ts';
import { listPorts, type PortReport } from '../../link/list-ports.ts';
import { JSON_OPTION } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = { ...JSON_OPTION } as const;

export const build = (y: Argv) =>
  y
    .positional('paths', {
      type: 'string',
      array: true,
      describe: 'ports to ask besides those that the system lists, for example a pseudo-terminal',
    })
    .options(OPTIONS)
    .example('$0 ports', 'which port the fixture is on');

interface Args {
  readonly paths?: readonly string[];
  readonly json: boolean;
}

const toRow = ({ path, fixture, fault }: PortReport): PortRow => ({
  path,
  fixture: fixture === null ? null : { id: fixture.board, firmware: fixture.firmware },
  busyBy: fault?.code === 'portBusy' ? fault.message : null,
  error: fault === null || fault.code === 'portBusy' ? null : fault.message,
});

const PORT_COLUMNS = 24;
/** Borders and padding of two columns. */
const FRAME_COLUMNS = 3;
const WIDEST_ANSWER = 90;

export const handle = async ({ paths = [], json }: Args, { out, err, clock }: Surroundings): Promise<number> => {
  if (!json) err.write('Greeting whatever is on each port, up to 3 s ...\n');
  const rows = (await listPorts({ clock, paths })).map(toRow);
  if (json) {
    out.write(`${JSON.stringify(toPortsDocument(rows))}\n`);
    return 0;
  }
  if (rows.length === 0) {
    out.write(
      'No serial port on this machine. Is the fixture plugged in? Without one, --bench sim runs everything on the simulated bench.\n',
    );
    return 0;
  }
  const widest = Math.max(PORT_COLUMNS, ...rows.map(({ path }) => path.length + 2));
  const answer = Math.max(20, Math.min(WIDEST_ANSWER, out.columns - widest - FRAME_COLUMNS));
  const table = new Table({ head: ['port', 'what answers'], style: { head: [], border: [] }, wordWrap: true, colWidths: [widest, answer] });
  for (const { path, fixture, busyBy, error } of rows) {
    table.push([path, fixture === null ? (busyBy ?? error ?? 'nothing') : `bms-rig fixture ${fixture.id}, firmware ${fixture.firmware}`]);
  }
  out.write(`${table.toString()}\n`);
  return 0;
};
