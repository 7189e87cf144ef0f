/** Timing drawings in text: one row a lane, a time axis above, allowed windows below. */

import type { Band, Lane, Mark, View } from './lanes.ts';
import { ticks } from './lanes.ts';

export interface Canvas {
  readonly view: View;
  /** Columns of the plot, without the gutter. */
  readonly columns: number;
  readonly ascii: boolean;
}

/** Width of the names to the left of the plot, with the space after them. */
export const GUTTER = 11;

const GLYPHS = {
  fine: { up: '‾', down: '_', either: '▒', rise: '/', fall: '\\', many: '‖', axis: '─', tick: '┬', here: '^', none: ' ' },
  plain: { up: '-', down: '_', either: '%', rise: '/', fall: '\\', many: '|', axis: '-', tick: '+', here: '^', none: ' ' },
} as const;
const glyphs = ({ ascii }: Canvas) => (ascii ? GLYPHS.plain : GLYPHS.fine);

const at = ({ view, columns }: Canvas, at_us: number): number =>
  Math.floor(((at_us - view.from_us) / (view.to_us - view.from_us)) * columns);
const start_us = ({ view, columns }: Canvas, column: number): number => view.from_us + ((view.to_us - view.from_us) * column) / columns;

const row = (label: string, body: string): string => `${label.slice(0, GUTTER - 1).padEnd(GUTTER)}${body}`.trimEnd();

/** Puts texts on as few rows as do not overlap, each starting at its column; a text that would run out on the right is moved left. */
function pack(
  canvas: Canvas,
  texts: readonly { readonly column: number; readonly text: string; readonly pointer: number }[],
): readonly string[] {
  const rows: string[] = [];
  for (const { column, text, pointer } of texts) {
    const before = column + text.length > canvas.columns && column - text.length >= 0;
    const shown = before ? `${text.slice(pointer)} ${text.slice(0, pointer)}`.trimEnd() : text;
    const from = before ? column - shown.length + 1 : column;
    const index = rows.findIndex((line) => line.length < from);
    const line = rows[index] ?? '';
    const next = `${line.padEnd(from)}${shown}`.slice(0, canvas.columns);
    if (index === -1) rows.push(next);
    else rows[index] = next;
  }
  return rows;
}

export function axisRows(canvas: Canvas): readonly string[] {
  const glyph = glyphs(canvas);
  const { view, columns } = canvas;
  const marks = ticks(view, ((view.to_us - view.from_us) / columns) * 9).filter((mark) => at(canvas, mark.at_us) < columns);
  const line = Array.from({ length: columns }, () => glyph.axis as string);
  let labels = '';
  for (const mark of marks) {
    const column = at(canvas, mark.at_us);
    line[column] = glyph.tick;
    if (labels.length < column || labels === '') labels = `${labels.padEnd(column)}${mark.text} `;
  }
  return [row('', labels.slice(0, columns)), row('', line.join(''))];
}

export function laneRow(canvas: Canvas, lane: Lane): string {
  const glyph = glyphs(canvas);
  let body = '';
  for (let column = 0; column < canvas.columns; column++) {
    const [from, to] = [start_us(canvas, column), start_us(canvas, column + 1)];
    const inside = lane.edges.filter((edge) => edge.at_us >= from && edge.at_us < to);
    const [only] = inside;
    if (only !== undefined) body += inside.length > 1 ? glyph.many : only.up ? glyph.rise : glyph.fall;
    else body += (lane.edges.findLast((edge) => edge.at_us < from)?.up ?? lane.initialUp) ? glyph.up : glyph.down;
  }
  return row(lane.label, body);
}

/** A lane of what is allowed: where both levels are, the hatch says so. */
export function bandRow(canvas: Canvas, label: string, bands: readonly Band[]): string {
  const glyph = glyphs(canvas);
  let body = '';
  let last = '';
  for (let column = 0; column < canvas.columns; column++) {
    const [from, to] = [start_us(canvas, column), start_us(canvas, column + 1)];
    const here = bands.filter((band) => band.from_us < to && band.to_us > from);
    const up = here.some((band) => band.mayBeUp);
    const down = here.some((band) => band.mayBeDown);
    const narrow = here.length > 1 && up && down && here.every((band) => band.mayBeUp !== band.mayBeDown);
    const next = up && down ? glyph.either : up ? glyph.up : down ? glyph.down : glyph.none;
    body += narrow ? (last === glyph.up ? glyph.fall : glyph.rise) : next;
    last = narrow ? last : next;
  }
  return row(label, body);
}

export const markRows = (canvas: Canvas, label: string, marks: readonly Mark[]): readonly string[] => {
  const shown = marks.filter((mark) => mark.at_us >= canvas.view.from_us && mark.at_us < canvas.view.to_us);
  const texts = shown.map((mark) => ({ column: at(canvas, mark.at_us), text: `${glyphs(canvas).here} ${mark.text}`, pointer: 1 }));
  return pack(canvas, texts).map((body, index) => row(index === 0 ? label : '', body));
};

/** `[=====]` from one bound to the other with a text beside it; an open or far bound runs out of the drawing. */
export function windowRow(canvas: Canvas, label: string, from_us: number, to_us: number, text = ''): string {
  const last = canvas.columns - 1;
  const left = Math.max(0, Math.min(last, at(canvas, from_us)));
  const right = Math.max(left, Math.min(last, to_us > canvas.view.to_us ? last : at(canvas, to_us)));
  const open = to_us > canvas.view.to_us ? '>' : ']';
  const box = left === right ? '|' : `[${'='.repeat(right - left - 1)}${open}`;
  if (left > text.length) return row(label, `${`${text} `.padStart(left)}${box}`);
  return row(label, `${' '.repeat(left)}${box}${right + 1 + text.length < canvas.columns ? ` ${text}` : ''}`);
}

/** An arrow from the allowed bound to what was seen, with the distance in it or behind it. */
export function offRow(canvas: Canvas, label: string, bound_us: number, got_us: number, text: string): string {
  const clamp = (value: number): number => Math.max(0, Math.min(canvas.columns - 1, value));
  const [bound, got] = [clamp(at(canvas, bound_us)), clamp(at(canvas, got_us))];
  const [left, right] = [Math.min(bound, got), Math.max(bound, got)];
  const inner = right - left - 1;
  const early = got < bound;
  if (inner < text.length + 4) {
    const arrow = inner < 0 ? (early ? '<' : '>') : early ? `<${'-'.repeat(inner)}|` : `|${'-'.repeat(inner)}>`;
    const behind = right + 2 + text.length <= canvas.columns;
    return row(label, behind ? `${' '.repeat(left)}${arrow} ${text}` : `${text} ${arrow}`.padStart(right + 1));
  }
  const body = ` ${text} `.padStart(Math.floor((inner + text.length + 2) / 2), '-').padEnd(inner, '-');
  return row(label, `${' '.repeat(left)}${early ? '<' : '|'}${body}${early ? '|' : '>'}`);
}
