/** Measures the contacts of every terminal before the supply is on, and says which of them no unit may be run through. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { CONTACT_LIMIT_mOhm, LEDS, TERMINAL_NAMES, TERMINALS } from '../../scenarios/signals.ts';
import { RigError } from '../error.ts';
import { CONTACT_LINES, CONTACT_REFERENCE_LINE } from '../fixture/channels.ts';
import { CONTACT_REFERENCE_Ohm, CONTACT_SWITCHES_Ohm } from '../fixture/netlist/contacts.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { restFault, SENSOR_CHANNELS } from './at-rest.ts';
import { measure, type SampleEvent } from './measure.ts';
import { runShortCase } from './short-case.ts';

const SWITCHES_mOhm = CONTACT_SWITCHES_Ohm * 1_000;
const REFERENCE_mOhm = CONTACT_REFERENCE_Ohm * 1_000;
/** Before this nothing is behind the terminals. Source: ELECTRICS.md, "Supply". */
const DEAD_mV = 5_000;

/** Switches, and a window: what one terminal takes. */
const EACH_ms = 9;
const PATIENCE_ms = 3_000;

/** Far from the numbers of a case's entries, for whoever reads a transcript. */
const SUPPLY_ID = 0xff00;
const FIRST_ID = 0xff01;
const SENSOR_ID = 0xfee0;

/**
 * All contacts, in a short case of their own. Throws RigError `supplyOn` where the supply reads a voltage though it is off, `ohmmeter` where that misreads its own
 * resistor, `sensorBad` where a light sensor is dead or sees light, and the faults of link and fixture.
 */
export const measureContacts = async (conversation: Conversation, clock: Clock): Promise<readonly ContactReading[]> => {
  const lines = [...TERMINAL_NAMES.map((terminal) => CONTACT_LINES[terminal]), CONTACT_REFERENCE_LINE];
  const last = FIRST_ID + lines.length - 1;
  const sample = await runShortCase({
    conversation,
    clock,
    what: 'a measurement of contacts',
    patience_ms: PATIENCE_ms + lines.length * EACH_ms,
    commands: ({ at, after }) => [
      { kind: 'sample', id: SUPPLY_ID, when: at(0), channel: 'supplyVoltage', count: 4 },
      ...LEDS.map((led, index): Command => ({
        kind: 'sample',
        id: SENSOR_ID + index,
        when: at(1),
        channel: SENSOR_CHANNELS[led],
        count: 4,
      })),
      ...lines.map((line, index): Command => ({ kind: 'contact', id: FIRST_ID + index, when: at(2 + index), line })),
      { kind: 'end', id: last + 1, when: after(last, EACH_ms) },
    ],
  });
  const supply = measure(sample(SUPPLY_ID), 0, null);
  if (supply.value > DEAD_mV)
    throw new RigError('supplyOn', `The supply reads ${(supply.value / 1000).toFixed(1)} V though it is off.`, {
      hint: 'Do not touch the unit. Switch the bench off and look for what feeds it.',
    });
  const dark = restFault(LEDS.map((led, index) => ({ led, brightness_mV: measure(sample(SENSOR_ID + index), 0, null).value })));
  if (dark !== null) throw dark;
  const readings = TERMINAL_NAMES.map((terminal, index) => ({ terminal, ...contact(sample(FIRST_ID + index)) }));
  const reference = contact(sample(FIRST_ID + TERMINAL_NAMES.length));
  if (Math.abs(reference.value_mOhm - REFERENCE_mOhm) > reference.uncertainty_mOhm + 0.005 * REFERENCE_mOhm)
    throw new RigError('ohmmeter', `The contact ohmmeter reads ${ohms(reference.value_mOhm)} on its own ${ohms(REFERENCE_mOhm)}.`, {
      hint: 'Its source, amplifier or selector is broken: look there before the contacts.',
    });
  return readings;
};

const contact = (event: SampleEvent): Omit<ContactReading, 'terminal'> => {
  const { value, uncertainty, saturated } = measure(event, 0, null);
  return saturated
    ? { value_mOhm: Infinity, uncertainty_mOhm: 0 }
    : { value_mOhm: Math.max(0, value - SWITCHES_mOhm), uncertainty_mOhm: uncertainty };
};

const ohms = (mOhm: number): string => (Number.isFinite(mOhm) ? `${Number((mOhm / 1000).toPrecision(3))} Ohm` : 'more than 50 Ohm');

export const isBad = ({ value_mOhm, uncertainty_mOhm }: ContactReading, limit_mOhm: number): boolean =>
  !(value_mOhm + uncertainty_mOhm <= limit_mOhm);

/** Null where every contact is good, else the fault that keeps the supply off. */
export const contactFault = (readings: readonly ContactReading[], limit_mOhm: number = CONTACT_LIMIT_mOhm): RigError | null => {
  const bad = readings.filter((reading) => isBad(reading, limit_mOhm));
  if (bad.length === 0) return null;
  if (bad.length === readings.length && bad.every(({ value_mOhm }) => !Number.isFinite(value_mOhm)))
    return new RigError('contactBad', 'No terminal of a unit is touched.', { hint: 'Put the unit in, and close the fixture.' });
  const told = bad.map(({ terminal, value_mOhm }) => `contact_${terminal} (${TERMINALS[terminal]}) has ${ohms(value_mOhm)}`).join(', ');
  return new RigError('contactBad', `${told}; at most ${ohms(limit_mOhm)} is allowed.`, {
    hint: 'Reseat the unit; where it comes back, clean or replace that contact.',
  });
};
