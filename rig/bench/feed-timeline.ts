/** Keeps the fixture's timeline filled: sends each entry some seconds ahead, as far as the fixture has room, with the best clock rate known by then. */

import { type Clock, type FixtureTicks, type HostTime_ms, type ScenarioTime_us, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { type Fit, ScenarioAxis, wireTicks } from '../link/clock-fit.ts';
import type { Conversation } from '../link/conversation.ts';
import { refusalFault } from '../link/refusal-words.ts';
import { within } from '../link/waiting.ts';
import { RigError } from '../error.ts';
import type { Command } from '../link/command-window.ts';
import type { PlannedCommand } from './encode-timeline.ts';

/** How far ahead entries are sent: beyond any pause of host and link, near enough to use a clock rate that still improves. */
const HORIZON_ms = 3_000;
/** Without room at the fixture a ping asks again after this: sooner for an entry that is wanted soon. */
const CREDIT_POLL_ms = 50;
const CREDIT_POLL_CALM_ms = 300;
const PRESSING_ms = 1_000;
/** Places of the fixture that entries without a time of their own leave to those with one: a look at everything takes eight. */
const KEPT_FREE = 12;

export interface FeedOptions {
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly commands: readonly PlannedCommand[];
  readonly t0: FixtureTicks;
  readonly fit: () => Fit;
  readonly signal: AbortSignal;
  /** Resolves with the tick at which the case goes on behind a barrier; rejects where it does not. */
  readonly release: (barrier: TimelineEntry) => Promise<FixtureTicks>;
  /** Resolves when the fixture has told of more room. */
  readonly creditChanged: () => Promise<void>;
}

/** When a scenario instant is, on the host's clock. */
export const hostTimeOf = (at: ScenarioTime_us, t0: FixtureTicks, fit: Fit): HostTime_ms =>
  fit.hostAt(new ScenarioAxis(t0, fit.ticksPer_us).ticksOf(at));

/**
 * Sends all commands and resolves when the fixture has taken the last. Throws RigError `fixtureRefused` or `stimulusLate` for a refused one,
 * the fault of a broken conversation, or the signal's reason.
 */
export const feedTimeline = async ({
  conversation,
  clock,
  commands,
  t0,
  fit,
  signal,
  release,
  creditChanged,
}: FeedOptions): Promise<void> => {
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => undefined); // may come when nobody waits any more
  const taken: Promise<void>[] = [];
  let axis = new ScenarioAxis(t0, fit().ticksPer_us);
  let latest = scenarioTime(0);

  const ahead_ms = ({ wantedBy_us }: PlannedCommand): number => hostTimeOf(wantedBy_us, t0, fit()) - clock.now();
  const send = (planned: PlannedCommand, released: FixtureTicks | null): void => {
    signal.throwIfAborted();
    axis = axis.withRate(fit().ticksPer_us, latest);
    if (planned.at_us !== null && planned.at_us > latest) latest = planned.at_us;
    const command = planned.command(axis);
    const timed = released === null ? command : ({ ...command, when: { kind: 'at', tick: wireTicks(released) } } as Command);
    const outcome = conversation.command(timed).then((answer) => {
      if (!answer.accepted) throw refusalFault(planned.what, answer.refused);
    });
    outcome.catch(refused.reject);
    taken.push(outcome);
  };

  const rankOf = new Map(commands.map((planned, rank) => [planned, rank]));
  const fixed = commands.filter(({ at_us }) => at_us !== null);
  const hanging = commands.filter(({ at_us }) => at_us === null);
  for (let [f, h] = [0, 0]; f < fixed.length || h < hanging.length;) {
    const [atTime, onOther] = [fixed[f], hanging[h]];
    const inOrder = onOther === undefined || (atTime !== undefined && rankOf.get(atTime)! < rankOf.get(onOther)!);
    const planned = inOrder ? atTime! : onOther;
    const wait_ms = ahead_ms(planned) - HORIZON_ms;
    if (wait_ms > 0) await Promise.race([clock.sleep(wait_ms, signal), refused.promise]);
    // What hangs on edges may have long to wait, and all that hangs on it; it never takes the last places from what has a time of its own.
    while (conversation.credit <= (inOrder || atTime === undefined ? 0 : KEPT_FREE)) {
      signal.throwIfAborted();
      if (!inOrder && atTime !== undefined && conversation.credit > 0 && ahead_ms(atTime) < HORIZON_ms) break;
      const told = creditChanged().then(() => true);
      const pressing = ahead_ms(planned) < PRESSING_ms;
      if (!(await within(clock, pressing ? CREDIT_POLL_ms : CREDIT_POLL_CALM_ms, Promise.race([told, refused.promise]), false)))
        await conversation.ping();
    }
    const overtakes = !inOrder && atTime !== undefined && conversation.credit <= KEPT_FREE;
    const next = overtakes ? atTime : planned;
    // Nothing passes a barrier: what is planned behind it waits for the person as well.
    const released = next.barrier === null ? null : await Promise.race([release(next.barrier), refused.promise]);
    send(next, released);
    if (inOrder || overtakes) f++;
    else h++;
  }
  await Promise.race([Promise.all(taken), refused.promise]);
};

/** The tick at which scenario time 0 shall be: late enough that the first second's entries are there before. */
export const chooseStart = (options: {
  readonly commands: readonly PlannedCommand[];
  readonly now: HostTime_ms;
  readonly fit: Fit;
  readonly roundTrip_ms: number;
}): FixtureTicks => {
  const { commands, now, fit, roundTrip_ms } = options;
  const first_us = commands.reduce((least, { at_us }) => Math.min(least, at_us ?? 0), 0);
  const soon = commands.filter(({ wantedBy_us }) => wantedBy_us <= first_us + 1e6).length;
  const lead_ms = LEAST_LEAD_ms + 4 * roundTrip_ms + (soon * roundTrip_ms) / LINES_PER_ROUND_TRIP;
  if (!Number.isFinite(lead_ms)) throw new RigError('internal', 'The start of the case could not be planned.');
  return fit.ticksAt((now + lead_ms - first_us / 1000) as HostTime_ms);
};

const LEAST_LEAD_ms = 300;
/** Lines of about 45 bytes that fit into the window of a 512-byte receive ring. */
const LINES_PER_ROUND_TRIP = 8;
