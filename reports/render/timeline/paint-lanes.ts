/// <reference lib="dom" />
/** Paints single lanes of a timeline on a canvas: what was driven, what was measured, what was allowed. These functions run in the reader's browser. */

import { firstAtLeast, type LanePlace, type Layout, type ViewOfTime } from './layout.ts';
import type { DriveLane, SenseLane, TimelineModel } from './model.ts';

/** Names of the page's colours. */
export type Colour = 'ink' | 'soft' | 'line' | 'card' | 'level' | 'either' | 'rail' | 'pass' | 'fail' | 'drive' | 'cursorA' | 'cursorB';

export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly layout: Layout;
  readonly view: ViewOfTime;
  readonly width: number;
  readonly colours: Readonly<Record<Colour, string>>;
  readonly x: (at_us: number) => number;
}

/** Spans that are too narrow to be told apart are drawn as the widest of them: either level. */
export function paintAllowed(
  { context, view, x, colours }: Canvas,
  { allowedFrom_us, allowance }: SenseLane,
  { top, height }: LanePlace,
  model: TimelineModel,
): void {
  const first = Math.max(0, firstAtLeast(allowedFrom_us, view.from_us) - 1);
  let left = x(view.from_us);
  let kind = -1;
  let crowded = false;
  let held = null as { readonly from: number; to: number } | null;
  const rails: [number, number, number][] = [];
  context.fillStyle = colours.either;
  const put = (right: number): void => {
    if (kind === -1 || right <= left) return;
    const wide = kind === 2 || crowded;
    // Blocks of one kind side by side are one.
    if (wide && held !== null && held.to >= left - 0.01) held.to = right;
    else if (wide) {
      if (held !== null) context.fillRect(held.from, top - 3, held.to - held.from, height + 6);
      held = { from: left, to: right };
    } else rails.push([left, kind === 1 ? top - 4 : top + height - 4, right - left]);
  };
  for (let index = first; index < allowedFrom_us.length; index += 1) {
    const at = allowedFrom_us[index]!;
    if (at > Math.min(view.to_us, model.ended_us)) break;
    const { mayBeUp, mayBeDown } = model.allowances[allowance[index]!]!;
    const next = mayBeUp ? (mayBeDown ? 2 : 1) : 0;
    const right = Math.max(left, x(Math.max(at, view.from_us)));
    if (right - left >= 2 || kind === -1) {
      put(right);
      left = right;
      kind = next;
      crowded = false;
    } else if (next !== kind) {
      crowded = true;
      kind = next;
    }
  }
  put(x(Math.max(view.from_us, Math.min(view.to_us, model.ended_us))));
  if (held !== null) context.fillRect(held.from, top - 3, held.to - held.from, height + 6);
  context.fillStyle = colours.rail;
  for (const [at, y, wide] of rails) context.fillRect(at, y, wide, 8);
}

/** Edges nearer to each other than their lines are wide become one block. Upright and level pieces are filled, which is many times as quick as a stroke. */
export function paintLevel(
  { context, view, x, colours }: Canvas,
  { at_us, up, initialUp }: SenseLane,
  { top, height }: LanePlace,
  ended_us: number,
): void {
  if (view.from_us > ended_us) return;
  const first = firstAtLeast(at_us, view.from_us);
  const last = firstAtLeast(at_us, Math.min(view.to_us, ended_us));
  let level = first === 0 ? initialUp : up[first - 1] === 1;
  let from = x(view.from_us);
  let block = from;
  let blocked = false;
  context.fillStyle = colours.level;
  const flush = (): void => {
    if (blocked) context.fillRect(block - 1, top - 1, from - block + 2, height + 2);
    blocked = false;
  };
  const along = (to: number): void => {
    if (to > from) context.fillRect(from - 1, (level ? top : top + height) - 1, to - from + 2, 2);
  };
  for (let index = first; index < last; index += 1) {
    const at = x(at_us[index]!);
    if (at - from >= 2.5 || !blocked) {
      flush();
      along(at);
      block = at;
      blocked = true;
    }
    from = at;
    level = up[index] === 1;
  }
  flush();
  along(x(Math.min(view.to_us, ended_us)));
}

export function paintProbes(
  { context, view, x, colours }: Canvas,
  lane: SenseLane,
  { top, height }: LanePlace,
  results: readonly string[],
): void {
  let end = -Infinity;
  for (let index = Math.max(0, firstAtLeast(lane.probeFrom_us, view.from_us) - 1); index < lane.probeFrom_us.length; index += 1) {
    const from = x(lane.probeFrom_us[index]!);
    if (lane.probeFrom_us[index]! > view.to_us) break;
    const right = Math.max(from + 3, x(lane.probeTo_us[index]!));
    if (right < end + 1) continue;
    end = right;
    const result = results[lane.probeResult[index]!];
    context.fillStyle = result === 'floating' ? colours.soft : result === 'high' ? colours.level : colours.fail;
    context.fillRect(from, top + height / 2 - 2, right - from, 4);
  }
}

export function paintDrive(
  { context, view, x, colours }: Canvas,
  { at_us, state, ramp }: DriveLane,
  { top, height }: LanePlace,
  model: TimelineModel,
): void {
  const height01 = (index: number): number => model.driveStates[state[index]!]!.height;
  const y = (index: number): number => top + height * (1 - height01(index));
  const first = Math.max(0, firstAtLeast(at_us, view.from_us) - 1);
  context.fillStyle = colours.drive;
  context.strokeStyle = colours.drive;
  context.lineWidth = 1.5;
  let drawn = -Infinity;
  // Between what was left out since then, an upright line reaches.
  let [high, low] = [Infinity, -Infinity];
  let textEnd = -Infinity;
  const texts: [string, number][] = [];
  for (let index = first; index < at_us.length && at_us[index]! <= view.to_us; index += 1) {
    const at = x(Math.max(view.from_us, at_us[index]!));
    const next =
      index + 1 < at_us.length
        ? x(Math.min(view.to_us, at_us[index + 1]!))
        : x(Math.max(at_us[index]!, Math.min(view.to_us, model.ended_us)));
    // A change that could not be told from the one before is left out, unless it lasts.
    const [from, to] = [index === first || ramp[index - 1] === 1 ? y(index) : y(index - 1), y(index)];
    [high, low] = [Math.min(high, from, to), Math.max(low, from, to)];
    if (at - drawn < 2 && next - at < 2) continue;
    context.fillRect(at - 0.75, high - 0.75, 1.5, low - high + 1.5);
    [high, low] = [Infinity, -Infinity];
    drawn = at;
    if (ramp[index] !== 1 || index + 1 === at_us.length) context.fillRect(at, to - 0.75, Math.max(0, next - at), 1.5);
    else {
      context.beginPath();
      context.moveTo(at, to);
      context.lineTo(next, y(index + 1));
      context.stroke();
    }
    const { text } = model.driveStates[state[index]!]!;
    if (next - at > text.length * 6 + 8 && at > textEnd) {
      texts.push([text, at + 4]);
      textEnd = at + text.length * 6 + 10;
    }
  }
  context.font = '10px system-ui,sans-serif';
  context.fillStyle = colours.soft;
  context.textAlign = 'left';
  for (const [text, at] of texts) {
    const wide = context.measureText(text).width;
    context.fillStyle = colours.card;
    context.fillRect(at - 1, top + height / 2 - 6, wide + 2, 12);
    context.fillStyle = colours.soft;
    context.fillText(text, at, top + height / 2 + 3.5);
  }
}

export const LANE_PAINTERS = [paintAllowed, paintLevel, paintProbes, paintDrive];
