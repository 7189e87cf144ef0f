/** Which cases a tag selects. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { nearest } from '../../scenarios/language/nearest.ts';
import { UsageError } from './failures.ts';

export const TAG_OPTION = { tag: { type: 'string', requiresArg: true, describe: 'only the cases that have this tag' } } as const;

/** All of them where no tag is given. Throws UsageError for a tag that no case has. */
export const withTag = (cases: readonly Case[], tag: string | undefined): readonly Case[] => {
  if (tag === undefined) return cases;
  const chosen = cases.filter(({ tags }) => tags.includes(tag));
  if (chosen.length > 0) return chosen;
  const known = [...new Set(cases.flatMap(({ tags }) => tags))].toSorted((a, b) => (a < b ? -1 : 1));
  const meant = nearest(tag, known);
  const hint = known.length === 0 ? 'tags are words under tags: in a scenario' : `there are: ${known.join(', ')}`;
  throw new UsageError(`No case has the tag "${tag}".`, meant === undefined ? hint : `did you mean --tag ${meant}?`);
};
