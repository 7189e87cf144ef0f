/** What the bench itself must be before what it measured counts: calibrated, and in contact with the unit. */

import type { Trace } from '../../scenarios/contracts/trace.ts';
import { CONTACT_LIMIT_mOhm, TERMINAL_NAMES } from '../../scenarios/signals.ts';
import { doubt, fault, type Findings } from './findings.ts';
import type { Fault as CaseFault } from './result.ts';

type Unfit = NonNullable<Trace['calibration']['fault']>;

/** As the end of a sentence that begins with the board. */
const WORDS: Readonly<Record<Unfit, string>> = {
  missing: 'is not calibrated',
  otherBoard: "was given another board's calibration",
  otherDividers: 'was calibrated with other dividers than its bench file has now',
  expired: 'has a calibration that has expired',
  notYet: 'has a calibration dated in the future',
  incomplete: 'has a calibration that lacks drops or currents, as those made before sinks were calibrated',
};

/** Why a calibration keeps everything from passing, and what to do; null where it counts. */
export const calibrationText = (board: string, fault: Unfit | null): string | null =>
  fault === null ? null : `Board ${board} ${WORDS[fault]}, so nothing it measures can pass: run \`rig calibrate\`.`;

/** A bad contact is no fault of the unit and spoils whatever was measured through it. */
const contactFaults = ({ contacts }: Trace): readonly CaseFault[] =>
  TERMINAL_NAMES.flatMap((terminal) => {
    const readings = contacts.filter((one) => one.terminal === terminal);
    const [reading] = readings;
    if (reading === undefined || readings.length > 1)
      return [fault('rig', `contact_${terminal} was measured ${readings.length} times before the supply was on.`)];
    const { value_mOhm, uncertainty_mOhm } = reading;
    return value_mOhm >= 0 && uncertainty_mOhm >= 0 && value_mOhm + uncertainty_mOhm <= CONTACT_LIMIT_mOhm
      ? []
      : [
          fault(
            'rig',
            `contact_${terminal} has ${(value_mOhm / 1000).toFixed(1)} Ohm, ${CONTACT_LIMIT_mOhm / 1000} at most are allowed: reseat the unit.`,
          ),
        ];
  });

export function judgeInstrument(trace: Trace): Partial<Findings> {
  const text = calibrationText(trace.bench.board, trace.calibration.fault);
  return { faults: contactFaults(trace), notMeasured: text === null ? [] : [doubt('calibration', null, text)] };
}
