/** What is stated of the unit's housing and of what stands beside it: nothing a test on this bench could show, and why. */

import { none } from './requirement.ts';

const OTHER_PRODUCT = 'A property of the product downstream.';

export const SURROUNDINGS = {
  AMBIENT: none('The unit works from -20 degC to 50 degC at no more than 95 % humidity.', 'O', 'F-AMBIENT', 'Needs a climate chamber.'),
  ENCLOSURE: none(
    'The housing is matt black ABS, IP20, 0.1 kg and 106 x 42 x 23 mm.',
    'O',
    'F-ENCLOSURE A-SIZE',
    'Looked at, weighed and measured, not driven.',
  ),
  STANDARDS: none('The unit meets the safety, emission and immunity standards it names.', 'O', 'F-STANDARDS', 'Needs a test house.'),
  TERMINALS: none(
    'Supply, outputs and remote are on plug terminals, the chain on one M8 plug and one M8 socket.',
    'O',
    'F-TERMINALS F-M8',
    'A unit without them does not fit the fixture.',
  ),
  'MULTIPLUS-CABLE': none('A cable for inverters needs LOAD and CHARGER high together.', 'R', 'F-MULTIPLUS-CABLE', OTHER_PRODUCT),
  'DOWNSTREAM-RECONNECT': none(
    'A battery protector stays off for 30 s after its input floats, and a load relay closes again after 30 s.',
    'O',
    'F-DOWNSTREAM-RECONNECT',
    OTHER_PRODUCT,
  ),
  'DOWNSTREAM-LOCKOUT': none(
    'After three attempts both stay off until the voltage has been above 13 V (26 V) for 30 s.',
    'O',
    'F-DOWNSTREAM-LOCKOUT',
    OTHER_PRODUCT,
  ),
  'DOWNSTREAM-CHARGE': none('A charge relay closes 3 s after CHARGER has returned.', 'R', 'F-DOWNSTREAM-CHARGE', OTHER_PRODUCT),
  'DOWNSTREAM-ENGAGE': none(
    'A battery protector engages 1 s after its remote closes, and releases at once.',
    'O',
    'F-DOWNSTREAM-ENGAGE',
    OTHER_PRODUCT,
  ),
} as const;
