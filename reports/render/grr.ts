/** A gauge study on the terminal and as a page. */

import type { GrrDocument } from '../shape/evidence.ts';
import { markup, type Markup } from './markup.ts';
import { renderPage } from './page.ts';
import { STYLE } from './report-style.ts';
import { printer, wrap, type PrintOptions } from './style.ts';

type Measured = GrrDocument['measurements'][number];

const percent = (value: number | null): string => (value === null ? '-' : `${value.toFixed(1)} %`);
const number = (value: number): string => String(Number(value.toPrecision(4)));
const WORDS = { good: 'good', marginal: 'marginal', bad: 'BAD', unknown: 'unknown' } as const;
const TONES = { good: 'pass', marginal: 'inconclusive', bad: 'fail', unknown: 'notRun' } as const;

const NOTES: readonly string[] = [
  '%GRR: the gauge’s part of the whole spread, by analysis of variance; of tolerance: six times its spread in percent of what lies between the limits, which decides where both are given. Below 10 % is good, above 30 % is bad (AIAG, MSA).',
];
const SIMULATED =
  'Simulated: a part is drawn by its number, its contacts and the scatter of the converter anew each time it is put in, and operators do nothing differently. This shows how a study goes, and says nothing of a bench that exists.';

const headline = ({ complete, taken, of, measurements }: GrrDocument): string => {
  if (!complete) return `${taken} of ${of} readings taken; call it again to go on`;
  const bad = measurements.filter(({ verdict }) => verdict === 'bad').length;
  const quantities = measurements.length === 1 ? '1 quantity' : `${measurements.length} quantities`;
  return bad === 0 ? `${quantities}, none is measured badly` : `${bad} of ${quantities} ${bad === 1 ? 'is' : 'are'} measured badly`;
};

const notesOf = ({ simulated, missing }: GrrDocument): readonly string[] => [
  ...(simulated ? [SIMULATED] : []),
  ...(missing.length === 0 ? [] : [`Not measured in every turn, and left out: ${missing.join('; ')}.`]),
];

export function renderGrr(document: GrrDocument, options: PrintOptions = {}): string {
  const print = printer(options);
  const { parts, operators, trials, measurements } = document;
  const blocks = measurements.flatMap((one) => [
    `${print.ink(one.verdict === 'bad' ? 'red' : one.verdict === 'good' ? 'green' : 'yellow', WORDS[one.verdict].padEnd(9))}${one.name} [${one.unit}]`,
    `         %GRR ${percent(one.grr_percent)}, ndc ${one.ndc ?? '-'}, of tolerance ${percent(one.grrOfTolerance_percent)}; by ranges ${one.ranges === null ? '-' : `${percent(one.ranges.grr_percent)}, ndc ${one.ranges.ndc ?? '-'}`}`,
    `         repeatability ${number(one.ev)}, reproducibility ${number(one.av)}, parts ${number(one.pv)}`,
  ]);
  return [
    `${parts.length} parts x ${operators.length} operators x ${trials} trials`,
    '',
    ...blocks,
    ...(blocks.length === 0 ? [] : ['', ...NOTES.map((note) => print.ink('dim', wrap(note, print.width)))]),
    ...notesOf(document).map((note) => print.ink('yellow', wrap(note, print.width))),
    print.ink('bold', headline(document)),
    '',
  ].join('\n');
}

/** Shares of the whole variance side by side. */
const bars = ({ ev, av, interaction, pv, tv }: Measured): Markup | null => {
  if (tv === 0) return null;
  let x = 0;
  return markup`<svg class="parts" viewBox="0 0 240 14" aria-hidden="true">${[ev, av, interaction, pv].map((one, index) => {
    const width = ((one / tv) ** 2 * 240).toFixed(1);
    const made = markup`<rect class="p${index}" x="${x.toFixed(1)}" width="${width}" height="14"/>`;
    x += Number(width);
    return made;
  })}</svg>`;
};

const OWN_STYLE = `
.parts{width:240px;height:14px}.p0,i.p0{fill:var(--fail);background:var(--fail)}.p1,i.p1{fill:var(--inconclusive);background:var(--inconclusive)}.p2,i.p2{fill:var(--broken);background:var(--broken)}.p3,i.p3{fill:var(--level);background:var(--level)}
`;

export function renderGrrPage(document: GrrDocument): string {
  const { parts, operators, trials, measurements, simulated, exit, complete } = document;
  const rows = measurements.map(
    (one) =>
      markup`<tr><td><span class="pill ${TONES[one.verdict]}">${one.verdict}</span></td><td>${one.name}<br><span class="soft">${one.unit}</span></td><td class="num">${percent(one.grr_percent)}</td><td class="num">${one.ndc ?? '-'}</td><td class="num">${percent(one.grrOfTolerance_percent)}</td><td class="num">${number(one.ev)}</td><td class="num">${number(one.av)}</td><td class="num">${number(one.interaction)}</td><td class="num">${number(one.pv)}</td><td>${bars(one)}</td></tr>`,
  );
  const body = markup`<header class="banner ${exit === 3 ? 'fail' : complete ? 'pass' : 'inconclusive'}"><h1 class="word">Gauge study</h1><p><strong>${headline(document)}</strong><br>${parts.length} parts x ${operators.length} operators x ${trials} trials</p>${simulated ? markup`<span class="simulated">Simulated</span>` : null}</header><main><h2>How well each quantity is measured</h2>${
    rows.length === 0
      ? markup`<p class="soft">Nothing yet.</p>`
      : markup`<div class="wide"><table><thead><tr><th scope="col">gauge</th><th scope="col">quantity</th><th scope="col" class="num">%GRR</th><th scope="col" class="num">ndc</th><th scope="col" class="num">of tolerance</th><th scope="col" class="num">repeatability</th><th scope="col" class="num">reproducibility</th><th scope="col" class="num">interaction</th><th scope="col" class="num">parts</th><th scope="col">variance</th></tr></thead><tbody>${rows}</tbody></table></div><p class="legend"><i class="p0"></i>repeatability<i class="p1"></i>reproducibility<i class="p2"></i>interaction<i class="p3"></i>parts</p>`
  }<ul class="plain">${[...NOTES, ...notesOf(document)].map((note) => markup`<li>${note}</li>`)}</ul></main>`;
  return renderPage({ title: `Gauge study${simulated ? ' · simulated' : ''}`, style: STYLE + OWN_STYLE, body });
}
