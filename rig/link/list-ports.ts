/** What sits at each serial port of the machine: a fixture and which, something else, or a user who has it. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import { hex } from '../wire/lines.ts';
import type { BindingInterface } from './bindings.ts';
import { Conversation } from './conversation.ts';
import { acquireLock, type LockSurroundings, lockSurroundings } from './lock.ts';
import { nativeBinding, openPort } from './port.ts';
import { listPaths } from './port-paths.ts';

export interface PortReport {
  readonly path: string;
  /** Null where there is no fixture of this version. */
  readonly fixture: { readonly board: string; readonly firmware: string } | null;
  /** Why there is none. */
  readonly fault: { readonly code: RigErrorCode; readonly message: string; readonly hint: string } | null;
}

/** Longer than most bootloaders hold a board; a fixture that needs more is found by a run, which waits 5 s. */
const PATIENCE_ms = 2_600;

export interface ListOptions {
  /** Absent: the machine's own ports. */
  readonly binding?: BindingInterface;
  readonly clock: Clock;
  /** Ports to ask besides those the system lists, e.g. a pseudo-terminal. */
  readonly paths?: readonly string[];
  readonly patience_ms?: number;
  readonly locks?: LockSurroundings;
}

/** Greets whatever is at each port, all at once; never throws for a port. Opening a port resets most boards, so ports in use by a run are left alone. */
export const listPorts = async ({
  binding,
  clock,
  paths = [],
  patience_ms = PATIENCE_ms,
  locks = lockSurroundings(),
}: ListOptions): Promise<readonly PortReport[]> => {
  const used = binding ?? (await nativeBinding(clock));
  const all = new Set([...(await listPaths(used, clock)), ...paths]);
  return Promise.all([...all].map((path) => reportOn(path, used, clock, patience_ms, locks)));
};

const reportOn = async (
  path: string,
  binding: BindingInterface,
  clock: Clock,
  patience_ms: number,
  locks: LockSurroundings,
): Promise<PortReport> => {
  const undo: (() => unknown)[] = [];
  try {
    const lock = acquireLock(path, locks);
    undo.push(() => lock.release());
    const port = await openPort({ binding, path, clock });
    const conversation = new Conversation({ port, clock, nonce: 0x4000, patience_ms });
    undo.push(() => conversation.close());
    const { board, build } = await conversation.hello();
    return { path, fixture: { board: hex(board, 8), firmware: hex(build, 8) }, fault: null };
  } catch (cause) {
    const fault = cause instanceof RigError ? cause : new RigError('internal', String(cause), { cause });
    return { path, fixture: null, fault: { code: fault.code, message: fault.message, hint: fault.hint } };
  } finally {
    for (const step of undo.toReversed()) await step();
  }
};
