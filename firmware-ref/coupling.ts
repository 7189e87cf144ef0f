/** How LOAD and PRE-ALARM meet: the wait between them, going off together, entering service together (R3, R4, R5, R9, R12). */

import type { Edge } from '../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { distinct, hypothesisOf, type Hypothesis } from './hypotheses.ts';
import type { Segment } from './inputs/segments.ts';
import type { Expiry } from './observe.ts';
import type { Numbers } from './parameters.ts';
import type { Wait } from './rules/rule.ts';
import { mayTrip } from './rules/load.ts';
import { inflowOf, situationOf, trackOf, withTrack, type Model, type State, type Successor } from './state.ts';
import { live, settle, targets, type Target, type Track } from './track.ts';

const isTrip = ({ cite }: Target): boolean => cite === 'trip' || cite === 'tripWithPre';
const lowCell = (model: Model, { seen }: Hypothesis): boolean => {
  const segment = model.segments[seen];
  return segment !== undefined && mayTrip('up', segment);
};
const stopped = (state: State): State => (state.wait === null ? state : { ...state, wait: { ...state.wait, running: false, held: false } });

/** R9 where LOAD went first: PRE-ALARM has to follow, and where it is off already it stays off. */
function preFollows(state: State, from: number, until_us: number): State {
  const track = trackOf(state, 'preAlarm');
  if (track === undefined) return state;
  const hypotheses = track.hypotheses.map((one): Hypothesis => {
    if (!one.high) return one;
    const seen = Math.max(one.seen, from);
    return track.high ? hypothesisOf(seen, 'tripping', true, until_us) : hypothesisOf(seen, 'quiet', false);
  });
  return withTrack(state, { ...track, hypotheses: distinct(hypotheses) });
}

/** LOAD fell. Where that can be a trip and something else as well, PRE-ALARM may follow either. */
export function loadFell(state: State, edge: Edge, found: readonly Target[], numbers: Numbers): State {
  const load = trackOf(state, 'load');
  const trips = found.filter(isTrip);
  const late = found.length === 0 && load !== undefined && live(load).some((one) => one.memo === 'down');
  if (trips.length === 0 && !late) return state;
  const seen = trips.reduce((least, one) => Math.min(least, one.hypothesis.seen), Infinity);
  const before = trackOf(state, 'preAlarm');
  const after = stopped(preFollows(state, late ? -1 : seen, edge.at_us + numbers.tripTogether_us));
  const pre = trackOf(after, 'preAlarm');
  if (before === undefined || pre === undefined || trips.length === found.length) return after;
  return withTrack(after, { ...pre, hypotheses: distinct([...pre.hypotheses, ...before.hypotheses]) });
}

/** R4. */
const latestTrip_us = ({ segments, numbers }: Model, { seen }: Hypothesis, { to_us }: Wait): number =>
  Math.max(to_us + numbers.waitMost_us, (segments[seen]?.pole1_us[1] ?? -Infinity) + numbers.reaction_us);

/** R9 where PRE-ALARM goes first: null where its fall cannot be the beginning of a trip. */
export function preFirst(model: Model, state: State, edge: Edge, tripAhead: Edge | null, lasting: boolean): Successor | null {
  const { wait } = state;
  const { numbers } = model;
  const [pre, load] = [trackOf(state, 'preAlarm'), trackOf(state, 'load')];
  if (pre === undefined || load === undefined || wait === null || !wait.running) return null;
  const inflow = inflowOf(model, state);
  const other = targets(pre, inflow, situationOf(state));
  const nearlyOver = edge.at_us >= wait.from_us + numbers.waitLeast_us - numbers.tripTogether_us;
  if (tripAhead === null && (other.length > 0 || !lasting || !nearlyOver)) return null;
  const sources = live(pre).filter((one) => (one.memo === 'plain' || one.memo === 'soft') && lowCell(model, one));
  const tripping = load.hypotheses.filter((one) => one.high && one.memo === 'up' && lowCell(model, one));
  if (sources.length === 0 || tripping.length === 0) return null;
  const found = sources.map((source): Target => {
    const hypothesis = hypothesisOf(source.seen, 'quiet', false);
    return { hypothesis, source, segment: model.segments[source.seen]!, cite: 'preWithTrip', alone: true };
  });
  const quiet = settle(
    'preAlarm',
    false,
    inflow,
    [...found, ...other].map((one) => one.hypothesis),
  );
  const together_us = edge.at_us + numbers.tripTogether_us;
  const gone = tripping.map((one): Hypothesis =>
    load.high
      ? hypothesisOf(one.seen, 'tripping', true, Math.min(together_us, latestTrip_us(model, one, wait)))
      : hypothesisOf(one.seen, 'down', false, one.until_us),
  );
  const rest = load.hypotheses.filter((one) => other.length > 0 || !tripping.includes(one));
  const after = withTrack(
    withTrack(state, { ...pre, high: false, since_us: edge.at_us, hypotheses: quiet, astray: false, overdue: null }),
    { ...load, hypotheses: distinct([...gone, ...rest]) },
  );
  return {
    state: load.high ? after : stopped(after),
    notes: [{ kind: 'explained', edge, targets: [...found, ...other], until_us: Infinity, wait, consequence: false, together: tripAhead }],
  };
}

const held = ({ segment }: Target): boolean =>
  !segment.lost && (segment.kind === 'free' || segment.kind === 'restart' || segment.inputs.remote === 'either');

/** R5: each rise starts a whole wait, except where the fall before it was one that anything may cause. */
export function preChanged(state: State, edge: Edge, found: readonly Target[]): State {
  const { wait } = state;
  if (edge.level === 'high') {
    return {
      ...state,
      wait: {
        from_us: wait?.held === true ? wait.from_us : edge.at_us,
        to_us: edge.at_us,
        running: true,
        held: false,
        ref: { kind: 'observed', seq: edge.seq },
        ref_us: edge.at_us,
      },
    };
  }
  return wait === null ? state : { ...state, wait: { ...wait, running: false, held: found.some(held) } };
}

/** The rise was due but did not show. */
const unseen = ({ from_us, cause, cause_us }: Segment, to_us: number): Wait => ({
  from_us: from_us[0],
  to_us,
  running: true,
  held: false,
  ref: cause,
  ref_us: cause_us,
});

/** A required edge did not come: the other output goes on as if it had. */
export function ranOut(state: State, signal: SenseSignal, gone: Expiry, numbers: Numbers): State {
  if (gone.kind === 'thinned') return state;
  if (signal === 'preAlarm') {
    if (gone.kind === 'met') return state;
    if (!gone.track.high) {
      const [first] = gone.targets.map(({ segment }) => segment).toSorted((a, b) => a.from_us[0] - b.from_us[0]);
      return first === undefined ? state : { ...state, wait: unseen(first, state.at_us) };
    }
    return gone.targets.some(({ cite }) => cite === 'preWithTrip') ? state : stopped(state);
  }
  if (signal !== 'load' || !gone.track.hypotheses.some((one) => one.memo === 'down' && !one.high)) return state;
  if (gone.kind === 'met') return stopped(preFollows(state, -1, state.at_us + numbers.tripTogether_us));
  if (!gone.targets.some(isTrip)) return state;
  const pre = trackOf(state, 'preAlarm');
  if (pre === undefined) return stopped(state);
  const hypotheses = pre.hypotheses.map((one): Hypothesis => (one.high ? hypothesisOf(one.seen, 'loose', true, one.until_us) : one));
  return stopped(withTrack(state, { ...pre, hypotheses: distinct(hypotheses) }));
}

/** PRE-ALARM stood at the wrong level, and the inputs have come to ask for it: the wait begins although no edge shows it. */
export function preSilent(before: State, state: State, segment: Segment | undefined): State {
  const [was, is] = [trackOf(before, 'preAlarm'), trackOf(state, 'preAlarm')];
  if (segment === undefined || was === undefined || is === undefined || !is.astray) return state;
  if (was.hypotheses.some((one) => one.high) || !is.hypotheses.some((one) => one.high)) return state;
  return { ...state, wait: unseen(segment, segment.due_us) };
}

/** After a dip, or remote terminals where either is allowed, the wait has run on or begun anew. */
export function resumed(model: Model, state: State, segment: Segment | undefined): State {
  const { wait } = state;
  if (segment === undefined || wait === null) return state;
  // A wait without its state counts only where PRE-ALARM is high all the same: R3 speaks of its last rise.
  if (segment.kind === 'resume' && segment.lost && trackOf(state, 'preAlarm')?.high !== true) return { ...state, wait: null };
  const either = model.segments[segment.index - 1]?.inputs.remote === 'either';
  const due_us = segment.kind === 'resume' ? (model.segments[segment.index + 2]?.due_us ?? segment.due_us) : segment.due_us;
  if (segment.kind !== 'resume' && !either) return state;
  return { ...state, wait: { ...wait, to_us: Math.max(wait.to_us, due_us) } };
}

function without(state: State, track: Track, dropped: (one: Hypothesis) => boolean): State {
  if (!track.hypotheses.some(dropped)) return state;
  const hypotheses = track.hypotheses.filter((one) => !dropped(one));
  return hypotheses.length === 0 ? state : withTrack(state, { ...track, hypotheses });
}

/** Whether a high output is so for sure because of a low cell, with that memory. */
function shows(model: Model, { high, hypotheses }: Track, memo: 'up' | 'plain'): boolean {
  let some = false;
  for (const one of hypotheses) {
    if (one.high !== high) continue;
    if (one.memo !== memo || !lowCell(model, one)) return false;
    some = true;
  }
  return some;
}

/** R12: with a low cell both are high or both float, so what one shows settles it for the other. */
export function couple(model: Model, state: State): State {
  const [pre, load] = [trackOf(state, 'preAlarm'), trackOf(state, 'load')];
  if (pre === undefined || load === undefined) return state;
  // Only a rise shows it: an output still high may not have left service yet.
  if (load.high && load.since_us >= pre.since_us && shows(model, load, 'up'))
    return without(state, pre, (one) => !one.high && one.memo === 'quiet');
  if (pre.high && pre.since_us >= load.since_us && shows(model, pre, 'plain'))
    return without(state, load, (one) => !one.high && one.memo === 'down');
  return state;
}
