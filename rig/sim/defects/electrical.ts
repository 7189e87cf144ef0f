/** The electrical defects of the stand-in unit: a wrong value, a missing part or a part too many on its board. */

import type { ElectricalDefect } from './change.ts';
import { INPUT_DEFECTS } from './electrical-inputs.ts';
import { OUTPUT_DEFECTS } from './electrical-outputs.ts';
import { LED_DEFECTS, SUPPLY_DEFECTS } from './electrical-supply.ts';

export const ELECTRICAL_DEFECTS: readonly ElectricalDefect[] = [...OUTPUT_DEFECTS, ...INPUT_DEFECTS, ...SUPPLY_DEFECTS, ...LED_DEFECTS];
