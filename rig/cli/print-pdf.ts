/** A page as PDF, printed by whatever Chromium this machine has. */

import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { RigError } from '../error.ts';

/** Names a browser that is not on the search path. */
export const BROWSER_VARIABLE = 'RIG_CHROMIUM';
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const PATIENCE_ms = 60_000;

const isThere = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The path of a browser; null where there is none. */
export const findBrowser = async (env: Readonly<Record<string, string | undefined>>): Promise<string | null> => {
  const named = env[BROWSER_VARIABLE] ?? '';
  const ending = process.platform === 'win32' ? '.exe' : '';
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = named === '' ? NAMES.flatMap((name) => folders.map((folder) => path.join(folder, `${name}${ending}`))) : [named];
  for (const candidate of candidates) if (await isThere(candidate)) return candidate;
  return null;
};

/** Throws RigError `browserMissing`, or `browserFailed` with what the browser said. */
export const printPdf = async (page: string, env: Readonly<Record<string, string | undefined>>): Promise<Uint8Array> => {
  const browser = await findBrowser(env);
  if (browser === null)
    throw new RigError('browserMissing', 'A PDF is printed by Chromium or Chrome, and there is none on this machine.', {
      hint: `install one (Debian: apt-get install chromium), name it in ${BROWSER_VARIABLE}, or print report.html from any browser`,
      blame: 'operator',
    });
  const folder = await mkdtemp(path.join(tmpdir(), 'bms-rig-pdf-'));
  try {
    const [source, printed] = [path.join(folder, 'page.html'), path.join(folder, 'page.pdf')];
    await writeFile(source, page);
    const args = ['--headless', '--disable-gpu', '--disable-background-networking', '--no-first-run', `--user-data-dir=${folder}`];
    // Chromium refuses its sandbox to root, and the page runs nothing and loads nothing.
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    await promisify(execFile)(
      browser,
      [...args, ...root, '--no-pdf-header-footer', `--print-to-pdf=${printed}`, pathToFileURL(source).href],
      { timeout: PATIENCE_ms },
    );
    return await readFile(printed);
  } catch (cause) {
    throw new RigError(
      'browserFailed',
      `${browser} did not print the page: ${(cause as Error).message.split('\n').slice(0, 3).join(' ')}`,
      {
        hint: `try another browser with ${BROWSER_VARIABLE}`,
        blame: 'operator',
        cause,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
