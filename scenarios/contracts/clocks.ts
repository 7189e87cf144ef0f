/** Whose clock a number counts on: the brands that keep scenario time, fixture ticks and host time from being mixed. */

declare const clock: unique symbol;

/** Microseconds of scenario time: 0 is the instant at which the given supply is commanded on. Integer when asked; may carry a fraction when observed. */
export type ScenarioTime_us = number & { readonly [clock]: 'scenario' };
/** Ticks of the fixture's own free-running timer (nominally 0.5 us), extended to 53 bits by the host. */
export type FixtureTicks = number & { readonly [clock]: 'fixture' };
/** Milliseconds of the host's monotonic clock. */
export type HostTime_ms = number & { readonly [clock]: 'host' };

export const scenarioTime = (us: number): ScenarioTime_us => us as ScenarioTime_us;
export const fixtureTicks = (ticks: number): FixtureTicks => ticks as FixtureTicks;
export const hostTime = (ms: number): HostTime_ms => ms as HostTime_ms;

/** What ends a wait before its time: an AbortSignal, or something lighter. */
export interface Interruption {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Time and waiting as handed to every host-side part that needs them: real on a bench, virtual on the simulated one. */
export interface Clock {
  /** Monotonic host time in milliseconds (fractions allowed). */
  now(): HostTime_ms;
  /** Resolves `ms` milliseconds later; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: Interruption): Promise<void>;
  /** Waits for something outside the simulated world (disk, person); virtual time stands still meanwhile. */
  external<T>(work: Promise<T>): Promise<T>;
}
