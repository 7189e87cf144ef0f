/** Where on the picture each lane lies, and where on it an instant. These functions run in the reader's browser as well. */

import type { TimelineModel } from './model.ts';

export interface LanePlace {
  readonly top: number;
  readonly height: number;
}

export interface Layout {
  readonly gutter: number;
  readonly right: number;
  readonly marksTop: number;
  readonly drives: readonly LanePlace[];
  readonly senses: readonly LanePlace[];
  /** Below the last lane: the line of the axis. */
  readonly axis: number;
  readonly height: number;
}

export interface ViewOfTime {
  readonly from_us: number;
  readonly to_us: number;
}

/** Heights in CSS pixels; the width is the caller's. */
export function timelineLayout(model: Pick<TimelineModel, 'drives' | 'senses'>): Layout {
  const marksTop = 6;
  let at = marksTop + 3 * 15 + 8;
  const place = (room: number, height: number): LanePlace => {
    const lane = { top: at + (room - height) / 2, height };
    at += room;
    return lane;
  };
  const drives = model.drives.map(() => place(24, 14));
  if (drives.length > 0) at += 6;
  const senses = model.senses.map(() => place(46, 22));
  return { gutter: 118, right: 14, marksTop, drives, senses, axis: at + 4, height: at + 30 };
}

/** Index of the first value that is at least `at`. */
export function firstAtLeast(sorted: Float64Array, at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Seconds with as many decimals as `resolution_us` can be seen with. */
export function instantText(at_us: number, resolution_us: number): string {
  const decimals = resolution_us >= 1e5 ? 2 : resolution_us >= 1e3 ? 3 : resolution_us >= 100 ? 4 : 6;
  return `${(at_us / 1e6).toFixed(decimals)} s`;
}

export function lengthText(us: number): string {
  const size = Math.abs(us);
  if (size >= 1e6) return `${(us / 1e6).toFixed(6)} s`;
  if (size >= 1e3) return `${(us / 1e3).toFixed(4)} ms`;
  return `${us.toFixed(1)} us`;
}

export const LAYOUT = [timelineLayout, firstAtLeast, instantText, lengthText];
