/** Everything that turns a voltage into a level (comparators, logic inputs, the supervisor), and when it will next do so. */

import type { Comparator, Follower, LogicInput } from '../../fixture/netlist/part.ts';
import type { Segment } from './segment.ts';

export interface Watch {
  level: boolean;
  /** The level that the voltages at t ask for, hysteresis included. */
  wants(segment: Segment, t_ns: number): boolean;
  /** Tells the level, `response` later. */
  readonly response_ns: number;
  readonly tell: (level: boolean, t_ns: number) => void;
}

type Told = Pick<Watch, 'response_ns' | 'tell'>;

export const comparatorWatch = (part: Comparator, plus: number, reference: number, told: Told): Watch => ({
  ...told,
  level: false,
  wants(segment, t_ns) {
    const reference_V = segment.at(reference, t_ns);
    if (reference_V < part.blankBelow_V) return false;
    const threshold_V = Math.max(part.ratio * reference_V, part.floor_V);
    return segment.at(plus, t_ns) > threshold_V * (1 + (this.level ? -0.5 : 0.5) * part.hysteresis);
  },
});

/** Level = the follower is closed. */
export const followerWatch = (part: Follower, gate: number, reference: number, told: Told): Watch => ({
  ...told,
  level: false,
  wants(segment, t_ns) {
    const reference_V = segment.at(reference, t_ns);
    if (reference_V < part.least_V) return false;
    return segment.at(gate, t_ns) < reference_V * part.ratio * (this.level ? 1.05 : 0.95);
  },
});

export const thresholdWatch = (node: number, { low_V, high_V }: Pick<LogicInput, 'low_V' | 'high_V'>, told: Told): Watch => ({
  ...told,
  level: false,
  wants(segment, t_ns) {
    return segment.at(node, t_ns) > (this.level ? low_V : high_V);
  },
});

/** Looks a segment in the face at this many instants; between two of them a level asked for and withdrawn again goes unseen. */
const GLANCES = 8;
const RESOLUTION_ns = 1;

/** When, from `from` to `to`, a watch first wants the other level; Infinity = not on this segment. */
export const nextFlip_ns = (watch: Watch, segment: Segment, from_ns: number, to_ns: number): number => {
  if (watch.wants(segment, from_ns) !== watch.level) return from_ns;
  if (segment.restsFrom(from_ns)) return Infinity;
  const end_ns = Number.isFinite(to_ns) ? to_ns : segment.settled_ns;
  const step_ns = (end_ns - from_ns) / GLANCES;
  for (let glance = 1; glance <= GLANCES; glance += 1) {
    let after_ns = from_ns + glance * step_ns;
    if (watch.wants(segment, after_ns) === watch.level) continue;
    let before_ns = after_ns - step_ns;
    while (after_ns - before_ns > RESOLUTION_ns) {
      const middle_ns = (before_ns + after_ns) / 2;
      if (watch.wants(segment, middle_ns) === watch.level) before_ns = middle_ns;
      else after_ns = middle_ns;
    }
    return after_ns;
  }
  return Infinity;
};
