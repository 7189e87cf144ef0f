/** A real Chromium for tests and measurements of pages: where it is, and a page in it that may load nothing. */

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../print-pdf.ts';

/** Set by CI, which installs one: there it must not be missing unnoticed. */
export const HAS_CHROMIUM = 'RIG_HAS_CHROMIUM';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Null where this machine has none. */
export const openBrowser = async (): Promise<Browser | null> => {
  const executablePath = await findBrowser(process.env);
  return executablePath === null ? null : chromium.launch({ executablePath, args: FLAGS });
};

export interface Watched {
  readonly page: Page;
  /** Errors, refusals of the page's policy, dialogs, and requests for anything but the page. */
  readonly trouble: readonly string[];
}

export const openPage = async (browser: Browser, file: string, options: BrowserContextOptions = {}): Promise<Watched> => {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options });
  const trouble: string[] = [];
  page.on('console', (message) => (message.type() === 'error' ? trouble.push(message.text()) : undefined));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => (request.isNavigationRequest() ? undefined : trouble.push(`request ${request.url()}`)));
  await page.goto(`file://${file}`);
  return { page, trouble };
};
