/** Every statement about the unit that a scenario can claim to cover: its id, words, certainty, and the ruling that reads it. Source: firmware-ref/FACTS.md, facts and rulings R1-R19. */

import type { Certainty } from './contracts/prediction.ts';

export interface Requirement {
  readonly text: string;
  readonly certainty: Certainty;
  readonly rulings: readonly string[];
}

export const REQUIREMENTS = {
  'SUPPLY-RANGE': { text: 'The unit works from 8 V to 70 V (12, 24 and 48 V systems).', certainty: 'O', rulings: ['R14'] },
  'SUPPLY-LOW': { text: 'Below 6.5 V for a second or more nothing is high and both LEDs are dark.', certainty: 'I', rulings: ['R14'] },
  'POWER-UP': {
    text: 'Within 3 s of the supply passing 8 V each output is as its inputs ask, without having fallen in between.',
    certainty: 'I',
    rulings: ['R15'],
  },
  'LOAD-HEALTHY': { text: 'LOAD is high while the bank is healthy and the remote is on.', certainty: 'O', rulings: ['R16'] },
  'LOAD-UV': { text: 'LOAD floats on cell under-voltage after the pre-alarm wait.', certainty: 'O', rulings: ['R3', 'R4', 'R6'] },
  'LOAD-RECOVERY': {
    text: 'LOAD returns when the low-cell signal clears, every time, without a remote or supply cycle.',
    certainty: 'I',
    rulings: ['R10', 'R19'],
  },
  'PRE-UV': { text: 'PRE-ALARM is floating normally and high on imminent cell under-voltage.', certainty: 'O', rulings: ['R6', 'R16'] },
  'PRE-30S': { text: 'At least 30 s lie between PRE-ALARM rising and LOAD floating.', certainty: 'O', rulings: ['R3'] },
  'PRE-LATEST': {
    text: 'LOAD floats at the latest 35 s after PRE-ALARM rose, or 2 s after the low-cell signal if that is later.',
    certainty: 'I',
    rulings: ['R4'],
  },
  'PRE-WHOLE-WAIT': { text: 'Each rise of PRE-ALARM starts a whole wait.', certainty: 'I', rulings: ['R5'] },
  'PRE-NO-WARNING': { text: 'A low cell without a warning raises PRE-ALARM and starts the wait.', certainty: 'I', rulings: ['R8'] },
  'PRE-OFF-ON-TRIP': { text: 'PRE-ALARM goes off when LOAD floats.', certainty: 'O', rulings: ['R9'] },
  'CHG-OV': { text: 'CHARGER is high normally and floats on cell over-voltage.', certainty: 'O', rulings: ['R7'] },
  'CHG-TEMP': { text: 'CHARGER floats above 50 degC and below 5 degC.', certainty: 'O', rulings: ['R7'] },
  'CHG-RECOVERY': { text: 'CHARGER returns without a reconnect delay when the charge alarm clears.', certainty: 'O*', rulings: ['R7'] },
  'CHG-INDEPENDENT': { text: 'The charge path and the load path do not affect each other.', certainty: 'O*', rulings: ['R7'] },
  'CHAIN-BREAK': { text: 'A broken battery chain floats LOAD and CHARGER.', certainty: 'O*', rulings: ['R2'] },
  'REMOTE-OFF': { text: 'Remote off floats LOAD and CHARGER and darkens both LEDs.', certainty: 'O', rulings: ['R11', 'R13'] },
  'REMOTE-LINK': { text: 'A link between L and H switches the unit on.', certainty: 'O', rulings: ['R13'] },
  'REMOTE-L': { text: 'L below 3.5 V switches the unit on.', certainty: 'O', rulings: ['R13'] },
  'REMOTE-H': { text: 'H above 2.9 V and up to the battery voltage switches the unit on.', certainty: 'O', rulings: ['R13'] },
  'ENTER-SERVICE': {
    text: 'Entering service with a low cell: either the pre-alarm wait runs, or LOAD stays floating until the cell recovers.',
    certainty: 'I',
    rulings: ['R12'],
  },
  REACTION: { text: 'The unit reacts to a change of its inputs within 2 s.', certainty: 'I', rulings: ['R16', 'R1'] },
  'LED-BLUE': { text: 'The blue LED is lit while LOAD is high.', certainty: 'R', rulings: ['R17'] },
  'LED-RED': {
    text: 'The red LED is lit while the charger is disconnected by the bank or by a broken chain.',
    certainty: 'R',
    rulings: ['R17'],
  },
  'NO-GLITCH': {
    text: 'No output changes for 1 ms or more, and no LED for 20 ms or more, without a cause.',
    certainty: 'I',
    rulings: ['R18'],
  },
  'NO-LATCH': { text: 'Nothing latches and nothing depends on how often it happened before.', certainty: 'I', rulings: ['R19'] },
  FLOATING: { text: 'An output that is not high floats; the unit never pulls it low.', certainty: 'I', rulings: ['R16'] },
  'LOAD-DROP': { text: 'LOAD is at most 0.15 V below the battery without load and 0.30 V at 1 A.', certainty: 'O', rulings: [] },
  'PRE-DROP': { text: 'PRE-ALARM is at most 0.15 V below the battery without load and 0.30 V at 1 A.', certainty: 'O', rulings: [] },
  'CHG-DROP': { text: 'CHARGER is at most 0.7 V below the battery up to 10 mA.', certainty: 'O', rulings: [] },
  'CURRENT-ON': { text: 'Switched on, the unit draws 2.2 mA (accepted 1.1 mA to 3.3 mA).', certainty: 'O', rulings: [] },
  'CURRENT-LOW-CELL': {
    text: 'With LOAD disconnected by a low cell the unit draws 1.2 mA (accepted 0.6 mA to 1.8 mA).',
    certainty: 'O',
    rulings: [],
  },
  'CURRENT-OFF': { text: 'Switched off by the remote the unit draws 1.2 mA (accepted 0.6 mA to 1.8 mA).', certainty: 'O', rulings: [] },
} as const satisfies Record<string, Requirement>;

export type RequirementId = keyof typeof REQUIREMENTS;
