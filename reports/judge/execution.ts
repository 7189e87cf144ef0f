/** Whether the bench did what the timeline asked, when it asked it. */

import type { TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import type { ClockFit, Edge, Stimulus } from '../../scenarios/contracts/trace.ts';
import { unanswered } from './answers.ts';
import { stimulusOf } from './causes.ts';
import { noTrigger } from './differences.ts';
import { agrees, doubt, edgesOf, fault, together, type Evidence, type Findings } from './findings.ts';
import { refusalDifference, refusals } from './refused.ts';
import type { Difference, Fault } from './result.ts';
import { duration, entryText, seconds, signalName } from './wording.ts';

/** A stimulus may miss its instant by this and what the clock fit explains; the reference uses the executed instant anyway. */
const LATE_us = 1_000;
/** A window of the converter, or a probe, waits for the one under way: it says when it began, and what is measured under a sink has 5 ms to spare. */
const WINDOW_LATE_us = 4_000;
/** A look that only confirms is judged by when it was; probes of a unit that falls under it go first. */
const LOOK_LATE_us = 20_000;

/** The fixture is told some time ahead when to go on (`RELEASE_us` of the language). */
const RELEASE_us = 1_000_000;
/** Far beyond what any pair of clocks on a sound link is fitted to: what was put by such a fit was put by guess. */
const LOOSE_ppm = 1_000;

/** Of the fits that entries may have been put by, what the loosest was good to. */
const loosestOf = ({ bound_ppm, begun_ppm = 0 }: ClockFit): number => Math.max(bound_ppm, begun_ppm);

/** What came of an entry that was come to. */
const TOLD: readonly Stimulus['outcome'][] = ['done', 'timedOut', 'refused'];

/** True when a step's trigger timed out; then the steps behind it were never due. */
export const wasCutShort = (stimuli: readonly Stimulus[]): boolean => stimuli.some((stimulus) => stimulus.outcome === 'timedOut');

interface Due {
  readonly at_us: number;
  readonly uncertainty_us: number;
}

/** What hangs on a refused entry counts from the refusal. */
function doneAt(evidence: Evidence, entry: string): Due | null {
  const stimulus = stimulusOf(evidence, entry);
  const refused = refusals(evidence.testCase, evidence.trace).find((one) => one.entry === entry);
  const at_us = stimulus?.done_us ?? refused?.at_us ?? null;
  return stimulus === undefined || at_us === null ? null : { at_us, uncertainty_us: stimulus.uncertainty_us };
}

/** When the entry was due, from what it hangs on as executed; more than one where stamps leave open which edge came first. */
function dueAt(evidence: Evidence, when: When): readonly Due[] {
  if (when.kind === 'at') return [{ at_us: when.at_us, uncertainty_us: 0 }];
  if (when.kind === 'afterEdge') {
    return triggerEdges(evidence, when).map(({ at_us, uncertainty_us }) => ({ at_us: at_us + when.delay_us, uncertainty_us }));
  }
  const base = doneAt(evidence, when.entry);
  if (base !== null && when.kind === 'released') return [releasedAt(evidence, when, base)];
  return base === null ? [] : [{ at_us: base.at_us + when.delay_us, uncertainty_us: base.uncertainty_us }];
}

/** Whenever the operator answered, between the question and the end of the time for it. */
function releasedAt({ trace, testCase }: Evidence, when: When & { kind: 'released' }, asked: Due): Due {
  const id = testCase.timeline.entries.find((entry) => entry.when === when)?.id;
  const done_us = trace.stimuli.find(({ entry }) => entry === id)?.done_us ?? asked.at_us;
  const answered = trace.operator.some(({ entry, choice }) => entry === id && choice !== null);
  const latest_us = answered ? asked.at_us + when.timeout_us + RELEASE_us : asked.at_us;
  return { at_us: Math.min(Math.max(done_us, asked.at_us), latest_us), uncertainty_us: asked.uncertainty_us };
}

/** The first edge behind the arming, and those so near to the arming that the stamps cannot tell on which side they lie. */
export function triggerEdges({ trace, ...evidence }: Evidence, when: When & { kind: 'afterEdge' }): readonly Edge[] {
  const armed = doneAt({ trace, ...evidence }, when.armedBy);
  if (armed === null) return [];
  const { at_us: done_us, uncertainty_us } = armed;
  const all = edgesOf(trace.edges, when.signal).filter((edge) => agrees(edge.level, when.level));
  const near = all.filter((edge) => Math.abs(edge.at_us - done_us) <= uncertainty_us + edge.uncertainty_us);
  const first = all.find((edge) => edge.at_us > done_us + uncertainty_us + edge.uncertainty_us);
  return first === undefined ? near : [...near, first];
}

const isWindow = ({ do: { kind } }: TimelineEntry): boolean => kind === 'sample' || kind === 'probe';
/** Of the host's own, which know themselves what they say when they come late: a look at a sink counts where it lies in the pulse (confirm-sinks.ts). */
const isLook = ({ id }: TimelineEntry): boolean => id.startsWith('confirm-');

function judgeDone(evidence: Evidence, entry: TimelineEntry, stimulus: Stimulus): Partial<Findings> {
  const { clock } = evidence.trace;
  const { done_us, ended_us, uncertainty_us } = stimulus;
  const name = entryText(entry);
  if (done_us === null || !Number.isFinite(done_us) || !Number.isFinite(uncertainty_us) || uncertainty_us < 0) {
    return { faults: [fault('rig', `The bench does not say when ${name} was done.`)] };
  }
  const slack = (span_us: number): number =>
    (!isWindow(entry) ? LATE_us : isLook(entry) ? LOOK_LATE_us : WINDOW_LATE_us) +
    uncertainty_us +
    ((Math.abs(clock.rate_ppm) + clock.bound_ppm) * Math.abs(span_us)) / 1e6;
  const span_us = entry.when.kind === 'at' ? entry.when.at_us : entry.when.delay_us;
  const due = dueAt(evidence, entry.when);
  const [nearest] = due.toSorted((a, b) => Math.abs(done_us - a.at_us) - Math.abs(done_us - b.at_us));
  if (nearest === undefined) return { faults: [fault('rig', `${name} was done although what it waits for never happened.`)] };
  if (!(Math.abs(done_us - nearest.at_us) <= slack(span_us) + nearest.uncertainty_us)) {
    const text = `${name} was due at ${seconds(nearest.at_us)} and done ${duration(done_us - nearest.at_us)} off`;
    const loosest_ppm = loosestOf(clock);
    if (entry.when.kind !== 'at' || !(loosest_ppm > LOOSE_ppm)) return { faults: [fault('rig', `${text}.`)] };
    const fitted = clock.bound_ppm > LOOSE_ppm ? 'fit' : 'at first fitted';
    return {
      faults: [fault('link', `${text}: the link delays its answers so that the clocks ${fitted} to ${loosest_ppm.toFixed(0)} ppm only.`)],
    };
  }
  const lasts_us = entry.do.kind === 'ramp' ? entry.do.over_us : entry.do.kind === 'pulse' ? entry.do.for_us : null;
  if (lasts_us === null) return {};
  if (ended_us === null || !(Math.abs(ended_us - done_us - lasts_us) <= slack(lasts_us))) {
    const took = ended_us === null ? 'its end was not reported' : `took ${duration(ended_us - done_us)}`;
    return { faults: [fault('rig', `${name} should take ${duration(lasts_us)}, but ${took}.`)] };
  }
  return {};
}

/** What the entry was to bring home: a sample or a probe of its own. */
function judgeYield({ trace }: Evidence, entry: TimelineEntry): Partial<Findings> {
  if (entry.do.kind === 'probe' && !trace.probes.some((probe) => probe.entry === entry.id)) {
    return { notMeasured: [doubt('reference', entry.do.output, `The probe ${entry.id} of ${signalName(entry.do.output)} has no result.`)] };
  }
  if (entry.do.kind === 'sample' && !trace.samples.some((sample) => sample.entry === entry.id)) {
    return { notMeasured: [doubt('reference', null, `The measurement ${entry.id} of ${entry.do.analog} has no result.`)] };
  }
  return {};
}

function judgeTimeout(evidence: Evidence, entry: TimelineEntry): Partial<Findings> {
  const { when } = entry;
  // That it was not answered is told where the trace is looked at as a whole.
  if (when.kind === 'released' && unanswered(evidence.trace)?.entry === entry.id) return {};
  const armed_us = when.kind === 'afterEdge' ? (doneAt(evidence, when.armedBy)?.at_us ?? null) : null;
  if (when.kind !== 'afterEdge' || armed_us === null)
    return { faults: [fault('rig', `${entryText(entry)} timed out although it waits for no edge.`)] };
  const until_us = armed_us + when.timeout_us;
  const seen = triggerEdges(evidence, when).find((edge) => edge.at_us > armed_us + LATE_us && edge.at_us < until_us - LATE_us);
  if (seen !== undefined) {
    return {
      faults: [
        fault('rig', `${entryText(entry)} timed out although ${signalName(seen.signal)} became ${seen.level} at ${seconds(seen.at_us)}.`),
      ],
    };
  }
  const { edges } = evidence.prediction;
  const demanded = edges.find(
    (edge) =>
      edge.required &&
      edge.signal === when.signal &&
      agrees(when.level, edge.level) &&
      edge.window_us[1] >= armed_us &&
      edge.window_us[1] <= until_us - LATE_us &&
      (edge.observed === null || (evidence.trace.edges.find((one) => one.seq === edge.observed)?.at_us ?? Infinity) > until_us),
  );
  const difference = noTrigger(entry, armed_us, demanded);
  return difference === null ? {} : { differences: [difference] };
}

/** What the fixture did not load, or let go of under way. */
const refused = (evidence: Evidence, entry: TimelineEntry): readonly Difference[] =>
  refusals(evidence.testCase, evidence.trace)
    .filter((one) => one.entry === entry.id)
    .map((one) => refusalDifference(evidence, one));

function judgeRefused(evidence: Evidence, entry: TimelineEntry): Partial<Findings> {
  const differences = refused(evidence, entry);
  if (differences.length === 0) return { faults: [fault('rig', `The fixture refused ${entryText(entry)}, which asks for no sink.`)] };
  return { differences };
}

function judgeEntry(evidence: Evidence, entry: TimelineEntry): Partial<Findings> {
  const own = evidence.trace.stimuli.filter((stimulus) => stimulus.entry === entry.id);
  const [stimulus] = own;
  if (own.length > 1) return { faults: [fault('rig', `${entryText(entry)} is reported ${own.length} times.`)] };
  if (stimulus?.outcome === 'timedOut') return judgeTimeout(evidence, entry);
  if (stimulus?.outcome === 'done')
    return together(judgeDone(evidence, entry, stimulus), judgeYield(evidence, entry), { differences: refused(evidence, entry) });
  if (stimulus?.outcome === 'refused') return judgeRefused(evidence, entry);
  return {};
}

/** Of a case that came to its end each says so; one that was broken off has no news in what it did not come to. */
function judgeUndone({ testCase, trace, cutShort }: Evidence): readonly Fault[] {
  if (cutShort) return [];
  const told = new Set(trace.stimuli.filter(({ outcome }) => TOLD.includes(outcome)).map(({ entry }) => entry));
  const undone = testCase.timeline.entries.filter(({ id }) => !told.has(id));
  const [first, ...others] = undone;
  if (first === undefined) return [];
  if (trace.end === 'complete') return undone.map((entry) => fault('rig', `${entryText(entry)} was never done.`));
  const more = others.length === 0 ? 'was' : `and ${others.length} more ${others.length === 1 ? 'entry' : 'entries'} were`;
  return [fault(trace.endedBy ?? 'rig', `${entryText(first)} ${more} never done.`)];
}

/** A case that ended before its end by more than the clocks explain; by what they were fitted to when it began, the link is to blame. */
function judgeEnd(evidence: Evidence): readonly Fault[] {
  const { trace, testCase, cutShort } = evidence;
  if (cutShort) return [];
  const { end, endBounds_us } = testCase.timeline;
  const { rate_ppm, bound_ppm } = trace.clock;
  // One that an answer releases has no instant of its own.
  const due = end.kind === 'released' || end.kind === 'at' ? [] : dueAt(evidence, end);
  const [first] = due.map(({ at_us, uncertainty_us }) => at_us - uncertainty_us).toSorted((x, y) => x - y);
  // As planned, over the whole of it; and behind what it hangs on, over the delay from there.
  const bounds = [
    { at_us: endBounds_us[0] as number, span_us: endBounds_us[0] as number },
    ...(first === undefined || end.kind === 'at' ? [] : [{ at_us: first, span_us: end.delay_us }]),
  ];
  const isWithin = ({ at_us, span_us }: (typeof bounds)[number], ppm: number): boolean =>
    at_us - trace.ended_us <= LATE_us + (ppm * Math.abs(span_us)) / 1e6;
  const missed = bounds.find((one) => !isWithin(one, Math.abs(rate_ppm) + bound_ppm));
  if (missed === undefined) return [];
  const loosest_ppm = loosestOf(trace.clock);
  const isLoose = loosest_ppm > LOOSE_ppm && isWithin(missed, Math.abs(rate_ppm) + loosest_ppm);
  return [fault(isLoose ? 'link' : 'rig', `The case ended ${duration(missed.at_us - trace.ended_us)} before its end.`)];
}

export function judgeExecution(evidence: Evidence): Findings {
  const { testCase, trace } = evidence;
  const { entries } = testCase.timeline;
  const known = new Set(entries.map((entry) => entry.id));
  const strange = trace.stimuli.filter((stimulus) => !known.has(stimulus.entry));
  return together(
    { faults: strange.map((stimulus) => fault('rig', `The trace reports ${stimulus.entry}, which the case does not have.`)) },
    { faults: judgeEnd(evidence) },
    ...entries.map((entry) => judgeEntry(evidence, entry)),
    { faults: judgeUndone(evidence) },
  );
}
