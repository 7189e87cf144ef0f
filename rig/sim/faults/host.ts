/** Faults of the computer that the host runs on. */

import { breaking, type Fault, harmless } from './fault.ts';

export const HOST_FAULTS: readonly Fault[] = [
  harmless('host', 'host-stall-500ms', 'The computer gives the host no time for half a second while no sink is on.', {
    do: 'stall',
    at_s: 20,
    for_s: 0.5,
  }),
  harmless(
    'host',
    'host-stutters',
    'The computer gives the host no time for 80 ms, thirty times in a row.',
    ...Array.from({ length: 30 }, (_, index) => ({ do: 'stall', at_s: 8 + index / 4, for_s: 0.08 }) as const),
  ),
  breaking('host', 'rig', 'host-stall-5s', 'The computer gives the host no time for 5 s while the case runs.', {
    do: 'stall',
    at_s: [1, 3],
    for_s: 5,
  }),
  breaking('host', 'rig', 'host-sleeps', 'The computer sleeps for 10 s, its clock as well.', {
    do: 'sleep',
    at_s: [1, 3],
    for_s: 10,
  }),
  breaking('host', 'rig', 'host-clock-jumps', 'The clock of the computer jumps ahead by 0.2 s.', { do: 'step', at_s: 15, by_ms: 200 }),
  breaking('host', 'rig', 'host-clock-jumps-a-little', 'The clock of the computer falls back by 60 ms.', {
    do: 'step',
    at_s: 15,
    by_ms: -60,
  }),
  breaking('host', 'rig', 'host-clock-wrong', 'The clock of the computer is 2 % slow.', { do: 'clock', of: 'host', off_ppm: -20_000 }),
];
