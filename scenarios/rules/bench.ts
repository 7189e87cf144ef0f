/** Rules on bench files, and on scenarios set against one. */

import { rule } from './rule.ts';

const BOARD = 'bench: b\nboard: 1A2B3C4D\n';

export const BENCH = {
  'not-a-bench-file': rule('A file is given as a bench file and is a scenario.', 'a bench file starts with `bench:`'),
  'not-a-board': rule(
    'The id of a board is not eight hex digits.',
    'put it in quotes, so that YAML does not take it for a number',
    'bench: b\nboard: «not-a-board»12345678\n',
  ),
  'not-a-path': rule('A path is no text.', 'relative to the bench file, e.g. calibration.json', `${BOARD}calibration: «not-a-path»7\n`),
  'not-a-divider': rule('A divider is not written as a ratio.', 'e.g. "16 : 1"', `${BOARD}dividers: { load: «not-a-divider»16 }\n`),
  'not-a-command': rule(
    'A command is no program with its arguments, or needs a shell.',
    'write it as a list',
    `${BOARD}unit: { program: { command: «not-a-command»7 } }\n`,
  ),
  'no-file-word': rule(
    'The command that programs the unit does not name the image.',
    'put {file} where it goes',
    `${BOARD}unit: { program: { command: «no-file-word»[avrdude, -p, m328p] } }\n`,
  ),
  'same-id': rule(
    'The known-bad plug has the id of the golden unit.',
    'give it its own',
    `${BOARD}verify: { period: 8 h, golden unit: G-7, plug: { «same-id»id: G-7, fails: load } }\n`,
  ),
  'absent-channel': rule('A scenario needs a channel that the bench file calls absent.', 'run it on another bench'),
} as const;
