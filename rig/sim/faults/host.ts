/** Faults of the computer that the host runs on. */

import { type Fault, harmless } from './fault.ts';

export const HOST_FAULTS: readonly Fault[] = [
  harmless('host', 'host-stall-500ms', 'The computer gives the host no time for half a second while no sink is on.', {
    do: 'stall',
    at_s: 20,
    for_s: 0.5,
  }),
];
