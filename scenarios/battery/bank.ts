/** A bank of batteries as a value: its cells and temperatures, which alarms each battery holds, and which poles of the M8 chain they interrupt. */

import { ALARMS, alarmRules, holds } from './alarms.ts';
import type { Alarm, AlarmRule, Condition } from './alarms.ts';
import { USUAL_SETTINGS } from './thresholds.ts';
import type { BankSettings } from './thresholds.ts';

export type PoleState = 'open' | 'closed';
export interface Poles {
  readonly pole1: PoleState;
  readonly pole3: PoleState;
  readonly pole4: PoleState;
}

export interface Battery {
  readonly cells_mV: readonly number[];
  readonly temperature_mC: number;
  readonly alarms: readonly Alarm[];
}

export interface Bank {
  readonly settings: BankSettings;
  readonly cable: 'connected' | 'broken';
  readonly batteries: readonly Battery[];
}

/** A value of the bank: a cell of a battery, or its temperature (`cell` null). Counted from 0. */
export interface Where {
  readonly battery: number;
  readonly cell: number | null;
}
/** mV for a cell, m°C for a temperature. */
export interface Assigned {
  readonly where: Where;
  readonly to: number;
}

/** Where only the extremes of a bank are spoken of: one battery, whose cells are the lowest and the highest of the bank. */
export const EXTREMES = { batteries: 1, cells: 2 } as const;
export const LOWEST: Where = { battery: 0, cell: 0 };
export const HIGHEST: Where = { battery: 0, cell: 1 };

const HEALTHY_mV = 3_300;
const HEALTHY_mC = 25_000;

export const valueAt = ({ batteries }: Bank, { battery, cell }: Where): number => {
  const one = batteries[battery];
  return (cell === null ? one?.temperature_mC : one?.cells_mV[cell]) ?? Number.NaN;
};

/** Whether an alarm is on, given whether it was: `holding` says of a condition at how many cells it holds. */
export const isRaised = (
  { raise, release }: AlarmRule,
  was: boolean,
  holding: (condition: Condition) => { readonly any: boolean; readonly all: boolean },
): boolean => (was ? !holding(release).all : holding(raise).any);

const valuesFor = ({ of }: AlarmRule, { cells_mV, temperature_mC }: Battery): readonly number[] =>
  of === 'cells' ? cells_mV : [temperature_mC];

/** The battery with the alarms its values call for, given those before (hysteresis: a raised alarm stays until its release condition holds). */
const judged = (settings: BankSettings, battery: Battery): Battery => {
  const rules = alarmRules(settings);
  const alarms = ALARMS.filter((alarm) => {
    const values = valuesFor(rules[alarm], battery);
    return isRaised(rules[alarm], battery.alarms.includes(alarm), (condition) => ({
      any: values.some((value) => holds(condition, value)),
      all: values.every((value) => holds(condition, value)),
    }));
  });
  return { ...battery, alarms };
};

/** The bank with these values and the alarms as they were. */
export const withValues = (bank: Bank, assigned: readonly Assigned[]): Bank => ({
  ...bank,
  batteries: bank.batteries.map((battery, index): Battery => {
    const own = assigned.filter(({ where }) => where.battery === index);
    if (own.length === 0) return battery;
    return {
      ...battery,
      cells_mV: battery.cells_mV.map((mV, cell) => own.findLast(({ where }) => where.cell === cell)?.to ?? mV),
      temperature_mC: own.findLast(({ where }) => where.cell === null)?.to ?? battery.temperature_mC,
    };
  }),
});

/** The bank after some of its values or its cable changed at one instant. */
export const changeBank = (bank: Bank, change: { readonly assigned?: readonly Assigned[]; readonly cable?: Bank['cable'] }): Bank => {
  const changed = withValues(bank, change.assigned ?? []);
  return {
    ...changed,
    cable: change.cable ?? bank.cable,
    batteries: changed.batteries.map((battery) => judged(bank.settings, battery)),
  };
};

/** A bank that starts with these values, without a history: inside a hysteresis band no alarm is raised. */
export const startBank = (
  settings: Partial<BankSettings> = {},
  assigned: readonly Assigned[] = [],
  size: { readonly batteries: number; readonly cells: number } = EXTREMES,
  cable: Bank['cable'] = 'connected',
): Bank => {
  const healthy: Battery = { cells_mV: Array.from({ length: size.cells }, () => HEALTHY_mV), temperature_mC: HEALTHY_mC, alarms: [] };
  const bank: Bank = {
    settings: { ...USUAL_SETTINGS, ...settings },
    cable,
    batteries: Array.from({ length: size.batteries }, () => healthy),
  };
  return changeBank(bank, { assigned });
};

const pole = (open: boolean): PoleState => (open ? 'open' : 'closed');

/** An alarm of any one battery acts on the whole bank (F-CHAIN-ANY): pole 1 opens on low cell, pole 3 on high cell or temperature, pole 4 on the pre-alarm; a broken cable opens all. Source: firmware-ref/FACTS.md A-ROLES. */
export const polesOf = ({ settings, cable, batteries }: Bank): Poles => {
  if (cable === 'broken') return { pole1: 'open', pole3: 'open', pole4: 'open' };
  const any = (...alarms: readonly Alarm[]): boolean => batteries.some((battery) => alarms.some((alarm) => battery.alarms.includes(alarm)));
  return {
    pole1: pole(any('lowCell')),
    pole3: pole(any('highCell', 'cold', 'hot')),
    pole4: pole(settings.preAlarmHardware && any('preAlarm', 'lowCell')),
  };
};

export const samePoles = (a: Poles, b: Poles): boolean => a.pole1 === b.pole1 && a.pole3 === b.pole3 && a.pole4 === b.pole4;

/** All three poles open read as a broken chain, whatever opened them (R2). */
export const allOpen = (poles: Poles): boolean => poles.pole1 === 'open' && poles.pole3 === 'open' && poles.pole4 === 'open';
