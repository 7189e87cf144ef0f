/** Plays segments and observed edges into the reference in order of time, and tells what each was. */

import type { Edge } from '../scenarios/contracts/trace.ts';
import { isOutput, type SenseSignal } from '../scenarios/signals.ts';
import { arrived, step } from './smallbms.ts';
import { alone, liveStates, nextDeadline_us, type Model, type Note, type State, type Successor } from './state.ts';

export interface Replay {
  readonly model: Model;
  readonly state: State;
  /** Edges of the state's signals, in order of time. */
  readonly edges: readonly Edge[];
  readonly end_us: number;
  /** Live states at once, and counted over all steps: more than this and it gives up. */
  readonly bound: number;
  readonly workBound: number;
  readonly onNote: (note: Note) => void;
  /** After each change of the state. */
  readonly onState: (state: State) => void;
  readonly onGlitch: () => void;
}

export interface Played {
  readonly most: number;
  readonly complete: boolean;
}

/** An edge may be stamped this much before its cause, for pairing only. */
const stampError_us = (edges: readonly Edge[]): number => edges.reduce((most, { uncertainty_us }) => Math.max(most, uncertainty_us), 0);

/** R9: the fall of LOAD that belongs to a fall of PRE-ALARM before it. */
function tripAhead(edges: readonly Edge[], index: number, within_us: number): Edge | null {
  const edge = edges[index]!;
  for (let next = index + 1; next < edges.length; next++) {
    const other = edges[next]!;
    if (other.at_us > edge.at_us + within_us) return null;
    if (other.signal === 'load') return other.level === 'notHigh' ? other : null;
  }
  return null;
}

const fallsWithLoad = (edges: readonly Edge[], { at_us }: Edge, within_us: number): boolean =>
  edges.some((edge) => edge.signal === 'load' && edge.level === 'notHigh' && Math.abs(edge.at_us - at_us) <= within_us);

/** A fall of PRE-ALARM that ends again this soon is no trip without LOAD. */
const DROP_OUT_us = 1_000_000;

/** Of each edge the number of the next one of its signal; the number of edges where there is none. */
function followers(edges: readonly Edge[]): readonly number[] {
  const next = edges.map(() => edges.length);
  const latest = new Map<SenseSignal, number>();
  for (let index = 0; index < edges.length; index++) {
    const { signal } = edges[index]!;
    const before = latest.get(signal);
    if (before !== undefined) next[before] = index;
    latest.set(signal, index);
  }
  return next;
}

/** An edge that the reference goes along with. */
const isBegun = (notes: readonly Note[]): boolean => notes.some(({ kind }) => kind === 'explained' || kind === 'early');

const explained = (notes: readonly Note[]): boolean => notes.every(({ kind }) => kind === 'explained');

export function replay({ model, state: initial, edges, end_us, bound, workBound, onNote, onState, onGlitch }: Replay): Played {
  const error_us = stampError_us(edges);
  const nexts = followers(edges);
  const nextOf = (index: number): Edge | undefined => edges[nexts[index]!];
  const { numbers, segments } = model;
  let state = initial;
  let most = liveStates(state);
  let work = 0;
  let complete = true;
  /** Nothing ends by itself before this. */
  let lasts_us = -Infinity;

  const enter = (next: State): void => {
    state = next;
    lasts_us = -Infinity;
  };

  /** Counts what a change of the state has left possible, and gives up where that is too much at once or has been too much in all. */
  const weigh = (): void => {
    const live = liveStates(state);
    most = Math.max(most, live);
    work += live;
    if (most > bound || work > workBound) complete = false;
  };

  /** What a state of the inputs adds ends when it is due itself, or with a wait that runs. */
  const arrive = (at_us: number): void => {
    const { wait: before, arrived: index } = state;
    state = arrived(model, state, at_us);
    const { wait } = state;
    const waits_us = wait !== null && wait.running ? wait.to_us + numbers.waitMost_us : Infinity;
    lasts_us = wait === before ? Math.min(lasts_us, segments[index]!.due_us, waits_us) : -Infinity;
  };

  const arrival_us = (): number => {
    const segment = segments[state.arrived];
    return segment === undefined ? Infinity : Math.max(state.at_us, segment.from_us[0] - segment.tolerance_us - error_us);
  };

  /** Moves `from` up to just before `at_us`; `tell` is false while only looking ahead. */
  const advance = (at_us: number, tell: boolean): void => {
    for (let guard = 0; ; guard++) {
      const arrives = arrival_us();
      const ripe = state.wait !== null && state.wait.running ? state.wait.from_us + numbers.waitLeast_us : Infinity;
      const turns = ripe > state.at_us ? ripe : Infinity;
      if (lasts_us <= at_us && lasts_us < Math.min(arrives, turns)) lasts_us = nextDeadline_us(model, state);
      const next = Math.min(arrives, lasts_us, turns);
      if (next > at_us || (next === at_us && arrives > at_us) || next === Infinity) return;
      if (guard > 64 * (segments.length + edges.length + 16)) {
        complete = false;
        return;
      }
      if (arrives <= next) arrive(next);
      else {
        const passed = step(model, state, { kind: 'time', at_us: next });
        enter(passed.state);
        if (tell) for (const note of passed.notes) onNote(note);
      }
      if (tell) onState(state);
      weigh();
      if (!complete) return;
    }
  };

  const inputOf = (index: number) => {
    const edge = edges[index]!;
    // Only a fall of PRE-ALARM can be the beginning of a trip.
    if (edge.signal !== 'preAlarm' || edge.level === 'high') return { kind: 'edge', edge, tripAhead: null, lasting: false } as const;
    const next = nextOf(index);
    const lasting = next === undefined || next.at_us > edge.at_us + DROP_OUT_us;
    return { kind: 'edge', edge, tripAhead: tripAhead(edges, index, numbers.tripTogether_us), lasting } as const;
  };

  /** Whether the edge back may end an excursion that is too long to be forgiven. */
  const isWhole = (index: number): boolean => {
    const back = edges[index]!;
    // PRE-ALARM that goes off with LOAD is a trip, however soon.
    if (back.signal === 'preAlarm' && back.level === 'notHigh' && fallsWithLoad(edges, back, numbers.tripTogether_us)) return false;
    // A third edge soon after makes the second the beginning of the excursion.
    const third = nextOf(index);
    return third === undefined || !(third.at_us - back.at_us < DROP_OUT_us);
  };

  /** Away and soon back where the reference cannot explain both: forgiven when too short to count (R18), else one difference. */
  const excursion = (index: number, first: Successor): { readonly back: Edge; readonly forgiven: boolean } | null => {
    const edge = edges[index]!;
    const back = nextOf(index);
    if (back === undefined || !(back.at_us - edge.at_us < DROP_OUT_us)) return null;
    const forgiven = back.at_us - edge.at_us < (isOutput(edge.signal) ? numbers.glitchOutput_us : numbers.glitchLed_us);
    const at = nexts[index]!;
    if (!forgiven && !(isBegun(first.notes) && isWhole(at))) return null;
    const before = state;
    enter(alone(first.state, edge.signal));
    advance(back.at_us, false);
    if (!complete) return null;
    const second = step(model, state, inputOf(at));
    enter(before);
    return explained(second.notes) && (explained(first.notes) || !forgiven) ? null : { back, forgiven };
  };

  const skipped = new Set<Edge>();
  for (let index = 0; index < edges.length; index++) {
    const edge = edges[index]!;
    if (skipped.has(edge)) continue;
    advance(edge.at_us, true);
    if (!complete) break;
    const first = step(model, state, inputOf(index));
    const away = excursion(index, first);
    if (!complete) break;
    if (away !== null) {
      skipped.add(away.back);
      if (away.forgiven) onGlitch();
      else [edge, away.back].forEach((one) => onNote({ kind: 'unexplained', edge: one, consequence: one !== edge }));
      continue;
    }
    enter(first.state);
    weigh();
    for (const note of first.notes) onNote(note);
    onState(state);
  }
  if (complete) advance(end_us + 1e-3, true);
  return { most, complete };
}
