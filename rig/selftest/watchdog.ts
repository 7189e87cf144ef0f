/** Whether the fixture comes back by itself when it hangs: its watchdog is made to bite, with nothing on, and its bootloader has to let it start. */

import type { SelfTestCheck } from '../../reports/shape/self-test.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { RigError } from '../error.ts';
import type { Conversation } from '../link/conversation.ts';
import { within } from '../link/waiting.ts';

/** What the fixture said of itself after it had been made to hang. */
export interface Bitten {
  /** Starts that it has counted since. */
  readonly starts: number;
  /** Why it started, as the chip tells (MCUSR): bits of power-on, reset line, brown-out, watchdog. */
  readonly cause: number;
}

/** Longer than the watchdog and any bootloader take, and than it takes to notice that nobody answers. */
const PATIENCE_ms = 10_000;
const WATCHDOG = 8;
const COUNTS = 2 ** 28;

/** Ends the case, and the conversation with it. Null: it was not seen to start anew. */
export const bite = async (conversation: Conversation, clock: Clock): Promise<Bitten | null> => {
  if ((await conversation.stop()) === null) return null;
  const ended = Promise.withResolvers<RigError>();
  conversation.listen({ onEvent: () => undefined, onFault: ended.resolve });
  conversation.hang();
  const fault = await within(clock, PATIENCE_ms, ended.promise, null);
  const [before, after] = conversation.boots.map((boot) => Number.parseInt(boot, 16));
  if (fault?.code !== 'fixtureReset' || before === undefined || after === undefined) return null;
  return { starts: ((after >>> 4) - (before >>> 4) + COUNTS) % COUNTS, cause: after & 0xf };
};

const check = (channel: string, value: number | null): SelfTestCheck => {
  const id = `watchdog.${channel}`;
  return { id, driven: 'a firmware that hangs', channel, unit: 'level', value, min: 1, max: 1, ok: value === 1 };
};

/** Of a self-test that was made to its end. */
export const LAST_CHECK = 'watchdog.byWatchdog';

/** A bootloader that keeps the cause to itself leaves 0; any other than the watchdog's is not what was asked for. */
export const watchdogChecks = (bitten: Bitten | null): readonly SelfTestCheck[] => [
  check('startsOnce', bitten === null ? null : bitten.starts),
  check('byWatchdog', bitten === null ? null : Number(bitten.cause === 0 || bitten.cause === WATCHDOG)),
];
