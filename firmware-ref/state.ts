/** The state of the reference, what moves it and what a step tells. */

import type { Edge } from '../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { hypothesisOf } from './hypotheses.ts';
import type { Segment } from './inputs/segments.ts';
import type { Numbers } from './parameters.ts';
import type { Situation, Wait } from './rules/rule.ts';
import { nextExpiry_us, type Inflow, type Target, type Track } from './track.ts';

export interface Model {
  readonly segments: readonly Segment[];
  readonly numbers: Numbers;
}

/** LOAD and PRE-ALARM see each other only through their edges; the sets of the others are independent. */
export interface State {
  readonly at_us: number;
  readonly arrived: number;
  readonly tracks: readonly Track[];
  readonly wait: Wait | null;
}

export type Input =
  /** `tripAhead`: the fall of LOAD that comes so soon after this fall of PRE-ALARM that both can be one trip; `lasting`: it stays off for long. */
  | { readonly kind: 'edge'; readonly edge: Edge; readonly tripAhead: Edge | null; readonly lasting: boolean }
  /** What cannot last beyond `at_us` ends. */
  | { readonly kind: 'time'; readonly at_us: number };

/** What a step found: an edge with what explains it, a required edge that did not come, or one that nothing explains. */
export type Note =
  | {
      readonly kind: 'explained' | 'early';
      readonly edge: Edge;
      readonly targets: readonly Target[];
      readonly until_us: number;
      readonly wait: Wait | null;
      readonly consequence: boolean;
      readonly together?: Edge | null;
    }
  | {
      readonly kind: 'missing';
      readonly signal: SenseSignal;
      readonly high: boolean;
      readonly at_us: number;
      readonly targets: readonly Target[];
      readonly wait: Wait | null;
      readonly consequence: boolean;
      readonly together?: Edge | null;
    }
  | { readonly kind: 'late'; readonly edge: Edge }
  | { readonly kind: 'unexplained'; readonly edge: Edge; readonly consequence: boolean };

export interface Successor {
  readonly state: State;
  readonly notes: readonly Note[];
}

/** `signals` with the levels seen before anything happened; without supply nothing should be high. */
export const begin = (signals: readonly { readonly signal: SenseSignal; readonly high: boolean }[]): State => ({
  at_us: -Infinity,
  arrived: 1,
  tracks: signals.map(({ signal, high }): Track => {
    const memo = signal === 'load' || signal === 'preAlarm' ? 'out' : 'plain';
    return {
      signal,
      high,
      since_us: -Infinity,
      astray: high,
      overdue: null,
      hypotheses: [hypothesisOf(0, memo, false)],
    };
  }),
  wait: null,
});

export const inflowOf = ({ segments, numbers }: Model, { arrived }: State): Inflow => ({ segments, arrived, numbers });
/** The state says itself what a rule may ask of it. */
export const situationOf = (state: State): Situation => state;
export function trackOf({ tracks }: State, signal: SenseSignal): Track | undefined {
  for (const track of tracks) if (track.signal === signal) return track;
  return undefined;
}
export function withTrack({ at_us, arrived, tracks: before, wait }: State, track: Track): State {
  const tracks = before.slice();
  for (let index = 0; index < tracks.length; index++) if (tracks[index]!.signal === track.signal) tracks[index] = track;
  return { at_us, arrived, tracks, wait };
}

/** The same state later. */
export const later = ({ arrived, tracks, wait }: State, at_us: number): State => ({ at_us, arrived, tracks, wait });

/** What has a say in one signal, without the others. */
export function alone(state: State, signal: SenseSignal): State {
  const coupled = signal === 'load' || signal === 'preAlarm';
  const counts = (one: SenseSignal): boolean => one === signal || (coupled && (one === 'load' || one === 'preAlarm'));
  return { ...state, tracks: state.tracks.filter((track) => counts(track.signal)) };
}

/** When something ends by itself next; Infinity where nothing does. */
export function nextDeadline_us(model: Model, state: State): number {
  const inflow = inflowOf(model, state);
  const situation = situationOf(state);
  let earliest_us = Infinity;
  for (const track of state.tracks) earliest_us = Math.min(earliest_us, nextExpiry_us(track, inflow, situation));
  return earliest_us;
}

/** Live states of the whole unit: the signals' sets are independent, so this counts all of them. */
export function liveStates({ tracks }: State): number {
  let count = 0;
  for (const { hypotheses } of tracks) count += hypotheses.length;
  return count;
}
