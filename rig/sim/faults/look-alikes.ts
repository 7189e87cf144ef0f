/** Faults of the bench and defects of the unit that look alike at first sight: each pair with the signal on which the unit has to fail. */

import type { AnalogSignal, SenseSignal } from '../../../scenarios/signals.ts';

export interface LookAlike {
  /** On this bench a good unit ends broken, blame rig. */
  readonly fault: string;
  /** On a good bench this unit fails, blame unit. */
  readonly defect: string;
  readonly signal: SenseSignal | AnalogSignal;
}

export const LOOK_ALIKES: readonly LookAlike[] = [
  { fault: 'comparator-load-stuck-high', defect: 'load-stuck-high', signal: 'load' },
  { fault: 'comparator-load-stuck-low', defect: 'load-stuck-floating', signal: 'load' },
  { fault: 'comparator-prealarm-stuck-high', defect: 'prealarm-stuck-high', signal: 'preAlarm' },
  { fault: 'comparator-prealarm-stuck-low', defect: 'prealarm-missing', signal: 'preAlarm' },
  { fault: 'comparator-charger-stuck-high', defect: 'charger-stuck-high', signal: 'charger' },
  { fault: 'comparator-charger-stuck-low', defect: 'charger-stuck-floating', signal: 'charger' },
  { fault: 'sensor-blue-dead', defect: 'led-blue-dead', signal: 'ledBlue' },
  { fault: 'sensor-red-dead', defect: 'led-red-dead', signal: 'ledRed' },
  { fault: 'sensor-blue-stuck-lit', defect: 'led-blue-inverted', signal: 'ledBlue' },
  { fault: 'burden-load-open', defect: 'load-leaky', signal: 'load' },
  { fault: 'burden-prealarm-open', defect: 'prealarm-leaky', signal: 'preAlarm' },
  { fault: 'burden-charger-foot-open', defect: 'charger-leaks-up', signal: 'charger' },
  { fault: 'contact-load-open', defect: 'load-stuck-floating', signal: 'load' },
  { fault: 'contact-charger-open', defect: 'charger-stuck-floating', signal: 'charger' },
  { fault: 'supply-sags', defect: 'reset-at-9v', signal: 'load' },
  { fault: 'bias-load-stuck-on', defect: 'load-leaks-up', signal: 'load' },
  { fault: 'bias-load-stuck-off', defect: 'load-slow-edge', signal: 'load' },
  { fault: 'bias-charger-stuck-off', defect: 'charger-low-instead-of-floating', signal: 'charger' },
  { fault: 'bias-load-prealarm-shorted', defect: 'load-prealarm-bridge', signal: 'preAlarm' },
  { fault: 'sink-load-stuck-on', defect: 'load-stuck-floating', signal: 'load' },
  { fault: 'sink-charger-1ma-stuck-on', defect: 'charger-leaky', signal: 'charger' },
  { fault: 'charger-short-stuck-off', defect: 'charger-unlimited', signal: 'load' },
  { fault: 'charger-short-weak', defect: 'charger-unlimited', signal: 'load' },
  { fault: 'charger-short-stuck-on', defect: 'charger-stuck-floating', signal: 'charger' },
  { fault: 'switch-pole-4-stuck-closed', defect: 'pole4-input-dead', signal: 'preAlarm' },
  { fault: 'switch-pole-1-stuck-open', defect: 'pole1-return-open', signal: 'preAlarm' },
  { fault: 'switch-remote-h-battery-stuck-open', defect: 'remote-h-open', signal: 'load' },
  { fault: 'switch-remote-l-minus-stuck-open', defect: 'remote-l-sense-open', signal: 'load' },
  { fault: 'switch-remote-h-battery-stuck-closed', defect: 'remote-h-leaks-up', signal: 'load' },
  { fault: 'switch-remote-l-minus-stuck-closed', defect: 'remote-l-pull-up-missing', signal: 'load' },
  { fault: 'remote-h-drive-half', defect: 'remote-h-divider-low', signal: 'load' },
  { fault: 'remote-l-drive-half', defect: 'remote-l-divider-high', signal: 'load' },
  { fault: 'contact-load-opens', defect: 'load-stuck-floating', signal: 'load' },
  { fault: 'drop-load-double', defect: 'load-high-drop', signal: 'loadDrop' },
  { fault: 'drop-charger-double', defect: 'charger-high-drop', signal: 'chargerDrop' },
  { fault: 'bias-load-weak', defect: 'load-leaky', signal: 'load' },
  { fault: 'bias-charger-weak', defect: 'charger-leaky', signal: 'charger' },
  { fault: 'capacitor-load-100nf', defect: 'load-slow-edge', signal: 'load' },
  { fault: 'switch-remote-link-leaks', defect: 'remote-h-leaks-up', signal: 'load' },
  { fault: 'bypass-stuck-off', defect: 'load-weak', signal: 'loadDrop' },
  { fault: 'bypass-stuck-on', defect: 'supply-current-low', signal: 'supplyCurrent' },
  { fault: 'current-amplifier-low', defect: 'supply-current-low', signal: 'supplyCurrent' },
  { fault: 'current-amplifier-high', defect: 'supply-current-high', signal: 'supplyCurrent' },
  { fault: 'current-shunt-high', defect: 'load-driver-always-fed', signal: 'supplyCurrent' },
  { fault: 'supply-foldback-weak', defect: 'supply-shorted', signal: 'load' },
];
