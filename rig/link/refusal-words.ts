/** What the fixture's refusal codes mean to the person who reads the report. */

import { RigError, type RigErrorCode } from '../error.ts';
import type { RefusalCode } from './command-window.ts';

const WORDS: Readonly<Record<string, readonly [RigErrorCode, string, string]>> = {
  malformed: ['fixtureRefused', 'the fixture could not read the command', 'Flash the fixture with this version (`rig flash`).'],
  late: [
    'stimulusLate',
    'it reached the fixture less than 1 ms before its time',
    'Close programs that keep the computer busy, or try another USB port.',
  ],
  far: ['fixtureRefused', 'its time lies more than 2^30 ticks (537 s) ahead', 'This is a fault of bms-rig: please report it.'],
  queueFull: ['fixtureRefused', "the fixture's timeline is full", 'Fewer entries should wait for the same edge.'],
  unknownReference: [
    'fixtureRefused',
    'the entry that it hangs on is not known to the fixture any more',
    'Put the two entries nearer together.',
  ],
  rating: [
    'fixtureRefused',
    'it asks for drives that may not be combined',
    'See rig/fixture/ELECTRICS.md: both 1 A sinks, or H and L driven with the link closed or below 8 V.',
  ],
  onTime: [
    'fixtureRefused',
    'it asks for a longer on-time, or a shorter rest after a 1 A pulse, than the fixture allows',
    'Shorten the pulse, or leave the sink off for longer between pulses.',
  ],
  noCase: ['fixtureRefused', 'no case was begun', 'This is a fault of bms-rig: please report it.'],
  caseRunning: ['fixtureRefused', 'a case is running', 'This is a fault of bms-rig: please report it.'],
  hostSilent: [
    'hostSilent',
    'it had heard nothing from its host for 250 ms, and then no sink goes on',
    'Check the USB cable; close programs that keep the computer busy.',
  ],
  outputNotHigh: ['fixtureRefused', 'the output it loads is not high', 'The unit decides about that: see the differences.'],
};

/** `what` names the command, e.g. `entry step-3`. */
export const refusalFault = (what: string, code: RefusalCode): RigError => {
  const [errorCode, words, hint] = WORDS[code] ?? ['fixtureRefused' as const, `the fixture gave the unknown code ${code}`, ''];
  return new RigError(errorCode, `The fixture refused ${what}: ${words}.`, {
    hint,
    blame: errorCode === 'fixtureRefused' ? 'rig' : 'link',
    cause: code,
  });
};
