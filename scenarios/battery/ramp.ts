/** Cells and temperatures that move along straight lines: when a condition holds, to the microsecond, and which poles change when. */

import { ALARMS, alarmRules, holds, opposite } from './alarms.ts';
import type { Condition } from './alarms.ts';
import { isRaised, polesOf, samePoles, valueAt, withValues } from './bank.ts';
import type { Assigned, Bank, Battery, Poles, Where } from './bank.ts';

/** A value that moves from `from` at 0 to `to` at `over_us`, integers all. */
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

/** Whether the condition holds on the line at a whole microsecond; a line is monotonous, so it begins or ends to hold once at most. */
const holdsAt = (line: Line, condition: Condition, at_us: number): boolean => {
  if (!holds(condition, line.from)) return at_us >= (firstTime_us(line, condition) ?? Infinity);
  return at_us < (firstTime_us(line, opposite(condition)) ?? Infinity);
};

/** The poles from `at_us` after the ramp's start on. */
export interface PoleChange {
  readonly at_us: number;
  readonly poles: Poles;
}

export interface RampTarget extends Assigned {
  readonly over_us: number;
}

/** Longest of the ramps: how long the bank keeps moving. */
export const rampDuration_us = (targets: readonly RampTarget[]): number => Math.max(0, ...targets.map(({ over_us }) => over_us));

const linesOf = (bank: Bank, targets: readonly RampTarget[]) => {
  const still = (where: Where): Line => ({ from: valueAt(bank, where), to: valueAt(bank, where), over_us: 1 });
  const line = (where: Where): Line => {
    const target = targets.findLast((one) => one.where.battery === where.battery && one.where.cell === where.cell);
    return target === undefined ? still(where) : { from: valueAt(bank, where), to: target.to, over_us: target.over_us };
  };
  return bank.batteries.map(({ cells_mV }, battery) => ({
    cells: cells_mV.map((_, cell) => line({ battery, cell })),
    temperature: [line({ battery, cell: null })],
  }));
};

/** Runs the bank along its ramps: the pole changes in order (each different from the one before), and the bank at the end. */
export const rampBank = (bank: Bank, targets: readonly RampTarget[]): { readonly changes: readonly PoleChange[]; readonly end: Bank } => {
  const rules = ALARMS.map((alarm) => ({ alarm, rule: alarmRules(bank.settings)[alarm] }));
  const lines = linesOf(bank, targets);
  // Between two of these instants no condition of any alarm changes.
  const instants = new Set<number>();
  for (const battery of lines) {
    for (const { rule } of rules) {
      const conditions = [rule.raise, rule.release].flatMap((condition) => [condition, opposite(condition)]);
      for (const line of battery[rule.of]) {
        if (line.from === line.to) continue;
        for (const condition of conditions) {
          const at_us = firstTime_us(line, condition);
          if (at_us !== null) instants.add(at_us);
        }
      }
    }
  }
  let batteries = bank.batteries;
  let poles = polesOf(bank);
  const changes: PoleChange[] = [];
  for (const at_us of [...instants].toSorted((a, b) => a - b)) {
    batteries = batteries.map((battery, index): Battery => {
      const alarms = rules.filter(({ alarm, rule }) => {
        const own = lines[index]?.[rule.of] ?? [];
        return isRaised(rule, battery.alarms.includes(alarm), (condition) => ({
          any: own.some((line) => holdsAt(line, condition, at_us)),
          all: own.every((line) => holdsAt(line, condition, at_us)),
        }));
      });
      return { ...battery, alarms: alarms.map(({ alarm }) => alarm) };
    });
    const next = polesOf({ ...bank, batteries });
    if (!samePoles(poles, next)) changes.push({ at_us, poles: next });
    poles = next;
  }
  return { changes, end: withValues({ ...bank, batteries }, targets) };
};
