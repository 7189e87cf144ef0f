/** Faults of the fixture's board: what stops, restarts or misleads its Mega, and its resonator. */

import { breaking, type Fault, harmless } from './fault.ts';

export const BOARD_FAULTS: readonly Fault[] = [
  breaking('board', 'rig', 'fixture-reset', 'Somebody presses the reset button of the fixture while the case runs.', {
    do: 'reset',
    cause: 'external',
    at_s: [0.5, 3],
    for_s: 0.15,
  }),
  breaking('board', 'rig', 'fixture-brown-out', 'The supply of the Mega dips below its brown-out level for 20 ms while the case runs.', {
    do: 'reset',
    cause: 'brownOut',
    at_s: [0.5, 3],
    for_s: 0.02,
  }),
  breaking('board', 'rig', 'fixture-power-interrupted', 'The Mega is without power for 0.4 s while the case runs.', {
    do: 'reset',
    cause: 'powerOn',
    at_s: [0.5, 3],
    for_s: 0.4,
  }),
  breaking(
    'board',
    'rig',
    'fixture-forgets-its-starts',
    'The EEPROM of the Mega has died, so that each start has the same boot id, and it resets while the case runs.',
    { do: 'eeprom', bytes: 'erased' },
    { do: 'reset', cause: 'external', at_s: [0.5, 3], for_s: 0.15 },
  ),
  breaking('board', 'link', 'fixture-dies', 'The Mega stops for good while the case runs.', {
    do: 'reset',
    cause: 'powerOn',
    at_s: [0.5, 3],
    for_s: 1e6,
  }),
  harmless('board', 'fixture-starts-slowly', 'The bootloader of the Mega keeps the port for 3 s.', { do: 'bootloader', for_s: 3 }),
  breaking('board', 'link', 'fixture-never-starts', 'The Mega has no firmware: its bootloader keeps the port for ever.', {
    do: 'bootloader',
    for_s: 1e6,
  }),
  breaking('board', 'rig', 'firmware-older', 'The fixture runs a firmware of protocol version 0.', { do: 'hello', version: 0 }),
  breaking('board', 'rig', 'firmware-newer', 'The fixture runs a firmware of protocol version 2.', { do: 'hello', version: 2 }),
  breaking('board', 'rig', 'firmware-of-other-wiring', 'The firmware of the fixture was built for another signal table.', {
    do: 'hello',
    table: 0xdead_beef,
  }),
  breaking('board', 'rig', 'ring-overflow', 'A light sensor picks up 20 kHz for 60 ms: more edges than the fixture can keep.', {
    do: 'chatter',
    sense: 'ledRed',
    at_s: 20,
    edges: 1_200,
    rate_Hz: 20_000,
  }),
  harmless('board', 'fixture-clock-fast', 'The resonator of the fixture is 0.5 % fast.', { do: 'clock', of: 'fixture', off_ppm: 5_000 }),
  harmless('board', 'fixture-clock-slow', 'The resonator of the fixture is 0.5 % slow.', { do: 'clock', of: 'fixture', off_ppm: -5_000 }),
  harmless('board', 'fixture-clock-drifts', 'The resonator of the fixture runs away by 50 ppm a minute.', {
    do: 'clock',
    of: 'fixture',
    off_ppm: 0,
    drift_ppm_per_min: 50,
  }),
  breaking('board', 'rig', 'fixture-clock-wrong', 'The resonator of the fixture is 1.5 % fast.', {
    do: 'clock',
    of: 'fixture',
    off_ppm: 15_000,
  }),
];
