/** Predicted edges of a planned timeline: moves to the same level at about the same time are one edge, with all their causes. */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Numbers } from '../parameters.ts';
import { CITES } from '../rules/cites.ts';
import { addCause, levelOf } from '../windows.ts';
import type { Move } from './nodes.ts';
import { ordered } from './order.ts';
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

const begin = ({ from_us }: Move): number => from_us;

/** Moves to one level whose windows overlap, in order of time. */
export function drafted(moves: readonly Move[], end_us: number): readonly GroupDraft[] {
  const drafts: { high: boolean; from_us: number; to_us: number; moves: Move[] }[] = [];
  const open: { up: (typeof drafts)[number] | null; down: (typeof drafts)[number] | null } = { up: null, down: null };
  for (const move of ordered(moves, begin)) {
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
    if (high) open.up = draft;
    else open.down = draft;
  }
  return drafts;
}

/** All edges, numbered in order of time. */
export function groupsOf(signal: SenseSignal, moves: readonly Move[], stretches: readonly Stretch[], end_us: number): readonly Group[] {
  return drafted(moves, end_us).map((draft, index) => {
    const { high, from_us, to_us } = draft;
    const { before, after } = around(stretches, from_us, to_us);
    const [from, to] = high ? [1, 2] : [2, 1];
    const required = Number.isFinite(to_us) && before === from && after === to;
    return {
      id: `${signal}-${index + 1}`,
      signal,
      high,
      from_us,
      to_us,
      required,
      moves: draft.moves,
    };
  });
}

/** The edges that another one may hang on, by the rise of PRE-ALARM: the trips that count from it, and it itself. */
export interface Others {
  readonly trips: ReadonlyMap<number, string>;
  readonly rises: ReadonlyMap<number, string>;
}

export function othersOf(load: readonly Group[], preAlarm: readonly Group[]): Others {
  const trips = new Map<number, string>();
  const rises = new Map<number, string>();
  for (const { id, moves } of load) for (const { rise } of moves) if (rise !== null && !trips.has(rise)) trips.set(rise, id);
  for (const { id, moves } of preAlarm) for (const { risen } of moves) if (risen !== 0 && !rises.has(risen)) rises.set(risen, id);
  return { trips, rises };
}

function addCausesOf(causes: Cause[], { rise, high, cite, segment }: Move, { trips, rises }: Others, numbers: Numbers): void {
  if (rise !== null && !high) {
    if (cite === 'preWithTrip') {
      const max_us = numbers.tripTogether_us;
      addEdge(causes, trips.get(rise), -max_us, max_us);
      return;
    }
    addEdge(causes, rises.get(rise), numbers.waitLeast_us, numbers.waitMost_us);
    if (segment.pole1Entry !== null) addEntry(causes, segment.pole1Entry, segment.pole1_us[1] - segment.pole1_us[0] + numbers.reaction_us);
    return;
  }
  if (segment.cause === null) return;
  const free = segment.kind === 'free' || segment.inputs.remote === 'either';
  // Counted from the entry: an instant that is known badly does not make the reaction slower.
  const least_us = segment.from_us[0] - segment.cause_us;
  addCause(causes, segment.cause, least_us, free ? Infinity : least_us + segment.lag_us);
}

function addEdge(causes: Cause[], edge: string | undefined, min_us: number, max_us: number): void {
  if (edge === undefined) return;
  // Many moves come from one edge.
  for (const { ref, min_us: least, max_us: most } of causes)
    if (ref.kind === 'predicted' && ref.edge === edge && least === min_us && most === max_us) return;
  causes.push({ ref: { kind: 'predicted', edge }, min_us, max_us });
}

function addEntry(causes: Cause[], entry: string, max_us: number): void {
  for (const { ref, min_us, max_us: most } of causes)
    if (ref.kind === 'entry' && ref.entry === entry && min_us === 0 && most === max_us) return;
  causes.push({ ref: { kind: 'entry', entry }, min_us: 0, max_us });
}

export function edgeOf(group: Group, others: Others, numbers: Numbers): PredictedEdge {
  const { id, signal, high, from_us, to_us, required, moves } = group;
  const causes: Cause[] = [];
  let trip = true;
  let supplied = true;
  for (const move of moves) {
    addCausesOf(causes, move, others, numbers);
    if (move.rise === null) trip = false;
    if (move.segment.inputs.zone !== 'full') supplied = false;
  }
  const { rule, requirement, parameters, certainty, why } = CITES[moves[0]?.cite ?? 'glitch'];
  return {
    id,
    signal,
    level: levelOf(signal, high, supplied),
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
