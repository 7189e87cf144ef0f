/** What a profile says of the units of one hardware revision: limits learned from a unit that is known to be good, and which of two allowed readings it showed. */

import type { OutputSignal, SenseSignal } from '../signals.ts';
import type { Place } from './issue.ts';

/** Limits of the reference that a profile may give another value. */
export const PROFILE_LIMITS = ['reaction_us', 'startUp_us', 'waitLeast_us', 'waitMost_us', 'tripTogether_us'] as const;
export type ProfileLimit = (typeof PROFILE_LIMITS)[number];

/** Where the rulings say *either*, and the words for both. */
export const PROFILE_READINGS = {
  R8: ['stays', 'falls'],
  R10: ['rises', 'stays off'],
  R12: ['on', 'off'],
} as const;
export type ReadingRuling = keyof typeof PROFILE_READINGS;
export type ReadingWord = (typeof PROFILE_READINGS)[ReadingRuling][number];
export type ProfileReadings = Readonly<Partial<Record<ReadingRuling, ReadingWord>>>;

/** What was measured of one limit. */
export interface Seen {
  readonly least_us: number;
  readonly most_us: number;
  /** Worst case of each, one side. */
  readonly uncertainty_us: number;
  readonly times: number;
}

export const COMBINATION_POLES = ['1', '3', '4'] as const;

/** What an output came to, and when it changed since the poles did. */
export interface Response {
  readonly level: 'high' | 'floating' | 'on' | 'off';
  /** Each change, in order; empty where it stayed. */
  readonly changes: readonly { readonly level: Response['level']; readonly after_us: number }[];
}

/** One of the eight combinations of open poles, held for 40 s. */
export interface PoleCombination {
  /** The open ones, `1`, `3`, `4`. */
  readonly open: readonly string[];
  readonly responses: Readonly<Record<OutputSignal | Exclude<SenseSignal, OutputSignal>, Response>>;
}

export interface UnitProfile {
  /** Path as the user gave it. */
  readonly file: string;
  /** sha256 of its bytes. */
  readonly hash: string;
  readonly name: string;
  readonly hardware: string;
  readonly goldenUnit: string;
  /** ISO 8601 dates. */
  readonly learned: string;
  readonly expires: string;
  readonly seen: Readonly<Partial<Record<string, Seen>>>;
  readonly limits: Readonly<Partial<Record<ProfileLimit, number>>>;
  readonly readings: ProfileReadings;
  readonly poles: readonly PoleCombination[];
  /** Where a key stands, or the nearest thing around it. */
  readonly placeOf: (...path: readonly PropertyKey[]) => Place;
}

/** A profile as a prediction carries it, for the judge. */
export interface ProfileInForce {
  readonly name: string;
  readonly goldenUnit: string;
  readonly hash: string;
  /** Why it does not count for this unit, as a sentence; null: it does, and its limits are those of the prediction. */
  readonly fault: string | null;
  /** What the reports of a unit say where it does as the golden one, by ruling. */
  readonly readings: readonly { readonly ruling: string; readonly shown: string }[];
}
