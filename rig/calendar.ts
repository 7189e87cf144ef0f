/** Dates as they stand in files and records (ISO 8601, UTC): turned into numbers and back. Reads no clock: what time it is, is handed in. */

/* oxlint-disable no-restricted-globals -- formats and parses; `Date` without arguments and `Date.now` stay out of here */

declare const calendar: unique symbol;

/** Milliseconds since 1970, UTC. Wall time: for dates and expiries, never for what is measured. */
export type WallTime_ms = number & { readonly [calendar]: 'wall' };

export const DAY_ms = 86_400_000;
export const HOUR_ms = 3_600_000;

export const wallTime = (ms: number): WallTime_ms => ms as WallTime_ms;

/** As `2026-11-28T08:30:00Z`. */
export const isoOf = (time: WallTime_ms): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
/** As `2026-11-28`. */
export const dateOf = (time: WallTime_ms): string => isoOf(time).slice(0, 10);

/** NaN for what is no date. */
export const wallTimeOf = (iso: string): WallTime_ms => wallTime(Date.parse(iso));

export const later = (time: WallTime_ms, ms: number): WallTime_ms => wallTime(time + ms);
