/** The calibration of the fixture behind a port, from its greeting to the finished calibration, everything safe afterwards. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { type BoardPort, withBoard } from '../bench/bare-board.ts';
import type { Calibration } from './calibration.ts';
import { FixtureTarget } from './fixture-target.ts';
import { calibrate, type Progress, type ReadMeter } from './procedure.ts';

export interface OnFixtureOptions extends BoardPort {
  readonly read: ReadMeter;
  readonly meter: Calibration['meter'];
  readonly made: string;
  readonly expires: string;
  /** Of the bench file. */
  readonly dividers?: Dividers | undefined;
  readonly supply_mV?: number | undefined;
  readonly onProgress?: Progress;
}

/** Throws RigError: what `withBoard` and the procedure throw. */
export const calibrateFixture = (options: OnFixtureOptions): Promise<Calibration> =>
  withBoard(options, 0x5000, async (conversation, _, board) => {
    const target = new FixtureTarget(conversation, options.clock);
    await target.begin();
    return calibrate({ ...options, target, board, method: 'meter' });
  });
