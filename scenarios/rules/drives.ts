/** Rules on what drives the unit: drives that conflict, move too fast, or cannot move from where they are. */

import { body, steps } from './rule.ts';

export const DRIVES = {
  'both-driven': steps(
    'Conflicting drives: both remote terminals are driven while the link joins them.',
    'open the link, or drive one of them',
    '{ at: 4 s, remote: «both-driven»{ link: closed, H: 3 V, L: 1 V } }',
  ),
  'remote-unpowered': body(
    'A remote terminal is driven while the supply is below 8 V.',
    'open it first, or raise the supply',
    'given:\n  supply: 7.9 V\n  remote: «remote-unpowered»H to battery',
  ),
  'ramp-running': steps(
    'Conflicting drives: a drive is set while a ramp, pulse or noise of it is under way.',
    'wait until that is over',
    '{ at: 4 s, supply: { ramp to: 9 V, over: 2 s } }',
    '{ at: 5 s, «ramp-running»supply: 12 V }',
  ),
  'not-alone': steps(
    'A ramp, dip, noise, sink or short that shares its step.',
    'give it a step of its own',
    '{ at: 4 s, «not-alone»supply: { ramp to: 9 V, over: 1 s }, poles: open }',
  ),
  'not-a-dip': steps(
    'A dip goes upwards.',
    'dip to a lower voltage, or say pulse to',
    '{ at: 4 s, supply: { dip to: «not-a-dip»13 V, for: 10 ms } }',
  ),
  'ramp-nowhere': steps(
    'A ramp or pulse to the value that stands already.',
    'take it out, or name another value',
    '{ at: 4 s, supply: { ramp to: «ramp-nowhere»12.8 V, over: 1 s } }',
  ),
  'does-nothing': steps(
    'A step, or every round of one but the first, sets what stands already. A warning.',
    'take it out, or set another value',
    '«does-nothing»{ at: 4 s, remote: link }',
    '{ at: 5 s, every: «does-nothing»4 s, times: 2, remote: off }',
  ),
  'ramp-from-nowhere': steps(
    'A ramp or noise of a terminal that is not driven to a voltage.',
    'drive it to a voltage first',
    '{ at: 4 s, remote: { H: «ramp-from-nowhere»{ ramp to: 3 V, over: 1 s } } }',
  ),
  'too-fast': steps(
    'The supply is asked to move faster than 5 V/ms.',
    'give it more time',
    '{ at: 4 s, supply: { ramp to: 69 V, over: «too-fast»11 ms } }',
  ),
  'reads-as-broken-chain': steps(
    'Words of the bank that open all three poles, which the unit reads as a broken chain (R2). A warning.',
    'say cable: broken where that is meant, or pre-alarm hardware: false',
    '{ at: 4 s, cells: «reads-as-broken-chain»{ lowest: 2.7 V }, temperature: 2 °C }',
  ),
} as const;
