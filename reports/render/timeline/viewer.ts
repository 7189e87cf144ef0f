/// <reference lib="dom" />
/** A timeline as it is looked at: the part shown, the two cursors, what they say, and what can be done to them. This function runs in the reader's browser. */

import { firstAtLeast, instantText, type Layout, timelineLayout, type ViewOfTime } from './layout.ts';
import type { TimelineModel } from './model.ts';
import { type Colour } from './paint-lanes.ts';
import { paintTimeline } from './paint.ts';
import type { TimelineParts } from './parts.ts';
import {
  type Cursor,
  deltaText,
  driveTexts,
  cursorText,
  edgeRows,
  edgeWord,
  nearestEdge,
  stateText,
  windowByEdge,
  windowText,
} from './readings.ts';

/** `first`: what is drawn until `complete` brings the whole. */
export function timelineViewer(first: TimelineModel, parts: TimelineParts) {
  let model = first;
  const { canvas } = parts;
  /** How far around a pointer an edge is taken for what is meant. */
  const snap_px = 8;
  const shortest_us = 20;
  const context = canvas.getContext('2d')!;
  const layout: Layout = timelineLayout(model);
  /** Made when the first edge is asked about. */
  let windows: ReturnType<typeof windowByEdge> | null = null;
  const whole: ViewOfTime = {
    from_us: model.from_us - (model.to_us - model.from_us) * 0.01,
    to_us: model.to_us + (model.to_us - model.from_us) * 0.01,
  };
  let view = whole;
  let before: ViewOfTime[] = [];
  let cursors: [Cursor | null, Cursor | null] = [null, null];
  let hover_us: number | null = null;
  let lane = 0;
  let flag = -1;
  let asked = false;
  let draws = 0;
  let width = 0;

  const colours = (): Record<Colour, string> => {
    const style = getComputedStyle(canvas);
    const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
    return {
      ink: of('ink'),
      soft: of('soft'),
      line: of('line'),
      card: of('card'),
      level: of('level'),
      either: of('either'),
      rail: of('rail'),
      pass: of('pass'),
      fail: of('fail'),
      drive: of('drive'),
      cursorA: of('cursor-a'),
      cursorB: of('cursor-b'),
    };
  };
  let inks = colours();
  const span = (): number => view.to_us - view.from_us;
  const inner = (): number => Math.max(10, width - layout.gutter - layout.right);
  const x = (at_us: number): number => layout.gutter + ((at_us - view.from_us) / span()) * inner();
  const timeAt = (px: number): number => view.from_us + ((px - layout.gutter) / inner()) * span();

  const fill = (): void => {
    const { rows, of } = edgeRows(model, view, 200);
    parts.rows.replaceChildren(
      ...rows.map(({ at, signal, what, known, allowed, why }) => {
        const row = document.createElement('tr');
        for (const text of [at, `${signal} ${what}`, known, allowed, why]) row.insertCell().textContent = text;
        return row;
      }),
    );
    parts.rowsNote.textContent =
      rows.length === of
        ? `The ${of} edges of the part shown.`
        : `The first ${rows.length} of the ${of} edges of the part shown; zoom in for the others.`;
  };
  const tell = (): void => {
    const [a, b] = cursors;
    const delta = a === null || b === null ? '' : `B − A = ${deltaText(a, b, model.bound_ppm)}`;
    parts.measured.textContent = [cursorText('A', a), cursorText('B', b), delta].filter((text) => text !== '').join('   ');
  };
  const paint = (): void => {
    asked = false;
    const ratio = devicePixelRatio;
    width = canvas.clientWidth;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(layout.height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(layout.height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const shown = {
      cursors: cursors.map((one) => one?.at_us ?? null),
      hover_us,
      lane: document.activeElement === canvas ? lane : -1,
      flag,
    };
    paintTimeline({ context, layout, view, width, colours: inks, x }, model, shown);
    draws += 1;
    canvas.dataset['draws'] = String(draws);
  };
  const repaint = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      if (asked) paint();
    });
  };
  const look = (from_us: number, to_us: number): void => {
    const length = Math.min(whole.to_us - whole.from_us, Math.max(shortest_us, to_us - from_us));
    const middle = (from_us + to_us) / 2;
    const from = Math.max(whole.from_us, Math.min(whole.to_us - length, middle - length / 2));
    view = { from_us: from, to_us: from + length };
    canvas.dataset['from'] = String(view.from_us);
    canvas.dataset['to'] = String(view.to_us);
    if (parts.rows.closest('details')?.open === true) fill();
    repaint();
  };
  const jump = (from_us: number, to_us: number): void => {
    before = [...before.slice(-30), view];
    look(from_us, to_us);
  };
  const zoom = (factor: number, around = (view.from_us + view.to_us) / 2): void =>
    look(around - (around - view.from_us) * factor, around + (view.to_us - around) * factor);
  const pan = (part: number): void => look(view.from_us + part * span(), view.to_us + part * span());

  const cursorAt = (number: number, index: number): Cursor => {
    const { at_us, stamp } = model.senses[number]!;
    return { at_us: at_us[index]!, uncertainty_us: model.stamps[stamp[index]!]!.uncertainty_us };
  };
  const edgeText = (number: number, index: number): string => {
    const { label, at_us, up, stamp } = model.senses[number]!;
    windows ??= windowByEdge(model);
    const window = windows[number]!.get(index);
    const allowed = window === undefined ? 'not expected here' : `allowed from ${windowText(model, window)}`;
    return `${label} ${edgeWord(label, up[index] === 1)} at ${instantText(at_us[index]!, 1)} ±${model.stamps[stamp[index]!]!.uncertainty_us} us, ${allowed}`;
  };
  const setCursor = (which: 0 | 1, cursor: Cursor | null): void => {
    cursors = which === 0 ? [cursor, cursors[1]] : [cursors[0], cursor];
    tell();
    repaint();
  };
  const laneAt = (y: number): number => layout.senses.findIndex(({ top, height }) => y >= top - 12 && y <= top + height + 12);
  /** Puts a cursor where the pointer is: on the edge that is near, if there is one. */
  const place = (which: 0 | 1, px: number, y: number): void => {
    const at = timeAt(px);
    const number = laneAt(y);
    const within_us = (snap_px / inner()) * span();
    const near = model.senses.flatMap(({ at_us }, own) => {
      const index = number === -1 || number === own ? nearestEdge(at_us, at, within_us) : -1;
      return index === -1 ? [] : [{ own, index, off: Math.abs(at_us[index]! - at) }];
    });
    const [best] = near.toSorted((one, other) => one.off - other.off);
    setCursor(which, best === undefined ? { at_us: at, uncertainty_us: null } : cursorAt(best.own, best.index));
    const where = `${which === 0 ? 'A' : 'B'}: ${best === undefined ? instantText(at, 1) : edgeText(best.own, best.index)}`;
    parts.spoken.textContent = [
      where,
      cursors[0] !== null && cursors[1] !== null ? `B minus A ${deltaText(cursors[0], cursors[1], model.bound_ppm)}` : '',
    ].join('. ');
  };
  /** From edge to edge of the lane that the keyboard is on. */
  const step = (direction: 1 | -1, which: 0 | 1): void => {
    const { at_us, label } = model.senses[lane]!;
    const from = cursors[which]?.at_us ?? (direction === 1 ? view.from_us : view.to_us);
    const index = direction === 1 ? firstAtLeast(at_us, from + 0.05) : firstAtLeast(at_us, from - 0.05) - 1;
    if (index === -1 || index === at_us.length) {
      parts.spoken.textContent = `${label} has no edge ${direction === 1 ? 'after' : 'before'} this.`;
      return;
    }
    const cursor = cursorAt(lane, index);
    setCursor(which, cursor);
    if (cursor.at_us < view.from_us || cursor.at_us > view.to_us) look(cursor.at_us - span() / 2, cursor.at_us + span() / 2);
    const delta = cursors[0] !== null && cursors[1] !== null ? `. B minus A ${deltaText(cursors[0], cursors[1], model.bound_ppm)}` : '';
    parts.spoken.textContent = `${which === 0 ? 'A' : 'B'}: ${edgeText(lane, index)}${delta}`;
  };
  const point = (px: number, y: number): void => {
    hover_us = px < layout.gutter || px > width - layout.right ? null : timeAt(px);
    const number = laneAt(y);
    if (hover_us === null) parts.pointed.textContent = '';
    else {
      const index = number === -1 ? -1 : nearestEdge(model.senses[number]!.at_us, hover_us, (snap_px / inner()) * span());
      const mark = model.samples.find(({ at_us }) => Math.abs(x(at_us) - px) < 3);
      const what =
        index !== -1
          ? edgeText(number, index)
          : number === -1
            ? y > layout.axis - 12 && mark !== undefined
              ? mark.text
              : driveTexts(model, hover_us)
            : stateText(model, number, hover_us);
      parts.pointed.textContent = `${instantText(hover_us, span() / inner())} · ${what}`;
    }
    repaint();
  };
  const show = (next: number): void => {
    const found = model.flags[next];
    if (found === undefined) return;
    flag = next;
    jump(...found.view_us);
    const bound = found.from_us !== null && found.at_us !== null && found.at_us < found.from_us ? found.from_us : found.to_us;
    const own = found.lane === -1 || found.at_us === null ? -1 : nearestEdge(model.senses[found.lane]!.at_us, found.at_us, 1);
    cursors = [
      bound === null ? null : { at_us: bound, uncertainty_us: 0 },
      own === -1 ? (found.at_us === null ? null : { at_us: found.at_us, uncertainty_us: null }) : cursorAt(found.lane, own),
    ];
    lane = Math.max(0, found.lane);
    tell();
    parts.spoken.textContent = found.text;
    parts.pointed.textContent = found.text;
  };
  const toCursors = (): void => {
    const [a, b] = cursors;
    if (a === null || b === null || a.at_us === b.at_us) return;
    const room = Math.abs(b.at_us - a.at_us) * 0.15;
    jump(Math.min(a.at_us, b.at_us) - room, Math.max(a.at_us, b.at_us) + room);
  };
  const choose = (next: number): void => {
    lane = next;
    parts.spoken.textContent = stateText(model, lane, cursors[0]?.at_us ?? view.from_us);
    repaint();
  };
  const acts: Record<string, () => void> = {
    in: () => zoom(0.5),
    out: () => zoom(2),
    left: () => pan(-0.25),
    right: () => pan(0.25),
    all: () => jump(whole.from_us, whole.to_us),
    back: () => {
      const last = before.pop();
      if (last !== undefined) look(last.from_us, last.to_us);
    },
    cursors: toCursors,
    clear: () => {
      cursors = [null, null];
      flag = -1;
      tell();
      repaint();
    },
    flag: () => show((flag + 1) % model.flags.length),
    previous: () => step(-1, 0),
    next: () => step(1, 0),
    previousB: () => step(-1, 1),
    nextB: () => step(1, 1),
    up: () => choose(Math.max(0, lane - 1)),
    down: () => choose(Math.min(model.senses.length - 1, lane + 1)),
  };
  return {
    acts,
    place,
    point,
    show,
    look,
    pan,
    zoom,
    timeAt,
    inner,
    view: () => view,
    repaint,
    fill,
    leave: () => {
      hover_us = null;
      parts.pointed.textContent = '';
      repaint();
    },
    /** The cursor that a pointer could take hold of. */
    cursorNear: (px: number): 0 | 1 | null => {
      const held = cursors.findIndex((one) => one !== null && Math.abs(x(one.at_us) - px) < 5);
      return held === -1 ? null : (held as 0 | 1);
    },
    isInside: (px: number): boolean => px >= layout.gutter,
    whole: () => look(whole.from_us, whole.to_us),
    /** At once, into the frame that is being made. */
    paint,
    resized: () => {
      if (canvas.width !== Math.round(canvas.clientWidth * devicePixelRatio)) repaint();
    },
    complete: (next: TimelineModel) => {
      model = next;
      windows = null;
      repaint();
    },
    recolour: () => {
      inks = colours();
      repaint();
    },
    height_px: layout.height,
  };
}
