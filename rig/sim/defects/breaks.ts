/** Which requirements a defect breaks: the one it declares, and those that fall with it. Only a case that catches it can prove them. */

import type { RequirementId } from '../../../scenarios/requirements.ts';
import { DEFECTS, type Defect } from './catalogue.ts';

/** Beside the requirement that the defect's own entry names. */
export const ALSO_BREAKS: Readonly<Record<string, readonly RequirementId[]>> = {
  'load-stuck-high': ['REMOTE-OFF', 'REMOTE-FITTED', 'CHAIN-BREAK', 'SUPPLY-LOW'],
  'load-stuck-floating': ['LOAD-RECOVERY', 'CHAIN-LOOP', 'LOAD-RECEIVERS'],
  'prealarm-missing': ['PRE-RECEIVERS'],
  'prealarm-stuck-high': ['PRE-OFF-ON-TRIP', 'PRE-RECOVERY', 'PRE-OUT-OF-SERVICE'],
  'charger-stuck-high': ['CHG-TEMP', 'REMOTE-OFF', 'CHAIN-BREAK', 'BOTH-ALARMS'],
  'charger-stuck-floating': ['CHG-RECOVERY', 'CHG-AT-LOW-CELL', 'CHG-RECEIVERS'],
  'load-leaks-up': ['LEAKAGE'],
  'prealarm-leaks-up': ['LEAKAGE'],
  'charger-leaks-up': ['LEAKAGE'],
  'load-weak': ['LOAD-RATED', 'LOAD-RECEIVERS'],
  'prealarm-weak': ['PRE-RATED', 'PRE-RECEIVERS'],
  'charger-weak': ['CHG-RATED', 'CHG-RECEIVERS'],
  'prealarm-pulsed': ['PRE-STEADY'],
  'led-blue-blinks-in-prealarm': ['LED-STEADY'],
  'led-red-blinks-above-40v': ['LED-STEADY'],
  'pole1-return-open': ['CHAIN-LOOP'],
  'pole3-return-open': ['CHAIN-LOOP'],
  'pole4-return-open': ['CHAIN-LOOP'],
  'pole3-input-dead': ['CHG-TEMP', 'CHAIN-BREAK', 'BOTH-ALARMS'],
  'pole1-input-dead': ['PRE-NO-WARNING', 'CHAIN-BREAK'],
  'remote-l-sense-open': ['REMOTE-LINK'],
  'remote-l-pull-up-missing': ['REMOTE-FITTED'],
  'remote-h-leaks-up': ['REMOTE-FITTED'],
  'reset-at-9v': ['SUPPLY-DIP'],
  'lockout-at-9v': ['SUPPLY-DIP'],
  'supply-sense-low': ['SUPPLY-DIP'],
  'led-blue-inverted': ['LED-DARK'],
  'led-red-inverted': ['LED-DARK'],
  'leds-swapped': ['LED-RED'],
  'wait-25s': ['PRE-OWN-30S'],
  'no-wait-without-warning': ['PRE-30S'],
  'no-wait-after-recovery': ['PRE-30S'],
  'wait-not-restarted': ['PRE-30S'],
  'wait-runs-on-when-off': ['ENTER-SERVICE', 'PRE-30S'],
  'prealarm-survives-remote-off': ['PRE-OUT-OF-SERVICE'],
  'charge-alarm-drops-load': ['BOTH-ALARMS'],
  'load-never-returns': ['NO-LATCH'],
  'recovery-needs-remote-cycle': ['NO-LATCH'],
  'start-up-4s': ['SUPPLY-SWITCH'],
  'start-up-pulse': ['SUPPLY-SWITCH'],
};

export const brokenBy = ({ name, requirement }: Defect): readonly RequirementId[] => [requirement, ...(ALSO_BREAKS[name] ?? [])];

/** One that acts only now and then proves nothing of a single case. */
const STEADY = DEFECTS.filter(({ oneIn }) => oneIn === 1);

/** The defects that break a requirement, those that declare it first. */
export const breakersOf = (requirement: string): readonly Defect[] => [
  ...STEADY.filter((defect) => defect.requirement === requirement),
  ...STEADY.filter((defect) => defect.requirement !== requirement && brokenBy(defect).some((one) => one === requirement)),
];
