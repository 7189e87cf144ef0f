/** `--fault list`: the names of the simulated bench's faults, what is wrong with the bench, and what has to come of it. */

import { FAULTS } from '../sim/faults/catalogue.ts';
import { listRows } from './catalogue-list.ts';
import type { Surroundings } from './surroundings.ts';

/** A row a fault; with --json a document `bms-rig/faults/1`. Gives the exit code. */
export const listFaults = async (json: boolean, { out }: Surroundings): Promise<number> => {
  if (json) {
    const { toFaultsDocument } = await import('../../reports/json.ts');
    out.write(`${JSON.stringify(toFaultsDocument(FAULTS))}\n`);
    return 0;
  }
  const rows = FAULTS.map(({ name, family, verdict, blame, summary }) => [
    name,
    family,
    blame === null ? verdict : `${verdict} (${blame})`,
    summary,
  ]);
  out.write(listRows([['fault', 'family', 'a good unit', 'what is wrong with the bench'], ...rows], out.columns));
  return 0;
};
