/** The calibration of the fixture behind a port, from its greeting to the finished calibration, everything safe afterwards. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { RigError } from '../error.ts';
import { acquireLock } from '../link/lock.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { Conversation } from '../link/conversation.ts';
import { openPort } from '../link/port.ts';
import { hex } from '../wire/lines.ts';
import type { Calibration } from './calibration.ts';
import { FixtureTarget } from './fixture-target.ts';
import { calibrate, type Progress, type ReadMeter } from './procedure.ts';

export interface OnFixtureOptions {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  /** Id of the board it must be; null = whichever answers. */
  readonly board: string | null;
  readonly read: ReadMeter;
  readonly meter: Calibration['meter'];
  readonly made: string;
  readonly expires: string;
  /** Of the bench file. */
  readonly dividers?: Dividers | undefined;
  readonly supply_mV?: number | undefined;
  readonly onProgress?: Progress;
}

const WARM_UP_ms = 1_000;

/** Throws RigError: what `openPort`, `hello` and the procedure throw, and `boardMismatch`. */
export const calibrateFixture = async (options: OnFixtureOptions): Promise<Calibration> => {
  const { binding, path, clock, board: wanted } = options;
  const lock = binding === undefined ? acquireLock(path) : null;
  let conversation: Conversation | null = null;
  try {
    const port = await openPort({ path, clock, ...(binding && { binding }) });
    conversation = new Conversation({ port, clock, nonce: 0x5000 });
    const board = hex((await conversation.hello()).board, 8);
    if (wanted !== null && wanted !== board)
      throw new RigError('boardMismatch', `The fixture at ${path} has the id ${board}; the bench file is for board ${wanted}.`, {
        hint: 'give the bench file of this board',
        blame: 'operator',
      });
    await conversation.pingBurst();
    await clock.sleep(WARM_UP_ms);
    await conversation.pingBurst();
    const target = new FixtureTarget(conversation, clock);
    await target.begin();
    return await calibrate({ ...options, target, board, method: 'meter' });
  } finally {
    await conversation?.close();
    lock?.release();
  }
};
