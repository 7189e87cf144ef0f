/** What the reference says of one run: each observed edge with its window, each edge that should have come, and what nothing explains. */

import type { Case } from '../scenarios/contracts/case.ts';
import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { PredictedEdge, Prediction, Unexplained } from '../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { markFollowing } from './follows.ts';
import { blueSegments } from './inputs/blue.ts';
import { segmentsOf } from './inputs/segments.ts';
import { earliestSince, type Since } from './inputs/since.ts';
import { executed, stepsOf } from './inputs/steps.ts';
import { numbersOf, PARAMETERS, type Parameters } from './parameters.ts';
import { Readings } from './readings.ts';
import { replay } from './replay.ts';
import { CITES, type CiteId } from './rules/cites.ts';
import { INITIAL, SpanList, type Levels } from './spans.ts';
import { begin, inflowOf, situationOf, type Model, type Note, type State } from './state.ts';
import { mayChange, type Change, type Target, type Track } from './track.ts';
import { predictedEdge, type Known, type Windowing } from './windows.ts';

/** More live states than this and the account gives up. */
export const STATES_BOUND = 4096;
/** So does one with more than this in all its steps taken together: some seconds of work. */
export const WORK_BOUND = 20_000_000;

const isTrip = ({ cite }: Target): boolean => cite === 'trip' || cite === 'tripWithPre';

/** What has been told of one signal. */
class Own {
  /** Predicted edges. */
  count = 0;
  /** Its latest edge. */
  last: Edge | null = null;
  /** Among the edges of the account: the required one that did not come. */
  missing: number | null = null;
  cite: CiteId | null = null;
  // What its allowed levels were worked out from, and what allows a change.
  track: Track | null = null;
  arrived = 0;
  wait: State['wait'] = null;
  over = false;
  change: Change | null = null;
}

/** What allowed both levels before still allows them. */
const stillBoth = (change: Change | null, { high, hypotheses }: Track, at_us: number): boolean =>
  change !== null && change.last_us >= at_us && change.source.high === high && hypotheses.includes(change.source);

class Account {
  readonly edges: PredictedEdge[] = [];
  readonly unexplained: Unexplained[] = [];
  readonly readings = new Readings();
  /** Numbers of the edges of LOAD that came before their time. */
  readonly early = new Set<number>();
  /** By number of the edge of LOAD. */
  readonly since = new Map<number, Since | null>();
  readonly #own: Readonly<Record<SenseSignal, Own>> = {
    load: new Own(),
    preAlarm: new Own(),
    charger: new Own(),
    ledBlue: new Own(),
    ledRed: new Own(),
  };
  readonly #spans: SpanList;

  constructor(spans: SpanList) {
    this.#spans = spans;
  }

  #id(signal: SenseSignal): string {
    return `${signal}-${++this.#own[signal].count}`;
  }

  #windowing(model: Model, note: Extract<Note, { wait: unknown }>, signal: SenseSignal): Windowing {
    const { numbers } = model;
    if (signal !== 'load' && signal !== 'preAlarm') return { numbers, wait: note.wait, together: null };
    const other = this.#own[signal === 'preAlarm' ? 'load' : 'preAlarm'].last;
    const near = note.targets.some(({ cite, source }) => (cite === 'preWithTrip' && source.memo === 'tripping') || cite === 'tripWithPre');
    const ahead = 'together' in note ? (note.together ?? null) : null;
    return { numbers, wait: note.wait, together: ahead ?? (near && other?.level === 'notHigh' ? other : null) };
  }

  note(model: Model, note: Note): void {
    switch (note.kind) {
      case 'explained':
      case 'early': {
        const { edge, targets: found, consequence } = note;
        const high = edge.level === 'high' || edge.level === 'on';
        const known: Known =
          note.kind === 'early' ? { observed: edge.seq, consequence, cite: 'trip' } : { observed: edge.seq, consequence };
        this.edges.push(
          predictedEdge(this.#id(edge.signal), edge.signal, high, found, note.until_us, this.#windowing(model, note, edge.signal), known),
        );
        if (edge.signal === 'load' && note.kind === 'early') this.early.add(edge.seq);
        if (edge.signal === 'load') this.since.set(edge.seq, earliestSince(found, isTrip, note.wait));
        this.#seen(edge, found[0]?.cite);
        this.readings.edge(edge, found);
        return;
      }
      case 'missing': {
        const { signal, high, at_us, targets: found, consequence } = note;
        const trip = found.every(({ cite }) => cite === 'trip');
        const known: Known = { observed: null, consequence, required: true, ...(trip && { cite: 'tripLate' }) };
        this.#own[signal].missing = this.edges.length;
        this.edges.push(predictedEdge(this.#id(signal), signal, high, found, at_us, this.#windowing(model, note, signal), known));
        if (found[0] !== undefined) this.#own[signal].cite = found[0].cite;
        return;
      }
      case 'late': {
        const index = this.#own[note.edge.signal].missing;
        const edge = index === null ? undefined : this.edges[index];
        if (index !== null && edge !== undefined) this.edges[index] = { ...edge, observed: note.edge.seq };
        this.#seen(note.edge);
        return;
      }
      case 'unexplained': {
        const { edge, consequence } = note;
        const cite = CITES[this.#own[edge.signal].cite ?? 'glitch'];
        const why = consequence ? 'It follows from the difference before.' : `The reference stays where it is: ${cite.why}`;
        const { rule, requirement, certainty } = consequence ? CITES.glitch : cite;
        this.unexplained.push({
          seq: edge.seq,
          signal: edge.signal,
          level: edge.level,
          at_us: edge.at_us,
          rule,
          requirement,
          certainty,
          consequence,
          why,
        });
        this.#own[edge.signal].last = edge;
      }
    }
  }

  #seen(edge: Edge, cite?: CiteId): void {
    const own = this.#own[edge.signal];
    own.last = edge;
    if (cite !== undefined) own.cite = cite;
  }

  /** What a signal may do changes with its own track and with the inputs; only LOAD's changes with a wait, too. */
  allow(model: Model, state: State): void {
    const { arrived, at_us } = state;
    for (const track of state.tracks) {
      const wait = track.signal === 'load' ? state.wait : null;
      const over = wait !== null && wait.running && at_us >= wait.from_us + model.numbers.waitLeast_us;
      const own = this.#own[track.signal];
      const sameWait = own.wait === wait && own.over === over;
      if (sameWait && own.track === track && own.arrived === arrived) continue;
      if (!sameWait || !stillBoth(own.change, track, at_us)) own.change = this.#allow(own, track, model, state);
      if (track.signal === 'preAlarm') this.readings.preAlarm(track);
      own.track = track;
      own.arrived = arrived;
      own.wait = wait;
      own.over = over;
    }
  }

  /** Nothing is known of what comes after. */
  giveUp({ tracks, at_us }: State): void {
    for (const { signal } of tracks) this.#spans.set(signal, at_us, 3, 'unjudged');
  }

  #allow({ cite }: Own, track: Track, model: Model, state: State): Change | null {
    const { signal, high, hypotheses } = track;
    const own = high ? 2 : 1;
    const change = mayChange(track, inflowOf(model, state), situationOf(state));
    let possible = 0;
    for (const one of hypotheses) possible |= one.high ? 2 : 1;
    const standing = possible & own;
    const levels = standing | (change === null ? 0 : 3 - own) | (standing === 0 ? possible : 0);
    this.#spans.set(signal, state.at_us, levels as Levels, change?.cite ?? cite ?? 'unjudged');
    return change;
  }
}

/** The case as executed against what was observed. `parameters` may carry a unit's profile. Never throws for what the unit did. */
export function account(testCase: Case, trace: Trace, parameters: Parameters = PARAMETERS, workBound: number = WORK_BOUND): Prediction {
  const numbers = numbersOf(parameters);
  const happenings = executed(testCase.timeline.entries, trace);
  const end_us = trace.ended_us;
  const begin_us = happenings[0]?.begin_us[0] ?? 0;
  const segments = segmentsOf(stepsOf(happenings, numbers), end_us, numbers);
  const spans = new SpanList(begin_us, segments);
  const result = new Account(spans);
  const edges = trace.edges.toSorted((a, b) => a.at_us - b.at_us || a.seq - b.seq);

  const play = (model: Model, signals: readonly SenseSignal[]) => {
    const initial = begin(signals.map((signal) => ({ signal, high: trace.initial[signal] === 'high' || trace.initial[signal] === 'on' })));
    // What follows at the same instant is one state, so only the last one counts.
    let last: State = { ...initial, at_us: begin_us };
    const played = replay({
      model,
      state: initial,
      end_us,
      bound: STATES_BOUND,
      workBound,
      edges: edges.filter(({ signal }) => signals.includes(signal)),
      onNote: (note) => result.note(model, note),
      onState: (state) => {
        if (state.at_us !== last.at_us) result.allow(model, last);
        last = state;
      },
      onGlitch: () => result.readings.glitch(),
    });
    result.allow(model, last);
    if (!played.complete) result.giveUp(last);
    return played;
  };

  const main = play({ segments, numbers }, ['load', 'preAlarm', 'charger', 'ledRed']);
  const loadEdges = edges
    .filter(({ signal }) => signal === 'load')
    .map(({ level, at_us, uncertainty_us, seq }) => ({
      high: level === 'high',
      at_us: [at_us, at_us] as const,
      tolerance_us: uncertainty_us,
      cause: { kind: 'observed', seq } as const,
      since: result.since.get(seq) ?? null,
    }));
  const blue = play({ segments: blueSegments(segments, loadEdges, numbers), numbers }, ['ledBlue']);

  const found = markFollowing(result, edges, result.early, numbers);
  return {
    case: testCase.id,
    basis: 'executed',
    initial: INITIAL,
    unexplained: found.unexplained,
    readings: result.readings.list(),
    edges: found.edges.toSorted((a, b) => a.window_us[0] - b.window_us[0]),
    allowed: spans.end(scenarioTime(end_us)),
    states: {
      most: main.most + blue.most,
      bound: STATES_BOUND,
    },
    complete: main.complete && blue.complete,
    parameters: { ...parameters },
  };
}
