/** From the bytes of a profile to what it says, or to every mistake in it at once, each at its place. */

import type { Issue } from '../../contracts/issue.ts';
import type { Seen, UnitProfile } from '../../contracts/profile.ts';
import { readMapFile } from '../map-file.ts';
import { entryOf, plain } from '../node.ts';
import { keyPlaceAt, type Places } from '../places.ts';
import { shapeIssues } from '../shape-issues.ts';
import type { SourceFile } from '../source.ts';
import { LIMIT_KEYS } from './limit-keys.ts';
import { profileShape, type ProfileContent } from './shape.ts';

export type ProfileResult =
  | { readonly ok: true; readonly profile: UnitProfile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

const COMBINATIONS = 8;

/** What each key may say only together with another. */
const crossIssues = (places: Places, { poles, limits, learned, expires }: ProfileContent): readonly Issue[] => {
  const issue = (id: Issue['id'], path: readonly PropertyKey[], message: string, hint: string): Issue => ({
    id,
    severity: 'error',
    ...keyPlaceAt(places, path),
    message,
    hint,
  });
  const named = poles.map(({ open }) => open.join('+'));
  const twice = named.flatMap((name, index) => (named.indexOf(name) < index ? [index] : []));
  const [least, most] = [limits['wait at least'], limits['wait at most']];
  return [
    ...twice.map((index) =>
      issue('pole-combinations', ['poles', index], 'these poles stand in the table already', 'each combination once'),
    ),
    ...(poles.length - twice.length === COMBINATIONS
      ? []
      : [
          issue(
            'pole-combinations',
            ['poles'],
            `the table has ${poles.length - twice.length} combinations of poles`,
            'all eight of 1, 3 and 4',
          ),
        ]),
    ...(least !== undefined && most !== undefined && least >= most
      ? [issue('backwards', ['limits', 'wait at most'], 'the longest wait is not longer than the shortest', 'exchange them')]
      : []),
    ...(expires <= learned ? [issue('backwards', ['expires'], 'the profile expires before it was learned', 'write a later date')] : []),
  ];
};

type SeenContent = NonNullable<ProfileContent['seen']['reaction']>;
const seenOf = ({ least, most, 'known to': known, times }: SeenContent): Seen => ({
  least_us: least,
  most_us: most,
  uncertainty_us: known,
  times,
});

const asProfile = (file: string, hash: string, places: Places, read: ProfileContent): UnitProfile => ({
  file,
  hash,
  name: read.profile,
  hardware: read.hardware,
  goldenUnit: read['golden unit'],
  learned: read.learned,
  expires: read.expires,
  seen: Object.fromEntries(Object.entries(read.seen).flatMap(([key, one]) => (one === undefined ? [] : [[key, seenOf(one)]]))),
  limits: Object.fromEntries(
    Object.entries(LIMIT_KEYS).flatMap(([key, name]) => {
      const value = read.limits[key as keyof typeof LIMIT_KEYS];
      return value === undefined ? [] : [[name, value]];
    }),
  ),
  readings: Object.fromEntries(Object.entries(read.readings).filter(([, word]) => word !== undefined)),
  poles: read.poles.map(({ open, ...responses }) => ({ open, responses })),
  placeOf: (...path) => keyPlaceAt(places, path),
});

/** Reads a profile. Never throws on any bytes. */
export const readProfile = (source: SourceFile): ProfileResult => {
  const begun = readMapFile(source, 'the profile of a unit', 'profile');
  if (!begun.ok) return begun;
  const { file, hash, root, places, issues: ofTree } = begun.read;
  if (entryOf(root, 'profile') === undefined) {
    const message = 'this is not the profile of a unit';
    const hint = 'a profile starts with `profile:`; `rig learn` writes one';
    return { ok: false, issues: [...ofTree, { id: 'not-a-profile', severity: 'error', file, line: 1, col: 1, message, hint }] };
  }
  const parsed = profileShape.safeParse(plain(root));
  const issues = parsed.success ? crossIssues(places, parsed.data) : shapeIssues(places, parsed.error.issues).map(({ issue }) => issue);
  const all = [...ofTree, ...issues];
  if (!parsed.success || all.length > 0) return { ok: false, issues: all };
  return { ok: true, profile: asProfile(file, hash, places, parsed.data) };
};
