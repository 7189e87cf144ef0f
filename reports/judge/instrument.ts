/** What the bench itself must be before what it measured counts: calibrated. */

import type { Trace } from '../../scenarios/contracts/trace.ts';
import { doubt, type Findings } from './findings.ts';

type Fault = NonNullable<Trace['calibration']['fault']>;

/** As the end of a sentence that begins with the board. */
const WORDS: Readonly<Record<Fault, string>> = {
  missing: 'is not calibrated',
  otherBoard: "was given another board's calibration",
  expired: 'has a calibration that has expired',
  notYet: 'has a calibration dated in the future',
};

/** Why a calibration keeps everything from passing, and what to do; null where it counts. */
export const calibrationText = (board: string, fault: Fault | null): string | null =>
  fault === null ? null : `Board ${board} ${WORDS[fault]}, so nothing it measures can pass: run \`rig calibrate\`.`;

export function judgeInstrument({ bench, calibration }: Trace): Partial<Findings> {
  const text = calibrationText(bench.board, calibration.fault);
  return text === null ? {} : { notMeasured: [doubt('calibration', null, text)] };
}
