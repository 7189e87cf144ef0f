// The pages on a narrow screen, in a real Chromium: nothing reaches beyond the screen but what its reader can scroll to, and no fact is squeezed out of sight. Missing where there is no Chromium, as report-html.long.ts.
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { browsed } from '../../rig/cli/testing/browsed.ts';
import { archivedRunOf, measured } from '../archive/testing/archived.ts';
import { migrate } from '../archive/database/migrations.ts';
import { queriesOf } from '../archive/database/queries.ts';
import { openSqlite } from '../archive/database/sqlite.ts';
import { addRuns } from '../archive/database/store.ts';
import { gatherStats } from '../archive/gather-stats.ts';
import { compare } from '../diff/compare.ts';
import { runFeatures } from '../diff/features.ts';
import { makeRecord } from '../record.ts';
import { earlyAttempt, facts, goodRecord, mixedRecord } from '../testing/runs.ts';
import { renderDiffPage } from './diff.ts';
import { renderReport } from './report-html.ts';
import { renderStatsPage } from './stats-html.ts';

const WIDTHS = [320, 390, 768, 1280];
const LONG = '/a-folder-with-a-long-name'.repeat(5);

const beyond = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
/** Least width of what stands beside the names of facts, where a table has no head. */
const leastFact = (page: Page): Promise<number> =>
  page
    .locator('.wide table:not(:has(thead)) tr > :nth-child(2)')
    .evaluateAll((cells) =>
      Math.min(...cells.map((cell) => Math.min(cell.getBoundingClientRect().right, innerWidth) - cell.getBoundingClientRect().left)),
    );

const statsPage = async (): Promise<string> => {
  const engine = openSqlite(':memory:');
  await migrate(engine);
  const runs = Array.from({ length: 30 }, (_, index) =>
    archivedRunOf(index + 1, { run: `run-${index}`, measurements: [measured(100 + (index % 7))] }),
  );
  await addRuns(engine, runs);
  const page = renderStatsPage(await gatherStats(queriesOf(engine), {}));
  await engine.close();
  return page;
};

describe('the pages on a narrow screen', () => {
  const { openHtml } = browsed();

  const atEachWidth = async (html: string, look: (page: Page, width: number) => Promise<void>): Promise<void> => {
    for (const width of WIDTHS) {
      const { page, trouble } = await openHtml(html, { viewport: { width, height: 844 } });
      expect(await beyond(page), `${width} px wide`).to.be.at.most(0);
      await look(page, width);
      expect(trouble).to.deep.equal([]);
      await page.close();
    }
  };

  it('show a report whole, with a room for each fact, though a file has a long name', async () => {
    const record = { ...mixedRecord, command: ['run', LONG], identity: { ...mixedRecord.identity, serial: 'W'.repeat(64) } };
    const html = renderReport(record).replaceAll('scenarios/regression', LONG);
    await atEachWidth(html, async (page) => {
      expect(await leastFact(page)).to.be.at.least(90);
      // What is not drawn yet holds its place, and no more.
      const tall = await page.locator('canvas').evaluateAll((all) => Math.max(...all.map((one) => one.getBoundingClientRect().height)));
      expect(tall).to.be.at.most(600);
    });
  });

  it('show statistics whole', async () => {
    await atEachWidth(await statsPage(), async () => undefined);
  });

  it('show a comparison whole, say that it is simulated, and break no number', async () => {
    const html = renderDiffPage(compare([runFeatures(goodRecord)], [runFeatures(makeRecord(facts([earlyAttempt])))]));
    expect(html).to.contain('<span class="simulated">Simulated runs</span>');
    await atEachWidth(html, async (page) => {
      const heights = await page.locator('td.size').evaluateAll((cells) =>
        cells.map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return range.getClientRects().length;
        }),
      );
      expect(heights.length).to.be.above(0);
      for (const rows of heights) expect(rows).to.equal(1);
    });
  });
});
