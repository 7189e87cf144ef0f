/** A Chromium and a folder for the tests of one suite, both gone after it; the suite is skipped where there is no Chromium, unless CI has said that there is one. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { HAS_CHROMIUM, openBrowser, openPage, type Watched } from './browser.ts';

export interface Browsed {
  /** Where the suite's pages are. */
  readonly folder: string;
  readonly openFile: (file: string, options?: BrowserContextOptions) => Promise<Watched>;
  readonly openHtml: (html: string, options?: BrowserContextOptions) => Promise<Watched>;
}

/** To be called in a `describe`. */
export const browsed = (): Browsed => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-pages-'));
  let browser: Browser | null = null;
  before(async function () {
    browser = await openBrowser();
    if (process.env[HAS_CHROMIUM] === '1') expect(browser, 'a Chromium').to.not.equal(null);
    if (browser === null) this.skip();
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  let number = 0;
  const openFile = (file: string, options?: BrowserContextOptions) => openPage(browser!, file, options);
  const openHtml = (html: string, options?: BrowserContextOptions) => {
    const file = path.join(folder, `${(number += 1)}.html`);
    writeFileSync(file, html);
    return openFile(file, options);
  };
  return { folder, openFile, openHtml };
};
