/** `--unit list`: the names of the good units that behave otherwise than the stand-in, and the ruling that lets each. */

import { GOOD_UNITS } from '../sim/good-units/good-units.ts';
import { listRows } from './catalogue-list.ts';
import type { Surroundings } from './surroundings.ts';

/** A row a unit; with --json a document `bms-rig/units/1`. Gives the exit code. */
export const listUnits = async (json: boolean, { out }: Surroundings): Promise<number> => {
  if (json) {
    const { toUnitsDocument } = await import('../../reports/campaign-documents.ts');
    out.write(`${JSON.stringify(toUnitsDocument(GOOD_UNITS))}\n`);
    return 0;
  }
  const rows = GOOD_UNITS.map(({ name, ruling, summary }) => [name, ruling, summary]);
  out.write(listRows([['unit', 'ruling', 'what it does otherwise'], ...rows], out.columns));
  return 0;
};
