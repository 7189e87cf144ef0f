/** Rules on single values: units, ranges, counts and order. */

import { body, steps } from './rule.ts';

export const VALUES = {
  'bare-number': body('A value has no unit.', 'write it with one, e.g. 12.8 V', 'given:\n  supply: «bare-number»12.8'),
  'wrong-unit': body(
    'The unit is that of another quantity.',
    'use a unit of the quantity that is asked for',
    'given:\n  supply: «wrong-unit»12.8 s',
  ),
  'unknown-unit': body(
    'The unit does not exist.',
    'V mV, s ms us min h, A mA uA, °C, Ohm kOhm',
    'given:\n  supply: «unknown-unit»12.8 volts',
  ),
  'not-a-quantity': body(
    'A value that is no number with a unit, or not finite.',
    'write e.g. 12.8 V, with a decimal point',
    'given:\n  supply: «not-a-quantity»12,8 V',
  ),
  'too-fine': body(
    'A value has more digits than the bench can set or tell.',
    'round it to 1 mV, 1 us, 1 uA or 0.001 °C',
    'given:\n  supply: «too-fine»12.8005 V',
  ),
  'out-of-range': body(
    'A value lies outside what unit or bench may be given.',
    'use a value of the range in the message',
    'given:\n  supply: «out-of-range»71 V',
  ),
  'not-a-count': steps(
    'A count is not a whole number of its range.',
    'write a whole number',
    '{ at: 4 s, every: 3 s, times: «not-a-count»0, poles: open }',
  ),
  backwards: steps(
    'What comes later stands before what comes earlier: steps, spans, or limits that cross.',
    'write them in the order of time, and the lower limit first',
    '{ at: 4 s, poles: open }',
    '{ at: «backwards»3 s, poles: closed }',
  ),
  'cells-order': steps(
    'The lowest cell is above the highest.',
    'name both, or raise the other one',
    '{ at: 4 s, cells: «cells-order»{ lowest: 3.4 V } }',
  ),
  'cells-two-ways': body(
    'Lowest and highest cell in a bank that is spoken of cell by cell.',
    'name batteries and cells',
    'given: { bank: { batteries: 2 }, cells: { «cells-two-ways»lowest: 3 V } }',
  ),
  'no-such-cell': steps(
    'A cell or battery that the bank does not have.',
    'say bank: { batteries: N, cells: M }',
    '{ at: 4 s, cells: { «no-such-cell»cell 3: 3 V } }',
  ),
} as const;
