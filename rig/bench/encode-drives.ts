/** Drive changes of a timeline as the fixture takes them: bits of the drive word, their mask, and converter codes. */

import type { DriveChange } from '../../scenarios/contracts/timeline.ts';
import type { DriveSignal, DriveValue, DriveWord } from '../../scenarios/signals.ts';
import { CONVERTER, type ConverterSignal, DRIVE_BITS, type DriveBit } from '../fixture/channels.ts';
import type { Correction } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import type { ConverterCode } from '../wire/messages.ts';

export interface DriveWords {
  readonly mask: number;
  readonly value: number;
  readonly codes: readonly ConverterCode[];
}

/** Bits that a drive owns, and which of them each word sets; the others are cleared. */
const BITS: Readonly<
  Record<
    Exclude<DriveSignal, 'supply'>,
    {
      readonly owned: readonly DriveBit[];
      readonly words: Readonly<Partial<Record<DriveWord, readonly DriveBit[]>>>;
      readonly analog?: readonly DriveBit[];
    }
  >
> = {
  pole1: { owned: ['pole1'], words: { open: [], closed: ['pole1'] } },
  pole3: { owned: ['pole3'], words: { open: [], closed: ['pole3'] } },
  pole4: { owned: ['pole4'], words: { open: [], closed: ['pole4'] } },
  remoteLink: { owned: ['remoteLink'], words: { open: [], closed: ['remoteLink'] } },
  remoteH: { owned: ['remoteHBattery', 'remoteHDrive'], words: { open: [], battery: ['remoteHBattery'] }, analog: ['remoteHDrive'] },
  remoteL: { owned: ['remoteLMinus', 'remoteLDrive'], words: { open: [], minus: ['remoteLMinus'] }, analog: ['remoteLDrive'] },
  // The fixture opens and closes the shunt's bypass around 1 A pulses and the charger short by itself (PROTOCOL.md).
  loadSink: { owned: ['loadSink'], words: { off: [], '1A': ['loadSink'] } },
  preAlarmSink: { owned: ['preAlarmSink'], words: { off: [], '1A': ['preAlarmSink'] } },
  chargerSink: { owned: ['chargerSink1mA', 'chargerSink10mA'], words: { off: [], '1mA': ['chargerSink1mA'], '10mA': ['chargerSink10mA'] } },
  chargerShort: { owned: ['chargerShort'], words: { off: [], on: ['chargerShort'] } },
};

const CODES = 2 ** 16;

/** The converter code whose drive is nearest to a voltage. Code 0 is the supply switched off, whatever its correction says. */
export const converterCode = (signal: ConverterSignal, value_mV: number, supply: Correction | null): number => {
  const nominal_mV = signal !== 'supply' || supply === null || value_mV === 0 ? value_mV : (value_mV - supply.offset_mV) / supply.gain;
  return Math.min(CODES - 1, Math.max(0, Math.round((nominal_mV / CONVERTER[signal].fullScale_mV) * CODES)));
};

const bits = (names: readonly DriveBit[]): number => names.reduce((word, name) => word | (1 << DRIVE_BITS[name]), 0);

const unknownValue = (signal: DriveSignal, value: DriveValue): RigError =>
  new RigError('internal', `The drive ${signal} has no value ${typeof value === 'string' ? value : `${value.mV} mV`}.`, {
    hint: 'The scenario compiler should have refused it.',
  });

/** All changes of one entry: one port write, then the converters. `supplyEnable` and `supplyStrong` follow the supply's code on the fixture. */
export const encodeChanges = (changes: readonly DriveChange[], supply: Correction | null): DriveWords => {
  let mask = 0;
  let value = 0;
  const codes: ConverterCode[] = [];
  for (const { signal, value: wanted } of changes) {
    if (signal === 'supply') {
      if (typeof wanted === 'string') throw unknownValue(signal, wanted);
      codes.push({ converter: 'supply', code: converterCode('supply', wanted.mV, supply) });
      continue;
    }
    const { owned, words, analog } = BITS[signal];
    const set = typeof wanted === 'string' ? words[wanted] : analog;
    if (set === undefined) throw unknownValue(signal, wanted);
    mask |= bits(owned);
    value = (value & ~bits(owned)) | bits(set);
    if (typeof wanted !== 'string' && (signal === 'remoteH' || signal === 'remoteL'))
      codes.push({ converter: signal, code: converterCode(signal, wanted.mV, supply) });
  }
  return { mask, value, codes };
};
