/** Which of the cases run: by tag, by name, and one part of several for as many machines. */

import type { Case } from '../../scenarios/contracts/case.ts';

export interface Selection {
  /** Any of these; none given: all. */
  readonly tags: readonly string[];
  /** None of these. */
  readonly without: readonly string[];
  /** Is looked for in id and title. */
  readonly grep: RegExp | null;
  readonly shard: Shard | null;
}

/** The `index`th of `of` parts, from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

export const EVERYTHING: Selection = { tags: [], without: [], grep: null, shard: null };

const wanted = ({ tags, without, grep }: Selection, one: Case): boolean =>
  (tags.length === 0 || tags.some((tag) => one.tags.includes(tag))) &&
  !without.some((tag) => one.tags.includes(tag)) &&
  (grep === null || grep.test(one.id) || grep.test(one.title));

/**
 * The cases dealt out by their ids in order, like cards: the parts are disjoint, together they are everything, none is larger than another
 * by more than one, and neither the order of the files nor the machine decides where a case lands.
 */
const inShard = (cases: readonly Case[], { index, of }: Shard): ReadonlySet<string> => {
  const ids = cases.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1));
  return new Set(ids.filter((_, rank) => rank % of === index - 1));
};

/** In the order in which they were given. */
export const selectCases = (cases: readonly Case[], selection: Selection): readonly Case[] => {
  const chosen = cases.filter((one) => wanted(selection, one));
  if (selection.shard === null) return chosen;
  const part = inShard(chosen, selection.shard);
  return chosen.filter(({ id }) => part.has(id));
};
