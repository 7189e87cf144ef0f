/** When a linear ramp of the bank's quantities raises and releases alarms: exact integer microseconds, no stepping. */

import { ALARMS, alarmRules, holds } from './alarms.ts';
import type { Alarm, Condition } from './alarms.ts';
import { polesOf, samePoles } from './bank.ts';
import type { Bank, BankValues, Poles } from './bank.ts';

/** A straight line from `from` at 0 us to `to` at `over_us`, constant afterwards. */
export interface Line {
  readonly from: number;
  readonly to: number;
  readonly over_us: number;
}

const floorDivide = (a: number, b: number): number => (a - (a % b)) / b;

/**
 * The first whole microsecond at which the condition holds on the line, or null when it never does.
 * Exact: every product stays below 2^53 (100 000 mV or m°C times a day of microseconds).
 */
export const firstTime_us = (line: Line, condition: Condition): number | null => {
  const { from, to, over_us } = line;
  if (holds(condition, from)) return 0;
  if (!holds(condition, to)) return null;
  const product = Math.abs(condition.level - from) * over_us;
  const slope = Math.abs(to - from);
  const strict = condition.side === 'below' || condition.side === 'above';
  const floor = floorDivide(product, slope);
  return strict || product % slope !== 0 ? floor + 1 : floor;
};

/** The poles from `at_us` after the ramp's start on. */
export interface PoleChange {
  readonly at_us: number;
  readonly poles: Poles;
}

export interface RampTarget {
  readonly to: number;
  readonly over_us: number;
}
export type RampTargets = Readonly<Partial<Record<keyof BankValues, RampTarget>>>;

/** Longest of the ramps: how long the bank keeps moving. */
export const rampDuration_us = (targets: RampTargets): number => Math.max(0, ...Object.values(targets).map(({ over_us }) => over_us));

/** Runs the bank along its ramps: the pole changes in order (each different from the one before), and the bank at the end. */
export const rampBank = (bank: Bank, targets: RampTargets): { readonly changes: readonly PoleChange[]; readonly end: Bank } => {
  const rules = alarmRules(bank.settings);
  const toggles = ALARMS.flatMap((alarm): { at_us: number; alarm: Alarm }[] => {
    const { quantity, raise, release } = rules[alarm];
    const target = targets[quantity];
    if (target === undefined) return [];
    // A line is monotonous, so each alarm toggles at most once on it.
    const at_us = firstTime_us({ from: bank.values[quantity], ...target }, bank.alarms.includes(alarm) ? release : raise);
    return at_us === null ? [] : [{ at_us, alarm }];
  });
  let alarms = bank.alarms;
  let poles = polesOf(bank);
  const changes: PoleChange[] = [];
  for (const at_us of [...new Set(toggles.map((toggle) => toggle.at_us))].toSorted((a, b) => a - b)) {
    const now = toggles.filter((toggle) => toggle.at_us === at_us).map(({ alarm }) => alarm);
    alarms = ALARMS.filter((alarm) => alarms.includes(alarm) !== now.includes(alarm));
    const next = polesOf({ ...bank, alarms });
    if (!samePoles(poles, next)) changes.push({ at_us, poles: next });
    poles = next;
  }
  const values = { ...bank.values, ...Object.fromEntries(Object.entries(targets).map(([quantity, { to }]) => [quantity, to])) };
  return { changes, end: { ...bank, values, alarms } };
};
