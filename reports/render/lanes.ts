/** What a timing drawing shows, whether in text or in SVG: lanes of levels, allowed spans, steps and the time axis. */

import type { Plain } from '../shape/plain.ts';
import type { AllowedSpan, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { Timeline } from '../../scenarios/contracts/timeline.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { actionText } from '../judge/wording.ts';

/** Scenario time shown, in us. */
export interface View {
  readonly from_us: number;
  readonly to_us: number;
}

export interface LaneEdge {
  readonly at_us: number;
  readonly up: boolean;
}

export interface Lane {
  readonly label: string;
  readonly initialUp: boolean;
  readonly edges: readonly LaneEdge[];
}

/** A stretch in which a signal may be up, may be down, or both. */
export interface Band {
  readonly from_us: number;
  readonly to_us: number;
  readonly mayBeUp: boolean;
  readonly mayBeDown: boolean;
}

export interface Mark {
  readonly at_us: number;
  readonly text: string;
}

export const LABELS: Readonly<Record<SenseSignal, string>> = {
  load: 'LOAD',
  preAlarm: 'PRE-ALARM',
  charger: 'CHARGER',
  ledBlue: 'blue LED',
  ledRed: 'red LED',
};

export const isUp = (level: string): boolean => level === 'high' || level === 'on';
/** A recorded number; what was not finite lies at the far end, where it is not drawn. */
export const finite = (value: number | null, otherwise = Infinity): number => value ?? otherwise;

export function measuredLane(trace: Pick<Plain<Trace>, 'initial' | 'edges'>, signal: SenseSignal): Lane {
  const edges = trace.edges.filter((edge) => edge.signal === signal).map((edge) => ({ at_us: finite(edge.at_us), up: isUp(edge.level) }));
  return { label: LABELS[signal], initialUp: isUp(trace.initial[signal]), edges };
}

type Spans = readonly (AllowedSpan | Plain<AllowedSpan>)[];

export const bandsOf = (allowed: Spans, signal: SenseSignal): readonly Band[] =>
  allowed
    .filter((span) => span.signal === signal)
    .map(({ from_us, to_us, levels }) => ({
      from_us: finite(from_us, -Infinity),
      to_us: finite(to_us),
      mayBeUp: levels.some(isUp),
      mayBeDown: levels.some((level) => !isUp(level)),
    }));

/** Signals that do anything at all: the others would be straight lines. */
export const livelySignals = (
  signals: readonly SenseSignal[],
  prediction: Plain<Prediction> | Prediction | null,
  trace: Plain<Trace> | null,
): readonly SenseSignal[] =>
  signals.filter(
    (signal) =>
      (trace?.edges ?? []).some((edge) => edge.signal === signal) || (prediction?.edges ?? []).some((edge) => edge.signal === signal),
  );

/** What the bench did, probes and samples aside, at the executed instant where there is one. */
export function stepMarks(timeline: Timeline | Plain<Timeline>, trace: Plain<Trace> | null): readonly Mark[] {
  const executed = new Map(trace?.stimuli.map(({ entry, done_us }) => [entry, done_us]));
  return timeline.entries.flatMap((entry) => {
    const action = entry.do as Timeline['entries'][number]['do'];
    if (action.kind === 'probe' || action.kind === 'sample' || entry.id === 'given') return [];
    const done_us = executed.get(entry.id);
    const at_us = done_us ?? (trace === null ? entry.bounds_us[0] : null);
    return at_us === null ? [] : [{ at_us, text: entry.id === 'power' ? 'power' : `${entry.id} ${actionText(action)}` }];
  });
}

/** Round instants no closer than `least_us`, as 1, 2 or 5 times a power of ten. */
export function ticks({ from_us, to_us }: View, least_us: number): readonly Mark[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(least_us, 1)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= least_us) ?? 10 * power;
  const first = Math.ceil(from_us / step);
  const count = Math.max(0, Math.floor(to_us / step) - first + 1);
  return Array.from({ length: Math.min(count, 1_000) }, (_, index) => ({
    at_us: (first + index) * step,
    text: tickText((first + index) * step, step),
  }));
}

export function tickText(at_us: number, step_us: number): string {
  const [scale, unit] = step_us >= 10_000 ? [1e6, 's'] : step_us >= 10 ? [1e3, 'ms'] : [1, 'us'];
  const decimals = Math.max(0, -Math.floor(Math.log10(step_us / scale)));
  return `${(at_us / scale).toFixed(decimals)} ${unit}`;
}

/** The view that shows all of `instants` with a little room; never empty. */
export function viewOf(instants: readonly number[], room = 0.08): View {
  const known = instants.filter((at) => Number.isFinite(at));
  const from_us = Math.min(...(known.length === 0 ? [0] : known));
  const to_us = Math.max(...(known.length === 0 ? [1e6] : known));
  const margin = Math.max((to_us - from_us) * room, 50);
  return { from_us: from_us - margin, to_us: to_us + margin };
}
