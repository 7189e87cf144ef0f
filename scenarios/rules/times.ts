/** Rules on when things happen: time words, order, spacing, and moments that cannot be. */

import { body, steps } from './rule.ts';

export const TIMES = {
  'no-time': steps('A step does not say when.', 'give it one of at, after, wait, every', '«no-time»{ poles: open }'),
  'two-times': steps('A step says twice when.', 'keep one of at, after, wait', '{ at: 4 s, «two-times»wait: 1 s, poles: open }'),
  'empty-step': steps(
    'A step does nothing and has no name.',
    'say what changes, or name it to mark the instant',
    '«empty-step»{ at: 4 s }',
  ),
  'same-time': steps(
    'Two steps at one instant.',
    'put both words into one step',
    '{ at: 4 s, poles: open }',
    '{ at: «same-time»4 s, poles: closed }',
  ),
  'too-close': steps(
    'Two instants are closer than the 50 us the fixture can tell apart.',
    'move one of them',
    '{ at: 4 s, poles: open }',
    '{ at: «too-close»4.000049 s, poles: closed }',
  ),
  unreachable: steps(
    'A time that may be over before the step ahead of it has happened.',
    'count from that step with wait, or choose a later time',
    '{ after: load rises, timeout: 5 s, poles: open }',
    '{ at: «unreachable»5 s, poles: closed }',
  ),
  'too-long': steps(
    'An interval longer than the fixture can count.',
    'put a step with a name between',
    '{ after: load rises, poles: open }',
    '«too-long»{ wait: 501 s, poles: closed }',
  ),
  'too-often': steps(
    'A round begins before the one ahead of it is over.',
    'leave more time between them',
    '{ at: 5 s, every: «too-often»2 s, times: 2, steps: [{ poles: open }, { wait: 3 s, poles: closed }] }',
  ),
  'too-many-steps': steps(
    'Noise, ramps or repetitions come to more steps than a case may have.',
    'make them longer apart or fewer',
    '{ at: 4 s, supply: { noise: 1 V, every: «too-many-steps»2 ms, for: 100 s } }',
  ),
  'until-too-early': steps(
    'The scenario ends before its last step is over.',
    'end later, or use until: { wait: 3 s }',
    '{ at: 4 s, poles: open }\nuntil: «until-too-early»4 s',
  ),
  'after-end': body(
    'Something is judged after the scenario has ended, so it cannot be reached.',
    'lengthen it with until:',
    'expect:\n  - { at: «after-end»3.1 s, load: high }',
  ),
  race: steps(
    'A check falls on a step, or may come on either side of one.',
    'put it before or after the step',
    '{ at: 4 s, poles: open }\nmeasure:\n  - { at: «race»4 s, what: supplyVoltage, low: 12 V }',
  ),
  'needs-a-step': body(
    'A probe is asked for at an edge.',
    'ask for it at a time or a step',
    'expect:\n  - { at: «needs-a-step»load rises + 1 s, charger: floating }',
  ),
  'not-a-moment': body(
    'A moment that is none.',
    'write a time, a step, an edge, or end',
    'expect:\n  - { edge: load falls, after: «not-a-moment»stp 3, within: 1 s }',
  ),
  'not-an-edge': steps('An edge that is none.', 'write e.g. load falls, ledRed lights', '{ after: «not-an-edge»load, poles: open }'),
  'unknown-edge': steps(
    'An edge that this signal does not have.',
    'outputs rise and fall, LEDs light and go dark',
    '{ after: «unknown-edge»ledRed rises, poles: open }',
  ),
  'unknown-signal': steps(
    'A signal that does not exist.',
    'use a name of scenarios/signals.ts',
    '{ after: «unknown-signal»laod rises, poles: open }',
  ),
  'unknown-step': body(
    'A step is named that does not exist.',
    'use its name, or step 1 for the first',
    'expect:\n  - { edge: load rises, after: «unknown-step»step 1, within: 1 s }',
  ),
} as const;
