/** The coverage page: which sentence of the unit's documentation is proven by which case. One file that needs nothing but itself. */

import type { CoverageDocument, RequirementCoverage, ShownByCase, Tally } from '../shape/coverage.ts';
import { markup, type Child, type Markup } from './markup.ts';
import { renderPage } from './page.ts';
import { STYLE } from './report-style.ts';

const CERTAINTY: Readonly<Record<string, string>> = {
  O: 'official',
  'O*': 'official, sibling',
  R: 'reseller',
  C: 'community',
  I: 'inferred',
  M: 'recalled',
};

const STATUS: Readonly<Record<RequirementCoverage['status'], readonly [look: string, word: string]>> = {
  proven: ['pass', 'proven'],
  shown: ['inconclusive', 'shown'],
  open: ['fail', 'open'],
  none: ['notRun', 'no test'],
};

const OWN_STYLE = `
.tiles{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}.tile{flex:1 1 180px;background:var(--card);border:1px solid var(--line);border-top:5px solid var(--v);border-radius:8px;padding:12px 16px}
.tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
td.id{white-space:nowrap}td .pill{min-width:76px}td details{margin:0}td summary{cursor:pointer;white-space:nowrap}
.cases{margin:6px 0 2px;padding:0;list-style:none;font-size:13px}.cases li{margin:5px 0;padding-left:10px;border-left:2px solid var(--v)}
.say{max-width:760px}td.text{min-width:260px}.columns{columns:300px;font-size:13px}.columns li{break-inside:avoid}
h2 .count{color:var(--soft);font-weight:400}
@media (max-width:700px){td.source,th.source{display:none}}
@media print{@page{margin:12mm}.tile{break-inside:avoid}tr{break-inside:avoid}td details::details-content{content-visibility:visible;block-size:auto}table{font-size:11px}.cases{font-size:10px}td.id{white-space:normal}}
`;

const tile = ({ hit, total, missing }: Tally, what: string): Markup =>
  markup`<div class="tile ${missing.length === 0 ? 'pass' : 'fail'}"><b>${hit} / ${total}</b><span>${what}</span></div>`;

const suiteOf = (id: string): string => id.split('/')[0] ?? id;

const volts = (list: readonly number[]): string => (list.length === 0 ? '' : ` at ${list.join(', ')} V`);

const caseLine = (one: ShownByCase, byUnit: boolean): Markup => {
  const proof =
    one.caught === null
      ? byUnit
        ? markup` · <span class="soft">no defect caught for it</span>`
        : null
      : markup` · caught <code>${one.caught}</code>`;
  const what = one.by.length === 0 ? 'nothing in it carries this' : `${one.by.join('; ')}${volts(one.supplies_V)}`;
  return markup`<li class="${one.proven || (!byUnit && one.by.length > 0) ? 'pass' : 'fail'}"><code>${one.case}</code> · ${what}${proof}</li>`;
};

function casesCell({ scenarios, shownBy, why }: RequirementCoverage): Child {
  if (shownBy === 'none') return markup`<span class="soft">${why}</span>`;
  if (scenarios.length === 0) return markup`<strong>no case covers it</strong>`;
  const suites = Map.groupBy(scenarios, (one) => suiteOf(one.case));
  const counts = [...suites].map(([suite, list]) => `${suite} ${list.length}`).join(' · ');
  return markup`<details><summary>${counts}</summary><ul class="cases">${scenarios.map((one) => caseLine(one, shownBy === 'unit'))}</ul></details>`;
}

const row = (one: RequirementCoverage): Markup => {
  const [look, word] = STATUS[one.status];
  return markup`<tr id="${one.id}"><td class="id"><code>${one.id}</code></td><td class="text">${one.text}</td><td class="source">${CERTAINTY[one.certainty] ?? one.certainty}<br><span class="soft">${[...one.source, ...one.rulings].join(' ')}</span></td><td><span class="pill ${look}">${word}</span></td><td>${casesCell(one)}</td></tr>`;
};

const table = (title: string, say: string, list: readonly RequirementCoverage[], last: string): Markup =>
  markup`<h2>${title} <span class="count">(${list.length})</span></h2><p class="say soft">${say}</p><div class="wide"><table><thead><tr><th>id</th><th>statement</th><th class="source">how sure, source</th><th>status</th><th>${last}</th></tr></thead><tbody>${list.map(row)}</tbody></table></div>`;

const missing = (title: string, { missing: list, total }: Tally, none: string): Markup =>
  markup`<h2>${title} <span class="count">(${total - list.length} of ${total})</span></h2>${
    list.length === 0
      ? markup`<p class="soft">${none}</p>`
      : markup`<ul class="plain columns">${list.map((one) => markup`<li>${one}</li>`)}</ul>`
  }`;

/** The whole page as text. */
export function renderCoveragePage({ requirements, proven, transitions, bounds, cases }: CoverageDocument): string {
  const by = (kind: RequirementCoverage['shownBy']) => requirements.filter(({ shownBy }) => shownBy === kind);
  const open = by('rig').filter(({ status }) => status === 'open');
  const shown: Tally = { hit: by('rig').length - open.length, total: by('rig').length, missing: open.map(({ id }) => id) };
  const body = markup`<main><header class="banner ${proven.missing.length === 0 ? 'pass' : 'fail'}"><h1 class="word">Coverage</h1><p><strong>${proven.hit} of ${proven.total} statements that a unit can show are proven</strong> by ${cases} cases.<br><span class="soft">Proven: a case of the suites predicts an edge, a level or a measurement that carries the statement, and has caught a unit that breaks it.</span></p><span class="simulated">Simulated: the units caught were simulated</span></header>
<div class="tiles">${[tile(proven, 'proven on a unit'), tile(shown, 'shown by the rig’s own bank'), tile(transitions, 'transitions of the reference'), tile(bounds, 'sides of its limits')]}</div>
${table('Shown by a unit', 'Open a count to see what of each case carries the statement, at which supply, and which defect that case has caught for it.', by('unit'), 'cases')}
${table('Decided by the battery', 'The battery decides these by itself and the unit only gets the result. The rig shows them with its own model of the bank; they prove nothing of a unit.', by('rig'), 'cases')}
${table('Shown by no test', 'Statements that nothing on this bench could show, and why.', by('none'), 'why not')}
${missing('Transitions of the reference', transitions, 'Every way in which the rules can make a good unit change, or stay as it is, is taken by some case.')}
${missing('Limits of the reference', bounds, 'Some case comes near to each limit, from below and from above.')}
</main>`;
  return renderPage({ title: `Coverage · ${proven.hit} of ${proven.total} proven`, style: STYLE + OWN_STYLE, body });
}
