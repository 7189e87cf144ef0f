/** How a scenario writes what hangs on the unit's outputs: nothing, a remote input, a resistor, the coil of a contactor. */

import { z } from 'zod';
import type { Attached } from '../contracts/case.ts';
import { mapping, quantity, someOf, word } from './fields.ts';

const RESISTANCE = { min: 1_000, max: 10_000_000_000 };
const INDUCTANCE = { min: 1_000, max: 10_000_000 };
/** Of a contactor for such currents, where a scenario does not say. */
const USUAL_INDUCTANCE_uH = 300_000;

const attached = z
  .union([
    word(['nothing', 'remote input'], 'unknown-word', 'something that can be attached', [
      '{ resistor: 24 Ohm }',
      '{ coil: 48 Ohm }',
    ]).transform((name): Attached | null => (name === 'nothing' ? null : { kind: 'remoteInput' })),
    mapping({ resistor: quantity('resistance', RESISTANCE) }).transform(({ resistor }): Attached => ({
      kind: 'resistor',
      resistance_mOhm: resistor,
    })),
    mapping({ coil: quantity('resistance', RESISTANCE), inductance: z.optional(quantity('inductance', INDUCTANCE)) }).transform(
      ({ coil, inductance }): Attached => ({ kind: 'coil', resistance_mOhm: coil, inductance_uH: inductance ?? USUAL_INDUCTANCE_uH }),
    ),
  ])
  .meta({ description: 'nothing, remote input, { resistor: 24 Ohm } or { coil: 48 Ohm, inductance: 0.3 H }.' });

export const attachedGiven = someOf({
  load: z.optional(attached),
  preAlarm: z.optional(attached),
  charger: z.optional(attached),
});
