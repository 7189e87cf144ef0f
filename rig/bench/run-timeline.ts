/** One case on the fixture: begin, feed, wait for the end whichever way it comes, and everything the fixture said meanwhile. */

import type { Blame } from '../../scenarios/contracts/blame.ts';
import { type Clock, type FixtureTicks, hostTime, type HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { LinkCounters, OperatorAnswer } from '../../scenarios/contracts/trace.ts';
import type { EntryId, Timeline, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Correction } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import { type ClockSync, type Fit, wireTicks } from '../link/clock-fit.ts';
import type { Conversation } from '../link/conversation.ts';
import { KEEP_ALIVE_ENERGETIC_ms, KEEP_ALIVE_ms } from '../link/link-timing.ts';
import { refusalFault } from '../link/refusal-words.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { within } from '../link/waiting.ts';
import { wrapsOf } from '../wire/case-length.ts';
import type { FixtureEvent } from '../wire/messages.ts';
import { eventFault, isAfterEnd, overrunFault, stallFor_ms, unexplained, unlessSpoiled, unlessStalled } from './event-fault.ts';
import { stormFault } from './edge-storm.ts';
import { encodeTimeline } from './encode-timeline.ts';
import { EnergyOutlook, type Passed } from './energy.ts';
import { askAt, type AskOperator, type Hands, nobody } from './operator.ts';
import { chooseStart, feedTimeline, hostTimeOf } from './feed-timeline.ts';

/** An event with its ticks extended to 53 bits; `until` only where it spans time (a probe). */
export interface StampedEvent {
  readonly event: FixtureEvent;
  readonly ticks: FixtureTicks;
  readonly until: FixtureTicks;
}

/** A case as the fixture told it, before anything is converted. */
export interface RawRun {
  readonly t0: FixtureTicks;
  readonly events: readonly StampedEvent[];
  readonly entryOf: ReadonlyMap<number, string>;
  readonly end: 'complete' | 'aborted' | 'lost';
  readonly reason: string | null;
  readonly endedBy: Blame | null;
  /** The last tick known: end of the case, or the last pong before the link was lost. */
  readonly ended: FixtureTicks;
  readonly fit: Fit;
  /** Bound of the fit that the case was begun by; null where it was not kept. */
  readonly begun_ppm: number | null;
  readonly counters: LinkCounters;
  readonly boots: readonly string[];
  readonly operator: readonly OperatorAnswer[];
}

/** With the lines that it was heard in. */
export interface HeardRun extends RawRun {
  /** Of the transcript's lines the first that belongs to the case: what came before only made ready for it. */
  readonly firstLine: number;
  /** The transcript up to here. */
  readonly lines: readonly TranscriptLine[];
}

export interface RunOptions {
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly timeline: Timeline;
  /** What the supply's converter is corrected by. */
  readonly supply: Correction | null;
  /** Something attached draws current throughout. */
  readonly draws: boolean;
  /** Number of the case, for the fixture's log. */
  readonly number: number;
  /** The fit uses pings since then. */
  readonly fitSince: HostTime_ms;
  /** Asks a person. Default: nobody is there. */
  readonly ask?: AskOperator;
  /** Do what a scenario asks for, at a bench that has nobody beside it. */
  readonly hands?: Hands;
  /** A simulated bench, which nobody else's hands reach. */
  readonly simulated: boolean;
  readonly caseId: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly at_us: number; readonly of_us: number }) => void;
}

/** How far a case may run over the latest end its timeline allows, before the host ends it. */
const OVERRUN_ms = 2_000;
/** How far before the fixture ends it, which a host that talks and does nothing more cannot keep it from. */
const FIXTURE_OVERRUN_ms = 5_000;
const SETTLE_ms = 3_000;
const PROGRESS_ms = 1_000;
/** From when before a drive with energy may go on until when after it the host speaks often; it looks every second. */
const AHEAD_ms = PROGRESS_ms + 500;
const BEHIND_ms = 100;

/** From an answer until the case goes on: the entry that says so, and what follows at once, have to be with the fixture by then. */
const RELEASE_ms = 500;
/** Not a fault: the case ended because nobody answered. */
class Unanswered extends Error {}

type Ending = Pick<RawRun, 'end' | 'reason' | 'endedBy'>;
const because = (end: RawRun['end'], fault: RigError): Ending => ({ end, reason: `${fault.code}: ${fault.message}`, endedBy: fault.blame });
const endOf = ({ blame }: RigError): RawRun['end'] => (blame === 'link' ? 'lost' : 'aborted');
const COMPLETE: Ending = { end: 'complete', reason: null, endedBy: null };

/** Runs one case after a `hello`. Never throws for what happens to the case: the ending says it. */
export const runTimeline = async (options: RunOptions): Promise<HeardRun> => {
  const { conversation, clock, timeline } = options;
  const encoded = encodeTimeline(timeline, options.supply, options.draws);
  const exact = (): Fit => conversation.clockSync.fit(options.fitSince);
  const fit = settledFit(conversation.clockSync, options.fitSince, exact);
  const t0 = chooseStart({ commands: encoded.commands, now: clock.now(), fit: fit(), roundTrip_ms: conversation.roundTrip_ms });

  const events: StampedEvent[] = [];
  /** By the entries that were done or refused. */
  const passedAt = new Map<EntryId, FixtureTicks>();
  const ended = Promise.withResolvers<Ending>();
  const feeding = new AbortController();
  let credit = Promise.withResolvers<void>();
  let broken = false;
  /** A computer that slept did not even let its clock run: the fixture tells of what is still to come by that clock. */
  const slept_ms = (): number => Math.max(0, ...events.slice(-1).map(({ ticks }) => fit().hostAt(ticks) - clock.now()));
  const fail = (fault: RigError, end = endOf(fault), stall_ms?: number): void => {
    const explained = unlessStalled(fault, Math.max(conversation.counters.stalled_ms, slept_ms()), stall_ms);
    ended.resolve(because(explained === fault ? end : 'aborted', explained));
  };
  const firstLine = conversation.transcript.lines.length;
  const begun_ppm = fit().bound_ppm;
  conversation.listen({
    onEvent: (event) => {
      const one = stamped(event, conversation.clockSync);
      events.push(one);
      const entry = event.kind === 'done' || event.kind === 'refused' ? encoded.entryOf.get(event.id) : undefined;
      if (entry !== undefined) passedAt.set(entry, one.ticks);
      if (entry !== undefined && event.kind === 'done') done(entry).resolve();
      const fault = eventFault(event, encoded.entryOf);
      if (fault && isAfterEnd(fault)) void unexplained(fault, conversation).then(fail);
      else if (fault) fail(stormFault(fault, events) ?? unlessSpoiled(fault, conversation.counters), undefined, stallFor_ms(event));
      else if (event.kind === 'ended')
        ended.resolve(event.reason === 'aborted' ? { end: 'aborted', reason: 'The fixture ended the case.', endedBy: 'rig' } : COMPLETE);
    },
    onFault: (fault) => {
      broken = true;
      fail(fault, 'lost');
    },
    onCredit: () => {
      credit.resolve();
      credit = Promise.withResolvers();
    },
  });

  const passed = (now_fit: Fit): Passed => ({
    has: (entry) => passedAt.has(entry),
    get: (entry) => {
      const ticks = passedAt.get(entry);
      return ticks === undefined ? undefined : now_fit.hostAt(ticks);
    },
  });
  const operator: OperatorAnswer[] = [];
  const heard = new Map<EntryId, PromiseWithResolvers<void>>();
  const done = (entry: EntryId): PromiseWithResolvers<void> => {
    const known = heard.get(entry) ?? Promise.withResolvers<void>();
    heard.set(entry, known);
    return known;
  };
  const release = async (barrier: TimelineEntry): Promise<FixtureTicks> => {
    if (barrier.when.kind === 'released') await done(barrier.when.entry).promise;
    const { signal } = feeding;
    const { ask = nobody, hands = null, simulated: outOfReach, caseId } = options;
    const answer = await askAt(barrier, { ask, hands, outOfReach, clock, caseId, signal });
    signal.throwIfAborted();
    operator.push(answer);
    if (answer.choice !== null) return fit().ticksAt(hostTime(clock.now() + RELEASE_ms));
    ended.resolve({ end: 'aborted', reason: `${barrier.id} was not answered.`, endedBy: 'operator' });
    throw new Unanswered();
  };

  const abort = (): void =>
    ended.resolve({
      end: 'aborted',
      reason: String(options.signal?.reason instanceof Error ? options.signal.reason.message : options.signal?.reason),
      endedBy: 'operator',
    });
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener('abort', abort, { once: true });

  const run = async (): Promise<void> => {
    const begun = await conversation.command({
      kind: 'begin',
      case: options.number & 0xffff,
      t0: wireTicks(t0),
      most_wraps: wrapsOf(hostTimeOf(timeline.endBounds_us[1], t0, fit()) - clock.now() + FIXTURE_OVERRUN_ms),
    });
    if (!begun.accepted) throw refusalFault('the begin of the case', begun.refused);
    await feedTimeline({
      conversation,
      clock,
      commands: encoded.commands,
      t0,
      fit,
      signal: feeding.signal,
      release,
      creditChanged: () => credit.promise,
    });
  };
  if (!options.signal?.aborted)
    run().catch(async (cause: unknown) => {
      if (cause instanceof RigError && cause.code === 'fixtureRefused') fail(await unexplained(cause, conversation));
      else if (cause instanceof RigError) fail(cause);
      else if (!feeding.signal.aborted && !(cause instanceof Unanswered)) fail(new RigError('internal', String(cause), { cause }));
    });

  const ending = await watch(options, { t0, fit, passed, ended: ended.promise });
  feeding.abort();
  options.signal?.removeEventListener('abort', abort);
  if (!broken) await finish(conversation, ending);
  return {
    t0,
    events,
    entryOf: encoded.entryOf,
    ...(broken && ending.end === 'complete' ? CUT_OFF : ending),
    ended: lastTick(events, conversation.clockSync, t0),
    fit: exact(),
    begun_ppm,
    counters: conversation.counters,
    boots: [...conversation.boots],
    operator,
    firstLine,
    lines: [...conversation.transcript.lines],
  };
};

/** The end of the case as the fixture told it, or the last tick that is known. */
export const lastTick = (events: readonly StampedEvent[], sync: ClockSync, t0: FixtureTicks): FixtureTicks =>
  events.findLast(({ event }) => event.kind === 'ended' || event.kind === 'safe')?.ticks ?? sync.samples.at(-1)?.ticks ?? t0;

/** The longer the pings go back, the less a few more say: after an hour a fit of some seconds ago plans as well as one of now, at a fraction of the work. */
const FRESH_SHARE = 0.005;
const settledFit = (sync: ClockSync, since: HostTime_ms, exact: () => Fit): (() => Fit) => {
  let known: { readonly fit: Fit; readonly newest_ms: number } | null = null;
  return () => {
    const [first_ms, newest_ms] = [sync.samples[0]?.sent_ms ?? since, sync.samples.at(-1)?.sent_ms ?? since];
    const fresh_ms = FRESH_SHARE * (newest_ms - Math.max(first_ms, since));
    if (known === null || newest_ms < known.newest_ms || newest_ms - known.newest_ms > fresh_ms) known = { fit: exact(), newest_ms };
    return known.fit;
  };
};

/** An event with its ticks in full. */
export const stamped = (event: FixtureEvent, sync: ClockSync): StampedEvent => {
  const ticks = sync.extend('tick' in event ? event.tick : event.from);
  return { event, ticks, until: 'to' in event ? sync.extend(event.to) : ticks };
};

const CUT_OFF: Ending = { end: 'lost', reason: 'The link broke before the last events had come.', endedBy: 'link' };

/** Stops what did not end by itself (first of all), and hears the fixture out. */
const finish = async (conversation: Conversation, ending: Ending): Promise<void> => {
  if (ending.end !== 'complete') {
    conversation.keepAliveEvery(KEEP_ALIVE_ms);
    await conversation.stop();
  }
  await conversation.pingBurst();
  await conversation.settle(SETTLE_ms);
};

interface Watched {
  readonly t0: FixtureTicks;
  readonly fit: () => Fit;
  /** When entries were done or refused, on the host's clock. */
  readonly passed: (fit: Fit) => Passed;
  readonly ended: Promise<Ending>;
}

/** Lines that did not arrive as they were sent, both ways. */
const spoiledOf = ({ counters: { crcErrors, resent } }: Conversation): number => crcErrors + resent;
/** What is lost so shortly before the end may be the word of the end. */
const BEFORE_END_ms = 1_000;

/** Waits for the end, tells of progress, speaks more often while energy may flow, and gives up on a case that overruns. */
const watch = async ({ conversation, clock, timeline, onProgress }: RunOptions, { t0, fit, passed, ended }: Watched): Promise<Ending> => {
  const latestEnd_us = timeline.endBounds_us[1];
  const energy = new EnergyOutlook(timeline);
  let keepAlive_ms = KEEP_ALIVE_ms;
  let spoiledBefore: number | null = null;
  for (;;) {
    const now_fit = fit();
    const at = (time: (typeof timeline.endBounds_us)[number]): number => hostTimeOf(time, t0, now_fit);
    const now = clock.now();
    if (now > at(latestEnd_us) - BEFORE_END_ms) spoiledBefore ??= spoiledOf(conversation);
    // Who fell silent before the end was due did not overrun.
    if (now > at(latestEnd_us) + OVERRUN_ms && !conversation.isAskingWhy) {
      const fault = overrunFault(OVERRUN_ms / 1000, conversation.missingEvents, spoiledOf(conversation) - (spoiledBefore ?? 0));
      return because(endOf(fault), fault);
    }
    const wanted_ms = energy.near({ now_ms: now, hostTimeOf: at, passed_ms: passed(now_fit) }, AHEAD_ms, BEHIND_ms)
      ? KEEP_ALIVE_ENERGETIC_ms
      : KEEP_ALIVE_ms;
    if (wanted_ms !== keepAlive_ms) conversation.keepAliveEvery((keepAlive_ms = wanted_ms));
    const ending = await within(clock, PROGRESS_ms, ended, null);
    if (ending) return ending;
    onProgress?.({ at_us: Math.max(0, (clock.now() - hostTimeOf(0 as typeof latestEnd_us, t0, now_fit)) * 1000), of_us: latestEnd_us });
  }
};
