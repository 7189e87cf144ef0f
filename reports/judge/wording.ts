/** The words for signals, levels, times, entries and certainties in sentences for a person. */

import { REQUIREMENTS } from '../../scenarios/requirements.ts';
import type { Certainty } from '../../scenarios/contracts/prediction.ts';
import type { Action, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { DriveValue, Level, ProbeLevel } from '../../scenarios/signals.ts';

const SIGNAL_NAMES: Readonly<Record<string, string>> = {
  load: 'LOAD',
  preAlarm: 'PRE-ALARM',
  charger: 'CHARGER',
  ledBlue: 'the blue LED',
  ledRed: 'the red LED',
};
export const signalName = (signal: string): string => SIGNAL_NAMES[signal] ?? signal;

const HAPPENED: Readonly<Record<Level, string>> = {
  high: 'rose',
  notHigh: 'fell',
  floating: 'fell',
  low: 'fell',
  on: 'lit up',
  off: 'went dark',
};
export const happened = (level: Level): string => HAPPENED[level];
const STATE: Readonly<Record<Level | ProbeLevel, string>> = {
  high: 'high',
  notHigh: 'not high',
  floating: 'floating',
  low: 'low',
  leaky: 'leaky',
  on: 'lit',
  off: 'dark',
};
export const stateName = (level: Level | ProbeLevel): string => STATE[level];

const CERTAINTIES: Readonly<Record<Certainty, string>> = {
  O: 'official',
  'O*': 'official for a sibling product',
  R: 'reseller text',
  C: 'community',
  I: 'inferred',
  M: 'recalled',
};
export const certaintyName = (certainty: Certainty): string => CERTAINTIES[certainty];

/** Said of what is held against a unit's profile. */
export const FROM_PROFILE = 'differs from the profile';

/** `(R3, PRE-30S, official)`, leaving out what is not known; `learned`: by a limit of the unit's profile. */
export const basis = (rule: string | null, requirement: string | null, certainty: Certainty | null, learned = false): string => {
  const known = [rule, requirement, certainty === null ? null : certaintyName(certainty)].filter((part) => part !== null && part !== '');
  const parts = [...(known.length === 0 ? [] : [known.join(', ')]), ...(learned ? [FROM_PROFILE] : [])];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
};

export const requirementCertainty = (id: string | null): Certainty | null => {
  const known: Readonly<Record<string, { readonly certainty: Certainty }>> = REQUIREMENTS;
  return id === null ? null : (known[id]?.certainty ?? null);
};

/** Seconds with three decimals, or with as many as it takes to show `resolution_us`. */
export const seconds = (us: number, resolution_us = 1_000): string => {
  if (!Number.isFinite(us)) return us > 0 ? 'no limit' : 'never';
  const decimals = Math.abs(resolution_us) >= 1_000 ? 3 : 6;
  return `${(us / 1e6).toFixed(decimals).replace(/^-(0\.0*)$/, '$1')} s`;
};

/** A length of time in the unit that suits it. */
export const duration = (us: number): string => {
  const size = Math.abs(us);
  if (size >= 1e6) return `${(us / 1e6).toFixed(3)} s`;
  if (size >= 1e3) return `${(us / 1e3).toFixed(3)} ms`;
  return `${us.toFixed(1)} us`;
};

export const volts = (mV: number): string => `${(mV / 1_000).toFixed(2)} V`;
export const milliamperes = (uA: number): string => `${Number((uA / 1_000).toPrecision(3))} mA`;

/** A measured value without digits that mean nothing: tenths of a millivolt or microampere. */
export const amount = (value: number): string => String(Number(value.toFixed(1)));

const driveValue = (value: DriveValue): string => (typeof value === 'string' ? value : `${value.mV / 1000} V`);

export function actionText(action: Action): string {
  switch (action.kind) {
    case 'set':
    case 'pulse': {
      const text = action.changes.map((change) => `${change.signal} ${driveValue(change.value)}`).join(', ');
      if (action.kind === 'pulse') return `${text} for ${duration(action.for_us)}`;
      return action.bypass === undefined ? text : `bypass of the shunt ${action.bypass}`;
    }
    case 'ramp':
      return `${action.signal} ${action.from_mV / 1000} V to ${action.to_mV / 1000} V in ${duration(action.over_us)}`;
    case 'sample':
      return `measure ${action.analog}`;
    case 'probe':
      return `probe ${signalName(action.output)}`;
    case 'barrier':
      return action.deed === null ? `ask: ${action.prompt.text}` : `${action.deed.end} end of the chain ${action.deed.to}, by hand`;
  }
}

/** An entry by its id and what it does; the one at which a question is asked does nothing else. */
export const entryText = (entry: TimelineEntry): string => {
  if (entry.id === 'power') return 'power';
  const [step, asked] = entry.id.split('.');
  return asked === 'asked' ? `the question of ${step}` : `${entry.id} (${actionText(entry.do)})`;
};
