/// <reference lib="dom" />
/** How a timeline is reached: keys, wheel, pointer and buttons. These functions run in the reader's browser. */

import type { TimelineModel } from './model.ts';
import { unpackTimeline } from './unpack.ts';
import { timelineViewer } from './viewer.ts';

type Viewer = ReturnType<typeof timelineViewer>;

export function listenToKeys(canvas: HTMLCanvasElement, { acts }: Viewer): void {
  const keys: Record<string, string> = {
    '+': 'in',
    '=': 'in',
    '-': 'out',
    _: 'out',
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
    Home: 'all',
    0: 'all',
    Backspace: 'back',
    Escape: 'clear',
    d: 'flag',
    c: 'cursors',
    '.': 'next',
    ',': 'previous',
    '>': 'nextB',
    '<': 'previousB',
    ':': 'nextB',
    ';': 'previousB',
  };
  canvas.addEventListener('keydown', (event) => {
    const act = acts[keys[event.key] ?? ''];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}

/** A wheel over a picture that nobody has chosen scrolls the page, as everywhere else. */
export function listenToWheel(canvas: HTMLCanvasElement, { pan, zoom, inner, timeAt }: Viewer): void {
  canvas.addEventListener(
    'wheel',
    (event) => {
      if (document.activeElement !== canvas && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 30 : 1;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan(((event.deltaX || event.deltaY) * lines) / inner());
      else zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY * lines * 0.002))), timeAt(event.offsetX));
    },
    { passive: false },
  );
}

export function listenToPointer(canvas: HTMLCanvasElement, viewer: Viewer): void {
  let drag: { readonly x: number; readonly from_us: number; readonly to_us: number; moved: boolean; readonly cursor: 0 | 1 | null } | null =
    null;
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    drag = { x: event.offsetX, ...viewer.view(), moved: false, cursor: viewer.cursorNear(event.offsetX) };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (drag === null) return viewer.point(event.offsetX, event.offsetY);
    if (Math.abs(event.offsetX - drag.x) > 3) drag.moved = true;
    if (!drag.moved) return;
    if (drag.cursor !== null) return viewer.place(drag.cursor, event.offsetX, event.offsetY);
    const by = ((drag.x - event.offsetX) / viewer.inner()) * (drag.to_us - drag.from_us);
    viewer.look(drag.from_us + by, drag.to_us + by);
  });
  canvas.addEventListener('pointerup', (event) => {
    const was = drag;
    drag = null;
    if (was === null || was.moved || !viewer.isInside(event.offsetX)) return;
    viewer.place(event.shiftKey ? 1 : 0, event.offsetX, event.offsetY);
  });
  canvas.addEventListener('pointercancel', () => {
    drag = null;
  });
  canvas.addEventListener('pointerleave', viewer.leave);
  canvas.addEventListener('dblclick', (event) => viewer.zoom(0.3, viewer.timeAt(event.offsetX)));
}

/** Draws one of the page's pictures. */
export function drawTimeline(figure: Element, model: TimelineModel): Viewer {
  const canvas = figure.querySelector('canvas')!;
  const part = (name: string): HTMLElement => figure.querySelector<HTMLElement>(`.${name}`)!;
  const table = figure.querySelector('table')!;
  const viewer = timelineViewer(model, {
    canvas,
    pointed: part('pointed'),
    measured: part('measured'),
    spoken: part('spoken'),
    rows: table.tBodies[0]!,
    rowsNote: part('note'),
  });
  canvas.style.height = `${viewer.height_px}px`;
  figure.classList.add('live');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', viewer.recolour);
  viewer.whole();
  viewer.paint();
  new ResizeObserver(viewer.resized).observe(canvas);
  return viewer;
}

/** Makes it live: what can be asked of a picture is answered from the whole, never from what was enough to draw it. */
export function listenToTimeline(figure: Element, viewer: Viewer): void {
  const canvas = figure.querySelector('canvas')!;
  for (const button of figure.querySelectorAll<HTMLButtonElement>('[data-act]'))
    button.addEventListener('click', () => viewer.acts[button.dataset['act']!]?.());
  listenToKeys(canvas, viewer);
  listenToWheel(canvas, viewer);
  listenToPointer(canvas, viewer);
  for (const kind of ['focus', 'blur']) canvas.addEventListener(kind, viewer.repaint);
  const edges = figure.querySelector<HTMLDetailsElement>('details.edges')!;
  edges.addEventListener('toggle', viewer.fill);
  if (edges.open) viewer.fill();
  canvas.removeAttribute('aria-busy');
}

/** The part of the page with this id, once the page is there. */
export async function arrived(id: string): Promise<Element | null> {
  if (document.readyState === 'loading') await new Promise((done) => document.addEventListener('DOMContentLoaded', done));
  return document.getElementById(id);
}

/** When the next frame is shown and the browser has nothing else to do. */
export function afterFrame(): Promise<unknown> {
  // Not every browser has it.
  const { requestIdleCallback: idle } = window as Partial<Pick<Window, 'requestIdleCallback'>>;
  return new Promise<unknown>((done) =>
    requestAnimationFrame(() => (idle === undefined ? requestAnimationFrame(done) : idle(done, { timeout: 500 }))),
  );
}

/** Draws a picture, and where that was an overview brings the whole after the frame that shows it. */
export async function mountTimeline(figure: HTMLElement): Promise<Viewer> {
  const viewer = drawTimeline(figure, await unpackTimeline(figure.querySelector('.packed')!.textContent ?? ''));
  const { whole } = figure.dataset;
  if (whole !== undefined) {
    await afterFrame();
    viewer.complete(await unpackTimeline((await arrived(whole))?.textContent ?? ''));
  }
  listenToTimeline(figure, viewer);
  return viewer;
}

export function openNamed(): void {
  const target = location.hash === '' ? null : document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

/** Pictures come to life when they are about to be seen, and differences lead to theirs. */
export function startPage(): void {
  const live = new Map<Element, Promise<Viewer>>();
  const mounted = (figure: HTMLElement): Promise<Viewer> => {
    const known = live.get(figure) ?? mountTimeline(figure);
    live.set(figure, known);
    // A browser that cannot take it apart shows the drawing that needs no script.
    known.catch(() => figure.classList.add('plain'));
    return known;
  };
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) void mounted(target as HTMLElement);
    },
    { rootMargin: '300px' },
  );
  for (const figure of document.querySelectorAll('.timeline')) watch.observe(figure);
  // The first that is open is taken apart while the page is laid out: an observer speaks only after that.
  const [first] = [...document.querySelectorAll<HTMLElement>('.timeline')].filter(
    (figure) => figure.closest('details:not([open])') === null,
  );
  if (first !== undefined) void mounted(first);
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.jump')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const block = button.closest('details.case');
      const figure = block?.querySelector<HTMLElement>('.timeline');
      if (figure == null) return;
      void mounted(figure).then((viewer) => {
        viewer.show(Number(button.dataset['flag']));
        const canvas = figure.querySelector('canvas')!;
        canvas.focus({ preventScroll: true });
        figure.scrollIntoView({ block: 'nearest' });
      });
    });
  }
  addEventListener('hashchange', openNamed);
  addEventListener('beforeprint', () => {
    for (const block of document.querySelectorAll<HTMLDetailsElement>('details.case')) block.open = true;
  });
  openNamed();
}

export const REACHING = [
  listenToKeys,
  listenToWheel,
  listenToPointer,
  drawTimeline,
  listenToTimeline,
  arrived,
  afterFrame,
  mountTimeline,
  openNamed,
  startPage,
];
