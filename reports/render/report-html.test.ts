import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { makeRecord } from '../record.ts';
import { facts, failedRecord, goodAttempt, lostAttempt, mixedRecord } from '../testing/runs.ts';
import { markup, Markup } from './markup.ts';
import { renderReport } from './report-html.ts';

const VOID = new Set(['meta', 'br', 'rect', 'path', 'circle']);

/** Checks that every element is closed in order, and gives the elements by name. */
function outline(page: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const open: string[] = [];
  const body = page
    .replace(/<style>[^]*?<\/style>/, '')
    .replaceAll(/<script>[^]*?<\/script>/g, '')
    .replace('<!doctype html>', '');
  for (const [, close, name = '', single] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (close === '/') expect(open.pop(), `closing ${name}`).to.equal(name);
    else {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      if (single !== '/' && !VOID.has(name)) open.push(name);
    }
  }
  expect(open).to.deep.equal([]);
  return counts;
}

describe('the page of a run', () => {
  const page = renderReport(mixedRecord);

  it('is well formed, with a drawing for each case that ran and for each difference', () => {
    const counts = outline(page);
    expect(page.match(/<details class="case /g)).to.have.length(5);
    expect(counts.get('canvas')).to.equal(4);
    expect(page.match(/class="drawing"/g)).to.have.length(5);
    for (const landmark of ['header', 'nav', 'main', 'h1']) expect(counts.get(landmark), landmark).to.equal(1);
  });

  it('says the verdict, the blame and that it was simulated', () => {
    expect(page).to.match(/<header class="banner fail"><h1 class="word">fail<\/h1>[^]*blame: unit[^]*Simulated: no real unit was tested/);
    const real = makeRecord(facts([goodAttempt], { bench: { id: 'slot-1', board: 'mega-7', simulated: false, faults: [] } }));
    expect(renderReport(real).replace(/<style>[^]*<\/style>/, ''))
      .to.contain('Bench slot-1')
      .and.to.not.match(/simulated/i);
    expect(renderReport(makeRecord(facts([goodAttempt], { mode: 'reference' })))).to.contain('Reference only: no unit took part');
  });

  it('takes nothing from elsewhere, and runs nothing but its own script', () => {
    expect(page).to.not.match(/javascript:|<[^>]+\s(on\w+|style|src)=|<link|<img|<iframe|@import|url\(|https?:/i);
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page) ?? [];
    const hashOf = (tag: string): string =>
      createHash('sha256')
        .update(new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!)
        .digest('base64');
    expect(policy).to.equal(
      `default-src 'none'; style-src 'sha256-${hashOf('style')}'; script-src 'sha256-${hashOf('script')}'; base-uri 'none'; form-action 'none'`,
    );
    expect(page.match(/<script>/g)).to.have.length(1);
    expect(page.match(/<script type="text\/plain" class="packed">[A-Za-z0-9+/=]+<\/script>/g)).to.have.length(4);
  });

  it('is of ASCII alone, and says the same', () => {
    expect(page).to.not.match(/[^\0-\u007F]/);
    const record = makeRecord(facts([goodAttempt], { identity: { serial: 'Prüfling 7 \u{1F50B} \u0085', note: '<b>&auml;' } }));
    const text = renderReport(record);
    expect(text).to.contain('Pr&#252;fling 7 &#128267; \u0085').and.to.contain('&lt;b&gt;&amp;auml;');
  });

  it('tells of clock and link, good and bad', () => {
    expect(page).to.contain('it was lost before the end of a case');
    const good = renderReport(makeRecord(facts([goodAttempt])));
    expect(good).to.contain('nothing was lost, damaged or sent again').and.to.contain('120.0 ppm against the host');
    const trace = { ...goodAttempt.trace!, link: { ...goodAttempt.trace!.link, lost: 2 }, boots: ['b1', 'b2'] };
    expect(renderReport(makeRecord(facts([{ ...goodAttempt, trace }])))).to.contain('2 events were lost');
  });

  it('leads from a difference to its edge', () => {
    expect(page.match(/class="jump" data-flag="0" hidden/g)).to.have.length(1);
  });

  it('shows each difference with its numbers, each measurement with its limits, and where all of it came from', () => {
    expect(page).to.contain(
      'LOAD fell 25.012 s after PRE-ALARM rose, 4.988 s before the earliest allowed 30.000 s (R3, PRE-30S, official).',
    );
    expect(page).to.contain('<dt>by</dt><dd>4.988 s too early</dd>');
    expect(page).to.contain('2200 uA').and.to.contain('1100 to 3300 uA');
    for (const hash of ['a', 'b', 'c', 'd', 'e']) expect(page).to.contain(hash.repeat(64));
    expect(page).to.contain('rig run scenarios/regression/low-cell.yaml --seed 7');
  });

  it('draws the early edge left of its window, at the scale of the axis', () => {
    const drawing = renderReport(failedRecord).split('<svg class="drawing"')[1] ?? '';
    const circle = Number(/<circle class="flag" cx="([\d.]+)"/.exec(drawing)?.[1]);
    const [from, to] = (/<path class="window" d="M([\d.]+) [\d.]+V[\d.]+H([\d.]+)V/.exec(drawing) ?? []).slice(1).map(Number);
    expect((from! - circle) / (to! - from!)).to.be.closeTo(4.988 / 5, 0.01);
  });

  it('lets no text become markup', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&\u0007';
    const result = {
      ...lostAttempt.result,
      title: evil,
      reason: evil,
      faults: [{ blame: 'link' as const, text: evil }],
      parameters: { [evil]: evil },
    };
    const text = renderReport(makeRecord(facts([{ ...lostAttempt, result }], { commandLine: [evil] })));
    expect(text).to.not.contain('<img');
    expect(outline(text).get('img')).to.equal(undefined);
    expect(markup`<b title="${evil}">${new Markup('<i></i>')}${null}${['<', 1]}</b>`.text).to.equal(
      '<b title="&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"><i></i>&lt;1</b>',
    );
  });

  it('lets no text turn the words beside it, or hide', () => {
    expect(markup`${'HQ\u202E1\u200B2\u20693'} fail`.text).to.equal('HQ[U+202E]1[U+200B]2[U+2069]3 fail');
    // Joiners are how some languages write.
    expect(markup`${'\u0915\u094D\u200D'}`.text).to.equal('\u0915\u094D\u200D');
  });

  it('is light, dark and printable', () => {
    expect(page).to.contain('prefers-color-scheme:dark').and.to.contain('@media print');
  });
});
