/** A comparison as the document that `--json` prints. */

import type { DiffDocument } from '../shape/evidence.ts';
import type { Comparison } from './compare.ts';

export const toDiffDocument = ({ before, after, changes, notes, regression, compared }: Comparison): DiffDocument => ({
  schema: 'bms-rig/diff/1',
  exit: regression ? 1 : 0,
  regression,
  before: [...before],
  after: [...after],
  compared,
  changes: changes.map((one) => {
    const { values: _, ...rest } = one;
    return rest;
  }),
  notes: [...notes],
});
