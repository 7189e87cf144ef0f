/** What an archive knows of its units as a page: yields with their trend, frequent differences, capability and control charts, times, flakes. */

import type { StatsDocument, StatsMeasurement } from '../shape/evidence.ts';
import { markup, type Child, type Markup } from './markup.ts';
import { renderPage } from './page.ts';
import { STYLE } from './report-style.ts';
import { alarms, attemptsAt, limits, percent } from './stats.ts';
import { howMany } from './how-many.ts';

const OWN_STYLE = `
.tiles{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}.tile{flex:1 1 190px;background:var(--card);border:1px solid var(--line);border-top:5px solid var(--v);border-radius:8px;padding:12px 16px}.tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
.trend{width:100%;height:130px;display:block}.trend .bar{fill:var(--pass);opacity:.75}.trend .miss{fill:var(--fail);opacity:.75}.trend text,.chart text{font:11px system-ui,sans-serif;fill:var(--soft)}.trend path{stroke:var(--line)}
.bar-cell{width:240px}.bar-cell svg{width:220px;height:12px;vertical-align:middle}.bar-cell rect{fill:var(--fail);opacity:.8}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(430px,100%),1fr));gap:14px}.chart-card{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--v);border-radius:8px;padding:10px 14px;break-inside:avoid}.chart-card h3{margin:0 0 2px;overflow-wrap:anywhere}.chart-card p{margin:2px 0;font-size:13px}
.chart{width:100%;height:auto;display:block}.chart .limit{stroke:var(--fail);stroke-dasharray:6 4}.chart .control{stroke:var(--inconclusive);stroke-dasharray:2 3}.chart .centre{stroke:var(--line)}.chart .line{fill:none;stroke:var(--level);stroke-width:1.2}.chart .dot{fill:var(--level)}.chart .bad{fill:var(--fail)}
@media print{.charts{grid-template-columns:1fr 1fr}}
`;

const tile = (tone: string, value: string, what: Child): Markup =>
  markup`<div class="tile ${tone}"><b>${value}</b><span>${what}</span></div>`;

function trendSvg(trend: StatsDocument['trend']): Markup | null {
  if (trend.length < 2) return null;
  const shown = trend.slice(-90);
  const width = 960 / shown.length;
  const most = Math.max(...shown.map(({ of }) => of));
  return markup`<h3>First pass, day by day</h3><svg class="trend" viewBox="0 0 960 130" preserveAspectRatio="none" role="img" aria-label="First attempts a day, passed and not">${shown.map(
    ({ passed, of }, index) => {
      const [high, part] = [(of / most) * 105, (passed / most) * 105];
      const x = (index * width + width * 0.1).toFixed(1);
      return markup`<rect class="bar" x="${x}" y="${(110 - part).toFixed(1)}" width="${(width * 0.8).toFixed(1)}" height="${part.toFixed(1)}"/><rect class="miss" x="${x}" y="${(110 - high).toFixed(1)}" width="${(width * 0.8).toFixed(1)}" height="${(high - part).toFixed(1)}"/>`;
    },
  )}<path d="M0 110H960"/><text x="0" y="126">${shown[0]!.from.slice(0, 10)}</text><text x="960" y="126" text-anchor="end">${shown.at(-1)!.from.slice(0, 10)}</text></svg>`;
}

const [WIDTH, HEIGHT, LEFT] = [460, 150, 6];

/** Values in their order between the limits of the process and those of the unit. */
function chartSvg({ chart, low, high, name }: StatsMeasurement): Markup | null {
  if (chart === null) return null;
  const near = [...chart.values, chart.low, chart.high];
  const [bottom, top] = [Math.min(...near), Math.max(...near)];
  // A limit that is far away would squeeze the values into a line.
  const reach = (top - bottom || 1) * 1.5;
  const seen = [low, high].filter((one) => one !== null).filter((one) => one > bottom - reach && one < top + reach);
  const [least, most] = [Math.min(bottom, ...seen), Math.max(top, ...seen)];
  const room = (most - least || 1) * 0.06;
  const y = (value: number): string => (HEIGHT - 14 - ((value - least + room) / (most - least + 2 * room)) * (HEIGHT - 22)).toFixed(1);
  const x = (index: number): string => (LEFT + ((index + 0.5) / chart.values.length) * (WIDTH - 60)).toFixed(1);
  const bad = new Set(chart.signals.map(({ index }) => index));
  const line = (value: number, look: string, text: string): Markup =>
    markup`<path class="${look}" d="M${LEFT} ${y(value)}H${WIDTH - 52}"/><text x="${WIDTH - 48}" y="${Number(y(value)) + 4}">${text}</text>`;
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Control chart of ${name}">${line(chart.centre, 'centre', 'mean')}${line(chart.high, 'control', '+3 s')}${line(chart.low, 'control', '-3 s')}${seen.map((one) => line(one, 'limit', 'limit'))}<path class="line" d="${chart.values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`).join('')}"/>${chart.values.map(
    (value, index) =>
      markup`<circle class="${bad.has(index) ? 'bad' : 'dot'}" cx="${x(index)}" cy="${y(value)}" r="${bad.has(index) ? 3.4 : 2}"/>`,
  )}</svg>`;
}

const number = (value: number | null): string => (value === null ? '-' : String(Number(value.toFixed(3))));

function card(one: StatsMeasurement): Markup {
  const found = alarms(one);
  const enough = one.cpkLow === null || one.cpkLow >= 1;
  const tone = one.failed > 0 ? 'fail' : found.length > 0 || !enough ? 'inconclusive' : 'pass';
  return markup`<div class="chart-card ${tone}"><h3>${one.name}</h3><p class="soft">${one.case} · ${one.n} values · limits ${limits(one)} ${one.unit}</p><p>mean ${number(one.mean)} ${one.unit}, sd ${number(one.sd)} · ${one.cpk === null ? 'no capability' : markup`Cpk <strong>${one.cpk.toFixed(2)}</strong> (${one.cpkLow!.toFixed(2)} to ${one.cpkHigh!.toFixed(2)})${one.cp === null ? null : ` · Cp ${one.cp.toFixed(2)} (${one.cpLow!.toFixed(2)} to ${one.cpHigh!.toFixed(2)})`}`}</p>${chartSvg(one) ?? markup`<p class="soft">Too few values for a chart, or too many at once.</p>`}${found.map((text) => markup`<p class="tone">${text}</p>`)}</div>`;
}

const table = (head: readonly Child[], rows: readonly (readonly Child[])[]): Markup =>
  rows.length === 0
    ? markup`<p class="soft">none</p>`
    : markup`<div class="wide"><table><thead><tr>${head.map((one) => markup`<th scope="col">${one}</th>`)}</tr></thead><tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

/** What a part of the runs was chosen by, in words. */
const ASKED: Readonly<Record<string, string>> = {
  workOrder: 'work order',
  unitVersion: 'unit firmware',
  serial: 'serial number',
  to: 'until',
};

export function renderStatsPage(stats: StatsDocument): string {
  const { shares, units, attempts, spoilt, pareto, measurements, times, flakes, simulated, notes, trend, archive, filter } = stats;
  const most = Math.max(1, ...pareto.map(({ count }) => count));
  const share = ({ share: value, passed, of, low, high }: StatsDocument['shares']['final'], what: string): Markup =>
    tile(
      value === null ? 'notRun' : value >= 0.98 ? 'pass' : value >= 0.9 ? 'inconclusive' : 'fail',
      percent(value),
      `${what}: ${passed} of ${of}${low === null ? '' : `, 95 %: ${percent(low)} to ${percent(high)}`}`,
    );
  const flaky = flakes.filter((one) => one.spoilt + one.triedAgain > 0);
  const unspoilt = flakes.filter((one) => !flaky.includes(one));
  // Which kind is counted stands at the end of the banner.
  const asked = Object.entries(filter).flatMap(([name, value]) => (name === 'simulated' ? [] : [`${ASKED[name] ?? name} ${value}`]));
  const body = markup`<header class="banner notRun"><h1 class="word">Statistics</h1><p><strong>${howMany(units, 'unit')}, ${howMany(attempts, 'attempt')}</strong><br><span class="soft">${archive}${asked.length === 0 ? null : ` · ${asked.join(', ')}`}</span></p>${simulated ? markup`<span class="simulated">Simulated units</span>` : null}</header>
<nav aria-label="Parts of this page"><a href="#yield">Yield</a><a href="#pareto">What units differ in</a><a href="#measured">Measurements</a><a href="#times">Times</a><a href="#flakes">Spoilt attempts</a></nav><main>
<section aria-labelledby="yield"><h2 id="yield">Yield</h2><div class="tiles">${share(shares.firstPass, 'first pass')}${share(shares.final, 'final')}${tile('notRun', String(units), 'units')}${tile(spoilt === 0 ? 'pass' : 'inconclusive', String(spoilt), 'attempts spoilt by rig, link or operator')}</div>${trendSvg(trend)}</section>
<section aria-labelledby="pareto"><h2 id="pareto">What units differ in</h2>${table(
    ['runs', '', 'requirement', 'signal', 'kind'],
    pareto.map((one) => [
      one.count,
      markup`<span class="bar-cell"><svg viewBox="0 0 220 12" aria-hidden="true"><rect width="${((one.count / most) * 220).toFixed(1)}" height="12"/></svg></span>`,
      one.requirement ?? '-',
      one.signal,
      one.kind,
    ]),
  )}</section>
<section aria-labelledby="measured"><h2 id="measured">Measurements</h2><div class="charts">${measurements.map(card)}</div></section>
<section aria-labelledby="times"><h2 id="times">Time per unit</h2>${table(
    ['station', 'attempts', 'mean', 'sd', 'least', 'most', 'machine’s time'],
    times.map((one) => [
      one.station ?? '-',
      one.n,
      `${one.mean_s.toFixed(2)} s`,
      one.sd_s === null ? '-' : `${one.sd_s.toFixed(2)} s`,
      `${one.least_s.toFixed(2)} s`,
      `${one.most_s.toFixed(2)} s`,
      `${one.meanWall_s.toFixed(2)} s`,
    ]),
  )}</section>
<section aria-labelledby="flakes"><h2 id="flakes">Spoilt attempts, by case and bench</h2>${
    flaky.length === 0 && unspoilt.length > 0
      ? null
      : table(
          ['rate', 'case', 'bench', 'board', 'spoilt', 'attempts', 'tried again'],
          flaky.map((one) => [percent(one.rate), one.case, one.bench, one.board, one.spoilt, one.attempts, one.triedAgain]),
        )
  }${unspoilt.length === 0 ? null : markup`<p class="soft">none in ${howMany(attemptsAt(unspoilt), 'attempt')} at ${howMany(unspoilt.length, flaky.length === 0 ? 'case' : 'other case')}</p>`}</section>
<section aria-labelledby="notes"><h2 id="notes">How to read this</h2><ul class="plain">${notes.map((note) => markup`<li>${note}</li>`)}<li>A unit counts once; what rig, link or operator spoilt is no attempt. Red dots complete one of Nelson’s patterns; a drift is a moving average beyond its limits. Limits of charts come from the first values.</li></ul></section></main>`;
  return renderPage({ title: `Statistics · ${units} units${simulated ? ' · simulated' : ''}`, style: STYLE + OWN_STYLE, body });
}
