/** A fixture with no case on it: opened, greeted, its clocks fitted, worked with, and left with everything safe. What calibration and self-test begin and end with. */

import { type Clock, type FixtureTicks, hostTime } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { Conversation } from '../link/conversation.ts';
import type { Hello } from '../link/greeting.ts';
import { acquireLock } from '../link/lock.ts';
import { openPort } from '../link/port.ts';
import { hex } from '../wire/lines.ts';

export interface BoardPort {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  /** Id of the board it must be; null = whichever answers. */
  readonly board: string | null;
}

const WARM_UP_ms = 1_000;

export const otherBoard = (path: string, board: string, wanted: string, hint = 'give the bench file of this board'): RigError =>
  new RigError('boardMismatch', `The fixture at ${path} has the id ${board}; the bench file is for board ${wanted}.`, {
    hint,
    blame: 'operator',
  });

/** `nonce`: where hellos begin to count. Throws RigError: what `openPort`, `hello` and the work throw, and `boardMismatch`. */
export const withBoard = async <T>(
  { binding, path, clock, board: wanted }: BoardPort,
  nonce: number,
  work: (conversation: Conversation, hello: Hello, board: string) => Promise<T>,
): Promise<T> => {
  // A binding that was handed in belongs to this process alone; only a port of the machine can be another's.
  const lock = binding === undefined ? acquireLock(path) : null;
  let conversation: Conversation | null = null;
  try {
    const port = await openPort({ path, clock, ...(binding && { binding }) });
    conversation = new Conversation({ port, clock, nonce });
    const hello = await conversation.hello();
    const board = hex(hello.board, 8);
    if (wanted !== null && wanted !== board) throw otherBoard(path, board, wanted);
    await conversation.pingBurst();
    await clock.sleep(WARM_UP_ms);
    await conversation.pingBurst();
    return await work(conversation, hello, board);
  } finally {
    await conversation?.close();
    lock?.release();
  }
};

export interface Lead {
  readonly ms: number;
  readonly roundTrips: number;
}

/** The tick for what is to be done as soon as it can be told in time. */
export const soonestTick = (conversation: Conversation, clock: Clock, { ms, roundTrips }: Lead): FixtureTicks =>
  conversation.clockSync.fit().ticksAt(hostTime(clock.now() + ms + roundTrips * conversation.roundTrip_ms));
