/** How a value is written that changes: at once, along a ramp, for a while, or at random; and which cells or batteries it is of. */

import { z } from 'zod';
import { BANK_SIZE } from '../battery/thresholds.ts';
import { mapping, quantity, someOf } from './fields.ts';
import { TIME_RANGE } from './moments.ts';
import type { Dimension, Range } from './quantity.ts';
import { seed } from './shape-reuse.ts';

export const DURATION_RANGE: Range = { min: 1, max: TIME_RANGE.max };
/** What the fixture times in one piece: a ramp or dip of its own, a delay, a timeout. Its counter spans 536 s (2^30 ticks of 0.5 us). */
export const FIXTURE_WAIT_us = 500_000_000;
export const FIXTURE_RANGE: Range = { min: 1, max: FIXTURE_WAIT_us };

/** A value at once. */
export interface SetWord {
  readonly kind: 'set';
  readonly to: number;
}
/** Along a straight line. */
export interface RampWord {
  readonly kind: 'ramp';
  readonly to: number;
  readonly over_us: number;
}
/** For a while, then back. */
export interface PulseWord {
  readonly kind: 'dip' | 'pulse';
  readonly to: number;
  readonly for_us: number;
}
/** Anywhere within `by` of where it stands, anew every so often; drawn by the seed. Then back. */
export interface NoiseWord {
  readonly kind: 'noise';
  readonly by: number;
  readonly every_us: number;
  readonly for_us: number;
  readonly seed: number;
}
export type MovingWord = SetWord | RampWord | NoiseWord;

export const setTo = (dimension: Dimension, range: Range) => quantity(dimension, range).transform((to): SetWord => ({ kind: 'set', to }));

/** A ramp of the bank is made of pole switches and may take a day; one of a drive is the fixture's own. */
export const rampTo = (dimension: Dimension, range: Range, duration: Range = DURATION_RANGE) =>
  mapping({ 'ramp to': quantity(dimension, range), over: quantity('time', duration) }).transform((ramp): RampWord => ({
    kind: 'ramp',
    to: ramp['ramp to'],
    over_us: ramp.over,
  }));

export const dipTo = (range: Range) =>
  mapping({ 'dip to': quantity('voltage', range), for: quantity('time', FIXTURE_RANGE) }).transform((dip): PulseWord => ({
    kind: 'dip',
    to: dip['dip to'],
    for_us: dip.for,
  }));

export const pulseTo = (range: Range) =>
  mapping({ 'pulse to': quantity('voltage', range), for: quantity('time', FIXTURE_RANGE) }).transform((pulse): PulseWord => ({
    kind: 'pulse',
    to: pulse['pulse to'],
    for_us: pulse.for,
  }));

/** Faster changes would not reach the unit: its switches and the supply need a millisecond or so. */
const NOISE_EVERY: Range = { min: 1_000, max: FIXTURE_WAIT_us };

export const noise = (dimension: Dimension, { min, max }: Range) =>
  mapping({
    noise: quantity(dimension, { min: 1, max: (max - min) / 2 }),
    every: quantity('time', NOISE_EVERY),
    for: quantity('time', DURATION_RANGE),
    seed: z.optional(seed),
  }).transform((word): NoiseWord => ({ kind: 'noise', by: word.noise, every_us: word.every, for_us: word.for, seed: word.seed ?? 1 }));

/** Which cells or batteries a value is of. Counted from 1, as an author does; null = not said. */
export type Which =
  | { readonly kind: 'all' | 'lowest' | 'highest' }
  | { readonly kind: 'numbered'; readonly battery: number | null; readonly cell: number | null };

/** What becomes of some of them. */
export interface PartWord<W = MovingWord> {
  readonly which: Which;
  readonly word: W;
  /** The key it stands at; null where it is of all. */
  readonly key: string | null;
}

const NUMBERED = /^(?:battery (\d{1,2}))?(?:(?:^| )cell (\d{1,2}))?$/u;
const BATTERY = /^battery (\d{1,2})$/u;

const numbered = (key: string): Which => {
  const [, battery, cell] = NUMBERED.exec(key) ?? [];
  return { kind: 'numbered', battery: battery === undefined ? null : Number(battery), cell: cell === undefined ? null : Number(cell) };
};

const entries = <W>(words: Readonly<Record<string, W | undefined>>): readonly PartWord<W>[] =>
  Object.entries(words).flatMap(([key, word]) => (word === undefined ? [] : [{ which: numbered(key), word, key }]));

const all = <W>(word: W): readonly PartWord<W>[] => [{ which: { kind: 'all' }, word, key: null }];

const keyed = <T extends z.ZodType>(pattern: RegExp, value: T, description: string) =>
  z.record(z.string().regex(pattern), value).meta({ description });

const CELL_KEY = /^(?:battery (?:[1-9]|1\d|20)(?: cell [1-8])?|cell [1-8])$/u;
const CELL_KEYS = `of one battery or cell: battery 1 to ${BANK_SIZE.batteries}, cell 3, battery 2 cell 3`;

/** Cells: all with one word, the extremes, or by number. */
export const ofCells = <W>(whole: z.ZodType<W>, one: z.ZodType<W>) =>
  z.union([
    whole.transform((word) => all(word)),
    someOf({ lowest: z.optional(one), highest: z.optional(one) }).transform((words): readonly PartWord<W>[] =>
      (['lowest', 'highest'] as const).flatMap((key) => {
        const word = words[key];
        return word === undefined ? [] : [{ which: { kind: key }, word, key }];
      }),
    ),
    keyed(CELL_KEY, one, CELL_KEYS).transform((words) => entries<W>(words)),
  ]);

/** Temperatures: of all batteries with one word, or by number. */
export const ofBatteries = <W>(whole: z.ZodType<W>, one: z.ZodType<W>) =>
  z.union([whole.transform((word) => all(word)), keyed(BATTERY, one, 'of one battery: battery 2').transform((words) => entries<W>(words))]);
