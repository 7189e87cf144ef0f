/** `rig ports`: every serial port of the machine and what answers on it. */

import Table from 'cli-table3';
import type { Argv } from 'yargs';
import { type PortRow, toPortsDocument } from '../../../reports/json.ts';
import { listPorts, type PortReport } from '../../link/list-ports.ts';
import { hostClock } from '../../host-clock.ts';

export const build = (y: Argv) =>
  y
    .positional('paths', { type: 'string', array: true, describe: 'ports to ask besides those that the system lists, for example a pseudo-terminal' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON document on standard output' })
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

export const handle = async ({ paths = [], json }: Args): Promise<number> => {
  if (!json) process.stderr.write('Greeting whatever is on each port, up to 3 s ...\n');
  const rows = (await listPorts({ clock: hostClock, paths })).map(toRow);
  if (json) {
    process.stdout.write(`${JSON.stringify(toPortsDocument(rows))}\n`);
    return 0;
  }
  if (rows.length === 0) {
    process.stdout.write('No serial port on this machine. Is the fixture plugged in? Without one, --bench sim runs everything on the simulated bench.\n');
    return 0;
  }
  const table = new Table({ head: ['port', 'what answers'], style: { head: [], border: [] }, wordWrap: true, colWidths: [24, 72] });
  for (const { path, fixture, busyBy, error } of rows) {
    table.push([path, fixture === null ? (busyBy ?? error ?? 'nothing') : `bms-rig fixture ${fixture.id}, firmware ${fixture.firmware}`]);
  }
  process.stdout.write(`${table.toString()}\n`);
  return 0;
};
