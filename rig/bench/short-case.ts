/** A short case of commands made by hand, before or after a unit's own: begun, fed, heard to its end, its samples by the numbers of their entries. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { wireTicks } from '../link/clock-fit.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { refusalFault } from '../link/refusal-words.ts';
import { within } from '../link/waiting.ts';
import { wrapsOf } from '../wire/case-length.ts';
import type { When } from '../wire/messages.ts';
import { type Lead, soonestTick } from './bare-board.ts';
import { eventFault, isAfterEnd, unexplained, unlessHeldUp, unlessOvertaken } from './event-fault.ts';
import type { SampleEvent } from './measure.ts';

/** All commands are with the fixture before the first is due: a stall of the link, and a few round trips. */
const LEAD: Lead = { ms: 200, roundTrips: 6 };
const TICKS_PER_ms = 2_000;
/** The host gives up first. */
const PATIENCE_MORE_ms = 5_000;
/** Number of the case in the fixture's log. */
const CASE = 0xffff;

/** So many milliseconds after the beginning, or after an entry. */
export interface Instants {
  readonly at: (ms: number) => When;
  readonly after: (entry: number, ms: number) => When;
}

export interface ShortCase {
  readonly conversation: Conversation;
  readonly clock: Clock;
  /** What is done, for a person. */
  readonly what: string;
  /** Without the begin; the last is the end. Not more than the smallest queue holds. */
  readonly commands: (instants: Instants) => readonly Command[];
  readonly patience_ms: number;
}

/** Throws the faults of link and fixture; of the samples the one asked for `fixtureRefused` where it never came. */
export const runShortCase = async ({
  conversation,
  clock,
  what,
  commands,
  patience_ms,
}: ShortCase): Promise<(id: number) => SampleEvent> => {
  const samples = new Map<number, SampleEvent>();
  const ended = Promise.withResolvers<RigError | null>();
  const resentBefore = conversation.counters.resent;
  let areTaken = false;
  /** What is sent again once all have been taken holds nothing up. */
  const resent = (): number => (areTaken ? 0 : conversation.counters.resent - resentBefore);
  conversation.listen({
    onEvent: (event) => {
      if (event.kind === 'sample') samples.set(event.id, event);
      const fault = eventFault(event, new Map());
      if (fault !== null && isAfterEnd(fault)) void unexplained(fault, conversation).then(ended.resolve);
      else if (fault !== null) ended.resolve(unlessHeldUp(fault, resent()));
      else if (event.kind === 'ended') ended.resolve(null);
    },
    onFault: ended.resolve,
  });
  const start = soonestTick(conversation, clock, LEAD);
  const asked: readonly Command[] = [
    { kind: 'begin', case: CASE, t0: wireTicks(start), most_wraps: wrapsOf(patience_ms + PATIENCE_MORE_ms) },
    ...commands({
      at: (ms) => ({ kind: 'at', tick: wireTicks((start + ms * TICKS_PER_ms) as typeof start) }),
      after: (entry, ms) => ({ kind: 'after', entry, delay_ticks: ms * TICKS_PER_ms }),
    }),
  ];
  const taken = Promise.all(
    asked.map(async (command) => {
      const answer = await conversation.command(command);
      if (answer.accepted) return;
      const fault = refusalFault(what, answer.refused);
      throw isAfterEnd(fault) ? await unexplained(fault, conversation) : unlessOvertaken(fault, conversation.counters);
    }),
  );
  await Promise.race([taken, ended.promise]);
  areTaken = true;
  const silent = new RigError('fixtureSilent', `The fixture did not finish ${what}.`, { hint: 'Run it again.', blame: 'link' });
  const fault = await within(clock, patience_ms, ended.promise, silent);
  if (fault !== null) throw fault;
  return (id) => {
    const sample = samples.get(id);
    if (sample !== undefined) return sample;
    throw new RigError('ohmmeter', `The fixture gave fewer readings than it was asked for in ${what}.`, { hint: 'Run it again.' });
  };
};
