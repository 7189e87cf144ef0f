/** When each step and each moment of a scenario can happen: exactly where it is known before the run, and between which bounds where an edge decides. */

import type { Moment } from './moments.ts';
import type { Given, ScenarioContent, Step } from './shape.ts';

/** The given remote drives are applied here: the supply has settled, no unit reacts sooner. */
export const GIVEN_REMOTE_us = 100_000;
/** Different ticks of the fixture are at least this far apart (ELECTRICS.md, "Accuracy"). */
export const MIN_SPACING_us = 50;
export const USUAL_TIMEOUT_us = 3_000_000;
export const USUAL_DELAY_us = 10_000;
export const USUAL_END_us = 3_000_000;

/** An instant: `offset_us` after an anchor. The anchor is either 0 s (`base` null) or a step that an edge decides. */
export interface Instant {
  /** Index of the step that an edge decides; null = scenario time 0. */
  readonly base: number | null;
  readonly offset_us: number;
  /** Earliest and latest. */
  readonly bounds_us: readonly [number, number];
}

export const later = (instant: Instant, by_us: number): Instant => ({
  base: instant.base,
  offset_us: instant.offset_us + by_us,
  bounds_us: [instant.bounds_us[0] + by_us, instant.bounds_us[1] + by_us],
});

export const absolute = (at_us: number): Instant => ({ base: null, offset_us: at_us, bounds_us: [at_us, at_us] });

const length_us = (word: unknown): number => {
  if (typeof word !== 'object' || word === null) return 0;
  if ('over_us' in word && typeof word.over_us === 'number') return word.over_us;
  if ('for_us' in word && typeof word.for_us === 'number') return word.for_us;
  let longest_us = 0;
  for (const part of Object.values(word)) longest_us = Math.max(longest_us, length_us(part));
  return longest_us;
};

/** How long a step's ramps, pulses and noise last. */
export const duration_us = ({ supply, remote, cells, temperature, for: for_us = 0 }: Step): number =>
  Math.max(for_us, length_us(supply), length_us(remote), length_us(cells), length_us(temperature));

/** True where the given remote needs the drives of H or L. */
export const drivesRemote = ({ remote }: Given): boolean => remote !== undefined && (remote.H !== 'open' || remote.L !== 'open');

/** The last entry before the first step. */
export const origin = (given: Given): Instant => absolute(drivesRemote(given) ? GIVEN_REMOTE_us : 0);

/** Instants of all steps; a step whose time could not be read is taken at the one before. */
export const stepInstants = ({ given, steps }: Pick<ScenarioContent, 'given' | 'steps'>): readonly Instant[] => {
  const instants: Instant[] = [];
  for (const [index, step] of steps.entries()) {
    const previous = instants[index - 1] ?? origin(given);
    const before = steps[index - 1];
    const first = step.repeat === null || step.repeat === undefined ? undefined : instants[step.repeat.first];
    instants.push(
      first === undefined
        ? stepInstant(step, index, previous, before === undefined ? 0 : duration_us(before))
        : later(first, sinceFirst_us(step)),
    );
  }
  return instants;
};

/** A step that `every` brings again: its time words are those of the first. */
export const isRepetition = ({ repeat }: Step): boolean => repeat !== null && repeat !== undefined;

const sinceFirst_us = ({ repeat, every }: Step): number => (repeat?.nth ?? 0) * (every ?? 0);

/** From an answer until the case goes on, at most: the fixture is told when, some time ahead. */
export const RELEASE_us = 1_000_000;

/** How much later than its own time a step may be over because of an answer it waits for. */
const answer_us = ({ ask }: Step): number => (ask === undefined ? 0 : ask.within_us + RELEASE_us);

/** When the question of a step is asked, whose own instant is that of the answer. */
export const askedInstant = (content: Pick<ScenarioContent, 'given' | 'steps'>, instants: readonly Instant[], index: number): Instant => {
  const { ask: _, ...step } = content.steps[index] ?? {};
  const before = content.steps[index - 1];
  return stepInstant(step, index, instants[index - 1] ?? origin(content.given), before === undefined ? 0 : duration_us(before));
};

const stepInstant = (step: Step, index: number, previous: Instant, previousLasts_us: number): Instant => {
  const own = timedInstant(step, index, previous, previousLasts_us);
  if (step.ask === undefined) return own;
  const [earliest, latest] = own.bounds_us;
  return { base: index, offset_us: 0, bounds_us: [earliest, latest + answer_us(step)] };
};

const timedInstant = (step: Step, index: number, previous: Instant, previousLasts_us: number): Instant => {
  if (step.at !== undefined) return absolute(step.at);
  if (step.wait !== undefined) return later(previous, previousLasts_us + step.wait);
  if (step.after === undefined) return later(previous, step.every === undefined ? 0 : previousLasts_us + step.every);
  const delay_us = step.delay ?? USUAL_DELAY_us;
  const [earliest, latest] = previous.bounds_us;
  return { base: index, offset_us: 0, bounds_us: [earliest + delay_us, latest + delay_us + (step.timeout ?? USUAL_TIMEOUT_us)] };
};

/** True where the time of a step could not be read. */
export const hasUnknownTime = ({ steps }: Pick<ScenarioContent, 'steps'>): boolean =>
  steps.some(({ at, after, wait, every }) => at === undefined && after === undefined && wait === undefined && every === undefined);

/** The end of the scenario: `until`, else 3 s after the last step is over. */
export const endInstant = (content: Pick<ScenarioContent, 'given' | 'steps' | 'until'>, instants: readonly Instant[]): Instant => {
  const { until, steps, given } = content;
  if (until?.kind === 'at') return absolute(until.at_us);
  const last = steps.at(-1);
  const over = later(instants.at(-1) ?? origin(given), last === undefined ? 0 : duration_us(last));
  return later(over, until?.wait_us ?? USUAL_END_us);
};

export type Window = readonly [number, number];

/** Earliest and latest instant of every step, counted from the anchor `base` (null = 0 s) and as tight as the chain of steps between them allows. */
const windowsFrom = ({ steps }: Pick<ScenarioContent, 'steps'>, instants: readonly Instant[], base: number | null): readonly Window[] => {
  if (base === null) return instants.map(({ bounds_us }) => bounds_us);
  const anchor = instants[base] ?? absolute(0);
  const windows: Window[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index]!;
    const own = instants[index] ?? anchor;
    const before = windows[index - 1];
    const earliest = before?.[0] ?? 0;
    const latest = before?.[1] ?? 0;
    const first = step.repeat === null || step.repeat === undefined ? undefined : windows[step.repeat.first];
    const answered_us = own.base === index ? answer_us(step) : 0;
    if (own.base === base) windows.push([own.offset_us, own.offset_us]);
    // Steps happen in the order written.
    else if (index < base) windows.push([-Infinity, -MIN_SPACING_us]);
    else if (first !== undefined && Number.isFinite(first[0]))
      windows.push([first[0] + sinceFirst_us(step), first[1] + sinceFirst_us(step)]);
    else if (step.at !== undefined || isRepetition(step))
      windows.push([Math.max(earliest, own.bounds_us[0] - anchor.bounds_us[1]), own.bounds_us[1] - anchor.bounds_us[0]]);
    else if (step.wait !== undefined || (step.after === undefined && step.every !== undefined)) {
      const by_us = (step.wait ?? step.every ?? 0) + duration_us(steps[index - 1] ?? {});
      windows.push([earliest + by_us, latest + by_us + answered_us]);
    } else {
      const delay_us = step.delay ?? USUAL_DELAY_us;
      windows.push([earliest + delay_us, latest + delay_us + (step.timeout ?? USUAL_TIMEOUT_us) + answered_us]);
    }
  }
  return windows;
};

/** Windows of the steps by anchor, each computed once. */
export class Windows {
  readonly content: Pick<ScenarioContent, 'steps'>;
  readonly instants: readonly Instant[];
  private readonly known = new Map<number | null, readonly Window[]>();

  constructor(content: Pick<ScenarioContent, 'steps'>, instants: readonly Instant[]) {
    this.content = content;
    this.instants = instants;
  }

  /** Of every step, counted from `base`. */
  of(base: number | null): readonly Window[] {
    const known = this.known.get(base) ?? windowsFrom(this.content, this.instants, base);
    this.known.set(base, known);
    return known;
  }

  /** Of the end, counted from `base`. */
  ofEnd(base: number | null, end: Instant): Window {
    if (base === null) return end.bounds_us;
    const anchor = this.instants[base] ?? absolute(0);
    if (end.base === null) return [end.offset_us - anchor.bounds_us[1], end.offset_us - anchor.bounds_us[0]];
    const [earliest, latest] = this.of(base)[end.base] ?? [0, 0];
    return [earliest + end.offset_us, latest + end.offset_us];
  }
}

type Indices = ReadonlyMap<number | string, number>;
const indices = new WeakMap<readonly Step[], Indices>();

/** By number and by name; the first of several. */
const indicesOf = (steps: readonly Step[]): Indices => {
  const found = new Map<number | string, number>();
  for (const [index, { name, number = index + 1 }] of steps.entries()) {
    if (!found.has(number)) found.set(number, index);
    if (name !== undefined && !found.has(name)) found.set(name, index);
  }
  return found;
};

/** Index of the step a moment names, or undefined where there is none. Of several that one item came to it means the first. */
export const stepIndex = (steps: readonly Step[], step: number | string): number | undefined => {
  let known = indices.get(steps);
  if (known === undefined) indices.set(steps, (known = indicesOf(steps)));
  return known.get(step);
};

/** When a moment is, or null where only an observed edge tells, or where it names no step. */
export const momentInstant = (
  moment: Moment,
  content: Pick<ScenarioContent, 'steps'>,
  instants: readonly Instant[],
  end: Instant,
): Instant | null => {
  if (moment.kind === 'time') return absolute(moment.at_us);
  if (moment.kind === 'end') return end;
  if (moment.kind === 'edge') return null;
  const instant = instants[stepIndex(content.steps, moment.step) ?? -1];
  return instant === undefined ? null : later(instant, moment.delay_us);
};

/** Microseconds from `a` to `b` at least and at most. Exact where both hang on the same anchor. */
export const separation_us = (a: Instant, b: Instant): readonly [number, number] => {
  if (a.base === b.base) return [b.offset_us - a.offset_us, b.offset_us - a.offset_us];
  return [b.bounds_us[0] - a.bounds_us[1], b.bounds_us[1] - a.bounds_us[0]];
};
