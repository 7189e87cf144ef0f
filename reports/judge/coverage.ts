/** Whether the capture saw a signal over a span: no gap, and blind spots only as short and as rare as is allowed. */

import type { Capture } from '../../scenarios/contracts/timeline.ts';
import type { Span, Trace } from '../../scenarios/contracts/trace.ts';
import { SENSES } from '../../scenarios/signals.ts';
import { doubt, type Evidence, type Findings } from './findings.ts';
import { duration, seconds, signalName } from './wording.ts';

/** Source: ELECTRICS.md, "Outputs": each blind span at most 3 ms, 1 % in total. */
const BLIND_us = 3_000;
const BLIND_SHARE = 0.01;
/** Start and end of a capture are commanded, not stamped: they may miss the asked instant by this. */
const SLACK_us = 1_000;

const overlap_us = (span: Span, from_us: number, to_us: number): number =>
  Math.max(0, Math.min(span.to_us, to_us) - Math.max(span.from_us, from_us));

/** Null when `signal` was seen from `from_us` to `to_us`, else what is missing, as the end of a sentence. */
export function cover(trace: Trace, signal: string, from_us: number, to_us: number): string | null {
  if (!Number.isFinite(from_us) || !Number.isFinite(to_us) || to_us < from_us)
    return `the span from ${seconds(from_us)} to ${seconds(to_us)} is none`;
  const spans = trace.captured.filter((span) => span.signal === signal).toSorted((a, b) => a.from_us - b.from_us);
  let seen_us = from_us;
  for (const span of spans) if (span.from_us <= seen_us + SLACK_us) seen_us = Math.max(seen_us, span.to_us);
  if (!(seen_us >= to_us - SLACK_us) || spans.length === 0)
    return `it was captured only up to ${seconds(spans.length === 0 ? from_us : seen_us)} of ${seconds(to_us)}`;
  return blindness(trace, signal, from_us, to_us);
}

function blindness(trace: Trace, signal: string, from_us: number, to_us: number): string | null {
  const spans = trace.blind.filter((span) => span.signal === signal && overlap_us(span, from_us, to_us) > 0);
  const longest = Math.max(0, ...spans.map((span) => span.to_us - span.from_us));
  if (!(longest <= BLIND_us)) return `it could not be seen for ${duration(longest)} at a time`;
  const total = spans.reduce((sum, span) => sum + overlap_us(span, from_us, to_us), 0);
  // A single probe in a short span is more than 1 % of it: the share counts over what one probe can be diluted in.
  if (spans.length > 1 && !(total <= BLIND_SHARE * (to_us - from_us))) return `it could not be seen for ${duration(total)} in total`;
  return null;
}

/** What the timeline asked to capture; from power on, because before it there is nothing to judge. */
const asked = (capture: Capture, trace: Trace): Span => ({
  signal: capture.signal,
  from_us: Math.max(0, capture.from_us) as Span['from_us'],
  to_us: capture.to_us === null || capture.to_us > trace.ended_us ? trace.ended_us : capture.to_us,
});

/** The capture as a whole: everything the timeline asked for was seen. */
export function judgeCapture({ testCase, trace }: Evidence): Partial<Findings> {
  const { captures } = testCase.timeline;
  if (captures.length === 0)
    return { notMeasured: [doubt('reference', null, 'The case captures nothing, so nothing can be judged.', 'scenario')] };
  const notMeasured = captures.flatMap((capture) => {
    const span = asked(capture, trace);
    const gap = cover(trace, span.signal, span.from_us, span.to_us);
    return gap === null ? [] : [doubt('reference', span.signal, `${signalName(span.signal)} was not fully captured: ${gap}.`)];
  });
  const unwatched = SENSES.filter((signal) => !captures.some((capture) => capture.signal === signal));
  return {
    notMeasured: [
      ...notMeasured,
      ...unwatched.map((signal) => doubt('reference', signal, `${signalName(signal)} is not captured at all.`, 'scenario')),
    ],
  };
}

/** The shortest pulse that the blind spans between two instants could have hidden; 0 = none. */
export const couldHide_us = (trace: Trace, signal: string, from_us: number, to_us: number): number =>
  Math.max(0, ...trace.blind.filter((span) => span.signal === signal).map((span) => overlap_us(span, from_us, to_us)));
