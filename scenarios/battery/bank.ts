/** A bank of cells as a value: what it is now, which alarms it holds, and which poles of the M8 chain it interrupts. */

import { ALARMS, alarmRules, holds } from './alarms.ts';
import type { Alarm, BankQuantity } from './alarms.ts';
import { USUAL_SETTINGS } from './thresholds.ts';
import type { BankSettings } from './thresholds.ts';

export type PoleState = 'open' | 'closed';
export interface Poles {
  readonly pole1: PoleState;
  readonly pole3: PoleState;
  readonly pole4: PoleState;
}

export type BankValues = Readonly<Record<BankQuantity, number>>;

export interface Bank {
  readonly settings: BankSettings;
  readonly values: BankValues;
  readonly cable: 'connected' | 'broken';
  readonly alarms: readonly Alarm[];
}

const HEALTHY_VALUES: BankValues = { lowest_mV: 3_300, highest_mV: 3_300, temperature_mC: 25_000 };

/** Alarms after the values became these, given the alarms before (hysteresis: a raised alarm stays until its release condition holds). */
export const alarmsAt = (settings: BankSettings, before: readonly Alarm[], values: BankValues): readonly Alarm[] => {
  const rules = alarmRules(settings);
  return ALARMS.filter((alarm) => {
    const { quantity, raise, release } = rules[alarm];
    const value = values[quantity];
    return before.includes(alarm) ? !holds(release, value) : holds(raise, value);
  });
};

/** A bank that starts with these values, without a history: inside a hysteresis band no alarm is raised. */
export const startBank = (
  settings: Partial<BankSettings> = {},
  values: Partial<BankValues> = {},
  cable: Bank['cable'] = 'connected',
): Bank => {
  const full = { ...USUAL_SETTINGS, ...settings };
  const start = { ...HEALTHY_VALUES, ...values };
  return { settings: full, values: start, cable, alarms: alarmsAt(full, [], start) };
};

/** The bank after some of its values or its cable changed at one instant. */
export const changeBank = (bank: Bank, change: { readonly values?: Partial<BankValues>; readonly cable?: Bank['cable'] }): Bank => {
  const values = { ...bank.values, ...change.values };
  return { ...bank, values, cable: change.cable ?? bank.cable, alarms: alarmsAt(bank.settings, bank.alarms, values) };
};

const pole = (open: boolean): PoleState => (open ? 'open' : 'closed');

/** Pole 1 opens on low cell, pole 3 on high cell or temperature, pole 4 on the pre-alarm; a broken cable opens all. Source: firmware-ref/FACTS.md A-ROLES. */
export const polesOf = ({ settings, cable, alarms }: Pick<Bank, 'settings' | 'cable' | 'alarms'>): Poles => {
  if (cable === 'broken') return { pole1: 'open', pole3: 'open', pole4: 'open' };
  return {
    pole1: pole(alarms.includes('lowCell')),
    pole3: pole(alarms.some((alarm) => alarm === 'highCell' || alarm === 'cold' || alarm === 'hot')),
    pole4: pole(settings.preAlarmHardware && (alarms.includes('preAlarm') || alarms.includes('lowCell'))),
  };
};

export const samePoles = (a: Poles, b: Poles): boolean => a.pole1 === b.pole1 && a.pole3 === b.pole3 && a.pole4 === b.pole4;

/** All three poles open read as a broken chain, whatever opened them (R2). */
export const allOpen = (poles: Poles): boolean => poles.pole1 === 'open' && poles.pole3 === 'open' && poles.pole4 === 'open';
