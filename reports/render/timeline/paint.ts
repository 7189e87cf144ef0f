/// <reference lib="dom" />
/** Paints a part of a timeline on a canvas: what was driven and measured over what was allowed. These functions run in the reader's browser. */

import { ticks } from '../lanes.ts';
import type { TimelineModel } from './model.ts';
import { type Canvas, LANE_PAINTERS, paintAllowed, paintDrive, paintLevel, paintProbes } from './paint-lanes.ts';

export interface Shown {
  readonly cursors: readonly (number | null)[];
  readonly hover_us: number | null;
  /** The lane that the keyboard is on. */
  readonly lane: number;
  /** The difference that was jumped to; -1: none. */
  readonly flag: number;
}

/** A bracket below the lane for each expected edge; of very many only those that can be told apart. */
function paintWindows({ context, view, x, colours, layout, width }: Canvas, { windows }: TimelineModel): void {
  const { lane, from_us, to_us } = windows;
  const ends = layout.senses.map(() => -Infinity);
  context.fillStyle = colours.pass;
  for (let index = 0; index < from_us.length && from_us[index]! <= view.to_us; index += 1) {
    if (to_us[index]! < view.from_us) continue;
    const number = lane[index]!;
    const left = Math.max(x(from_us[index]!), layout.gutter);
    const right = Math.min(Math.max(x(Math.min(to_us[index]!, view.to_us)), left + 2), width - layout.right);
    if (right < ends[number]! + 3) continue;
    ends[number] = right;
    const { top, height } = layout.senses[number]!;
    const y = top + height + 8;
    context.fillRect(left, y, right - left, 1.5);
    if (from_us[index]! >= view.from_us) context.fillRect(left, y - 4, 1.5, 4);
    if (to_us[index]! <= view.to_us) context.fillRect(right - 1.5, y - 4, 1.5, 4);
  }
}

function paintFlags({ context, view, x, colours, layout }: Canvas, model: TimelineModel, active: number): void {
  for (const [number, { lane, from_us, to_us, at_us }] of model.flags.entries()) {
    const place = layout.senses[lane];
    if (place === undefined) continue;
    const middle = place.top + place.height / 2;
    if (number === active && from_us !== null) {
      const [left, right] = [x(Math.max(from_us, view.from_us)), x(Math.min(to_us ?? Infinity, view.to_us))];
      context.strokeStyle = colours.pass;
      context.lineWidth = 3;
      if (right >= left) context.strokeRect(left, place.top + place.height + 7.5, Math.max(2, right - left), 2);
    }
    if (at_us === null || at_us < view.from_us || at_us > view.to_us) continue;
    context.strokeStyle = colours.fail;
    context.lineWidth = number === active ? 3.5 : 2.5;
    context.beginPath();
    context.arc(x(at_us), middle, number === active ? 8 : 5.5, 0, 7);
    context.stroke();
  }
}

function paintMarks({ context, view, x, colours, layout, width }: Canvas, { marks, samples }: TimelineModel): void {
  const rows = [-Infinity, -Infinity, -Infinity];
  let lineAt = -Infinity;
  const lines: [number, number][] = [];
  context.font = '11px system-ui,sans-serif';
  context.textAlign = 'left';
  context.lineWidth = 1;
  context.strokeStyle = colours.soft;
  context.fillStyle = colours.soft;
  for (const { at_us, text } of marks) {
    if (at_us < view.from_us || at_us > view.to_us) continue;
    const at = x(at_us);
    const wide = text.length * 5.7 + 8;
    const before = at + wide > width && at - wide > layout.gutter;
    const row = rows.findIndex((end) => end < (before ? at - wide : at));
    const fits = row !== -1 && (before || at + wide < width);
    if (fits) {
      context.fillText(text, before ? at - wide + 4 : at + 4, layout.marksTop + row * 15 + 10);
      rows[row] = before ? at : at + wide;
    }
    if (at < lineAt + 6) continue;
    lineAt = at;
    lines.push([Math.round(at), layout.marksTop + (fits ? row * 15 : 45)]);
  }
  context.globalAlpha = lines.length > 60 ? 0.25 : 0.6;
  // Dashes only where they are few: they take longer than anything else.
  for (const [at, top] of lines)
    if (lines.length > 60) context.fillRect(at, top, 1, layout.axis - top);
    else for (let y = top; y < layout.axis; y += 5) context.fillRect(at, y, 1, 2);
  context.globalAlpha = 1;
  for (const { at_us } of samples) {
    if (at_us < view.from_us || at_us > view.to_us) continue;
    const at = x(at_us);
    context.fillRect(at - 1.5, layout.axis - 5, 3, 5);
  }
}

function paintAxis({ context, view, x, colours, layout, width }: Canvas): void {
  context.font = '11px system-ui,sans-serif';
  context.textAlign = 'center';
  context.lineWidth = 1;
  for (const { at_us, text } of ticks(view, ((view.to_us - view.from_us) / (width - layout.gutter - layout.right)) * 90)) {
    const at = Math.round(x(at_us));
    context.fillStyle = colours.line;
    context.fillRect(at, layout.marksTop, 1, layout.axis - layout.marksTop);
    context.fillStyle = colours.soft;
    context.fillText(text, at, layout.axis + 17);
  }
  context.fillRect(layout.gutter, layout.axis, width - layout.right - layout.gutter, 1);
}

function paintCursors({ context, view, x, colours, layout }: Canvas, { cursors, hover_us }: Shown): void {
  const line = (at_us: number | null, colour: string, name: string): void => {
    if (at_us === null || at_us < view.from_us || at_us > view.to_us) return;
    const at = Math.round(x(at_us));
    context.fillStyle = colour;
    context.fillRect(at, layout.marksTop, name === '' ? 1 : 1.5, layout.axis - layout.marksTop);
    if (name === '') return;
    context.fillRect(at - 8, layout.axis - 1, 16, 15);
    context.fillStyle = colours.card;
    context.font = 'bold 11px system-ui,sans-serif';
    context.textAlign = 'center';
    context.fillText(name, at, layout.axis + 10);
  };
  line(hover_us, colours.soft, '');
  line(cursors[0] ?? null, colours.cursorA, 'A');
  line(cursors[1] ?? null, colours.cursorB, 'B');
}

/** Nothing is known after the end of the trace. */
function paintEnd({ context, view, x, colours, layout, width }: Canvas, { ended_us }: TimelineModel): void {
  if (ended_us >= view.to_us) return;
  const at = Math.max(layout.gutter, x(ended_us));
  context.globalAlpha = 0.5;
  context.fillStyle = colours.line;
  context.fillRect(at, layout.marksTop, width - layout.right - at, layout.axis - layout.marksTop);
  context.globalAlpha = 1;
  context.fillStyle = colours.soft;
  context.textAlign = 'left';
  context.font = '11px system-ui,sans-serif';
  if (width - at > 100) context.fillText('the case had ended', at + 8, layout.axis - 8);
}

/** The whole picture; the canvas is `width` wide and as high as the layout says. */
export function paintTimeline(canvas: Canvas, model: TimelineModel, shown: Shown): void {
  const { context, layout, width, colours } = canvas;
  context.clearRect(0, 0, width, layout.height);
  paintAxis(canvas);
  paintEnd(canvas, model);
  context.save();
  context.beginPath();
  context.rect(layout.gutter, 0, width - layout.gutter - layout.right + 1, layout.height);
  context.clip();
  for (const [index, lane] of model.senses.entries()) paintAllowed(canvas, lane, layout.senses[index]!, model);
  paintMarks(canvas, model);
  for (const [index, lane] of model.drives.entries()) paintDrive(canvas, lane, layout.drives[index]!, model);
  paintWindows(canvas, model);
  for (const [index, lane] of model.senses.entries()) {
    paintLevel(canvas, lane, layout.senses[index]!, model.ended_us);
    paintProbes(canvas, lane, layout.senses[index]!, model.probeResults);
  }
  paintFlags(canvas, model, shown.flag);
  context.restore();
  paintCursors(canvas, shown);
  context.textAlign = 'right';
  for (const [index, { label }] of model.drives.entries()) {
    context.font = '11px system-ui,sans-serif';
    context.fillStyle = colours.soft;
    context.fillText(label, layout.gutter - 12, layout.drives[index]!.top + 11);
  }
  for (const [index, { label }] of model.senses.entries()) {
    context.font = 'bold 12px system-ui,sans-serif';
    context.fillStyle = colours.ink;
    context.fillText(label, layout.gutter - 12, layout.senses[index]!.top + 15);
    if (index !== shown.lane) continue;
    context.fillStyle = colours.level;
    context.fillRect(2, layout.senses[index]!.top - 4, 3, 30);
  }
}

export const PAINTERS = [...LANE_PAINTERS, paintWindows, paintFlags, paintMarks, paintAxis, paintEnd, paintCursors, paintTimeline];
