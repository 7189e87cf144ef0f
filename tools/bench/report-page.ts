/** What report.html of a run with 100 000 edges costs its reader, in a real Chromium: size, first draw, panning and zooming. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { BenchRow } from '../../reports/json.ts';
import { renderReport } from '../../reports/render/report-html.ts';
import { manyEdges } from '../../reports/testing/many-edges.ts';
import { openBrowser, openPage } from '../../rig/cli/testing/browser.ts';
import { rowsOf } from '../rows.ts';
import { median } from './timed-run.ts';

const EDGES = 100_000;
const LOADS = 5;
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

interface Loaded {
  readonly first_ms: number;
  readonly firstProcessor_ms: number;
  readonly acts_ms: readonly number[];
  readonly actProcessor_ms: number;
}

async function load(browser: Browser, file: string): Promise<Loaded> {
  const { page } = await openPage(browser, '/dev/null');
  const session = await page.context().newCDPSession(page);
  // Time on the processor of the page's own thread: what other programs of this machine take is not in it.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const processor_ms = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN) * 1000;
  };
  await page.addInitScript(`new MutationObserver((_, watch) => {
    if (document.querySelector('canvas[data-draws]') === null) return;
    globalThis.firstDraw = performance.now();
    watch.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-draws'] })`);
  const before_ms = await processor_ms();
  await page.goto(`file://${file}`);
  await page.waitForSelector('canvas[data-draws]');
  const first_ms = (await page.evaluate('globalThis.firstDraw')) as number;
  const loaded_ms = await processor_ms();
  const acts_ms = (await page.evaluate(`(${actsInPage})(${JSON.stringify(KEYS)})`)) as number[];
  const done_ms = await processor_ms();
  await page.close();
  return {
    first_ms,
    firstProcessor_ms: loaded_ms - (Number.isFinite(before_ms) ? before_ms : 0),
    acts_ms,
    actProcessor_ms: (done_ms - loaded_ms) / KEYS.length,
  };
}

/** No rows, and a note, where there is no browser. */
export async function measureReportPage(): Promise<{ readonly rows: readonly BenchRow[]; readonly notes: readonly string[] }> {
  const browser = await openBrowser();
  if (browser === null) return { rows: [], notes: ['no Chromium on this machine: the report of 100 000 edges was not measured'] };
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-bench-'));
  try {
    const file = path.join(folder, 'report.html');
    const page = renderReport(manyEdges(EDGES));
    writeFileSync(file, page);
    const loads: Loaded[] = [];
    for (let run = 0; run < LOADS; run += 1) loads.push(await load(browser, file));
    return {
      rows: [
        row('report-size', Buffer.byteLength(page) / 1e6, 'MB', '<=', 2),
        row('report-first-draw', median(loads.map(({ first_ms }) => first_ms)), 'ms', '<=', 500),
        row('report-first-draw-processor', median(loads.map(({ firstProcessor_ms }) => firstProcessor_ms)), 'ms', '<=', 500),
        row('report-pan-zoom', median(loads.flatMap(({ acts_ms }) => acts_ms)), 'ms', '<=', 20),
        row('report-pan-zoom-processor', median(loads.map(({ actProcessor_ms }) => actProcessor_ms)), 'ms', '<=', 20),
      ],
      notes: [
        `report of ${EDGES} edges: median of ${LOADS} loads, ${LOADS * KEYS.length} zooms and moves; "processor": time of the page's own thread`,
      ],
    };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
