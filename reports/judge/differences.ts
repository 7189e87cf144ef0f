/** How each kind of difference is filled in and said in one sentence. */

import type { AllowedSpan, PredictedEdge, Unexplained } from '../../scenarios/contracts/prediction.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Probe } from '../../scenarios/contracts/trace.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import type { AnalogSignal, OutputSignal, SenseSignal } from '../../scenarios/signals.ts';
import type { Burst } from './bursts.ts';
import type { Bounding } from './causes.ts';
import { bound_us, type Evidence } from './findings.ts';
import type { Held } from './held.ts';
import type { Excursion } from './pair.ts';
import type { Difference } from './result.ts';
import { amount, basis, duration, happened, requirementCertainty, seconds, signalName, stateName } from './wording.ts';

const UNEXPLAINED = { rule: 'R18', requirement: 'NO-GLITCH', certainty: 'I', consequence: false, why: 'nothing asked for it' } as const;

/** A length known worse than this share of itself is told as a bound. */
const COARSE = 0.1;

const observed = (edge: Edge) => ({ level: edge.level, at_us: edge.at_us, uncertainty_us: edge.uncertainty_us });
const wanted = (predicted: PredictedEdge) => ({
  level: predicted.level,
  earliest_us: bound_us(predicted.window_us[0]),
  latest_us: bound_us(predicted.window_us[1]),
});
const because = (predicted: PredictedEdge) => ({
  rule: predicted.rule,
  requirement: predicted.requirement,
  certainty: predicted.certainty,
  consequence: predicted.consequence,
  blame: 'unit' as const,
  measured: null,
});
const basisOf = (predicted: PredictedEdge): string => basis(predicted.rule, predicted.requirement, predicted.certainty, predicted.learned);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function mistimed(kind: 'early' | 'late', predicted: PredictedEdge, edge: Edge, limit: Bounding): Difference {
  const off_us = edge.at_us - (kind === 'early' ? predicted.window_us[0] : predicted.window_us[1]);
  const passed_us = edge.at_us - limit.at_us;
  const which = kind === 'early' ? 'before the earliest' : 'after the latest';
  const text =
    passed_us < 0
      ? `${signalName(edge.signal)} ${happened(edge.level)} ${duration(-passed_us)} before ${limit.text}, which alone allows it${basisOf(predicted)}.`
      : `${signalName(edge.signal)} ${happened(edge.level)} ${seconds(passed_us, off_us)} after ${limit.text}, ${duration(Math.abs(off_us))} ` +
        `${which} allowed ${seconds(limit.delay_us, off_us)}${basisOf(predicted)}.`;
  return {
    kind,
    signal: edge.signal,
    expected: wanted(predicted),
    got: observed(edge),
    off_us,
    ...because(predicted),
    text: capital(text),
  };
}

export function absent(predicted: PredictedEdge, limit: Bounding): Difference {
  const text = `${signalName(predicted.signal)} did not become ${stateName(predicted.level)} within ${seconds(limit.delay_us)} after ${limit.text}${basisOf(predicted)}.`;
  return {
    kind: 'missing',
    signal: predicted.signal,
    expected: wanted(predicted),
    got: null,
    off_us: null,
    ...because(predicted),
    text: capital(text),
  };
}

/** `starting`: the supply came or changed so shortly before that the unit may still start up; past that R15 is no reason. */
export function extraEdge(edge: Edge, unexplained: Unexplained | undefined, starting: boolean): Difference {
  const given = unexplained ?? UNEXPLAINED;
  const { consequence } = given;
  const { rule, requirement, certainty, why } = given.rule === 'R15' && !starting ? UNEXPLAINED : given;
  const text = `${signalName(edge.signal)} ${happened(edge.level)} at ${seconds(edge.at_us)} without a cause: ${why.replace(/\.$/, '')}${basis(rule, requirement, certainty)}.`;
  const expected = { level: null, earliest_us: null, latest_us: null };
  return {
    kind: 'extra',
    signal: edge.signal,
    expected,
    got: observed(edge),
    off_us: null,
    measured: null,
    rule,
    requirement,
    certainty,
    blame: 'unit',
    consequence,
    text: capital(text),
  };
}

export function excursion(one: Excursion, unexplained: Unexplained | undefined): Difference {
  // The rule the reference stood in says nothing of a change away and back: that is R18's.
  const { rule, requirement, certainty } = UNEXPLAINED;
  const consequence = unexplained?.consequence ?? false;
  const { away, back, length_us } = one;
  const kind = away.level === 'notHigh' || away.level === 'off' ? 'dropOut' : 'pulse';
  const what = kind === 'dropOut' ? 'dropped out' : `was ${stateName(away.level)}`;
  // A return that only a probe found is stamped at the probe's end: it came at any time within.
  const most = back.uncertainty_us > COARSE * length_us ? 'at most ' : '';
  const text = `${signalName(away.signal)} ${what} for ${most}${duration(length_us)} at ${seconds(away.at_us)} without a cause${basis(rule, requirement, certainty)}.`;
  const expected = { level: back.level, earliest_us: null, latest_us: null };
  return {
    kind,
    signal: away.signal,
    expected,
    got: observed(away),
    off_us: length_us,
    measured: null,
    rule,
    requirement,
    certainty,
    blame: 'unit',
    consequence,
    text: capital(text),
  };
}

/** Changes each too short to matter, but too many to be single events. `off_us` is the length of the longest. */
export function burst(changes: Burst): Difference {
  const [first] = changes;
  const longest = changes.reduce((most, one) => (one.length_us > most.length_us ? one : most));
  const whole = excursion(longest, undefined);
  const { rule, requirement, certainty } = UNEXPLAINED;
  const last_us = (changes.at(-1) ?? first).back.at_us;
  const what = whole.kind === 'dropOut' ? 'dropped out' : `was ${stateName(longest.away.level)}`;
  const text =
    `${signalName(first.away.signal)} ${what} ${changes.length} times from ${seconds(first.away.at_us)} to ${seconds(last_us)}, each for at most ` +
    `${duration(longest.length_us)}: too often to be forgiven as single glitches${basis(rule, requirement, certainty)}.`;
  return { ...whole, got: observed(first.away), text: capital(text) };
}

export function wrongInitial({ prediction, trace }: Evidence, signal: SenseSignal): Difference {
  const span = prediction.allowed.find((one) => one.signal === signal);
  const [rule, requirement, certainty] = span === undefined ? [null, null, null] : [span.rule, span.requirement, span.certainty];
  const [level, got] = [prediction.initial[signal], trace.initial[signal]];
  const at_us = trace.captured.find((one) => one.signal === signal)?.from_us ?? 0;
  const text = `${signalName(signal)} was ${stateName(got)} when the case began, where it must be ${stateName(level)}${basis(rule, requirement, certainty)}.`;
  return {
    kind: 'wrongLevel',
    signal,
    expected: {
      level,
      earliest_us: null,
      latest_us: null,
    },
    got: {
      level: got,
      at_us,
      uncertainty_us: null,
    },
    off_us: null,
    measured: null,
    rule,
    requirement,
    certainty,
    blame: 'unit',
    consequence: false,
    text: capital(text),
  };
}

/** The probe found the output low or leaky where it has to float. `predicted` is null for a state that holds from the start. */
export function notFloating(probe: Probe, kind: 'low' | 'leaky', predicted: PredictedEdge | null): Difference {
  const requirement = 'FLOATING';
  const certainty = 'I';
  const rule = predicted?.rule ?? 'R16';
  const seen = kind === 'low' ? 'is pulled low' : 'leaks';
  const text =
    `${signalName(probe.output)} ${seen} at ${seconds(probe.from_us)} where it has to float: ${amount(probe.biasOff_mV)} mV by itself, ${amount(probe.biasOn_mV)} mV pulled up, ` +
    `supply ${amount(probe.supply_mV)} mV${basis(rule, requirement, certainty)}.`;
  return {
    kind,
    signal: probe.output,
    expected: {
      level: 'floating',
      earliest_us: null,
      latest_us: null,
    },
    got: {
      level: kind,
      at_us: probe.from_us,
      uncertainty_us: null,
    },
    off_us: null,
    measured: null,
    rule,
    requirement,
    certainty,
    blame: 'unit',
    consequence: predicted?.consequence ?? false,
    text: capital(text),
  };
}

/** Nothing but `level` was allowed by `basedOn`, and the output was not high. */
const notHighAt = (
  output: OutputSignal,
  at_us: number,
  uncertainty_us: number | null,
  because: Pick<Difference, 'rule' | 'requirement' | 'certainty' | 'blame'>,
) => ({
  kind: 'wrongLevel' as const,
  signal: output,
  expected: { level: 'high', earliest_us: null, latest_us: null },
  got: { level: 'notHigh', at_us, uncertainty_us },
  off_us: null,
  measured: null,
  consequence: false,
  ...because,
});

/** A sink was refused. `span` is what demanded the output to be high then; without one the scenario asked for too much. */
export function refusedSink(output: OutputSignal, at_us: number, uncertainty_us: number, span: AllowedSpan | undefined): Difference {
  const rule = span?.rule ?? null;
  const requirement = span?.requirement ?? null;
  const certainty = span?.certainty ?? null;
  const why = span === undefined ? '; the reference does not demand it to be high then' : basis(rule, requirement, certainty);
  return {
    ...notHighAt(output, at_us, uncertainty_us, { rule, requirement, certainty, blame: span === undefined ? 'scenario' : 'unit' }),
    text: `${signalName(output)} was not high at ${seconds(at_us)}, so the fixture did not load it${why}.`,
  };
}

/** What an output is asked to carry. */
const CARRIES: Readonly<Record<OutputSignal, { readonly requirement: RequirementId; readonly drop: AnalogSignal }>> = {
  load: { requirement: 'LOAD-DROP', drop: 'loadDrop' },
  preAlarm: { requirement: 'PRE-DROP', drop: 'preAlarmDrop' },
  charger: { requirement: 'CHG-DROP', drop: 'chargerDrop' },
};

/** An output fell below half the supply under the fixture's sink: its drop is out of any limit, whatever a sample afterwards says. */
export function brokeDown(output: OutputSignal, at_us: number, uncertainty_us: number | null): Difference {
  const { requirement, drop } = CARRIES[output];
  const certainty = requirementCertainty(requirement);
  return {
    ...notHighAt(output, at_us, uncertainty_us, { rule: null, requirement, certainty, blame: 'unit' }),
    signal: drop,
    text: `${signalName(output)} broke down under the fixture's 1 A: at ${seconds(at_us)} it was not high, and was let go of${basis(null, requirement, certainty)}.`,
  };
}

/** CHARGER did not come back in time after the fixture's short; `back` is when it did. */
export function notBack({ output, to_us }: Held, { certainty }: AllowedSpan, back: Edge | undefined): Difference {
  const [rule, requirement] = ['R19', 'NO-LATCH'];
  const until = back === undefined ? 'and did not come back' : `and came back ${duration(back.at_us - to_us)} later`;
  return {
    ...notHighAt(output, to_us, null, { rule, requirement, certainty, blame: 'unit' }),
    text: `${signalName(output)} was not high at ${seconds(to_us)}, 100 ms after the fixture's short, ${until}${basis(rule, requirement, certainty)}.`,
  };
}

/** A step's trigger timed out. `due` is the required edge of the reference that should have fired it; without one the scenario asked for too much. */
export function noTrigger(entry: TimelineEntry, armed_us: number, due: PredictedEdge | undefined): Difference | null {
  if (entry.when.kind !== 'afterEdge') return null;
  const { signal, level, timeout_us } = entry.when;
  const basisText = due === undefined ? '; the reference does not demand it by then' : basisOf(due);
  const text = `${entry.id} waited ${seconds(timeout_us)} for ${signalName(signal)} to become ${stateName(level)}, and the case ended there${basisText}.`;
  return {
    kind: 'noEdge',
    signal,
    expected: {
      level,
      earliest_us: armed_us,
      latest_us: armed_us + timeout_us,
    },
    got: null,
    off_us: null,
    measured: null,
    rule: due?.rule ?? null,
    requirement: due?.requirement ?? null,
    certainty: due?.certainty ?? null,
    blame: due === undefined ? 'scenario' : 'unit',
    consequence: due !== undefined,
    text: capital(text),
  };
}
