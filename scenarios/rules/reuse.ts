/** Rules on parameters, sweeps, benches and fragments. */

import { body, HEAD, rule } from './rule.ts';

const USED = 'steps:\n  - { at: 5 s, cells: $cell }';

export const REUSE = {
  'unknown-parameter': body(
    'A parameter is used, swept or given that does not exist.',
    'name it under parameters',
    `parameters: { cell: 2.7 V }\nsweep: { «unknown-parameter»sell: [2.6 V] }\n${USED}`,
  ),
  'unused-parameter': body('A parameter is used nowhere.', 'write $name where it belongs', 'parameters: { «unused-parameter»cell: 2.7 V }'),
  'parameter-of-parameter': body(
    'The value of a parameter names another one.',
    'write the value out',
    `parameters: { cell: «parameter-of-parameter»$volts }\n${USED}`,
  ),
  'no-effect': body(
    'A bench sets a parameter that is swept.',
    'take it out of benches or of sweep',
    `parameters: { cell: 2.7 V }\nsweep: { cell: [2.6 V] }\nbenches:\n  port: { «no-effect»cell: 2.5 V }\n${USED}`,
  ),
  'duplicate-point': body(
    'A sweep has the same point twice, however its values are written.',
    'each point is one case',
    `parameters: { cell: 2.7 V }\nsweep: «duplicate-point»{ cell: [2.6 V, 2600 mV] }\n${USED}`,
  ),
  'too-many-points': body(
    'A sweep of more than 1 000 points.',
    'sweep in larger steps, or divide the scenario',
    `parameters: { cell: 2.7 V }\nsweep: «too-many-points»{ cell: { from: 1 V, to: 3 V, step: 1 mV } }\n${USED}`,
  ),
  'range-misses-end': body(
    'A range of a sweep whose steps do not meet its end, which would not be tested.',
    'end it where a step does, or take a step that fits',
    `parameters: { cell: 2.7 V }\nsweep: { cell: { from: 2.5 V, to: 2.7 V, step: «range-misses-end»0.15 V } }\n${USED}`,
  ),
  'unknown-fragment': body(
    'A fragment that does not exist, or has no such part.',
    'name one of those the message lists',
    'steps:\n  - include: «unknown-fragment»trip',
  ),
  'unused-fragment': body(
    'A fragment, or a part of one, that nothing includes, so that nothing of it happens or is demanded.',
    'include it, or take it out',
    'fragments:\n  «unused-fragment»trip:\n    steps: [{ at: 5 s, cells: 2.7 V }]',
  ),
  'not-a-fragment': body(
    'An include that names no fragment.',
    'e.g. include: trip, or include: supply.yaml#trip',
    'steps:\n  - include: «not-a-fragment»[trip]',
  ),
  'include-circle': rule(
    'A fragment includes itself.',
    'write out what it repeats',
    `${HEAD}steps:\n  - include: a\nfragments:\n  a:\n    steps:\n      - include: «include-circle»a\n`,
  ),
  'include-missing': rule('The file of a fragment does not exist.', 'paths are relative to the including file'),
  'include-escape': rule('An include leads out of the folder of the suites.', 'put the fragment into a folder beside the scenario'),
} as const;
