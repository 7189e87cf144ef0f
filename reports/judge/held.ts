/** When the fixture itself held an output, by a short or a sink, so that its level there is not the unit's. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type DriveSignal, type DriveValue, type OutputSignal } from '../../scenarios/signals.ts';

/** A probe of an output with a coil pulls against the coil: it tells nothing of the unit, and only high and not high are judged there. */
export const coilOutputs = ({ attached }: Case): readonly OutputSignal[] => OUTPUTS.filter((output) => attached[output]?.kind === 'coil');

/** The drive, the output it holds, and how long the output may take afterwards. Source: electrical.md, "Sinks"; a sink lets go within R18's glitch. */
const HOLDS: Partial<Record<DriveSignal, { readonly output: OutputSignal; readonly after_us: number }>> = {
  chargerShort: { output: 'charger', after_us: 100_000 },
  chargerSink: { output: 'charger', after_us: 1_000 },
  loadSink: { output: 'load', after_us: 1_000 },
  preAlarmSink: { output: 'preAlarm', after_us: 1_000 },
};

/** The output a drive loads or shorts. */
export const heldOutput = (drive: DriveSignal): OutputSignal | undefined => HOLDS[drive]?.output;

export interface Held {
  readonly output: OutputSignal;
  readonly drive: DriveSignal;
  readonly from_us: number;
  /** The output's own time to come back included. */
  readonly to_us: number;
}

interface Change {
  readonly drive: DriveSignal;
  readonly value: DriveValue;
  readonly at_us: number;
  readonly uncertainty_us: number;
}

function changesOf(entry: TimelineEntry, trace: Trace): readonly Change[] {
  // A day has thousands of entries, and few that hold an output.
  if ((entry.do.kind !== 'set' && entry.do.kind !== 'pulse') || !entry.do.changes.some(({ signal }) => signal in HOLDS)) return [];
  const stimulus = trace.stimuli.find((one) => one.entry === entry.id);
  if (stimulus === undefined || stimulus.done_us === null) return [];
  const { done_us, ended_us, uncertainty_us } = stimulus;
  const action = entry.do;
  const begin = action.changes.map(({ signal, value }) => ({ drive: signal, value, at_us: done_us, uncertainty_us }));
  if (action.kind === 'set') return begin;
  const end_us = ended_us ?? done_us + action.for_us;
  return [...begin, ...begin.map((one) => ({ ...one, value: 'off' as const, at_us: end_us }))];
}

/** In order of their beginnings; one that nothing ended lasts to the end of the trace. */
export function heldSpans(testCase: Case, trace: Trace): readonly Held[] {
  const changes = testCase.timeline.entries.flatMap((entry) => changesOf(entry, trace)).toSorted((a, b) => a.at_us - b.at_us);
  const spans: Held[] = [];
  for (const [drive, { output, after_us }] of Object.entries(HOLDS)) {
    let from_us: number | null = null;
    for (const { value, at_us, uncertainty_us } of changes.filter((one) => one.drive === drive)) {
      if (value !== 'off') from_us ??= at_us - uncertainty_us;
      else if (from_us !== null) {
        spans.push({ output, drive: drive as DriveSignal, from_us, to_us: at_us + uncertainty_us + after_us });
        from_us = null;
      }
    }
    if (from_us !== null) spans.push({ output, drive: drive as DriveSignal, from_us, to_us: trace.ended_us });
  }
  return joined(spans.toSorted((a, b) => a.from_us - b.from_us));
}

/** The short that lasts for the whole of a span: its output is not the unit's then. */
export const heldThroughout = (spans: readonly Held[], signal: string, from_us: number, to_us: number): Held | undefined =>
  spans.find(
    ({ drive, output, ...span }) => drive === 'chargerShort' && output === signal && span.from_us <= from_us && span.to_us >= to_us,
  );

/** Spans of one output that overlap are one. */
function joined(spans: readonly Held[]): readonly Held[] {
  const list: Held[] = [];
  for (const span of spans) {
    const index = list.findIndex((one) => one.output === span.output && one.to_us >= span.from_us);
    const before = list[index];
    if (before === undefined) list.push(span);
    else list[index] = { ...before, to_us: Math.max(before.to_us, span.to_us) };
  }
  return list;
}

/** Null, or the edge that leads to the level after the span: it came about somewhere within. */
function netEdge(edges: readonly Edge[], span: Held): Edge | null {
  const last = edges.at(-1);
  if (last === undefined || edges.length % 2 === 0) return null;
  return { ...last, uncertainty_us: last.uncertainty_us + Math.max(last.at_us - span.from_us, span.to_us - last.at_us) };
}

/**
 * The trace without what the fixture did to an output by its own sink or short. A level that differs afterwards is one edge, known as well as the span is
 * long; probes in a span show the fixture's doing, and those of an output with a coil the coil's. Everything else stays as it was observed, sequence numbers too.
 */
export function unitsOwn(testCase: Case, trace: Trace): Trace {
  const spans = heldSpans(testCase, trace);
  const coils = coilOutputs(testCase);
  if (spans.length === 0 && coils.length === 0) return trace;
  let { edges, probes } = trace;
  probes = probes.filter(({ output }) => !coils.includes(output));
  for (const span of spans) {
    const inside = edges.filter(({ signal, at_us }) => signal === span.output && at_us >= span.from_us && at_us <= span.to_us);
    const net = netEdge(inside, span);
    edges = edges.flatMap((edge) => (inside.includes(edge) ? (edge.seq === net?.seq ? [net] : []) : [edge]));
    probes = probes.filter(({ output, from_us, to_us }) => output !== span.output || to_us < span.from_us || from_us > span.to_us);
  }
  return { ...trace, edges, probes };
}
