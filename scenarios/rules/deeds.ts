/** Rules on what an operator is asked to do to the circuit. */

import { steps } from './rule.ts';

export const DEEDS = {
  'idle-deed': steps(
    'An operator is asked to open or close what is open or closed already.',
    'leave it out, or name the other end',
    '{ at: 4 s, ask: { text: Push the plug in., does: «idle-deed»male end together } }',
  ),
  'deed-choices': steps(
    'The answer to a question with a deed leaves open whether it was done.',
    'offer one choice, or none',
    '{ at: 4 s, ask: { text: Pull the plug., choices: «deed-choices»[done, stuck], right: done, does: male end apart } }',
    '{ wait: 3 s, ask: { text: Push it in., does: male end together } }',
  ),
  'left-apart': steps(
    'The case ends with a chain that an operator has taken apart.',
    'ask for it to be put together again',
    '{ at: 4 s, ask: { text: Pull the plug., does: «left-apart»female end apart } }',
  ),
  'edge-at-deed': steps(
    'An edge is counted from the answer to a question with a deed, which it may come before.',
    'look at levels, or count from a step some seconds later',
    '{ at: 4 s, ask: { text: Pull the plug., does: male end apart } }',
    '{ «edge-at-deed»after: load falls, ask: { text: Push it in., does: male end together } }',
  ),
} as const;
