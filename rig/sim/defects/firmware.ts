/** All defects of the stand-in unit that are firmware mistakes. */

import type { FirmwareDefect } from './firmware-defect.ts';
import { INTERMITTENT_DEFECTS } from './firmware-intermittent.ts';
import { LOGIC_DEFECTS } from './firmware-logic.ts';
import { OTHER_DEFECTS } from './firmware-other.ts';
import { TIMING_DEFECTS } from './firmware-timing.ts';

export const FIRMWARE_DEFECTS: readonly FirmwareDefect[] = [...TIMING_DEFECTS, ...LOGIC_DEFECTS, ...OTHER_DEFECTS, ...INTERMITTENT_DEFECTS];
