/** What is stated of the three outputs as circuits: levels, drops, ratings, leakage and shorts. */

import { none, unit } from './requirement.ts';

const NEVER_SHORTED =
  'Showing it would destroy a good unit: no scenario, no wire message and no part of the fixture can short this output.';

export const OUTPUTS = {
  FLOATING: unit('An output that is not high floats; the unit never pulls it low.', 'O', 'F-LOAD F-CHARGER F-PRE-ALARM', 'R16'),
  LEAKAGE: unit('A floating output stays below 1.0 V at 100 kOhm to minus: it leaks less than 10 uA.', 'I', 'A-LEAKAGE', 'R16'),
  'LOAD-DROP': unit('LOAD is at most 0.15 V below the battery without load and 0.30 V at 1 A.', 'O', 'F-DROP A-DROP'),
  'PRE-DROP': unit('PRE-ALARM is at most 0.15 V below the battery without load and 0.30 V at 1 A.', 'O', 'F-DROP A-DROP'),
  'CHG-DROP': unit('CHARGER is at most 0.7 V below the battery up to 10 mA.', 'O', 'F-DROP F-CHARGER-DROP A-DROP'),
  'LOAD-RATED': unit('LOAD carries 1 A.', 'O', 'F-LOAD'),
  'PRE-RATED': unit('PRE-ALARM carries 1 A.', 'O', 'F-PRE-ALARM'),
  'CHG-RATED': unit('CHARGER carries 10 mA.', 'O', 'F-CHARGER'),
  'CHG-SHORT': unit(
    'CHARGER survives a short circuit: it gives 10 mA to 50 mA into it and is high again afterwards.',
    'O',
    'F-CHARGER A-CHARGER-SHORT',
    'R7',
  ),
  'LOAD-RECEIVERS': unit(
    'LOAD can drive a relay or contactor, a battery protector, or the remote input of an inverter.',
    'O',
    'F-RECEIVERS',
  ),
  'PRE-RECEIVERS': unit('PRE-ALARM can drive a buzzer, a lamp or a relay.', 'O', 'F-RECEIVERS'),
  'CHG-RECEIVERS': unit('CHARGER can drive the remote input of a charger, a charge relay or a battery protector.', 'O', 'F-RECEIVERS'),
  'LOAD-NOT-SHORT-PROOF': none('LOAD is not proof against a short circuit.', 'O', 'F-LOAD A-LOAD-SHORT', NEVER_SHORTED),
  'PRE-NOT-SHORT-PROOF': none('PRE-ALARM is not proof against a short circuit.', 'O', 'F-PRE-ALARM', NEVER_SHORTED),
  'CHG-NO-COIL': none('No inductive load may hang on CHARGER.', 'O', 'F-CHARGER', 'A demand on whoever connects something to it.'),
} as const;
