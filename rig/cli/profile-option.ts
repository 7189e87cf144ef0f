/** Which profile a unit is judged against, and of which hardware the unit is. */

import { basisOf, type ProfileUse } from '../../firmware-ref/profile.ts';
import { dateOf } from '../calendar.ts';
import type { ProfileFile } from '../check/check-cases.ts';
import { loadProfile } from '../profile/load.ts';
import { IssuesError, UsageError } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

export const PROFILE_OPTIONS = {
  profile: {
    type: 'string',
    requiresArg: true,
    describe: 'judge the unit against this profile, made by rig learn [default: the reference alone]',
  },
  hardware: {
    type: 'string',
    requiresArg: true,
    describe: 'hardware revision of the unit, as it is printed on it; with --profile [default on the simulated bench: simulated]',
  },
} as const;

/** Of the stand-in. */
export const SIMULATED_HARDWARE = 'simulated';

interface ProfileArgs {
  readonly bench: string;
  readonly profile?: string;
  readonly hardware?: string;
}

/** Throws UsageError, or IssuesError for a profile with mistakes. */
export const chooseProfile = (args: ProfileArgs, simulated: boolean, { now }: Pick<Surroundings, 'now'>): ProfileUse | undefined => {
  const { bench, profile: file, hardware = simulated ? SIMULATED_HARDWARE : undefined } = args;
  if (file === undefined) {
    if (args.hardware !== undefined)
      throw new UsageError('--hardware says which profile fits, and there is none.', 'add --profile unit.yaml');
    return undefined;
  }
  if (bench === 'reference') throw new UsageError('--profile is for a unit; the reference is none.', 'leave one of the two out');
  if (hardware === undefined)
    throw new UsageError(
      'A profile is of one hardware revision, and that of this unit is not known.',
      'add --hardware with what is printed on the unit',
    );
  const loaded = loadProfile(file);
  if (!loaded.ok) throw new IssuesError(loaded.issues, 'profile');
  return { profile: loaded.profile, hardware, date: dateOf(now()) };
};

/** What a profile leaves of the reference, for its own hardware, before there is a unit. Throws UsageError for one that counts for none any more, or IssuesError. */
export const profileInForce = (file: string, { now }: Pick<Surroundings, 'now'>): ProfileFile => {
  const loaded = loadProfile(file);
  if (!loaded.ok) throw new IssuesError(loaded.issues, 'profile');
  const { parameters, profile } = basisOf({ profile: loaded.profile, hardware: loaded.profile.hardware, date: dateOf(now()) });
  const fault = profile?.fault ?? null;
  if (fault !== null) throw new UsageError(fault, 'leave --profile out to check against the reference alone');
  return { file, parameters };
};
