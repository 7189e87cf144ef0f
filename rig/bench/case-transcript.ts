/** A case's transcript with everything else that its trace was made from: enough to make the trace again with no bench. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { type Case, drawsCurrent } from '../../scenarios/contracts/case.ts';
import type { FixtureTicks, HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { ClockSync, type ClockState } from '../link/clock-fit.ts';
import { EventInbox } from '../link/event-inbox.ts';
import { PingBook } from '../link/ping-book.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { decodeCommand, decodeLine } from '../wire/codec.ts';
import { STATE_BITS, type FixtureMessage } from '../wire/messages.ts';
import { encodeTimeline } from './encode-timeline.ts';
import { lastTick, type StampedEvent, stamped } from './run-timeline.ts';
import { buildTrace } from './trace.ts';

export interface CaseTranscript {
  /** What was known of the clocks before the first line. */
  readonly clock: ClockState;
  /** The fit uses pings sent since then. */
  readonly fitSince: HostTime_ms;
  /** The tick of scenario time 0. */
  readonly t0: FixtureTicks;
  readonly firstLine: number;
  readonly calibration: Calibration | null;
  readonly dividers: Dividers;
  readonly lines: readonly TranscriptLine[];
}

const nothing = (): void => undefined;

/** Takes the lines in as the conversation did; what the fixture said twice, late or spoiled counts as it did then. */
class Replay {
  readonly sync: ClockSync;
  readonly events: StampedEvent[] = [];
  readonly #pings = new PingBook();
  readonly #inbox: EventInbox;
  #begun_ppm: number | null = null;

  constructor(clock: ClockState) {
    this.sync = ClockSync.restored(clock);
    this.#inbox = new EventInbox({
      now: () => 0,
      patience_ms: () => 0,
      deliver: (event) => {
        if (this.#begun_ppm !== null) this.events.push(stamped(event, this.sync));
      },
      request: nothing,
      alarm: nothing,
      lost: nothing,
    });
  }

  /** Gives how well the clocks were known before the first line of the case itself. */
  take(lines: readonly TranscriptLine[], firstLine: number, fitSince: HostTime_ms): number {
    const begun_ppm = (): number => this.sync.fit(fitSince).bound_ppm;
    for (const [index, { way, line, at_ms }] of lines.entries()) {
      if (index === firstLine) this.#begun_ppm = begun_ppm();
      if (way === 'sent') this.#sent(line, at_ms);
      else if (way === 'received') {
        const decoded = decodeLine(line);
        if (decoded.ok) this.#received(decoded.message, at_ms);
      }
    }
    return this.#begun_ppm ?? begun_ppm();
  }

  #sent(line: string, at_ms: HostTime_ms): void {
    const decoded = decodeCommand(line);
    if (decoded.ok && decoded.message.kind === 'ping') this.#pings.sent(decoded.message.id, at_ms);
  }

  #received(message: FixtureMessage, at_ms: HostTime_ms): void {
    if (message.kind === 'events') this.#inbox.accept(message);
    if (message.kind !== 'pong') return;
    const sent_ms = this.#pings.sentAt(message);
    if (sent_ms === null || (message.state >> STATE_BITS.noHelloSinceBoot) & 1) return;
    this.sync.add(sent_ms, at_ms, message.tick);
    if (this.#pings.accept(message, at_ms)) this.#inbox.announced(message.events);
  }
}

/**
 * The trace that these lines give. What the host knew by other means than lines (who it was, the calibration's standing, how and why the case ended by the host's
 * own clock, its counters) is taken from the trace that was stored.
 */
export const replayTrace = (testCase: Case, stored: Trace, transcript: CaseTranscript): Trace => {
  const { clock, fitSince, t0, firstLine, calibration, dividers, lines } = transcript;
  const replay = new Replay(clock);
  const begun_ppm = replay.take(lines, firstLine, fitSince);
  const { sync, events } = replay;
  const sent = lines.filter(({ way }) => way === 'sent').length;
  return buildTrace(
    {
      t0,
      events,
      entryOf: encodeTimeline(testCase.timeline, calibration?.supply ?? null, drawsCurrent(testCase.attached)).entryOf,
      end: stored.end,
      reason: stored.reason,
      endedBy: stored.endedBy,
      ended: lastTick(events, sync, t0),
      fit: sync.fit(fitSince),
      begun_ppm: stored.clock.begun_ppm === undefined ? null : begun_ppm,
      counters: { ...stored.link, linesSent: sent, linesReceived: lines.length - sent },
      boots: stored.boots,
      operator: stored.operator,
    },
    testCase,
    { bench: stored.bench, calibration, inForce: stored.calibration, contacts: stored.contacts, dividers, seed: stored.seed },
  );
};
