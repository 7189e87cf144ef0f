/** Whether two clocks ran evenly against each other: how much a rate changed from the begin to the end, and whether one of them jumped. */

import type { ClockSample } from './clock-fit.ts';
import { type Curve, lowerCurve, type Ping } from './lower-curve.ts';
import { unseenJump } from './unseen-jump.ts';

export interface Steadiness {
  /** How far the rate at either end lies from the fitted one, three standard errors included. Infinity where there are too few pings to tell. */
  readonly drift_per_ms: number;
  /** Ticks by which one clock jumped against the other, scatter taken off; 0 = not that anybody could see. */
  readonly jump_ticks: number;
  /** Ticks by which it may have jumped all the same. */
  readonly unseen_ticks: number;
}

const DRIFT_ERRORS = 3;
/** A jump is looked for between two spans of this length before it and two after it. */
const SPAN_ms = 4_000;
const LEAST_PINGS = 4;
/** How far the earliest pings of the four spans, so weighed, are from what an even or evenly changing rate makes of them. */
const WEIGHTS = [0.5, -1.5, 1.5, -0.5] as const;
/** A jump of less than this, and of less than so many times what pings in a row differ by, may be chance. */
const LEAST_JUMP_ticks = 2_000;
const UNEVENNESSES = 3;
/** The earliest of a few pings is a matter of luck where they lie far apart: by this share of their distance from the middle one. */
const LUCK = 0.5;
/** Pings of one burst share their delays. */
const INDEPENDENT_ms = 500;

/** The pings of one way: +1 how late each was stamped after it was sent, -1 how late it was heard of after that. */
const pingsOf = (samples: readonly ClockSample[], ticksPer_ms: number, way: 1 | -1): readonly Ping[] => {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last) return [];
  const host = ({ sent_ms, received_ms }: ClockSample): number => (way === 1 ? sent_ms : received_ms) - first.sent_ms;
  const end_ms = host(last);
  return samples
    .map((sample) => {
      const at_ms = host(sample);
      return { at_ms, x: (2 * at_ms) / end_ms - 1, late: way * (sample.ticks - first.ticks - at_ms * ticksPer_ms) };
    })
    .toSorted((a, b) => a.at_ms - b.at_ms);
};

interface Way {
  readonly pings: readonly Ping[];
  readonly curve: Curve;
  /** What a jump must be greater than. */
  readonly chance: number;
}

/** By how much pings differ from their neighbours on either side, typically: neither a drift nor a jump shows in it. */
const unevenness = (pings: readonly Ping[]): number => {
  const apart: Ping[] = [];
  for (const ping of pings) if (ping.at_ms - (apart.at(-1)?.at_ms ?? -Infinity) >= INDEPENDENT_ms) apart.push(ping);
  const differences = apart
    .slice(1, -1)
    .map(({ late }, index) => Math.abs(late - (apart[index]!.late + apart[index + 2]!.late) / 2))
    .toSorted((a, b) => a - b);
  return differences[differences.length >> 1] ?? 0;
};

const wayOf = (pings: readonly Ping[]): Way | null => {
  const curve = lowerCurve(pings);
  return curve === null ? null : { pings, curve, chance: LEAST_JUMP_ticks + UNEVENNESSES * unevenness(pings) };
};

/** Index of the first ping at or after a time, by halving. */
const firstFrom = (pings: readonly Ping[], at_ms: number): number => {
  let [low, high] = [0, pings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pings[middle]!.at_ms < at_ms) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The jump before a ping beyond chance, with its sign; 0 where nobody can tell. */
const jumpAt = ({ pings, chance }: Way, index: number): number => {
  const at_ms = pings[index]!.at_ms;
  let jump = 0;
  let luck = chance;
  for (const [span, weight] of WEIGHTS.entries()) {
    const from_ms = at_ms + (span - 2) * SPAN_ms;
    const within = pings.slice(firstFrom(pings, from_ms), firstFrom(pings, from_ms + SPAN_ms));
    if (within.length < LEAST_PINGS) return 0;
    const lates = within.map(({ late }) => late).toSorted((a, b) => a - b);
    const [earliest, typical] = [lates[0]!, lates[lates.length >> 1]!];
    jump += weight * earliest;
    luck += Math.abs(weight) * LUCK * (typical - earliest);
  }
  return Math.sign(jump) * Math.max(0, Math.abs(jump) - luck);
};

/** Slope and bend of a curve at the farther end of the span, in ticks over half of it. */
const steepest = ({ by: [, slope, bend], bendError }: Curve): number => Math.abs(slope) + 2 * (Math.abs(bend) + DRIFT_ERRORS * bendError);

/**
 * Each way the pings lie on a curve of its own. Of a drift both ways tell, of delays that change (a bridge may hold single answers back for 16 ms and
 * let bursts pass) one alone: the straighter way is believed. A clock that jumps makes one way later and the other earlier, in the same instant and
 * by the same; delays do not. `ticksPer_ms` is the fitted rate.
 */
export const steadiness = (samples: readonly ClockSample[], ticksPer_ms: number): Steadiness => {
  const [thither, hither] = [pingsOf(samples, ticksPer_ms, 1), pingsOf(samples, ticksPer_ms, -1)];
  const unseen_ticks = unseenJump(thither, hither);
  const [there, back] = [wayOf(thither), wayOf(hither)];
  if (there === null || back === null) return { drift_per_ms: Infinity, jump_ticks: 0, unseen_ticks };
  const half_ms = there.pings.at(-1)!.at_ms / 2;
  let jump_ticks = 0;
  for (let index = 1; index < there.pings.length; index += 1) {
    const [later, earlier] = [jumpAt(there, index), jumpAt(back, index)];
    if (later * earlier < 0) jump_ticks = Math.max(jump_ticks, Math.min(Math.abs(later), Math.abs(earlier)));
  }
  return { drift_per_ms: Math.min(steepest(there.curve), steepest(back.curve)) / half_ms, jump_ticks, unseen_ticks };
};
