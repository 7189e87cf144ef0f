/** What LOAD depends on of PRE-ALARM over a planned timeline: the rises that open a wait, and where the longest wait rests (R3, R4, R8). */

import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { choice } from '../rules/rule.ts';
import { NO_OWNS, type Coupling, type Own } from './coupling.ts';
import { sameNodes, type Node } from './nodes.ts';
import type { Reach } from './reach.ts';
import { NO_RISES, type Rise, type Rises } from './rises.ts';

export interface Waits {
  readonly rises: readonly Rise[];
  /** Of each rise what it was when this was worked out: key, from, to, last. */
  readonly known: readonly number[];
  /** Where PRE-ALARM may be off while the longest wait rests (R8). */
  readonly rests: readonly Node[];
}

export const NO_WAITS: Waits = { rises: [], known: [], rests: [] };

export function waitsOf({ layers }: Reach): Waits {
  const all: Rise[] = [];
  const rests: Node[] = [];
  for (const { rises, nodes } of layers) {
    for (const rise of rises) {
      rise.last_us = -Infinity;
      all.push(rise);
    }
    for (const node of nodes) if (!node.high && node.memo === 'soft') rests.push(node);
  }
  addLast(layers);
  const known: number[] = [];
  for (const { key, from_us, to_us, last_us } of all) known.push(key, from_us, to_us, last_us);
  return { rises: all, known, rests };
}

/** From the end: a list of rises that has been met says nothing new where it ends no later. */
function addLast(layers: Reach['layers']): void {
  let met: Rises = NO_RISES;
  let met_us = -Infinity;
  for (let index = layers.length - 1; index >= 0; index--)
    for (const { parts } of layers[index]!.nodes)
      for (const { rises, to_us } of parts) {
        if (rises === met && to_us <= met_us) continue;
        [met, met_us] = [rises, to_us];
        for (const rise of rises) if (to_us > rise.last_us) rise.last_us = to_us;
      }
}

export function sameWaits(a: Waits, b: Waits): boolean {
  if (a.known.length !== b.known.length) return false;
  for (let index = 0; index < a.known.length; index++) if (a.known[index] !== b.known[index]) return false;
  return sameNodes(a.rests, b.rests);
}

const TRIP = choice(false, 'down', 'trip');

/** Whether pole 1 has been open without a break from one segment to the other. */
const sameRun = (segments: readonly Segment[], seen: number, { pole1_us }: Segment): boolean => segments[seen]?.pole1_us[0] === pole1_us[0];

/** R3, R4: each rise that may be the one that counts opens a window; where PRE-ALARM may be off the longest wait rests (R8). */
export const loadCoupling = ({ rises: all, rests }: Waits, segments: readonly Segment[], numbers: Numbers): Coupling => ({
  concerns: (memo, _high, segment) => memo === 'up' && mayTrip(memo, segment),
  differs: () => true,
  owns: (from_us, to_us, segment) => {
    const opened_us = segment.pole1_us;
    const moves: Own[] = [];
    let last = opened_us[1] + numbers.reaction_us;
    for (const rise of all) {
      if (rise.seen > segment.index || rise.from_us > to_us) continue;
      if (rise.last_us >= from_us) last = Math.max(last, rise.to_us + numbers.waitMost_us);
      const earliest = Math.max(rise.from_us + numbers.waitLeast_us, from_us, opened_us[0]);
      if (earliest > Math.min(rise.last_us, to_us)) continue;
      const latest = Math.max(rise.to_us + numbers.waitMost_us, opened_us[1] + numbers.reaction_us);
      moves.push({ choice: TRIP, rise: rise.key, from_us: earliest, to_us: latest });
    }
    if (moves.length === 0) return NO_OWNS;
    if (segment.inputs.remote !== 'on' || last >= to_us) return { moves, until_us: Infinity };
    // A rest that begins when the wait is over came too late.
    const resting = rests.some((node) => node.from_us <= last && node.to_us >= from_us && sameRun(segments, node.seen, segment));
    return { moves, until_us: resting ? Infinity : last };
  },
});
