/** What each reaction of the unit rests on: ruling, requirement, certainty, parameters and one sentence for a person. */

import type { Certainty } from '../../scenarios/contracts/prediction.ts';
import { REQUIREMENTS, type RequirementId } from '../../scenarios/requirements.ts';
import type { ParameterName } from '../parameters.ts';

export interface Cite {
  readonly rule: string;
  readonly requirement: RequirementId;
  readonly parameters: readonly ParameterName[];
  readonly certainty: Certainty;
  readonly why: string;
}

const cite = (rule: string, requirement: RequirementId, why: string, ...parameters: ParameterName[]): Cite => ({
  rule,
  requirement,
  why,
  parameters,
  certainty: REQUIREMENTS[requirement].certainty,
});

export const CITES = {
  unjudged: cite(
    'R14',
    'SUPPLY-RANGE',
    'Between 6.5 V and 8 V, in a short dip and below 3 V the unit may do anything.',
    'supplyFull_mV',
    'supplyLost_mV',
    'supplyLost_us',
    'supplyJudged_mV',
  ),
  supplyLow: cite(
    'R14',
    'SUPPLY-LOW',
    'The supply has been below 6.5 V for a second.',
    'supplyLost_mV',
    'supplyLost_us',
    'supplyJudged_mV',
  ),
  powerUp: cite('R15', 'POWER-UP', 'The supply has passed 8 V.', 'supplyFull_mV', 'startUp_us'),
  restart: cite('R14', 'POWER-UP', 'The supply dipped, so the unit may have started afresh.', 'supplyFull_mV', 'startUp_us'),
  remoteOff: cite('R11', 'REMOTE-OFF', 'The remote is off.', 'reaction_us'),
  ledsDark: cite('R11', 'LED-DARK', 'The remote is off, so both LEDs are dark.', 'reaction_us'),
  remoteEither: cite(
    'R13',
    'REMOTE-L',
    'The remote terminals are where either is allowed.',
    'remoteLOn_mV',
    'remoteHOn_mV',
    'remoteHOff_mV',
  ),
  chainBroken: cite('R2', 'CHAIN-BREAK', 'All three poles are open: the chain is broken.', 'reaction_us'),
  serviceHealthy: cite('R16', 'LOAD-HEALTHY', 'The bank is healthy and the unit switched on.', 'reaction_us'),
  serviceCharge: cite('R16', 'CHG-OV', 'The bank allows charging and the unit is switched on.', 'reaction_us'),
  serviceLowCell: cite(
    'R12',
    'ENTER-SERVICE',
    'The unit entered service with a low cell: LOAD and PRE-ALARM are both high, or both float until the cell recovers.',
    'reaction_us',
  ),
  waiting: cite('R6', 'LOAD-UV', 'LOAD stays high until the wait after the pre-alarm is over.', 'waitLeast_us'),
  trip: cite('R3', 'PRE-30S', 'A cell is low and the wait since PRE-ALARM rose is over.', 'waitLeast_us', 'waitMost_us'),
  tripLate: cite('R4', 'PRE-LATEST', 'A cell is low and the longest wait since PRE-ALARM rose is over.', 'waitMost_us', 'reaction_us'),
  tripWithPre: cite(
    'R9',
    'PRE-OFF-ON-TRIP',
    'PRE-ALARM went off at the end of the wait, so LOAD floats at the same moment.',
    'tripTogether_us',
  ),
  tripped: cite('R9', 'LOAD-UV', 'LOAD floats until the cell recovers.'),
  recovery: cite('R10', 'LOAD-RECOVERY', 'The low-cell signal has cleared.', 'reaction_us'),
  warning: cite('R16', 'PRE-UV', 'The bank warns of a low cell.', 'reaction_us'),
  warningCleared: cite('R16', 'PRE-UV', 'The warning of a low cell has cleared.', 'reaction_us'),
  noWarning: cite('R8', 'PRE-NO-WARNING', 'A cell is low and no warning came before.', 'reaction_us'),
  warningGone: cite('R8', 'PRE-NO-WARNING', 'The warning ended while the cell stayed low: PRE-ALARM stays or falls.', 'reaction_us'),
  newLowCell: cite('R10', 'PRE-WHOLE-WAIT', 'A new low cell needs a new pre-alarm.', 'reaction_us'),
  preWithTrip: cite('R9', 'PRE-OFF-ON-TRIP', 'PRE-ALARM goes off when LOAD floats.', 'tripTogether_us'),
  preQuiet: cite('R9', 'PRE-OFF-ON-TRIP', 'PRE-ALARM stays off while the cell is low.'),
  preRecovered: cite(
    'R10',
    'LOAD-RECOVERY',
    'After the recovery PRE-ALARM rises, or stays off until the warning has cleared.',
    'reaction_us',
  ),
  charge: cite('R7', 'CHG-RECOVERY', 'The bank allows charging.', 'reaction_us'),
  noCharge: cite('R7', 'CHG-OV', 'The bank forbids charging.', 'reaction_us'),
  chargerShorted: cite('R7', 'CHG-OV', 'CHARGER is shorted by the fixture, so its level says nothing.'),
  blue: cite('R17', 'LED-BLUE', 'The blue LED follows LOAD.', 'reaction_us'),
  red: cite('R17', 'LED-RED', 'The red LED shows that bank or chain forbid charging.', 'reaction_us'),
  ledStart: cite('R15', 'POWER-UP', 'The LEDs are free while the unit starts.', 'startUp_us'),
  glitch: cite('R18', 'NO-GLITCH', 'Nothing asked for it.', 'glitchOutput_us', 'glitchLed_us'),
} as const satisfies Record<string, Cite>;

export type CiteId = keyof typeof CITES;
