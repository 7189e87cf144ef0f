/** Builds the documents of `--json` that need no more than a list. */

import type { UnitRow, UnitsDocument } from './shape/campaigns.ts';

export const toUnitsDocument = (units: readonly UnitRow[]): UnitsDocument => ({
  schema: 'bms-rig/units/1',
  exit: 0,
  units: units.map(({ name, ruling, summary }) => ({ name, ruling, summary })),
});
