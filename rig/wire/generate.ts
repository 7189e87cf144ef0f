/** Writes the firmware's generated.h; run it after any change of messages, limits, signals or channels. */

import { writeFileSync } from 'node:fs';
import { headerText } from './header.ts';

writeFileSync(new URL('../fixture/firmware/generated.h', import.meta.url), headerText());
