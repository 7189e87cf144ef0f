/** The file that a gauge study is kept in: its plan, and each reading as soon as it was taken, so that it can go on another day. */

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { RigError } from '../error.ts';

const value = z.strictObject({ value: z.number(), unit: z.string(), low: z.number().nullable(), high: z.number().nullable() });

export const studyShape = z.strictObject({
  schema: z.literal('bms-rig/grr-study/1'),
  files: z.array(z.string()),
  parts: z.array(z.string()).min(2),
  operators: z.array(z.string()).min(1),
  trials: z.number().int().min(2),
  /** Draws the order of the parts. */
  seed: z.number().int().nonnegative(),
  simulated: z.boolean(),
  /** By path, the sha256 of each scenario it was begun with. */
  scenarios: z.record(z.string(), z.string()),
  taken: z.array(
    z.strictObject({
      part: z.string(),
      operator: z.string(),
      trial: z.number().int().positive(),
      run: z.string(),
      values: z.record(z.string(), value),
    }),
  ),
});
export type Study = z.infer<typeof studyShape>;

/** Null where there is none. Throws RigError `fileUnreadable` for what is no study. */
export function readStudy(file: string): Study | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new RigError('fileUnreadable', `${file} cannot be read: ${(cause as Error).message}.`, {
      hint: 'check the path',
      blame: 'operator',
      cause,
    });
  }
  try {
    return studyShape.parse(JSON.parse(text));
  } catch (cause) {
    throw new RigError('fileUnreadable', `${file} is no study of this version of the rig.`, {
      hint: 'give another file with --study; this one is left as it is',
      blame: 'operator',
      cause,
    });
  }
}

/** Throws RigError `outUnwritable` where `work` throws. */
const orUnwritable = (file: string, work: () => void): void => {
  try {
    work();
  } catch (cause) {
    throw new RigError('outUnwritable', `${file} cannot be written: ${(cause as Error).message}.`, {
      hint: 'give another file with --study',
      blame: 'operator',
      cause,
    });
  }
};

/** Whole or not at all. Throws RigError `outUnwritable`. */
export const writeStudy = (file: string, study: Study): void =>
  orUnwritable(file, () => {
    writeFileSync(`${file}.new`, `${JSON.stringify(study, null, 1)}\n`);
    renameSync(`${file}.new`, file);
  });

/** Before somebody puts a part in: what is measured then can be kept. Throws RigError `outUnwritable`. */
export const checkWritable = (file: string): void =>
  orUnwritable(file, () => {
    writeFileSync(`${file}.new`, '');
    rmSync(`${file}.new`);
  });
