/** Measures what the ohmmeter has to read across the switches of poles, remote link and remote drives before the supply is on: nothing while they are open, and of poles and link their own resistance once they are closed. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { ContactReading } from '../../scenarios/contracts/trace.ts';
import { RigError } from '../error.ts';
import { DRIVE_BITS, type MeasuredSwitch, REMOTE_LINES, type RemoteSwitch, SWITCH_LINES } from '../fixture/channels.ts';
import { ACROSS } from '../fixture/netlist/contacts.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { measure } from './measure.ts';
import { runShortCase } from './short-case.ts';

export const MEASURED_SWITCHES = Object.keys(SWITCH_LINES) as readonly MeasuredSwitch[];
/** All of them, in the drive word. */
export const SWITCHES_MASK = MEASURED_SWITCHES.reduce((mask, bit) => mask | (1 << DRIVE_BITS[bit]), 0);

const NAMES: Readonly<Record<MeasuredSwitch, string>> = {
  pole1: 'pole 1',
  pole3: 'pole 3',
  pole4: 'pole 4',
  remoteLink: 'the remote link',
};

const REMOTE_SWITCHES = Object.keys(REMOTE_LINES) as readonly RemoteSwitch[];
const REMOTE_NAMES: Readonly<Record<RemoteSwitch, string>> = {
  remoteHBattery: 'that puts battery plus on REMOTE H',
  remoteHDrive: 'between REMOTE H and its drive',
  remoteLMinus: 'that puts battery minus on REMOTE L',
  remoteLDrive: 'between REMOTE L and its drive',
};

/** Across a switch while it is told to be open, and while it is told to be closed; Infinity where the reading is at the end of its range, 50 Ohm. */
export interface SwitchReading {
  readonly bit: MeasuredSwitch;
  readonly open_mOhm: number;
  readonly closed_mOhm: number;
}

/** A photo-MOS has 2.5 Ohm at least, also one that has failed closed. Source: the netlist. */
const LEAST_mOhm = 2_000;
/** Two readings of the same resistance, one after the other, are nearer to each other than this. */
const SAME_mOhm = 200;

/** Of both terminals together: with more, a closed switch of 47.5 Ohm may read as far as the end of the range, and says nothing. */
const CONTACTS_mOhm = 1_000;

/** Whether the contacts of its terminals let the ohmmeter tell a closed switch from an open one. */
export const isTellable = (bit: MeasuredSwitch, readings: readonly ContactReading[]): boolean =>
  readings.reduce((sum, { terminal, value_mOhm }) => (ACROSS[bit].includes(terminal) ? sum + value_mOhm : sum), 0) <= CONTACTS_mOhm;

/**
 * Null where every switch follows, else the fault: what it puts on the unit is not what a case would ask for. What conducts beside an open switch, and more with it closed,
 * or less than any photo-MOS does, is not the switch but what lies in the unit: that is for the case to show.
 */
export const switchFault = (readings: readonly SwitchReading[]): RigError | null => {
  for (const { bit, open_mOhm, closed_mOhm } of readings) {
    const hint = `Look at the photo-MOS K.${bit} and its wires; with the unit taken out, \`rig selftest\` tells which.`;
    const name = `The switch of ${NAMES[bit]}`;
    if (!Number.isFinite(closed_mOhm))
      return new RigError('switchBad', `${name} is stuck open: the ohmmeter across it reads nothing while it is told to be closed.`, {
        hint,
      });
    if (open_mOhm >= LEAST_mOhm && open_mOhm - closed_mOhm < SAME_mOhm && Number.isFinite(open_mOhm)) {
      const read = `${(open_mOhm / 1_000).toFixed(1)} Ohm`;
      return new RigError(
        'switchBad',
        `${name} is stuck closed: the ohmmeter across it reads ${read} while it is told to be open, and no less once it is closed.`,
        { hint },
      );
    }
  }
  return null;
};

/**
 * The same of the remote drives, which nothing but themselves bridges: 10 kOhm, or a drive of half a milliampere, lies between them and the unit. What one that is stuck
 * puts on a terminal looks like a unit that leaks there; that one never closes shows in the case (reports/judge/confirm-remote.ts).
 */
export const remoteSwitchFault = (open_mOhm: Readonly<Record<RemoteSwitch, number>>): RigError | null => {
  const stuck = REMOTE_SWITCHES.find((bit) => Number.isFinite(open_mOhm[bit]));
  if (stuck === undefined) return null;
  const read = `${(open_mOhm[stuck] / 1_000).toFixed(1)} Ohm`;
  return new RigError(
    'switchBad',
    `The switch ${REMOTE_NAMES[stuck]} is stuck closed: the ohmmeter across it reads ${read} while it is told to be open.`,
    {
      hint: `Look at the photo-MOS K.${stuck} and its wires.`,
    },
  );
};

const [OPEN_ID, CLOSE_ID, CLOSED_ID, END_ID] = [0xfef0, 0xfef8, 0xfef9, 0xfefd];
/** Switches, and a window: what one line takes. A window is told of when it begins. */
const EACH_ms = 9;
const WINDOW_ms = 2;
const PATIENCE_ms = 3_000;

/** Across each of them while all are open, and once all are closed, in a short case of its own. Throws RigError `switchBad` where one does not follow, and the faults of link and fixture. */
export const measureSwitches = async (conversation: Conversation, clock: Clock, contacts: readonly ContactReading[]): Promise<void> => {
  const lines = [...MEASURED_SWITCHES.map((bit) => SWITCH_LINES[bit]), ...REMOTE_SWITCHES.map((bit) => REMOTE_LINES[bit])];
  const lastOpen = OPEN_ID + lines.length - 1;
  const lastClosed = CLOSED_ID + MEASURED_SWITCHES.length - 1;
  const sample = await runShortCase({
    conversation,
    clock,
    what: 'a measurement of switches',
    patience_ms: PATIENCE_ms + (lines.length + MEASURED_SWITCHES.length) * EACH_ms,
    commands: ({ at, after }) => [
      ...lines.map((line, index): Command => ({ kind: 'contact', id: OPEN_ID + index, when: at(index), line })),
      { kind: 'set', id: CLOSE_ID, when: after(lastOpen, WINDOW_ms), mask: SWITCHES_MASK, value: SWITCHES_MASK, codes: [] },
      ...MEASURED_SWITCHES.map((bit, index): Command => ({
        kind: 'contact',
        id: CLOSED_ID + index,
        when: after(CLOSE_ID, 1 + index),
        line: SWITCH_LINES[bit],
      })),
      { kind: 'end', id: END_ID, when: after(lastClosed, EACH_ms) },
    ],
  });
  const readAt = (id: number): number => {
    const { value, saturated } = measure(sample(id), 0, null);
    return saturated ? Infinity : value;
  };
  const read = (first: number, bit: MeasuredSwitch): number => readAt(first + MEASURED_SWITCHES.indexOf(bit));
  const told = MEASURED_SWITCHES.filter((bit) => isTellable(bit, contacts));
  const stuck = switchFault(told.map((bit) => ({ bit, open_mOhm: read(OPEN_ID, bit), closed_mOhm: read(CLOSED_ID, bit) })));
  if (stuck !== null) throw stuck;
  const open = (bit: RemoteSwitch): number => readAt(OPEN_ID + lines.indexOf(REMOTE_LINES[bit]));
  const remote = remoteSwitchFault({
    remoteHBattery: open('remoteHBattery'),
    remoteHDrive: open('remoteHDrive'),
    remoteLMinus: open('remoteLMinus'),
    remoteLDrive: open('remoteLDrive'),
  });
  if (remote !== null) throw remote;
};
