/** Whether the remote link conducts while it is told to be open: the terminal that nothing drives then follows the one that is driven, and two that nothing drives meet. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { fault, type Findings } from './findings.ts';
import { type RemoteState, remoteStates, standing } from './remote-states.ts';
import { seconds, volts } from './wording.ts';

/** Windows of the two terminals that follow each other so closely are one look. */
const LOOK_us = 12_000;
/** A tenth of the way between H and the unit's pull-up on L: 100 kOhm against 10 kOhm of the path and more. */
const FOLLOWS = 0.12;
const NEAR_mV = 300;
/** Two voltages of H so far apart: what pulls L by itself does not meet both. */
const APART_mV = 2_000;

/** The unit pulls H to minus and L to 5 V: where nothing joins them neither stands here, and where something does both. */
const MIDDLE_mV = [1_500, 3_500] as const;

interface Pair {
  readonly h: Sample;
  readonly l: Sample;
}

/** L is left alone, and the link. */
const isOpen = ({ remoteLink, remoteL }: RemoteState): boolean => remoteLink === 'open' && remoteL === 'open';

const WHO = 'Look at K.remoteLink; with the unit taken out, `rig selftest` tells whether it or the unit joins them.';

const isMiddle = ({ value, uncertainty }: Sample): boolean => value - uncertainty > MIDDLE_mV[0] && value + uncertainty < MIDDLE_mV[1];

/** Null where they stand apart, or nearer to what the unit pulls one of them to. */
const meeting = (pairs: readonly Pair[]): string | null => {
  const met = pairs.filter(({ h, l }) => isMiddle(h) && isMiddle(l) && Math.abs(h.value - l.value) <= NEAR_mV);
  const [first] = met;
  if (first === undefined || met.length < pairs.length) return null;
  return `REMOTE H and REMOTE L meet at ${volts(first.h.value)} and ${volts(first.l.value)} at ${seconds(first.h.at_us)}, where nothing drives them and the link is open. ${WHO}`;
};

/** What is found here is the bench's fault, whatever the unit did. */
export function judgeOpenLink(testCase: Case, trace: Trace): Partial<Findings> {
  const states = remoteStates(testCase, trace);
  const pairs = trace.samples.flatMap((h): readonly (Pair & { readonly isDriven: boolean })[] => {
    if (h.analog !== 'remoteHVoltage' || h.least !== undefined) return [];
    const state = standing(states, h.at_us);
    if (state === null || !isOpen(state)) return [];
    const l = trace.samples.find(
      ({ analog, at_us, least }) =>
        analog === 'remoteLVoltage' && least === undefined && Math.abs(at_us - h.at_us) <= LOOK_us && standing(states, at_us) === state,
    );
    return l === undefined ? [] : [{ h, l, isDriven: state.remoteH !== 'open' }];
  });
  const looks = pairs.filter(({ isDriven }) => isDriven);
  const follow = looks.filter(({ h, l }) => Math.abs(h.value - l.value) <= h.uncertainty + l.uncertainty + NEAR_mV + FOLLOWS * h.value);
  const [first] = follow;
  const other = follow.find(({ h }) => first !== undefined && Math.abs(h.value - first.h.value) > APART_mV);
  // One look at which L stays where it is shows that nothing joins them.
  if (follow.length < looks.length) return {};
  if (first === undefined || other === undefined) {
    const met = meeting(pairs.filter(({ isDriven }) => !isDriven));
    return met === null ? {} : { faults: [fault('rig', met)] };
  }
  const text =
    `REMOTE L, which nothing drives, follows REMOTE H while the link is open: ${volts(first.l.value)} where H has ${volts(first.h.value)} at ${seconds(first.h.at_us)}, ` +
    `${volts(other.l.value)} where it has ${volts(other.h.value)} at ${seconds(other.h.at_us)}. ${WHO}`;
  return { faults: [fault('rig', text)] };
}
