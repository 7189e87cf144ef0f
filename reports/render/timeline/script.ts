/** The script of a page with timelines: functions of this folder as text, in an order in which none is missing, and nothing else. */

import { ticks, tickText } from '../lanes.ts';
import { REACHING } from './events.ts';
import { LAYOUT } from './layout.ts';
import { PAINTERS } from './paint.ts';
import { READINGS } from './readings.ts';
import { UNPACKING } from './unpack.ts';
import { timelineViewer } from './viewer.ts';

// Types are gone from what runs, whether Node erased them or a compiler did; of a function its text is left.
const PARTS: readonly ((...args: never[]) => unknown)[] = [
  tickText,
  ticks,
  ...LAYOUT,
  ...UNPACKING,
  ...READINGS,
  ...PAINTERS,
  timelineViewer,
  ...REACHING,
];

export const TIMELINE_SCRIPT = `'use strict';(() => {\n${PARTS.map((one) => `const ${one.name} = ${one.toString()};`)
  .join('\n')
  .replaceAll(/[ \t]+$/gm, '')
  .replaceAll(/^ +/gm, '')
  .replaceAll(/\n{2,}/g, '\n')}\nstartPage();\n})();`;
