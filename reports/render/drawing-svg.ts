/** Timing drawings in SVG: measured levels over the levels that are allowed, steps above, time below; colours come from the page's style. */

import { LABELS, ticks, type Band, type Lane, type Mark, type View } from './lanes.ts';
import { markup, type Markup } from './markup.ts';

export interface SvgLane {
  readonly lane: Lane;
  readonly allowed: readonly Band[];
}

/** A difference as it is marked on its lane. */
export interface SvgFlag {
  readonly label: string;
  readonly window: { readonly from_us: number; readonly to_us: number } | null;
  readonly at_us: number | null;
}

export interface SvgDrawing {
  readonly title: string;
  readonly view: View;
  /** The end of the trace; nothing is known after it. */
  readonly ended_us: number;
  readonly lanes: readonly SvgLane[];
  readonly marks: readonly Mark[];
  readonly flags: readonly SvgFlag[];
}

const WIDTH = 960;
const GUTTER = 88;
const RIGHT = 12;
const LANE = 40;
const SWING = 22;
const MARK_ROW = 15;
const AXIS = 30;
/** Width of a character of the small print, for packing. */
const CHAR = 6.1;

const px = (value: number): string => value.toFixed(1);

interface Scale {
  readonly x: (at_us: number) => number;
  readonly sees: (from_us: number, to_us: number) => boolean;
}

const scaleOf = ({ from_us, to_us }: View): Scale => ({
  x: (at_us) => GUTTER + ((Math.min(to_us, Math.max(from_us, at_us)) - from_us) / (to_us - from_us)) * (WIDTH - GUTTER - RIGHT),
  sees: (from, to) => to >= from_us && from <= to_us,
});

/** Edges nearer than this to the one before are one upright line: they could not be told apart. */
const NEAREST = 1.2;

function path({ lane }: SvgLane, view: View, { x }: Scale, top: number, ended_us: number): string {
  const y = (up: boolean): string => px(up ? top : top + SWING);
  let up = lane.edges.findLast((edge) => edge.at_us < view.from_us)?.up ?? lane.initialUp;
  let drawn = up;
  let last = -Infinity;
  const steps = [`M${px(x(view.from_us))} ${y(up)}`];
  const meet = (): void => void (drawn === up ? null : steps.push(`V${y(up)}`));
  for (const edge of lane.edges) {
    if (edge.at_us < view.from_us || edge.at_us > view.to_us || edge.at_us > ended_us) continue;
    const at = x(edge.at_us);
    if (at - last >= NEAREST) {
      meet();
      steps.push(`H${px(at)}V${y(edge.up)}`);
      drawn = edge.up;
      last = at;
    }
    up = edge.up;
  }
  meet();
  return `${steps.join('')}H${px(x(Math.min(view.to_us, ended_us)))}`;
}

/** Allowed spans too narrow to be seen one by one are drawn as one in which either level is allowed. */
function seenBands(allowed: readonly Band[], { x, sees }: Scale): readonly Band[] {
  const seen: Band[] = [];
  for (const band of allowed) {
    if (!sees(band.from_us, band.to_us)) continue;
    const last = seen.at(-1);
    if (last !== undefined && x(band.to_us) - x(last.from_us) < NEAREST * 2)
      seen[seen.length - 1] = {
        from_us: last.from_us,
        to_us: band.to_us,
        mayBeUp: last.mayBeUp || band.mayBeUp,
        mayBeDown: last.mayBeDown || band.mayBeDown,
      };
    else seen.push(band);
  }
  return seen;
}

/** Where both levels are allowed a shaded field, where one is a faint rail at its height. */
function bands({ allowed }: SvgLane, scale: Scale, top: number): Markup[] {
  const { x } = scale;
  return seenBands(allowed, scale).map(({ from_us, to_us, mayBeUp, mayBeDown }) => {
    const [left, right] = [x(from_us), x(to_us)];
    const width = px(Math.max(1, right - left));
    if (mayBeUp && mayBeDown)
      return markup`<rect class="either" x="${px(left)}" y="${px(top - 2)}" width="${width}" height="${SWING + 4}"/>`;
    return markup`<rect class="rail" x="${px(left)}" y="${px((mayBeUp ? top : top + SWING) - 3)}" width="${width}" height="6"/>`;
  });
}

function flag({ window, at_us }: SvgFlag, { x, sees }: Scale, top: number): Markup {
  const [from, to] = window === null ? [0, 0] : [x(window.from_us), x(window.to_us)];
  const bottom = px(top + SWING + 6);
  return markup`${
    window !== null && sees(window.from_us, window.to_us)
      ? markup`<path class="window" d="M${px(from)} ${px(top + SWING + 2)}V${bottom}H${px(Math.max(from + 2, to))}V${px(top + SWING + 2)}"/>`
      : null
  }${at_us !== null && sees(at_us, at_us) ? markup`<circle class="flag" cx="${px(x(at_us))}" cy="${px(top + SWING / 2)}" r="5"/>` : null}`;
}

interface Placed {
  readonly mark: Mark;
  /** Null: there was no room for its words. */
  readonly row: number | null;
  readonly left: boolean;
}

const MOST_ROWS = 6;

/** Labels on as few rows as keep them apart; one that would run out of the picture stands to the left of its line. Lines that could not be told apart are one. */
function place(marks: readonly Mark[], { x }: Scale): readonly Placed[] {
  const ends: number[] = [];
  let line = -Infinity;
  return marks.flatMap((mark) => {
    const at = x(mark.at_us);
    const width = mark.text.length * CHAR + 8;
    const left = at + width > WIDTH && at - width > 0;
    const [from, to] = left ? [at - width, at] : [at, at + width];
    const free = ends.findIndex((end) => end <= from);
    const row = free !== -1 ? free : ends.length < MOST_ROWS ? ends.length : null;
    if (row !== null) ends[row] = to;
    else if (at - line < 2) return [];
    line = at;
    return [{ mark, row, left }];
  });
}

export function svgDrawing({ title, view, ended_us, lanes, marks, flags }: SvgDrawing): Markup {
  const scale = scaleOf(view);
  const { x } = scale;
  const placed = place(
    marks.filter((mark) => scale.sees(mark.at_us, mark.at_us)),
    scale,
  );
  const rows = Math.max(0, ...placed.map((one) => (one.row ?? -1) + 1));
  const lanesTop = rows * MARK_ROW + 10;
  const bottom = lanesTop + lanes.length * LANE;
  const top = (index: number): number => lanesTop + index * LANE + 6;
  const axis = ticks(view, ((view.to_us - view.from_us) / (WIDTH - GUTTER)) * 90);
  return markup`<svg class="drawing" viewBox="0 0 ${WIDTH} ${bottom + AXIS}" role="img" aria-label="${title}">
${axis.map((tick) => markup`<path class="grid" d="M${px(x(tick.at_us))} ${lanesTop}V${bottom}"/><text class="tick" x="${px(x(tick.at_us))}" y="${bottom + 17}">${tick.text}</text>`)}
${ended_us < view.to_us && ended_us > view.from_us ? markup`<rect class="after" x="${px(x(ended_us))}" y="${lanesTop}" width="${px(WIDTH - RIGHT - x(ended_us))}" height="${bottom - lanesTop}"/><text class="label before" x="${WIDTH - RIGHT - 4}" y="${bottom - 5}">${x(ended_us) < WIDTH - 130 ? 'the case had ended' : ''}</text>` : null}
<path class="axis" d="M${GUTTER} ${bottom}H${WIDTH - RIGHT}"/>
${placed.map(
  ({ mark, row, left }) =>
    markup`<path class="step" d="M${px(x(mark.at_us))} ${row === null ? lanesTop : row * MARK_ROW + 4}V${bottom}"/>${
      row === null
        ? null
        : markup`<text class="${left ? 'label before' : 'label'}" x="${px(x(mark.at_us) + (left ? -4 : 4))}" y="${row * MARK_ROW + 12}">${mark.text}</text>`
    }`,
)}
${lanes.map((lane, index) => markup`<text class="name" x="${GUTTER - 10}" y="${px(top(index) + SWING / 2 + 4)}">${lane.lane.label}</text>${bands(lane, scale, top(index))}<path class="level" d="${path(lane, view, scale, top(index), ended_us)}"/>`)}
${flags.map((one) => {
  const index = lanes.findIndex((lane) => lane.lane.label === one.label);
  return index === -1 ? null : flag(one, scale, top(index));
})}
</svg>`;
}

export const laneLabel = (signal: string): string => (LABELS as Readonly<Record<string, string>>)[signal] ?? signal;
