/** `--defect list`: the names of the simulated unit's defects, what each does wrong and which requirement it breaks. */

import { DEFECTS } from '../sim/defects/catalogue.ts';
import { listRows } from './catalogue-list.ts';
import type { Surroundings } from './surroundings.ts';

/** A row a defect; with --json a document `bms-rig/defects/1`. Gives the exit code. */
export const listDefects = async (json: boolean, { out }: Surroundings): Promise<number> => {
  if (json) {
    const { toDefectsDocument } = await import('../../reports/json.ts');
    out.write(`${JSON.stringify(toDefectsDocument(DEFECTS))}\n`);
    return 0;
  }
  const rows = DEFECTS.map(({ name, family, requirement, summary }) => [name, family, requirement, summary]);
  out.write(listRows([['defect', 'family', 'requirement', 'what the unit does wrong'], ...rows], out.columns));
  return 0;
};
