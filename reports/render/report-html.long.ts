// The report in a real Chromium: drawn, zoomed, read, printed, with hostile text and without script. Missing where there is no Chromium; CI installs one and says so with RIG_HAS_CHROMIUM.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { makeRecord, type RunRecord } from '../record.ts';
import { browsed } from '../../rig/cli/testing/browsed.ts';
import { manyEdges } from '../testing/many-edges.ts';
import { facts, failedRecord, lostAttempt, mixedRecord } from '../testing/runs.ts';
import { renderReport } from './report-html.ts';

const EVIL = `</script><script>pwned=1</script><img src=x onerror="pwned=1">"'\`\${pwned=1}`;

const viewOf = (page: Page): Promise<readonly number[]> =>
  page
    .locator('details[open] canvas')
    .first()
    .evaluate((canvas) => [Number(canvas.dataset['from']), Number(canvas.dataset['to'])]);

describe('the report in a browser', () => {
  const { folder, openFile, openHtml } = browsed();

  const open = async (record: RunRecord, options?: BrowserContextOptions) => {
    const opened = await openHtml(renderReport(record), options);
    if (options?.javaScriptEnabled !== false) await opened.page.waitForSelector('details[open] canvas[data-draws]');
    return opened;
  };

  it('draws the cases that did not pass by itself, and asks for nothing', async () => {
    const { page, trouble } = await open(mixedRecord);
    expect(await page.locator('.timeline.live').count()).to.be.at.least(1);
    const inked = await page
      .locator('details[open] canvas')
      .first()
      .evaluate((canvas) => {
        const { data } = (canvas as HTMLCanvasElement)
          .getContext('2d')!
          .getImageData(0, 0, (canvas as HTMLCanvasElement).width, (canvas as HTMLCanvasElement).height);
        return data.filter((value, index) => index % 4 === 3 && value > 0).length;
      });
    expect(inked).to.be.above(3_000);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('leads from a difference to its edge: its window in view, both cursors set, the time between them told', async () => {
    const { page } = await open(failedRecord);
    await page.locator('button.jump').first().click();
    await page.waitForFunction(() => document.querySelector('details[open] .measured')!.textContent.includes('B − A'));
    expect(await page.locator('details[open] .measured').first().textContent()).to.match(
      /A 35\.100000 s {3}B 30\.112000 s {3}B − A = -4\.988000 s ±/,
    );
    const [from, to] = await viewOf(page);
    expect(from).to.be.below(30.112e6);
    expect(to).to.be.above(40.1e6);
    expect(await page.evaluate(() => document.activeElement?.tagName)).to.equal('CANVAS');
    await page.close();
  });

  it('zooms and moves with keys, buttons, wheel and pointer, and lets an unchosen picture scroll the page', async () => {
    const { page } = await open(failedRecord);
    const canvas = page.locator('details[open] canvas').first();
    const box = async () => (await canvas.boundingBox())!;
    const whole = await canvas.evaluate((one) => [Number(one.dataset['from']), Number(one.dataset['to'])]);
    const view = () => canvas.evaluate((one) => [Number(one.dataset['from']), Number(one.dataset['to'])]);
    await canvas.scrollIntoViewIfNeeded();
    const { x, y } = await box();
    await page.mouse.move(x + 500, y + 100);
    await page.mouse.wheel(0, -200);
    expect(await view(), 'not chosen').to.deep.equal(whole);
    await canvas.focus();
    await page.keyboard.press('+');
    const zoomed = await view();
    expect(zoomed[1]! - zoomed[0]!).to.be.closeTo((whole[1]! - whole[0]!) / 2, 1);
    await page.keyboard.press('ArrowRight');
    expect((await view())[0]).to.be.above(zoomed[0]!);
    await page.locator('details[open] [data-act="all"]').first().click();
    expect(await view()).to.deep.equal(whole);
    await canvas.focus();
    const at = await box();
    await page.mouse.move(at.x + 500, at.y + 100);
    await page.mouse.wheel(0, -400);
    await page.waitForFunction(
      (before) => Number(document.querySelector<HTMLElement>('details[open] canvas')!.dataset['from']) > before,
      whole[0]!,
    );
    const wheeled = await view();
    await page.mouse.down();
    await page.mouse.move(at.x + 300, at.y + 100, { steps: 4 });
    await page.mouse.up();
    expect((await view())[0]).to.be.above(wheeled[0]!);
    await page.close();
  });

  it('goes from edge to edge with the keyboard and says aloud where it is', async () => {
    const { page } = await open(failedRecord);
    await page.locator('details[open] canvas').first().focus();
    await page.keyboard.press('.');
    const spoken = page.locator('details[open] .spoken').first();
    expect(await spoken.textContent())
      .to.contain('A: LOAD rose at 0.400000 s')
      .and.to.contain('allowed from');
    await page.keyboard.press('>');
    await page.keyboard.press('>');
    expect(await spoken.textContent())
      .to.contain('B: LOAD fell at 30.112000 s')
      .and.to.contain('B minus A 29.712000 s ±');
    await page.close();
  });

  it('has landmarks, names for what can be pressed, and the edges as a table that follows the view', async () => {
    const { page } = await open(failedRecord);
    const said = await page.locator('body').ariaSnapshot();
    for (const part of [
      '- banner:',
      '- heading "fail" [level=1]',
      '- navigation "Parts of this page":',
      '- main:',
      '- button "Zoom in (+)"',
    ])
      expect(said).to.contain(part);
    expect(said).to.not.match(/- button\n|- button:/);
    const edges = page.locator('details[open] details.edges').first();
    await edges.locator('summary').click();
    expect(await edges.locator('tbody tr').count()).to.equal(7);
    await page.locator('button.jump').first().click();
    await page.waitForFunction(
      () => document.querySelector('details[open] details.edges .note')!.textContent === 'The 4 edges of the part shown.',
    );
    await page.close();
  });

  it('runs nothing that a text could bring along', async () => {
    const result = {
      ...lostAttempt.result,
      title: EVIL,
      reason: EVIL,
      file: EVIL,
      faults: [{ blame: 'link' as const, text: EVIL }],
      parameters: { [EVIL]: EVIL },
    };
    const record = makeRecord(
      facts([{ ...lostAttempt, result }], { commandLine: [EVIL], identity: { serial: EVIL, note: EVIL, operator: EVIL } }),
    );
    const { page, trouble } = await open(record);
    expect(await page.evaluate('typeof pwned')).to.equal('undefined');
    expect(await page.locator('img').count()).to.equal(0);
    expect(trouble).to.deep.equal([]);
    // And if it got into the page all the same, the page's policy stops it.
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'pwned = 1';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<b style="color:red" onclick="pwned = 1">x</b>');
    });
    expect(await page.evaluate('typeof pwned')).to.equal('undefined');
    expect(trouble.join()).to.contain('Content Security Policy');
    await page.close();
  });

  it('is still drawn without script, and on paper', async () => {
    const plain = await open(failedRecord, { javaScriptEnabled: false });
    expect(await plain.page.locator('details[open] .still svg').first().isVisible()).to.equal(true);
    expect(await plain.page.locator('canvas').first().isVisible()).to.equal(false);
    await plain.page.close();
    const { page } = await open(failedRecord);
    expect(await page.locator('details[open] .still').first().isVisible()).to.equal(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('details[open] .still svg').first().isVisible()).to.equal(true);
    expect(await page.locator('details[open] canvas').first().isVisible()).to.equal(false);
    expect((await page.pdf({ format: 'A4' })).length).to.be.above(10_000);
    await page.close();
  });

  it('is dark where its reader is', async () => {
    const [light, dark] = await Promise.all(
      (['light', 'dark'] as const).map(async (colorScheme) => {
        const { page } = await open(failedRecord, { colorScheme });
        const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        await page.close();
        return colour;
      }),
    );
    expect(light).to.not.equal(dark);
  });

  it('carries a hundred thousand edges in less than 2 MB, and draws them', async () => {
    const record = manyEdges(100_000);
    expect(Buffer.byteLength(renderReport(record))).to.be.at.most(2_000_000);
    const { page, trouble } = await open(record);
    await page.locator('details[open] details.edges summary').click();
    await page.waitForSelector('details[open] canvas:not([aria-busy])');
    expect(await page.locator('.note').textContent()).to.equal(
      'The first 200 of the 100000 edges of the part shown; zoom in for the others.',
    );
    // What is said of an edge is said from the whole: the second edge of the lane is not the second one that was enough to draw it.
    await page.locator('details[open] canvas').focus();
    for (let edge = 0; edge < 3; edge += 1) await page.keyboard.press('.');
    const [, , third] = record.cases[0]!.attempts[0]!.trace!.edges.filter(({ signal }) => signal === 'load');
    expect(await page.locator('.spoken').textContent()).to.contain(`at ${(third!.at_us! / 1e6).toFixed(6)} s`);
    expect(trouble).to.deep.equal([]);
    await page.close();
  });

  it('first draws a hundred thousand edges as they look in the end', async () => {
    const file = path.join(folder, 'first.html');
    const text = renderReport(manyEdges(100_000));
    const [, overview] = /class="packed">([^<]*)</.exec(text)!;
    // With the overview in the place of the whole the page stays at what it drew first.
    writeFileSync(file, text.replace(/(-whole">)[^<]*<\/script><\/body>/, `$1${overview}</script></body>`));
    const pictures: Buffer[] = [];
    for (const shown of [file, path.join(folder, 'whole.html')]) {
      if (shown !== file) writeFileSync(shown, text);
      const { page } = await openFile(shown);
      await page.waitForSelector('canvas:not([aria-busy])');
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const pixels = await page.evaluate(() => {
        const canvas = document.querySelector('canvas')!;
        return [...canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data];
      });
      pictures.push(Buffer.from(pixels));
      await page.close();
    }
    const [first, whole] = pictures as [Buffer, Buffer];
    expect(first.length).to.equal(whole.length);
    const drawn = whole.filter((value) => value > 0).length;
    expect(drawn).to.be.above(100_000);
    const other = first.filter((value, index) => Math.abs(value - whole[index]!) > 40).length;
    // Edges, names and marks are the same; the brackets of thousands of windows and the teeth of a drive stand a pixel or two elsewhere.
    expect(other / drawn).to.be.below(0.1);
  });

  it('shows the drawing that needs no script where the packed timeline is damaged', async () => {
    const file = path.join(folder, 'damaged.html');
    writeFileSync(file, renderReport(failedRecord).replaceAll(/(class="packed">)[^<]*/g, '$1AAAA'));
    const { page } = await openFile(file);
    await page.waitForSelector('details[open] figure.plain');
    expect(await page.locator('details[open] .still svg').first().isVisible()).to.equal(true);
    expect(await page.locator('details[open] canvas').first().isVisible()).to.equal(false);
    await page.close();
  });
});
