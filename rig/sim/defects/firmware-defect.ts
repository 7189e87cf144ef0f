/** A defect that is a real mistake in the stand-in's firmware: what it says of itself, its patch and its image. */

import { type DefectFacts, type Exceptions, facts, type Family } from './defect.ts';

export interface FirmwareDefect extends DefectFacts {
  /** Unified diff against the good unit's sources, from the repository's root. */
  readonly patch: string;
  /** Built image, from the repository's root. */
  readonly image: string;
}

/** Makes the defects of one family. */
export const firmwareDefects =
  (family: Family) =>
  (
    name: string,
    requirement: FirmwareDefect['requirement'],
    signal: FirmwareDefect['signal'],
    summary: string,
    exceptions?: Exceptions,
  ): FirmwareDefect => ({
    ...facts(family, name, requirement, signal, summary, exceptions),
    patch: `rig/sim/defects/firmware/${name}.patch`,
    image: `rig/sim/defects/firmware/${name}.hex`,
  });
