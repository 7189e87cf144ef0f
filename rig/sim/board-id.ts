/** The id of the simulated board that a seed draws. */

import { simulatedBoardId } from '../fixture/board-id.ts';
import { randomStream } from './random.ts';

export const boardIdOf = (seed: number): number => simulatedBoardId(randomStream(seed, 'board id').below(0x100_0000));
