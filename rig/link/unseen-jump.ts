/** By how much one clock may have jumped against the other without that anybody could tell it from the delays of the link. */

import type { Ping } from './lower-curve.ts';

/** The earliest of so many pings, over so long a time, shows where the clocks stand: fewer, or all within one hiccup of the link, are a matter of luck. */
const GROUP = { pings: 4, ms: 1_000 };
/** So far a rate is followed back: with a longer lever it is known better, until the rate itself has changed. */
const LEVER_ms = { least: 1_500, most: 12_000 };
/** The earliest of a group may be late itself: of so many by no more than the middle one is against it, of more by less, but never surely by less than this. */
const MANY = 8;
const LEAST_LUCK_ticks = 200;
/** A ping or two at either end carry no weight in a fit, wherever the clock jumped. */
const FROM_THE_ENDS = GROUP.pings;

/** Where a clock stood, and how far that may be wrong. */
interface Standing {
  readonly at_ms: number;
  readonly late: number;
  readonly luck: number;
}

/** One side of an instant: where the clocks stood next to it, and so far from it that it shows their rate; null where nothing does. */
interface Side {
  readonly near: Standing;
  readonly far: Standing | null;
}

const standingOf = (group: readonly Ping[]): Standing => {
  const byLateness = group.toSorted((a, b) => a.late - b.late);
  const [earliest, typical] = [byLateness[0]!, byLateness[byLateness.length >> 1]!];
  return {
    at_ms: earliest.at_ms,
    late: earliest.late,
    luck: Math.max((typical.late - earliest.late) * Math.min(1, MANY / group.length), LEAST_LUCK_ticks),
  };
};

/** The pings from `index` on, forwards or backwards. */
const sideOf = (pings: readonly Ping[], index: number, step: 1 | -1): Side | null => {
  let near: Standing | null = null;
  let far: Standing | null = null;
  let group: Ping[] = [];
  const close = (): void => {
    const standing = standingOf(group);
    group = [];
    if (near === null) near = standing;
    else if (Math.abs(standing.at_ms - near.at_ms) >= LEVER_ms.least) far = standing;
  };
  const from_ms = pings[index]?.at_ms ?? 0;
  for (let at = index; at >= 0 && at < pings.length; at += step) {
    group.push(pings[at]!);
    const { at_ms } = pings[at]!;
    if (group.length >= GROUP.pings && Math.abs(at_ms - group[0]!.at_ms) >= GROUP.ms) close();
    if (far !== null && Math.abs(at_ms - from_ms) >= LEVER_ms.most) break;
  }
  if (group.length >= GROUP.pings && Math.abs(group.at(-1)!.at_ms - from_ms) < LEVER_ms.most) close();
  return near === null ? null : { near, far };
};

/** Ticks by which a side is late at an instant, and how far that may be wrong. */
const ledTo = (instant_ms: number, { near, far }: Side): { readonly late: number; readonly luck: number } => {
  if (far === null) return near;
  const share = (instant_ms - near.at_ms) / (near.at_ms - far.at_ms);
  return { late: (1 + share) * near.late - share * far.late, luck: Math.abs(1 + share) * near.luck + Math.abs(share) * far.luck };
};

interface Apart {
  readonly jump: number;
  readonly luck: number;
}
const UNKNOWN: Apart = { jump: Infinity, luck: Infinity };

const apart = (before: Side, after: Side, instant_ms: number): Apart => {
  const [a, b] = [ledTo(instant_ms, before), ledTo(instant_ms, after)];
  return { jump: Math.abs(b.late - a.late), luck: a.luck + b.luck };
};

/** The sharpest is believed, however large the jump that it shows: to believe the smallest would overlook one that the link happens to hide. */
const sharpest = (views: readonly Apart[]): Apart => views.reduce((best, one) => (one.luck < best.luck ? one : best), UNKNOWN);

/** What the pings of one way show of a jump at an instant, just before one of them. */
const seenAt = (pings: readonly Ping[], index: number, instant_ms: number): Apart => {
  const [before, after] = [sideOf(pings, index - 1, -1), sideOf(pings, index, 1)];
  if (before === null || after === null) return UNKNOWN;
  // The rate of one side may be that of the other as well.
  return sharpest([
    before.far && after.far ? apart(before, after, instant_ms) : UNKNOWN,
    before.far ? apart(before, { ...after, far: null }, after.near.at_ms) : UNKNOWN,
    after.far ? apart({ ...before, far: null }, after, before.near.at_ms) : UNKNOWN,
  ]);
};

/** A bridge holds a single answer back until its timer is over, and lets those of a burst pass: only single ones can be compared with each other. */
const ALONE_ms = 200;
const alone = (pings: readonly Ping[]): readonly Ping[] =>
  pings.filter(
    ({ at_ms }, index) =>
      at_ms - (pings[index - 1]?.at_ms ?? -Infinity) >= ALONE_ms && (pings[index + 1]?.at_ms ?? Infinity) - at_ms >= ALONE_ms,
  );

/** A clock that jumps shows on both ways, what the link does often on one alone. Ticks; `there` and `back` in order of time. */
export const unseenJump = (there: readonly Ping[], back: readonly Ping[]): number => {
  if (there.length <= 2 * FROM_THE_ENDS) return Infinity;
  const single = alone(back);
  let most = 0;
  let behind = 0;
  for (let index = FROM_THE_ENDS; index <= there.length - FROM_THE_ENDS; index += 1) {
    const { at_ms } = there[index]!;
    while (behind < single.length && single[behind]!.at_ms < at_ms) behind += 1;
    const { jump, luck } = sharpest([seenAt(there, index, at_ms), seenAt(single, behind, at_ms)]);
    most = Math.max(most, jump + luck);
  }
  return most;
};
