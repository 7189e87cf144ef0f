/** Which supply is that of a case: before it the host looks at its amplifiers with 1.5 V, at which no unit works. */

import { CONVERTER, type ConverterSignal } from '../fixture/channels.ts';

/** No case asks for so little but to show that the unit is off. */
const LOOK_mV = 3_000;

/** What the converter's output is asked to be, of its code of 16 bits. */
export const converted_mV = (signal: ConverterSignal, code: number): number => (code * CONVERTER[signal].fullScale_mV) / 65_536;

export const isSupplyOfCase = (mV: number): boolean => mV > LOOK_mV;
