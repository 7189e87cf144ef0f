/** Predicted edges of a planned timeline: moves to the same level at about the same time are one edge, with all their causes. */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Numbers } from '../parameters.ts';
import { CITES } from '../rules/cites.ts';
import { addCause, levelOf } from '../windows.ts';
import type { Move } from './nodes.ts';
import { around, type Stretch } from './spans.ts';

export interface Group {
  readonly id: string;
  readonly signal: SenseSignal;
  readonly high: boolean;
  readonly from_us: number;
  readonly to_us: number;
  readonly required: boolean;
  readonly moves: readonly Move[];
}

export interface GroupDraft {
  readonly high: boolean;
  readonly from_us: number;
  readonly to_us: number;
  readonly moves: readonly Move[];
}

/** Moves to one level whose windows overlap, in order of time. */
export function drafted(moves: readonly Move[], end_us: number): readonly GroupDraft[] {
  const drafts: { high: boolean; from_us: number; to_us: number; moves: Move[] }[] = [];
  const open: { up: (typeof drafts)[number] | null; down: (typeof drafts)[number] | null } = { up: null, down: null };
  for (const move of moves.toSorted((a, b) => a.from_us - b.from_us)) {
    const { high, from_us, to_us } = move;
    if (from_us > end_us) break;
    const last = high ? open.up : open.down;
    if (last !== null && from_us <= last.to_us) {
      last.moves.push(move);
      if (to_us > last.to_us) last.to_us = to_us;
      continue;
    }
    const draft = { high, from_us, to_us, moves: [move] };
    drafts.push(draft);
    open[high ? 'up' : 'down'] = draft;
  }
  return drafts;
}

/** All edges, numbered in order of time. */
export function groupsOf(signal: SenseSignal, moves: readonly Move[], stretches: readonly Stretch[], end_us: number): readonly Group[] {
  return drafted(moves, end_us).map((draft, index) => {
    const { before, after } = around(stretches, draft.from_us, draft.to_us);
    const [from, to] = draft.high ? [1, 2] : [2, 1];
    return { id: `${signal}-${index + 1}`, signal, ...draft, required: Number.isFinite(draft.to_us) && before === from && after === to };
  });
}

/** The groups of the other output, to name an edge that this one hangs on. */
export interface Others {
  readonly load: readonly Group[];
  readonly preAlarm: readonly Group[];
}

function causesOf(move: Move, { load, preAlarm }: Others, numbers: Numbers): readonly Cause[] {
  const { segment } = move;
  if (move.rise !== null && !move.high) {
    if (move.cite === 'preWithTrip') {
      const trip = load.find((group) => group.moves.some(({ rise }) => rise === move.rise));
      const max_us = numbers.tripTogether_us;
      return trip === undefined ? [] : [{ ref: { kind: 'predicted', edge: trip.id }, min_us: -max_us, max_us }];
    }
    const rise = preAlarm.find((group) => group.high && group.moves.some(({ risen }) => risen === move.rise));
    const [least, most] = [numbers.waitLeast_us, numbers.waitMost_us];
    const opened = segment.pole1Entry;
    const opening_us = segment.pole1_us[1] - segment.pole1_us[0] + numbers.reaction_us;
    return [
      ...(rise === undefined ? [] : [{ ref: { kind: 'predicted', edge: rise.id } as const, min_us: least, max_us: most }]),
      ...(opened === null ? [] : [{ ref: { kind: 'entry', entry: opened } as const, min_us: 0, max_us: opening_us }]),
    ];
  }
  if (segment.cause === null) return [];
  const free = segment.kind === 'free' || segment.inputs.remote === 'either';
  // Counted from the entry: an instant that is known badly does not make the reaction slower.
  const least_us = segment.from_us[0] - segment.cause_us;
  return [{ ref: segment.cause, min_us: least_us, max_us: free ? Infinity : least_us + segment.lag_us }];
}

export function edgeOf(group: Group, others: Others, numbers: Numbers): PredictedEdge {
  const { id, signal, high, from_us, to_us, required, moves } = group;
  const causes: Cause[] = [];
  const asked = new Set<number | string>();
  for (const move of moves) {
    // Moves that the same state asks for, with the same wait before them, have the same causes.
    const kind = move.rise === null ? move.segment.index : `${move.segment.index} ${move.rise} ${move.cite}`;
    if (asked.has(kind)) continue;
    asked.add(kind);
    for (const cause of causesOf(move, others, numbers)) addCause(causes, cause);
  }
  const { rule, requirement, parameters, certainty, why } = CITES[moves[0]?.cite ?? 'glitch'];
  const trip = moves.every((move) => move.rise !== null);
  return {
    id,
    signal,
    level: levelOf(
      signal,
      high,
      moves.every(({ segment }) => segment.inputs.zone === 'full'),
    ),
    causes,
    combine: trip || causes.length < 2 ? 'all' : 'any',
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
}
