/** Which attempt at a unit a run is, and whether the station allows it: counted in the database, in the lab's, and in the records where the database cannot tell. */

import type { ArchiveQueries } from '../../reports/archive/archive-queries.ts';
import { howMany } from '../../reports/render/how-many.ts';
import { printable } from '../../reports/render/terminal-text.ts';
import { inOurWords } from './archive-errors.ts';
import { UsageError } from './failures.ts';
import { labUrl } from './filing.ts';
import type { AskedIdentity } from './identity-options.ts';
import type { Surroundings } from './surroundings.ts';

interface Earlier {
  /** Attempts that count, each by its archive and its name there. */
  readonly attempts: ReadonlySet<string>;
  readonly passed: boolean;
}

const earlierIn = async (archive: ArchiveQueries, serial: string, simulated: boolean): Promise<Earlier> => {
  try {
    const runs = (await archive.runs({ serial, simulated }, 10_000)).filter(({ counts }) => counts);
    return {
      attempts: new Set(runs.map((one) => `${one.archive}/${one.run}`)),
      passed: runs.some(({ verdict }) => verdict === 'pass'),
    };
  } finally {
    await archive.close();
  }
};

/** Of two archives that may know the same attempts. */
export const bothOf = (one: Earlier, other: Earlier): Earlier => ({
  attempts: new Set([...one.attempts, ...other.attempts]),
  passed: one.passed || other.passed,
});

/** What says that a folder's database cannot be asked. Its records can be. */
const UNASKABLE: readonly string[] = ['archiveDamaged', 'archiveLocked', 'archiveNewer', 'archiveUnwritable'];

interface EarlierHere extends Earlier {
  /** Why the records were read; null where the database knows all. */
  readonly instead: { readonly message: string; readonly hint?: string } | null;
  /** Runs that may be attempts, and whose records do not tell. */
  readonly untold: readonly string[];
}

const earlierHere = async (out: string, serial: string, simulated: boolean): Promise<EarlierHere> => {
  const [{ openArchive }, { historyOf, lackingIn }] = await Promise.all([
    import('../../reports/archive/open-archive.ts'),
    import('../../reports/archive/unit-history.ts'),
  ]);
  let known: Earlier;
  let lacking: number;
  try {
    known = await earlierIn(await openArchive(out), serial, simulated);
    lacking = await lackingIn(out);
  } catch (cause) {
    const unaskable = cause as { readonly code?: string; readonly message: string };
    if (!UNASKABLE.includes(unaskable.code ?? '')) throw cause;
    return { ...(await historyOf(out, serial, simulated)), instead: unaskable };
  }
  if (lacking === 0) return { ...known, instead: null, untold: [] };
  const found = await historyOf(out, serial, simulated);
  const instead = {
    message: `The database of ${out} does not have ${howMany(lacking, 'run')} that ${lacking === 1 ? 'was' : 'were'} signed there; rig archive import --out ${out} takes ${lacking === 1 ? 'it' : 'them'} in.`,
    hint: `rig archive import --out ${out}`,
  };
  return { ...bothOf(known, found), untold: found.untold, instead };
};

/** In this folder's archive, which may know some that still wait to be given to the lab's, and in that one, which knows all stations; null for what cannot be reached. */
const earlierOf = async (
  out: string,
  serial: string,
  simulated: boolean,
  url: string | null,
): Promise<{ readonly here: EarlierHere; readonly lab: Earlier | null }> => {
  const { openArchive } = await import('../../reports/archive/open-archive.ts');
  const here = await earlierHere(out, serial, simulated);
  if (url === null) return { here, lab: null };
  const lab = await openArchive(out, url)
    .then((archive) => earlierIn(archive, serial, simulated))
    .catch(() => null);
  return { here, lab };
};

const insteadText = (out: string, serial: string, { attempts, untold }: EarlierHere, why: string): string =>
  [
    `${why} The earlier attempts at unit ${printable(serial)} were counted from the records in ${out}: ${attempts.size}.`,
    ...(untold.length === 0 ? [] : [`The record of run ${untold.join(' and ')} could not be read and was not counted.`]),
    'Runs that were taken in without their folders were not counted.',
  ].join(' ');

export interface AttemptAsked {
  /** Null without a serial number, and without a unit. */
  readonly attempt: number | null;
  /** What a person should know of how it was counted. */
  readonly notes: readonly string[];
}

/** Which attempt at the unit this is. Throws UsageError where the station's rules allow no more. */
export const attemptOf = async (
  { identity: { serial }, station }: AskedIdentity,
  { out, simulated, reference }: { readonly out: string; readonly simulated: boolean; readonly reference: boolean },
  env: Surroundings['env'],
): Promise<AttemptAsked> => {
  if (serial === null || reference) return { attempt: null, notes: [] };
  const url = labUrl(env);
  const { here, lab } = await inOurWords(() => earlierOf(out, serial, simulated, url));
  const earlier = lab === null ? here : bothOf(here, lab);
  const [attempts, passed] = [earlier.attempts.size, earlier.passed];
  const limit = station?.retest.attempts ?? null;
  if (here.untold.length > 0 && (limit !== null || station?.retest.afterPass === 'refuse'))
    throw new UsageError(
      `${station!.file} has rules for another test of a unit, and how often unit ${printable(serial)} was tested cannot be told: ${here.instead?.message} The record of run ${here.untold.join(' and ')} does not tell it either.`,
      here.instead?.hint ?? 'mend the database',
    );
  if (passed && station?.retest.afterPass === 'refuse')
    throw new UsageError(
      `Unit ${printable(serial)} has passed already, and ${station.file} allows no test after a pass.`,
      'check the serial number',
    );
  if (limit !== null && attempts >= limit)
    throw new UsageError(
      `Unit ${printable(serial)} has had ${howMany(attempts, 'attempt')}, those not counted that the bench spoilt; ${station!.file} allows ${limit}.`,
      'hand it over for repair, or check the serial number',
    );
  const blind = url !== null && lab === null;
  return {
    attempt: attempts + 1,
    notes: [
      ...(here.instead === null ? [] : [insteadText(out, serial, here, here.instead.message)]),
      ...(blind
        ? ['The lab’s archive cannot be reached: what other stations know of this unit was not counted, neither attempts nor a pass.']
        : []),
    ],
  };
};
