/** What a light sensor has to read while the unit has no supply: darkness, and its own floor that shows it alive. */

import type { LedSignal } from '../../scenarios/signals.ts';
import { RigError } from '../error.ts';
import type { AdcChannel } from '../fixture/channels.ts';

export const SENSOR_CHANNELS = {
  ledBlue: 'ledBlueBrightness',
  ledRed: 'ledRedBrightness',
} as const satisfies Readonly<Record<LedSignal, AdcChannel>>;

const COLOURS: Readonly<Record<LedSignal, string>> = { ledBlue: 'blue', ledRed: 'red' };

/** Half of the least that a living sensor reads in the dark; one step of the converter is 5 mV. Source: ELECTRICS.md, "Accuracy". */
const ALIVE_mV = 40;
/** Far above a dark sensor, far below a lit one. */
const DARK_mV = 1_000;

export interface Darkness {
  readonly led: LedSignal;
  readonly brightness_mV: number;
}

/** Null where every sensor is alive and in the dark, else the fault: a LED cannot be judged by such a sensor. */
export const restFault = (readings: readonly Darkness[]): RigError | null => {
  const bad = readings.find(({ brightness_mV }) => !(brightness_mV >= ALIVE_mV && brightness_mV <= DARK_mV));
  if (bad === undefined) return null;
  const { led, brightness_mV } = bad;
  const dead = brightness_mV < ALIVE_mV;
  const expected = dead ? 'a living one gives 80 mV at least in the dark' : 'the unit has no supply, so that its LED is dark';
  return new RigError('sensorBad', `The light sensor over the ${COLOURS[led]} LED reads ${Math.round(brightness_mV)} mV; ${expected}.`, {
    hint: dead
      ? `It is dead or not connected: look at the sensor U.${led} and its wire to the multiplexer.`
      : `Close the lid and keep light away; where it stays, the sensor U.${led} is broken.`,
  });
};
