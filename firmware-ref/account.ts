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
import type { Situation } from './rules/rule.ts';
import { SpanList, type Levels } from './spans.ts';
import { begin, inflowOf, situationOf, type Model, type Note, type State } from './state.ts';
import { mayChange, type Inflow, type Target, type Track } from './track.ts';
import { predictedEdge, type Known, type Windowing } from './windows.ts';

/** More live states than this and the account gives up. */
export const STATES_BOUND = 4096;

export const INITIAL: Prediction['initial'] = {
  load: 'floating',
  preAlarm: 'floating',
  charger: 'floating',
  ledBlue: 'off',
  ledRed: 'off',
};

const isTrip = ({ cite }: Target): boolean => cite === 'trip' || cite === 'tripWithPre';

/** What the allowed levels of a signal were worked out from. */
interface Allowed {
  track: Track;
  arrived: number;
  wait: State['wait'];
  over: boolean;
}

class Account {
  readonly edges: PredictedEdge[] = [];
  readonly unexplained: Unexplained[] = [];
  readonly readings = new Readings();
  /** Numbers of the edges of LOAD that came before their time. */
  readonly early = new Set<number>();
  /** By number of the edge of LOAD. */
  readonly since = new Map<number, Since | null>();
  readonly #last = new Map<SenseSignal, Edge>();
  readonly #missing = new Map<SenseSignal, number>();
  readonly #counts = new Map<SenseSignal, number>();
  readonly #cites = new Map<SenseSignal, CiteId>();
  readonly #allowed = new Map<SenseSignal, Allowed>();
  readonly #spans: SpanList;

  constructor(spans: SpanList) {
    this.#spans = spans;
  }

  #id(signal: SenseSignal): string {
    const count = (this.#counts.get(signal) ?? 0) + 1;
    this.#counts.set(signal, count);
    return `${signal}-${count}`;
  }

  #windowing(model: Model, note: Extract<Note, { wait: unknown }>, signal: SenseSignal): Windowing {
    const other = signal === 'preAlarm' ? this.#last.get('load') : this.#last.get('preAlarm');
    const near = note.targets.some(({ cite, source }) => (cite === 'preWithTrip' && source.memo === 'tripping') || cite === 'tripWithPre');
    const ahead = 'together' in note ? (note.together ?? null) : null;
    return { numbers: model.numbers, wait: note.wait, together: ahead ?? (near && other?.level === 'notHigh' ? other : null) };
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
        this.#missing.set(signal, this.edges.length);
        this.edges.push(predictedEdge(this.#id(signal), signal, high, found, at_us, this.#windowing(model, note, signal), known));
        if (found[0] !== undefined) this.#cites.set(signal, found[0].cite);
        return;
      }
      case 'late': {
        const index = this.#missing.get(note.edge.signal);
        const edge = index === undefined ? undefined : this.edges[index];
        if (index !== undefined && edge !== undefined) this.edges[index] = { ...edge, observed: note.edge.seq };
        this.#seen(note.edge);
        return;
      }
      case 'unexplained': {
        const { edge, consequence } = note;
        const cite = CITES[this.#cites.get(edge.signal) ?? 'glitch'];
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
        this.#last.set(edge.signal, edge);
      }
    }
  }

  #seen(edge: Edge, cite?: CiteId): void {
    this.#last.set(edge.signal, edge);
    if (cite !== undefined) this.#cites.set(edge.signal, cite);
  }

  allow(model: Model, state: State): void {
    const inflow = inflowOf(model, state);
    const situation = situationOf(state);
    for (const track of state.tracks) if (this.#isNew(model, state, track)) this.#allow(track, inflow, situation);
  }

  /** What a signal may do changes with its own track and with the inputs; only LOAD's changes with a wait, too. */
  #isNew(model: Model, { arrived, wait: running, at_us }: State, track: Track): boolean {
    const wait = track.signal === 'load' ? running : null;
    const over = wait !== null && wait.running && at_us >= wait.from_us + model.numbers.waitLeast_us;
    const last = this.#allowed.get(track.signal);
    if (last === undefined) {
      this.#allowed.set(track.signal, { track, arrived, wait, over });
      return true;
    }
    if (last.track === track && last.arrived === arrived && last.wait === wait && last.over === over) return false;
    last.track = track;
    last.arrived = arrived;
    last.wait = wait;
    last.over = over;
    return true;
  }

  #allow(track: Track, inflow: Inflow, situation: Situation): void {
    const { signal, high, hypotheses } = track;
    const own = high ? 2 : 1;
    const change = mayChange(track, inflow, situation);
    let possible = 0;
    for (const one of hypotheses) possible |= one.high ? 2 : 1;
    const standing = possible & own;
    const levels = standing | (change === null ? 0 : 3 - own) | (standing === 0 ? possible : 0);
    this.#spans.set(signal, situation.at_us, levels as Levels, change ?? this.#cites.get(signal) ?? 'unjudged');
    if (signal === 'preAlarm') this.readings.preAlarm(track);
  }
}

/** The case as executed against what was observed. `parameters` may carry a unit's profile. Never throws for what the unit did. */
export function account(testCase: Case, trace: Trace, parameters: Parameters = PARAMETERS): Prediction {
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
      edges: edges.filter(({ signal }) => signals.includes(signal)),
      onNote: (note) => result.note(model, note),
      onState: (state) => {
        if (state.at_us !== last.at_us) result.allow(model, last);
        last = state;
      },
      onGlitch: () => result.readings.glitch(),
    });
    result.allow(model, last);
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
