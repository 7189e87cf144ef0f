/** Whether the fixture put on the remote terminals what it was asked to: a unit that was never told is not to blame for what it does. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Sample, Trace } from '../../scenarios/contracts/trace.ts';
import type { DriveValue } from '../../scenarios/signals.ts';
import { fault, type Findings } from './findings.ts';
import { leastOf, mostOf } from './reading.ts';
import { remoteStates, type RemoteState, standing } from './remote-states.ts';
import type { Fault } from './result.ts';
import { seconds, volts } from './wording.ts';

export type RemoteTerminal = 'remoteH' | 'remoteL';
const NAMES: Readonly<Record<RemoteTerminal, string>> = { remoteH: 'REMOTE H', remoteL: 'REMOTE L' };

/** From here on battery on H is one that switches a unit on, and minus on L none: R13, and what a reading may be off there. */
const BATTERY_mV = 3_200;
const MINUS_mV = 3_200;
/** Of a drive's 0 to 5 V: +-0.2 % and 3 mV. Source: rig/fixture/netlist/inputs.ts. */
const DRIVE_mV = 15;
/** More than the fixture's own 0 to 5 V can be, and than a unit's own 5 V. */
const OWN_mV = 5_300;
/** 50 Ohm of the link, through which 70 V drive 7 mA at most. */
const LINK_mV = 400;
/** Windows of the two terminals that follow each other so closely are one look. */
const LOOK_us = 12_000;

interface Seen {
  readonly terminal: RemoteTerminal;
  readonly sample: Sample;
  readonly state: RemoteState;
  /** What was asked of this terminal. */
  readonly asked: DriveValue;
  /** Null where it is what it was asked to be, or was asked nothing. */
  readonly off: 'above' | 'below' | null;
}

const offBy = (asked: DriveValue, sample: Sample): Seen['off'] => {
  if (asked === 'battery') return sample.value < BATTERY_mV ? 'below' : null;
  if (asked === 'minus') return sample.value > MINUS_mV ? 'above' : null;
  if (typeof asked === 'string') return null;
  if (mostOf(sample) < asked.mV - DRIVE_mV) return 'below';
  return leastOf(sample) > asked.mV + DRIVE_mV ? 'above' : null;
};

const looksOf = (testCase: Case, trace: Trace): readonly Seen[] => {
  const states = remoteStates(testCase, trace);
  return trace.samples.flatMap((sample): readonly Seen[] => {
    const terminal = sample.analog === 'remoteHVoltage' ? 'remoteH' : sample.analog === 'remoteLVoltage' ? 'remoteL' : null;
    if (terminal === null) return [];
    const state = standing(states, sample.at_us);
    if (state === null) return [];
    const asked = state[terminal];
    return [{ terminal, sample, state, asked, off: state.remoteLink === 'closed' ? null : offBy(asked, sample) }];
  });
};

const kindOf = (asked: DriveValue): string => (typeof asked === 'string' ? asked : 'drive');
const isOpen = ({ state, asked }: Seen): boolean => asked === 'open' && state.remoteLink === 'open';

/**
 * What the unit itself may have there: two drives, each by its own way, find the same; or it is there with nothing driven too; or no drive of the fixture
 * gives that much. That a switch stands closed which should be open is found before the case (rig/bench/switches.ts).
 */
const isUnits = ({ terminal, sample, asked, off }: Seen, all: readonly Seen[]): boolean => {
  if (off === 'above' && leastOf(sample) > OWN_mV) return true;
  const own = all.filter((one) => one.terminal === terminal);
  const others = own.filter((one) => kindOf(one.asked) !== kindOf(asked) && !isOpen(one) && one.state.remoteLink === 'open');
  if (others.length > 0 && others.every((one) => one.off === off)) return true;
  // With nothing driven H is low of itself and L high, in a good unit too: that explains nothing.
  const open = own.filter(isOpen);
  return terminal === 'remoteH'
    ? off === 'above' && open.some((one) => mostOf(one.sample) >= leastOf(sample))
    : off === 'below' && open.some((one) => leastOf(one.sample) <= mostOf(sample));
};

const LOOK_AT: Readonly<Record<RemoteTerminal, Readonly<Record<string, string>>>> = {
  remoteH: { battery: 'K.remoteHBattery and R.remoteH.series', drive: 'U.remoteH and K.remoteHDrive' },
  remoteL: { minus: 'K.remoteLMinus and R.remoteL.series', drive: 'U.remoteL and K.remoteLDrive' },
};

const driveFault = (seen: Seen, all: readonly Seen[]): readonly Fault[] => {
  const { terminal, sample, asked, off } = seen;
  if (off === null || isUnits(seen, all)) return [];
  const wanted = typeof asked === 'string' ? `battery ${asked === 'battery' ? 'plus' : 'minus'} through 10 kOhm` : volts(asked.mV);
  const text =
    `${NAMES[terminal]} reads ${volts(sample.least ?? sample.value)} at ${seconds(sample.at_us)} where ${wanted} was put on it, and nothing else shows that the unit does that: ` +
    `what the unit does says nothing of it. Look at ${LOOK_AT[terminal][kindOf(asked)] ?? 'its drives'}.`;
  return [fault('rig', text)];
};

/** Both terminals are one while the link is closed. */
const linkFaults = (all: readonly Seen[]): readonly Fault[] =>
  all
    .filter(({ terminal, state }) => terminal === 'remoteH' && state.remoteLink === 'closed')
    .flatMap(({ sample: h, state }) => {
      const other = all.find((one) => one.terminal === 'remoteL' && one.state === state && Math.abs(one.sample.at_us - h.at_us) <= LOOK_us);
      if (other === undefined) return [];
      const l = other.sample;
      if (leastOf(h) - mostOf(l) <= LINK_mV && leastOf(l) - mostOf(h) <= LINK_mV) return [];
      const text =
        `REMOTE H reads ${volts(h.least ?? h.value)} and REMOTE L ${volts(l.least ?? l.value)} at ${seconds(h.at_us)} while the link connects them: ` +
        `Look at K.remoteLink, and at the dividers R.remoteH.upper to R.remoteL.lower.`;
      return [fault('rig', text)];
    });

/** What is found here is the bench's fault, whatever the unit did. */
export function judgeRemote(testCase: Case, trace: Trace): Partial<Findings> {
  const all = looksOf(testCase, trace);
  return { faults: [...linkFaults(all), ...all.flatMap((seen) => driveFault(seen, all))] };
}
