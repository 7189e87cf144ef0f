/** Faults of the fixture's board: resets and clocks. */

import { breaking, type Fault, harmless } from './fault.ts';

export const BOARD_FAULTS: readonly Fault[] = [
  breaking('board', 'rig', 'fixture-reset', 'Somebody presses the reset button of the fixture while the case runs.', {
    do: 'reset',
    cause: 'external',
    at_s: [0.5, 3],
    for_s: 0.15,
  }),
  harmless('board', 'fixture-clock-fast', 'The resonator of the fixture is 0.5 % fast.', { do: 'clock', of: 'fixture', off_ppm: 5_000 }),
];
