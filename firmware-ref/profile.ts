/** A unit's profile as limits of the reference: what it may say, which parameters it gives, and which readings it expects. */

import type { Issue } from '../scenarios/contracts/issue.ts';
import type { ProfileInForce, ReadingRuling, ReadingWord, Response, UnitProfile } from '../scenarios/contracts/profile.ts';
import { limitKey } from '../scenarios/language/profile/limit-keys.ts';
import { PARAMETERS, type ParameterName, type Parameters } from './parameters.ts';
import { SHOWN } from './readings.ts';

/** What a unit is judged by. */
export interface Basis {
  readonly parameters: Parameters;
  /** Absent: the reference alone. */
  readonly profile?: ProfileInForce;
}

export const REFERENCE: Basis = { parameters: PARAMETERS };

const isAtLeast = (name: string): boolean => name === 'waitLeast_us';

/** Official limits that the profile would loosen: only what is inferred may be learned otherwise. */
const loosened = ({ limits, placeOf }: UnitProfile): readonly Issue[] =>
  Object.entries(limits).flatMap(([name, value]): Issue[] => {
    const { value: own, certainty, source } = PARAMETERS[name as ParameterName];
    const looser = isAtLeast(name) ? value < own : value > own;
    if (!looser || certainty !== 'O') return [];
    const key = limitKey(name);
    const message = `${key} is official (${source}): ${isAtLeast(name) ? 'at least' : 'at most'} ${own / 1e6} s, and a profile cannot loosen it`;
    return [{ id: 'loosens-official', severity: 'error', ...placeOf('limits', key), message, hint: `${own / 1e6} s, or leave it out` }];
  });

/** What every good unit has come to after 40 s with these poles open (R2, R4, R7, R9, R17). */
const settled = (open: readonly string[]): Readonly<Record<string, Response['level']>> => {
  const [low, full, warned] = ['1', '3', '4'].map((pole) => open.includes(pole)) as [boolean, boolean, boolean];
  const broken = low && full && warned;
  const load = !low && !broken;
  return {
    load: load ? 'high' : 'floating',
    charger: full ? 'floating' : 'high',
    preAlarm: warned && !low ? 'high' : 'floating',
    ledBlue: load ? 'on' : 'off',
    ledRed: full ? 'on' : 'off',
  };
};

const noGoodUnit = ({ poles, placeOf }: UnitProfile): readonly Issue[] =>
  poles.flatMap(({ open, responses }, index) =>
    Object.entries(settled(open)).flatMap(([signal, level]): Issue[] => {
      const { level: said } = responses[signal as keyof typeof responses];
      if (said === level) return [];
      const message = `${signal} is ${said} 40 s after poles ${open.join(', ') || 'none'} opened, and ${level} on every good unit`;
      return [{ id: 'no-good-unit', severity: 'error', ...placeOf('poles', index, signal), message, hint: '' }];
    }),
  );

/** What a profile may not say, with the reference at hand. */
export const profileIssues = (profile: UnitProfile): readonly Issue[] => [...loosened(profile), ...noGoodUnit(profile)];

export interface ProfileUse {
  readonly profile: UnitProfile;
  /** Of the unit on the bench. */
  readonly hardware: string;
  /** Today, ISO 8601. */
  readonly date: string;
}

const faultOf = ({ profile, hardware, date }: ProfileUse): string | null => {
  const { name, hardware: own, learned, expires } = profile;
  if (hardware !== own) return `The profile ${name} is of hardware ${own}, and this unit is of hardware ${hardware}: learn one of its own.`;
  if (date > expires) return `The profile ${name} has expired on ${expires}: learn it anew.`;
  return date < learned ? `The profile ${name} is dated ${learned}, which is still to come.` : null;
};

const sentence = (ruling: string, word: string): string =>
  (SHOWN[ruling as ReadingRuling] as Readonly<Record<string, string>>)[word as ReadingWord] ?? '';

/** The limits of a profile that counts for the unit; where it does not, those of the reference, and the fault says why nothing can pass. */
export const basisOf = (use: ProfileUse): Basis => {
  const { name, goldenUnit, hash, limits, readings } = use.profile;
  const fault = faultOf(use);
  const expected = fault === null ? Object.entries(readings).map(([ruling, word]) => ({ ruling, shown: sentence(ruling, word) })) : [];
  const profile: ProfileInForce = { name, goldenUnit, hash, fault, readings: expected };
  if (fault !== null) return { ...REFERENCE, profile };
  const learned = Object.entries(limits).map(([key, value]) => {
    const own = PARAMETERS[key as ParameterName];
    return [key, { ...own, value, source: `profile ${name} of ${goldenUnit}; ${own.source}`, learned: true }] as const;
  });
  return { parameters: { ...PARAMETERS, ...Object.fromEntries(learned) }, profile };
};
