/** The reference as a timed transition relation: what remains possible of the unit, stepped by a change of inputs, an observed edge, or time. */

import type { Edge } from '../scenarios/contracts/trace.ts';
import { couple, loadFell, preChanged, preFirst, preSilent, resumed, ranOut } from './coupling.ts';
import { expire, observe } from './observe.ts';
import {
  inflowOf,
  later,
  situationOf,
  trackOf,
  withTrack,
  type Input,
  type Model,
  type Note,
  type State,
  type Successor,
} from './state.ts';
import { arrive, nextExpiry_us, type Target, type Track } from './track.ts';

export function step(model: Model, state: State, input: Input): Successor {
  switch (input.kind) {
    case 'edge':
      return onEdge(model, later(state, input.edge.at_us), input);
    case 'time':
      return onTime(model, later(state, input.at_us));
  }
}

const NO_NOTES: readonly Note[] = [];

/** The next segment of the model has begun at `at_us`. */
export function arrived(model: Model, before: State, at_us: number): State {
  const segment = model.segments[before.arrived];
  const count = before.arrived + 1;
  const inflow = { segments: model.segments, arrived: count, numbers: model.numbers };
  let tracks: Track[] | null = null;
  for (let index = 0; index < before.tracks.length; index++) {
    const track = before.tracks[index]!;
    const after = arrive(track, inflow);
    if (after === track) continue;
    tracks ??= before.tracks.slice();
    tracks[index] = after;
  }
  const state: State = { at_us, arrived: count, tracks: tracks ?? before.tracks, wait: before.wait };
  return couple(model, preSilent(before, resumed(model, state, segment), segment));
}

function onEdge(model: Model, state: State, { edge, tripAhead, lasting }: Input & { kind: 'edge' }): Successor {
  const track = trackOf(state, edge.signal);
  const high = edge.level === 'high' || edge.level === 'on';
  if (track === undefined || track.high === high) return { state, notes: NO_NOTES };
  if (edge.signal === 'preAlarm' && !high) {
    const trip = preFirst(model, state, edge, tripAhead, lasting);
    if (trip !== null) return trip;
  }
  const seen = observe(track, inflowOf(model, state), situationOf(state));
  const after = withTrack(state, seen.track);
  const { wait } = state;
  switch (seen.kind) {
    case 'explained':
    case 'early': {
      const note: Note = {
        kind: seen.kind,
        edge,
        targets: seen.targets,
        until_us: seen.until_us,
        wait,
        consequence: track.astray && seen.kind === 'early',
      };
      return { state: couple(model, consequencesOf(model, after, edge, seen.targets)), notes: [note] };
    }
    case 'late':
      return { state: couple(model, consequencesOf(model, after, edge, [])), notes: [{ kind: 'late', edge }] };
    case 'back':
      return {
        state:
          edge.signal === 'preAlarm' && high && wait !== null ? { ...after, wait: { ...wait, to_us: edge.at_us, running: true } } : after,
        notes: [{ kind: 'unexplained', edge, consequence: true }],
      };
    case 'unexplained':
      return { state: after, notes: [{ kind: 'unexplained', edge, consequence: track.astray }] };
  }
}

function consequencesOf(model: Model, state: State, edge: Edge, targets: readonly Target[]): State {
  if (edge.signal === 'load' && edge.level === 'notHigh') return loadFell(state, edge, targets, model.numbers);
  if (edge.signal === 'preAlarm') return preChanged(state, edge, targets);
  return state;
}

function onTime(model: Model, before: State): Successor {
  let state = before;
  const notes: Note[] = [];
  const inflow = inflowOf(model, before);
  for (let index = 0; index < before.tracks.length; index++) {
    const track = state.tracks[index]!;
    const { signal } = track;
    const situation = situationOf(state);
    if (nextExpiry_us(track, inflow, situation) > state.at_us) continue;
    const gone = expire(track, inflow, situation);
    const { wait } = state;
    state = withTrack(state, gone.track);
    if (gone.kind === 'thinned') continue;
    if (gone.kind === 'missing') {
      notes.push({
        kind: 'missing',
        signal,
        high: !track.high,
        at_us: state.at_us,
        targets: gone.targets,
        wait,
        consequence: track.astray,
      });
    }
    state = ranOut(state, signal, gone, model.numbers);
  }
  return { state: couple(model, state), notes };
}
