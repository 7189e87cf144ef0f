/** A recorded attempt as a timeline that can be zoomed. */

import { SENSES, type SenseSignal } from '../../../scenarios/signals.ts';
import type { Difference } from '../../judge/result.ts';
import { amount, certaintyName, happened, stateName } from '../../judge/wording.ts';
import type { RecordedAttempt, RecordedCase } from '../../record.ts';
import { viewOfDifference } from '../difference-text.ts';
import { finite, isUp, LABELS, livelySignals, stepMarks } from '../lanes.ts';
import { driveHeight, driveLabel, drivePoints, driveText } from './drives.ts';
import type { DriveLane, SenseLane, TimelineFlag, TimelineModel, Windows } from './model.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;
type Prediction = NonNullable<RecordedAttempt['prediction']>;

/** So many steps are named; a case with more shows them on the lanes of the drives. */
const MOST_MARKS = 2_000;
const MOST_SAMPLES = 2_000;
const MOST_FLAGS = 500;

/** Each value once, and its number. */
function numbered<T>(): { readonly list: readonly T[]; readonly of: (value: T) => number } {
  const list: T[] = [];
  const known = new Map<string, number>();
  const of = (value: T): number => {
    const key = JSON.stringify(value);
    const number = known.get(key) ?? list.push(value) - 1;
    known.set(key, number);
    return number;
  };
  return { list, of };
}

const basisText = (one: { readonly rule: string; readonly requirement: string; readonly certainty: string }): string =>
  [one.rule, one.requirement, certaintyName(one.certainty as 'O')].filter((part) => part !== '').join(', ');

interface Tables {
  readonly stamps: ReturnType<typeof numbered<TimelineModel['stamps'][number]>>;
  readonly allowances: ReturnType<typeof numbered<TimelineModel['allowances'][number]>>;
  readonly expected: ReturnType<typeof numbered<TimelineModel['expected'][number]>>;
  readonly driveStates: ReturnType<typeof numbered<TimelineModel['driveStates'][number]>>;
  readonly probeResults: ReturnType<typeof numbered<string>>;
}

function senseLane(
  signal: SenseSignal,
  trace: Trace,
  prediction: Prediction | null,
  { stamps, allowances, probeResults }: Tables,
): SenseLane {
  const edges = trace.edges.filter((edge) => edge.signal === signal && edge.at_us !== null);
  const spans = (prediction?.allowed ?? []).filter((span) => span.signal === signal);
  const allowance = spans.map((span) =>
    allowances.of({
      mayBeUp: span.levels.some(isUp),
      mayBeDown: span.levels.some((level) => !isUp(level)),
      levels: span.levels.map((level) => stateName(level)).join(' or '),
      basis: basisText(span),
    }),
  );
  const probes = trace.probes.filter((one) => one.output === signal && one.from_us !== null && one.to_us !== null);
  return {
    label: LABELS[signal],
    initialUp: isUp(trace.initial[signal]),
    at_us: Float64Array.from(edges, (edge) => edge.at_us!),
    up: Uint8Array.from(edges, (edge) => Number(isUp(edge.level))),
    // To a tenth of a microsecond, as the times are kept.
    stamp: Uint16Array.from(edges, ({ via, uncertainty_us }) =>
      stamps.of({ via, uncertainty_us: Math.ceil(finite(uncertainty_us, 0) * 10) / 10 }),
    ),
    allowedFrom_us: Float64Array.from(spans, (span) => finite(span.from_us, -1e9)),
    allowance: Uint16Array.from(allowance),
    probeFrom_us: Float64Array.from(probes, (one) => one.from_us!),
    probeTo_us: Float64Array.from(probes, (one) => one.to_us!),
    probeResult: Uint8Array.from(probes, (one) => probeResults.of(stateName(one.result))),
  };
}

function driveLanes(recorded: RecordedCase, trace: Trace, { driveStates }: Tables): readonly DriveLane[] {
  return [...drivePoints(recorded.case.timeline, trace)].map(([signal, points]) => {
    const most_mV = Math.max(0, ...points.map(({ value }) => (typeof value === 'string' ? 0 : value.mV)));
    return {
      label: driveLabel(signal),
      at_us: Float64Array.from(points, ({ at_us }) => at_us),
      state: Uint16Array.from(points, ({ value }) => driveStates.of({ text: driveText(value), height: driveHeight(value, most_mV) })),
      ramp: Uint8Array.from(points, ({ ramp }) => Number(ramp)),
    };
  });
}

function windowsOf(signals: readonly SenseSignal[], trace: Trace, prediction: Prediction | null, { expected }: Tables): Windows {
  const numbers = new Map<number, number>();
  const count = new Map<string, number>();
  for (const { seq, signal, at_us } of trace.edges)
    if (at_us !== null) {
      const number = count.get(signal) ?? 0;
      count.set(signal, number + 1);
      if (seq !== null) numbers.set(seq, number);
    }
  const list = (prediction?.edges ?? [])
    .filter(({ signal, window_us: [from_us] }) => signals.includes(signal) && from_us !== null)
    .toSorted((a, b) => a.window_us[0]! - b.window_us[0]!);
  return {
    lane: Uint8Array.from(list, ({ signal }) => signals.indexOf(signal)),
    from_us: Float64Array.from(list, ({ window_us }) => window_us[0]!),
    to_us: Float64Array.from(list, ({ window_us }) => finite(window_us[1])),
    expected: Uint16Array.from(list, (one) =>
      expected.of({ level: happened(one.level), basis: basisText(one), why: one.why, required: one.required }),
    ),
    edge: Int32Array.from(list, ({ observed }) => (observed === null ? -1 : (numbers.get(observed) ?? -1))),
  };
}

const flagOf = (difference: Difference, attempt: RecordedAttempt, signals: readonly string[]): TimelineFlag => {
  const { from_us, to_us } = viewOfDifference(difference, attempt);
  const { earliest_us, latest_us } = difference.expected;
  return {
    lane: signals.indexOf(difference.signal),
    from_us: earliest_us,
    to_us: latest_us,
    at_us: difference.got?.at_us ?? null,
    view_us: [from_us, to_us],
    text: difference.text,
  };
};

/** Null where there is nothing to be drawn. The flags are in the order of the result's differences. */
export function buildTimeline(recorded: RecordedCase, attempt: RecordedAttempt): TimelineModel | null {
  const { trace, prediction, result } = attempt;
  if (trace === null) return null;
  const ended_us = finite(trace.ended_us, 0);
  const lively = livelySignals(SENSES, prediction, trace);
  const signals = SENSES.filter((signal) => lively.includes(signal) || result.differences.some((one) => one.signal === signal));
  if (ended_us <= 0 || signals.length === 0) return null;
  const tables: Tables = {
    stamps: numbered(),
    allowances: numbered(),
    expected: numbered(),
    driveStates: numbered(),
    probeResults: numbered(),
  };
  const flags = result.differences.slice(0, MOST_FLAGS).map((one) => flagOf(one, attempt, signals));
  const starts = trace.stimuli.flatMap(({ done_us }) => (done_us === null ? [] : [done_us]));
  const lanes = {
    senses: signals.map((signal) => senseLane(signal, trace, prediction, tables)),
    drives: driveLanes(recorded, trace, tables),
    windows: windowsOf(signals, trace, prediction, tables),
  };
  return {
    ...lanes,
    from_us: starts.reduce((least, at) => Math.min(least, at), -0.01 * ended_us),
    to_us: flags.reduce((most, { view_us }) => Math.max(most, view_us[1]), ended_us),
    ended_us,
    bound_ppm: finite(trace.clock.bound_ppm, 0),
    // What is only done to measure is on the lane of its drive.
    marks: stepMarks(recorded.case.timeline, trace)
      .filter(({ text }) => !text.startsWith('measure-'))
      .slice(0, MOST_MARKS),
    samples: trace.samples
      .slice(0, MOST_SAMPLES)
      .flatMap(({ analog, at_us, value, unit, uncertainty }) =>
        at_us === null || value === null ? [] : [{ at_us, text: `${analog} ${amount(value)} ${unit} ±${amount(finite(uncertainty, 0))}` }],
      ),
    flags,
    stamps: tables.stamps.list,
    allowances: tables.allowances.list,
    expected: tables.expected.list,
    driveStates: tables.driveStates.list,
    probeResults: tables.probeResults.list,
  };
}
