/** A comparison of runs on the terminal and as a page. */

import type { Change, Comparison } from '../diff/compare.ts';
import { markup, type Markup } from './markup.ts';
import { renderPage } from './page.ts';
import { STYLE } from './report-style.ts';
import { printer, wrap, type PrintOptions } from './style.ts';
import { howMany } from './how-many.ts';

const length = (us: number): string => (Math.abs(us) >= 1e6 ? `${(us / 1e6).toFixed(3)} s` : `${(us / 1e3).toFixed(3)} ms`);
const signed = (text: string, value: number): string => (value > 0 ? `+${text}` : text);

/** `+1.234 s +-0.010 s, 99.9 % sure`. */
export function deltaText({ delta, unit, uncertainty, confidence }: Change): string {
  if (delta === null || unit === null) return confidence === null ? '' : `${(confidence * 100).toFixed(1)} % sure`;
  const say = (value: number): string => (unit === 'us' ? length(value) : `${Number(value.toFixed(2))} ${unit}`);
  const sure = confidence === null ? '' : confidence > 0.999 ? ', > 99.9 % sure' : `, ${(confidence * 100).toFixed(1)} % sure`;
  return `${signed(say(delta), delta)}${uncertainty === null ? '' : ` +-${say(uncertainty)}`}${sure}`;
}

const runsText = (list: readonly string[]): string => (list.length === 1 ? list[0]! : `${list.length} runs`);
const headline = ({ regression, changes }: Comparison): string => {
  const worse = changes.filter((one) => one.regression).length;
  return regression
    ? `WORSE: ${worse} of ${howMany(changes.length, 'change')}`
    : changes.length === 0
      ? 'NO DIFFERENCE'
      : `CHANGED, nothing worse: ${howMany(changes.length, 'change')}`;
};

/** So many of a kind are told on a terminal. */
const MOST = 40;

export function renderDiff(comparison: Comparison, options: PrintOptions = {}): string {
  const print = printer(options);
  const { before, after, changes, notes, regression, compared } = comparison;
  const lines = changes.slice(0, MOST).flatMap((one) => {
    const delta = deltaText(one);
    const head = `${one.regression ? print.ink('red', 'worse') : 'other'} ${print.ink('bold', one.kind)} ${one.case}: ${one.what}`;
    return [
      wrap(head, print.width, '       '),
      wrap(`       before  ${one.before}`, print.width, '               '),
      wrap(`       after   ${one.after}`, print.width, '               '),
      ...(delta === '' ? [] : [`       by      ${delta}`]),
    ];
  });
  return [
    `${runsText(before)} against ${runsText(after)}`,
    '',
    ...lines,
    ...(changes.length > MOST ? [`and ${changes.length - MOST} more; --html or --json tells all`] : []),
    ...(changes.length > 0 ? [''] : []),
    ...notes.map((note) => print.ink('dim', wrap(note, print.width))),
    '',
    `${print.ink(regression ? ['red', 'bold'] : ['green', 'bold'], headline(comparison))} · ${compared} verdicts, sequences and numbers compared`,
    '',
  ].join('\n');
}

const OWN_STYLE = `
.dots{width:260px;height:34px}.dots .a{fill:none;stroke:var(--soft);stroke-width:1.6}.dots .b{fill:var(--v);stroke:none;opacity:.75}.dots path{stroke:var(--line)}.dots text{font:10px system-ui,sans-serif;fill:var(--soft)}
td.what{min-width:200px}td.say{max-width:340px;overflow-wrap:break-word}td.size{white-space:nowrap;font-variant-numeric:tabular-nums}
`;

/** The values of both sides on one axis. */
function dots({ values, regression }: Change): Markup | null {
  if (values === null) return null;
  const all = [...values.before, ...values.after];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (value: number): string => (high === low ? 130 : 8 + ((value - low) / (high - low)) * 244).toFixed(1);
  return markup`<svg class="dots ${regression ? 'fail' : 'inconclusive'}" viewBox="0 0 260 34" aria-hidden="true"><path d="M4 10H256M4 25H256"/>${values.before.map((value) => markup`<circle class="a" cx="${x(value)}" cy="10" r="4"/>`)}${values.after.map((value) => markup`<circle class="b" cx="${x(value)}" cy="25" r="4"/>`)}</svg>`;
}

const row = (one: Change): Markup => {
  // A number is not broken in its middle.
  const look = one.values === null ? 'say' : 'size';
  return markup`<tr><td><span class="pill ${one.regression ? 'fail' : 'inconclusive'}">${one.regression ? 'worse' : 'other'}</span></td><td>${one.kind}</td><td class="what">${one.what}<br><span class="soft">${one.case}</span></td><td class="${look}">${one.before}</td><td class="${look}">${one.after}</td><td>${deltaText(one).replaceAll('+-', '±')}${dots(one)}</td></tr>`;
};

const listed = (name: string, runs: readonly string[]): Markup =>
  markup`<tr><th scope="row">${name}</th><td>${runs.map((run) => markup`<code>${run}</code> `)}</td></tr>`;

const simulatedMark = ({ simulated }: Comparison): Markup | null =>
  simulated === 'none'
    ? null
    : markup`<span class="simulated">${simulated === 'all' ? 'Simulated runs' : 'Some runs are simulated'}</span>`;

export function renderDiffPage(comparison: Comparison): string {
  const { before, after, changes, notes, regression, compared } = comparison;
  const tone = regression ? 'fail' : changes.length === 0 ? 'pass' : 'inconclusive';
  const body = markup`<header class="banner ${tone}"><h1 class="word">${regression ? 'worse' : changes.length === 0 ? 'same' : 'changed'}</h1><p><strong>${headline(comparison)}</strong><br>${runsText(before)} against ${runsText(after)}<br><span class="soft">${compared} verdicts, sequences and numbers compared</span></p>${simulatedMark(comparison)}</header><main>
<section aria-labelledby="changes"><h2 id="changes">What changed</h2>${
    changes.length === 0
      ? markup`<p>Nothing beyond noise.</p>`
      : markup`<div class="wide"><table><thead><tr><th scope="col"></th><th scope="col">kind</th><th scope="col">what</th><th scope="col">before</th><th scope="col">after</th><th scope="col">by (before above, after below)</th></tr></thead><tbody>${changes.map(row)}</tbody></table></div>`
  }</section>
<section aria-labelledby="notes"><h2 id="notes">How this was compared</h2><ul class="plain">${notes.map((note) => markup`<li>${note}</li>`)}</ul><div class="wide"><table><tbody>${listed('before', before)}${listed('after', after)}</tbody></table></div></section></main>`;
  return renderPage({ title: `${headline(comparison)} · ${runsText(before)} against ${runsText(after)}`, style: STYLE + OWN_STYLE, body });
}
