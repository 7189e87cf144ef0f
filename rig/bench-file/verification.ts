/** Whether a bench was shown to tell good from bad: what `rig verify-bench` found, kept beside the calibration by board id, and when that no longer counts. */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { canonicalJson } from '../../reports/shape/plain.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import { dateOf, later, type WallTime_ms, wallTimeOf } from '../calendar.ts';
import { besideCalibration } from './load.ts';

export const VERIFICATION_SCHEMA = 'bms-rig/verification/1';

export const verificationShape = z.strictObject({
  schema: z.literal(VERIFICATION_SCHEMA),
  board: z.string(),
  simulated: z.boolean(),
  made: z.iso.datetime(),
  /** `withdrawn`: the fixture was flashed since. */
  result: z.enum(['passed', 'failed', 'withdrawn']),
  /** One sentence. */
  reason: z.string(),
  goldenUnit: z.string(),
  plug: z.string(),
  /** The signal on which the plug had to fail. */
  fails: z.string(),
  /** Hash of what the bench file asked for. */
  asked: z.string(),
  /** What it was made with: a newer calibration or firmware of the fixture makes it worthless. */
  calibration: z.string().nullable(),
  firmware: z.string(),
  /** Ids of the two runs. */
  runs: z.array(z.string()),
});
export type Verification = z.infer<typeof verificationShape>;

export const verificationFile = (file: BenchFile): string => besideCalibration(file, 'verification.json');

/** What the bench file asks of a verification, as one hash: who asks for something else has not been shown it. */
export const askedOf = ({ verify }: BenchFile): string => createHash('sha256').update(canonicalJson(verify)).digest('hex').slice(0, 16);

/** Written whole or not at all. */
export const writeVerification = (target: string, verification: Verification): void => {
  const draft = `${target}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(verification, null, 2)}\n`, { flag: 'wx' });
  renameSync(draft, target);
};

/** Null where there is none, or what is there is none. */
export const readVerification = (target: string): Verification | null => {
  try {
    const parsed = verificationShape.safeParse(JSON.parse(readFileSync(target, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/** What a run is made with. */
export interface VerifiedWith {
  readonly board: string;
  readonly simulated: boolean | null;
  readonly firmware: string;
  readonly calibration: string | null;
  readonly now: WallTime_ms;
}

/** Until when a verification made at this time counts. */
export const dueOf = (made: WallTime_ms, { verify }: BenchFile): WallTime_ms => later(made, verify!.period_us / 1000);

const whyNot = (file: BenchFile, found: Verification | null, run: VerifiedWith): string | null => {
  if (found === null) return 'has not been verified';
  if (found.board !== run.board) return `has the verification of board ${found.board}`;
  if (found.simulated !== run.simulated) return `was verified on a ${found.simulated ? 'simulated' : 'real'} bench, and this is another`;
  if (found.result === 'failed') return `failed its verification on ${found.made} (${found.reason.replace(/\.$/, '')})`;
  if (found.result === 'withdrawn') return 'was flashed since it was verified';
  if (found.asked !== askedOf(file)) return 'was verified by other rules than its bench file has now';
  if (found.calibration !== run.calibration) return 'has another calibration than when it was verified';
  if (found.firmware !== run.firmware) return 'has other firmware than when it was verified';
  const made = wallTimeOf(found.made);
  if (!(made <= run.now)) return `has a verification dated in the future (${dateOf(made)})`;
  return run.now < dueOf(made, file) ? null : `was verified at ${found.made}, which is too long ago`;
};

/** Why units may not be judged on this bench, one sentence; null where they may. The bench file asks for a verification. */
export const verificationFault = (file: BenchFile, run: VerifiedWith): string | null => {
  const why = whyNot(file, readVerification(verificationFile(file)), run);
  return why === null ? null : `Bench ${file.name} ${why}, so no unit can pass on it: run \`rig verify-bench\`.`;
};

/** A flashed fixture has to be shown again, also where its firmware is what it was. Says whether there was something to withdraw. */
export const withdrawVerification = (file: BenchFile, board: string): boolean => {
  const target = verificationFile(file);
  const found = readVerification(target);
  if (file.board !== board || found === null) return false;
  writeVerification(target, { ...found, result: 'withdrawn', reason: 'The fixture was flashed.' });
  return true;
};
