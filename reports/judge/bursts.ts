/** How many changes R18 forgives: single ones, not a signal that keeps moving. */

import type { Excursion } from './pair.ts';

/** R18 forgives a short change as a single event. More than this many of one signal within `WITHIN_us`, or in a case, are no single events any more. */
const MOST_WITHIN = 3;
const WITHIN_us = 1_000_000;
export const MOST_IN_CASE = 20;

/** Short changes of one signal that belong together, in order of time; never empty. */
export type Burst = readonly [Excursion, ...Excursion[]];

/** Which of the short changes lie among too many within the time. */
function crowded(list: readonly Excursion[]): ReadonlySet<Excursion> {
  const found = new Set<Excursion>();
  list.forEach((first, index) => {
    const last = list[index + MOST_WITHIN];
    if (last === undefined || last.away.at_us - first.away.at_us > WITHIN_us) return;
    for (const one of list.slice(index, index + MOST_WITHIN + 1)) found.add(one);
  });
  return found;
}

/** The bursts among the short changes of one signal, in order of time. Each change is in one burst at most; those in none may be forgiven. */
export function burstsOf(list: readonly Excursion[]): readonly Burst[] {
  const [first, ...rest] = list;
  if (first !== undefined && list.length > MOST_IN_CASE) return [[first, ...rest]];
  const members = crowded(list);
  const bursts: [Excursion, ...Excursion[]][] = [];
  for (const one of list) {
    if (!members.has(one)) continue;
    const open = bursts.at(-1);
    if (open !== undefined && one.away.at_us - (open.at(-1) ?? one).away.at_us <= WITHIN_us) open.push(one);
    else bursts.push([one]);
  }
  return bursts;
}
