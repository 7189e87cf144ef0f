/** What report.html of a run with 100 000 edges costs its reader, in a real Chromium: size, first draw, panning and zooming. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { BenchRow } from '../../reports/json.ts';
import { renderReport } from '../../reports/render/report-html.ts';
import { manyEdges } from '../../reports/testing/many-edges.ts';
import { openBrowser, openPage } from '../../rig/cli/testing/browser.ts';
import { rowsOf } from '../rows.ts';
import { median } from './timed-run.ts';

const EDGES = 100_000;
const LOADS = 5;
/** What any page costs here: loaded in turn with the report. */
const EMPTY = '<!doctype html><title>Empty</title><canvas></canvas><script>document.querySelector("canvas").dataset.draws = "1"</script>';
/** Zoomed in and out, moved, at the whole and at a part of it. */
const KEYS = ['+', 'ArrowRight', '+', '-', 'ArrowLeft', '-', '+', '+', '+', '+', '+', 'ArrowRight', 'ArrowLeft', 'Home', 'ArrowRight', '+'];

const row = rowsOf('npm run bench -- pages');

/** Runs in the page: ms from a key until the picture is painted, pixels and all. */
const actsInPage = `async (keys) => {
  const canvas = document.querySelector('canvas');
  canvas.focus();
  const context = canvas.getContext('2d');
  const taken = [];
  for (const key of keys)
    taken.push(await new Promise((done) => requestAnimationFrame(() => {
      // The page paints in the next frame: what passes until then is the display's, not the page's.
      let frame = 0;
      requestAnimationFrame(() => { frame = performance.now(); });
      const start = performance.now();
      canvas.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      const handled = performance.now() - start;
      requestAnimationFrame(() => {
        context.getImageData(0, 0, 1, 1);
        done(handled + performance.now() - frame);
      });
    })));
  return taken;
}`;

/**
 * Runs before the page does. The first draw is over when the frame is that shows it: the verdict is there and the timeline is painted. A mark
 * tells how long the page's own thread had worked by then.
 */
const WATCH = `new MutationObserver((_, watch) => {
  const canvas = document.querySelector('canvas[data-draws]');
  if (canvas === null) return;
  watch.disconnect();
  requestAnimationFrame(() => {
    // Arrives when the frame that was begun here has been handed over.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      globalThis.firstDraw = performance.now();
      performance.mark('first draw');
    };
    port2.postMessage(null);
  });
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-draws'] })`;

interface FirstDraw {
  readonly first_ms: number;
  readonly firstProcessor_ms: number;
}

interface Loaded extends FirstDraw {
  /** Until keys, pointers and tables are answered from all edges. */
  readonly whole_ms: number;
  readonly acts_ms: readonly number[];
  readonly actProcessor_ms: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  /** us on the processor. */
  readonly tts?: number;
}

/** Thread time between the two marks: what other programs of this machine take is not in it. */
const betweenMarks_ms = (trace: Buffer): number => {
  const { traceEvents } = JSON.parse(trace.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const [from, to] = ['begin', 'first draw'].map((mark) => traceEvents.find(({ name }) => name === mark));
  if (to?.tts === undefined) throw new Error('The browser did not say how long its thread worked.');
  // A page in a process of its own has done nothing before.
  return (to.tts - (from?.pid === to.pid ? (from.tts ?? 0) : 0)) / 1000;
};

async function drawFirst(browser: Browser, page: Page, file: string): Promise<FirstDraw> {
  await page.addInitScript(WATCH);
  await browser.startTracing(page, { categories: ['blink.user_timing'] });
  await page.evaluate("performance.mark('begin')");
  await page.goto(`file://${file}`);
  while ((await page.evaluate('globalThis.firstDraw')) === undefined) await wait(50);
  const trace = await browser.stopTracing();
  return { first_ms: (await page.evaluate('globalThis.firstDraw')) as number, firstProcessor_ms: betweenMarks_ms(trace) };
}

async function loadEmpty(browser: Browser, file: string): Promise<FirstDraw> {
  const { page } = await openPage(browser, '/dev/null');
  const first = await drawFirst(browser, page, file);
  await page.close();
  return first;
}

async function load(browser: Browser, file: string): Promise<Loaded> {
  const { page } = await openPage(browser, '/dev/null');
  await page.addInitScript(`new MutationObserver((_, watch) => {
    const canvas = document.querySelector('canvas[data-draws]:not([aria-busy])');
    if (canvas === null) return;
    globalThis.whole = performance.now();
    watch.disconnect();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-draws', 'aria-busy'] })`);
  const first = await drawFirst(browser, page, file);
  if (!(await page.locator('.banner .word').isVisible())) throw new Error('The page shows no verdict.');
  await page.waitForSelector('canvas[data-draws]:not([aria-busy])');
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const processor_ms = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN) * 1000;
  };
  const loaded_ms = await processor_ms();
  const acts_ms = (await page.evaluate(`(${actsInPage})(${JSON.stringify(KEYS)})`)) as number[];
  const done_ms = await processor_ms();
  const whole_ms = (await page.evaluate('globalThis.whole')) as number;
  await page.close();
  return { ...first, whole_ms, acts_ms, actProcessor_ms: (done_ms - loaded_ms) / KEYS.length };
}

const middle = <T extends FirstDraw>(of: readonly T[], part: (one: T) => number): number => median(of.map(part));
const first_ms = (of: readonly FirstDraw[]): number => middle(of, (one) => one.first_ms);
const firstProcessor_ms = (of: readonly FirstDraw[]): number => middle(of, (one) => one.firstProcessor_ms);

/** No rows, and a note, where there is no browser. */
export async function measureReportPage(): Promise<{ readonly rows: readonly BenchRow[]; readonly notes: readonly string[] }> {
  const browser = await openBrowser();
  if (browser === null) return { rows: [], notes: ['no Chromium on this machine: the report of 100 000 edges was not measured'] };
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-bench-'));
  try {
    const file = path.join(folder, 'report.html');
    const page = renderReport(manyEdges(EDGES));
    writeFileSync(file, page);
    const empty = path.join(folder, 'empty.html');
    writeFileSync(empty, EMPTY);
    const loads: Loaded[] = [];
    const empties: FirstDraw[] = [];
    for (let run = 0; run < LOADS; run += 1) {
      loads.push(await load(browser, file));
      empties.push(await loadEmpty(browser, empty));
    }
    return {
      rows: [
        row('report-size', Buffer.byteLength(page) / 1e6, 'MB', '<=', 2),
        row('report-first-draw', first_ms(loads), 'ms', '<=', 500, first_ms(empties)),
        row('report-first-draw-processor', firstProcessor_ms(loads), 'ms', '<=', 500, firstProcessor_ms(empties)),
        row('report-pan-zoom', median(loads.flatMap(({ acts_ms }) => acts_ms)), 'ms', '<=', 20),
        row(
          'report-pan-zoom-processor',
          middle(loads, ({ actProcessor_ms }) => actProcessor_ms),
          'ms',
          '<=',
          20,
        ),
      ],
      notes: [
        `report of ${EDGES} edges: median of ${LOADS} loads, ${LOADS * KEYS.length} zooms and moves; "processor": time of the page's own thread`,
        `report: answers from all edges ${Math.round(middle(loads, ({ whole_ms }) => whole_ms))} ms after it was asked for; baseline of the first draw: an empty page, in turn`,
      ],
    };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
