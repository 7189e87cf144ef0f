/** Faults of what the fixture puts on the remote terminals: switches, and the drives of 0 to 5 V. */

import { CONVERTER } from '../../fixture/channels.ts';
import { spread } from '../../fixture/netlist/part.ts';
import { set } from '../defects/change.ts';
import { breaking, type Fault } from './fault.ts';

const OPEN_Ohm = 1e9;
/** What has failed closed. */
const CLOSED_Ohm = 10;

const SWITCHES = {
  remoteHBattery: ['remote-h-battery', 'that puts battery plus on REMOTE H'],
  remoteHDrive: ['remote-h-drive', 'between REMOTE H and its drive'],
  remoteLMinus: ['remote-l-minus', 'that puts battery minus on REMOTE L'],
  remoteLDrive: ['remote-l-drive', 'between REMOTE L and its drive'],
} as const;

const switchFaults = (bit: keyof typeof SWITCHES): readonly Fault[] => {
  const [name, words] = SWITCHES[bit];
  return [
    breaking('circuit', 'rig', `switch-${name}-stuck-open`, `The switch ${words} never closes.`, {
      do: 'circuit',
      change: [set(`K.${bit}`, 'on_Ohm', spread(OPEN_Ohm, 0))],
    }),
    breaking('circuit', 'rig', `switch-${name}-stuck-closed`, `The switch ${words} never opens.`, {
      do: 'circuit',
      change: [set(`K.${bit}`, 'off_Ohm', spread(CLOSED_Ohm, 0)), set(`K.${bit}`, 'on_Ohm', spread(CLOSED_Ohm, 0))],
    }),
  ];
};

const driveFaults = (drive: 'remoteH' | 'remoteL', name: string): readonly Fault[] => {
  const [fullScale_V, terminal] = [CONVERTER[drive].fullScale_mV / 1e3, name.toUpperCase().replace('-', ' ')];
  return [
    breaking('circuit', 'rig', `${name}-drive-dead`, `The drive of 0 to 5 V on ${terminal} gives nothing, whatever it is told.`, {
      do: 'circuit',
      change: [set(`U.${drive}`, 'fullScale_V', spread(fullScale_V / 5_000, 0))],
    }),
    breaking('circuit', 'rig', `${name}-drive-half`, `The drive of 0 to 5 V on ${terminal} gives half of what it is told.`, {
      do: 'circuit',
      change: [set(`U.${drive}`, 'fullScale_V', spread(fullScale_V / 2, 0))],
    }),
  ];
};

export const REMOTE_FAULTS: readonly Fault[] = [
  ...(Object.keys(SWITCHES) as (keyof typeof SWITCHES)[]).flatMap(switchFaults),
  ...driveFaults('remoteH', 'remote-h'),
  ...driveFaults('remoteL', 'remote-l'),
];
