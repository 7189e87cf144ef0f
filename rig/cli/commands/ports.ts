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

/** A bench file names a board by its id: two that share one cannot be told apart. */
const twinFault = ({ path, fixture }: PortReport, reports: readonly PortReport[]): string | null => {
  const twins = reports.filter((other) => other.path !== path && fixture !== null && other.fixture?.board === fixture.board);
  if (twins.length === 0) return null;
  return `The fixture at ${twins.map((twin) => twin.path).join(', ')} has the same id: unplug one; \`rig flash\` gives a board an id of its own.`;
};

const toRow = (report: PortReport, reports: readonly PortReport[]): PortRow => {
  const { path, fixture, fault } = report;
  return {
    path,
    fixture: fixture === null ? null : { id: fixture.board, firmware: fixture.firmware },
    busyBy: fault?.code === 'portBusy' ? fault.message : null,
    error: fault === null ? twinFault(report, reports) : fault.code === 'portBusy' ? null : fault.message,
  };
};

const PORT_COLUMNS = 24;
/** Borders and padding of two columns. */
const FRAME_COLUMNS = 3;
const WIDEST_ANSWER = 90;

export const handle = async ({ paths = [], json }: Args, { out, err, clock }: Surroundings): Promise<number> => {
  if (!json) err.write('Greeting whatever is on each port, up to 3 s ...\n');
  const reports = await listPorts({ clock, paths });
  const rows = reports.map((report) => toRow(report, reports));
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
    const here = fixture === null ? 'nothing' : `bms-rig fixture ${fixture.id}, firmware ${fixture.firmware}`;
    table.push([path, fixture === null ? (busyBy ?? error ?? here) : error === null ? here : `${here}. ${error}`]);
  }
  out.write(`${table.toString()}\n`);
  return 0;
};
