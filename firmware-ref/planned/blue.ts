/** The blue LED over a planned timeline: it follows or leads LOAD by one reaction, and is dark where the unit is off (R17, R11). */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Segment } from '../inputs/segments.ts';
import { earliestSince, type Since } from '../inputs/since.ts';
import type { Numbers } from '../parameters.ts';
import { CITES } from '../rules/cites.ts';
import type { Group } from './edges.ts';
import type { NearGroup } from './near.ts';
import type { Move } from './nodes.ts';
import type { Reach } from './reach.ts';
import { around, type Holding, type Stretch } from './spans.ts';

export interface Lightable extends Pick<Segment, 'cause' | 'cause_us'> {
  readonly from_us: number;
  readonly to_us: number;
  readonly free: boolean;
}

/** When the LED may be lit at all, and when it may be anything. */
export function lightable(segments: readonly Segment[]): readonly Lightable[] {
  const found: Lightable[] = [];
  for (let index = 0; index < segments.length; index++) {
    const { kind, inputs, from_us, cause, cause_us } = segments[index]!;
    const free = kind === 'free' || kind === 'resume' || kind === 'restart' || (kind !== 'off' && inputs.remote === 'either');
    if (kind === 'off' || (!free && inputs.remote === 'off')) continue;
    found.push({ from_us: from_us[0], to_us: segments[index + 1]?.due_us ?? Infinity, free, cause, cause_us });
  }
  return found;
}

interface Room {
  readonly from_us: number;
  readonly to_us: number;
}

/** Overlapping spans as one. */
function united(spans: readonly Lightable[]): readonly Room[] {
  const whole: { from_us: number; to_us: number }[] = [];
  for (const { from_us, to_us } of spans) {
    const last = whole.at(-1);
    if (last !== undefined && from_us <= last.to_us && from_us >= last.from_us) last.to_us = Math.max(last.to_us, to_us);
    else whole.push({ from_us, to_us });
  }
  return whole;
}

export function blueHoldings({ layers }: Reach, spans: readonly Lightable[], numbers: Numbers): readonly Holding[] {
  const whole = united(spans);
  const lit: Holding[] = [];
  const dark: Holding[] = [];
  for (const { segment, nodes } of layers)
    for (const node of nodes) {
      // Ahead of LOAD, but not of what LOAD answers to: of a trip the low cell, whatever else has changed since.
      const answers_us = node.memo === 'down' ? segment.pole1_us[0] : segment.from_us[0];
      const from_us = Math.max(node.from_us - numbers.reaction_us, answers_us);
      const to_us = node.to_us + numbers.reaction_us;
      if (!node.high) dark.push({ high: false, from_us, to_us, cite: 'blue' });
      else
        for (const span of whole) {
          const first_us = Math.max(from_us, span.from_us);
          const last_us = Math.min(to_us, span.to_us);
          if (first_us <= last_us) lit.push({ high: true, from_us: first_us, to_us: last_us, cite: 'blue' });
        }
    }
  const free: Holding[] = [];
  for (const { free: isFree, from_us, to_us } of spans) {
    if (!isFree) continue;
    free.push({ high: true, from_us, to_us, cite: 'ledStart' }, { high: false, from_us, to_us, cite: 'ledStart' });
  }
  return lit.concat(dark, free);
}

/** While the unit starts, or the supply is where anything may happen, the LED may go on and off. */
export function freeEdges(spans: readonly Lightable[]): readonly PredictedEdge[] {
  const { rule, requirement, parameters, certainty, why } = CITES.ledStart;
  return spans
    .filter(({ free, from_us, to_us }) => free && to_us > from_us)
    .flatMap(({ from_us, to_us, cause, cause_us }, index) =>
      (['on', 'off'] as const).map((level): PredictedEdge => ({
        id: `ledBlue-free-${index + 1}-${level}`,
        signal: 'ledBlue',
        level,
        combine: 'all',
        causes:
          cause === null
            ? []
            : [
                {
                  ref: cause,
                  min_us: from_us - cause_us,
                  max_us: to_us - cause_us,
                },
              ],
        window_us: [scenarioTime(from_us), scenarioTime(to_us)],
        required: false,
        observed: null,
        consequence: false,
        rule,
        requirement,
        parameters,
        certainty,
        why,
      })),
    );
}

/** Whether it rests on the end of a wait. */
const isTrip = ({ rise }: Move): boolean => rise !== null;

/** LOAD's own cause, from which the LED has one reaction more than LOAD. */
function sinceCause({ cause, at_us, cause_us }: Since, { causes }: PredictedEdge, reaction_us: number): Cause {
  const own = causes.find(({ ref }) => ref.kind === 'entry' && cause.kind === 'entry' && ref.entry === cause.entry);
  return { ref: cause, min_us: at_us - cause_us, max_us: causes.length === 1 && own !== undefined ? own.max_us + reaction_us : Infinity };
}

/** Where the LED may do what LOAD does in one of its edges. */
export interface BlueWindow<G extends NearGroup = Group> {
  readonly group: G;
  /** Number of the edge of LOAD. */
  readonly index: number;
  readonly from_us: number;
  readonly to_us: number;
  readonly required: boolean;
  /** What bounds the LED's lead, where something does. */
  readonly bounded: Since | null;
}

/** Where the LED may be lit and dark. */
function roomsOf(stretches: readonly Stretch[]): readonly Room[] {
  const rooms: Room[] = [];
  for (let at = 0; at < stretches.length; at++) {
    const { levels, from_us } = stretches[at]!;
    if (levels === 3) rooms.push({ from_us, to_us: stretches[at + 1]?.from_us ?? Infinity });
  }
  return rooms;
}

/** What lies within `wide` of the room that has most of it; null where none reaches it. */
function widest(rooms: readonly Room[], wide: Room): Room | null {
  let found: Room | null = null;
  let most_us = 0;
  for (const room of rooms) {
    const from_us = Math.max(wide.from_us, room.from_us);
    const to_us = Math.min(wide.to_us, room.to_us);
    if (to_us - from_us < most_us || (found !== null && to_us - from_us === most_us)) continue;
    found = { from_us, to_us };
    most_us = to_us - from_us;
  }
  return found;
}

/** One for each edge of LOAD, where the LED may still do it. */
export function blueWindows<G extends NearGroup>(
  load: readonly G[],
  stretches: readonly Stretch[],
  numbers: Numbers,
): readonly BlueWindow<G>[] {
  const both = roomsOf(stretches);
  return load.flatMap((group, index): readonly BlueWindow<G>[] => {
    const since = earliestSince(group.moves, isTrip);
    const ahead_us = group.from_us - numbers.reaction_us;
    const bounded = since !== null && since.at_us > ahead_us ? since : null;
    const wide: Room = { from_us: bounded?.at_us ?? ahead_us, to_us: group.to_us + numbers.reaction_us };
    const room = widest(both, wide);
    if (room === null) return [];
    const { from_us, to_us } = room;
    const { before, after } = around(stretches, from_us, to_us);
    const [is, was] = group.high ? [2, 1] : [1, 2];
    return [
      {
        group,
        index,
        from_us,
        to_us,
        bounded,
        required: group.required && after === is && (before === was || before === 3 || before === 0),
      },
    ];
  });
}

export function blueEdges(loadEdges: readonly PredictedEdge[], windows: readonly BlueWindow[], numbers: Numbers): readonly PredictedEdge[] {
  const { rule, requirement, parameters, certainty, why } = CITES.blue;
  const max_us = numbers.reaction_us;
  return windows.map(({ group, index, from_us, to_us, required, bounded }): PredictedEdge => {
    const follows: Cause = { ref: { kind: 'predicted', edge: group.id }, min_us: -max_us, max_us };
    const edge = loadEdges[index];
    return {
      id: `ledBlue-${index + 1}`,
      signal: 'ledBlue',
      level: group.high ? 'on' : 'off',
      combine: 'all',
      causes: bounded === null || edge === undefined ? [follows] : [follows, sinceCause(bounded, edge, max_us)],
      window_us: [scenarioTime(from_us), scenarioTime(to_us)],
      required,
      observed: null,
      consequence: false,
      rule,
      requirement,
      parameters,
      certainty,
      why,
    };
  });
}
