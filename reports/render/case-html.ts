/** One case of the report: what was found, drawn, demanded and measured. */

import { isSense, SENSES } from '../../scenarios/signals.ts';
import type { Difference, MeasurementResult } from '../judge/result.ts';
import { limitsText } from '../judge/measurements.ts';
import { amount, seconds } from '../judge/wording.ts';
import type { RecordedAttempt, RecordedCase } from '../record.ts';
import { expectedText, gotText, offText, predictedOf, viewOfDifference } from './difference-text.ts';
import { laneLabel, svgDrawing, type SvgFlag } from './drawing-svg.ts';
import { bandsOf, finite, livelySignals, measuredLane, stepMarks, type View } from './lanes.ts';
import { DRAWINGS, drawnTogether, folded, summedUp } from './grouping.ts';
import { markup, type Markup } from './markup.ts';
import { questionsBlock } from './questions-html.ts';
import { buildTimeline } from './timeline/build.ts';
import { type Figure, timelineFigure } from './timeline/figure.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;

const flagOf = ({ signal, expected, got }: Difference): SvgFlag => ({
  label: laneLabel(signal),
  window: expected.earliest_us === null ? null : { from_us: expected.earliest_us, to_us: expected.latest_us ?? Infinity },
  at_us: got?.at_us ?? null,
});

function drawing(
  title: string,
  recorded: RecordedCase,
  { prediction }: RecordedAttempt,
  trace: Trace,
  view: View,
  signals: readonly string[],
  flags: readonly SvgFlag[],
): Markup {
  const shown = SENSES.filter((signal) => signals.includes(signal));
  return svgDrawing({
    title,
    view,
    ended_us: finite(trace.ended_us),
    flags,
    marks: stepMarks(recorded.case.timeline, trace),
    lanes: shown.map((signal) => ({
      lane: measuredLane(trace, signal),
      allowed: prediction === null ? [] : bandsOf(prediction.allowed, signal),
    })),
  });
}

function causeSignals(difference: Difference, attempt: RecordedAttempt): readonly string[] {
  const seqs = (predictedOf(difference, attempt)?.causes ?? []).map((cause) => (cause.ref.kind === 'observed' ? cause.ref.seq : null));
  return (attempt.trace?.edges ?? []).filter((edge) => seqs.includes(edge.seq)).map((edge) => edge.signal);
}

const statement = (difference: Difference, { result }: RecordedAttempt): Markup => {
  const off = offText(difference);
  return markup`<p><strong>${difference.kind}</strong>${difference.consequence ? markup` <span class="soft">(follows from an earlier one)</span>` : null}: ${difference.text}</p>
<dl><dt>expected</dt><dd>${expectedText(difference)}</dd><dt>got</dt><dd>${gotText(difference)}</dd>${off === null ? null : markup`<dt>by</dt><dd>${off}</dd>`}</dl>${difference.got === null && difference.expected.earliest_us === null ? null : markup`<button type="button" class="jump" data-flag="${result.differences.indexOf(difference)}" hidden>Show on the timeline</button>`}`;
};

/** Differences of one signal, and the one drawing that shows them. */
function groupBlock(group: readonly Difference[], recorded: RecordedCase, attempt: RecordedAttempt): Markup | null {
  const { trace } = attempt;
  const first = group[0];
  if (first === undefined) return null;
  const signals = [first.signal, ...group.flatMap((one) => causeSignals(one, attempt))];
  const picture =
    trace === null || !isSense(first.signal)
      ? null
      : drawing(first.text, recorded, attempt, trace, viewOfDifference(first, attempt), signals, group.map(flagOf));
  return markup`<div class="finding ${group.some(({ blame }) => blame === 'unit') ? 'fail' : 'inconclusive'}">${group.map((one) => statement(one, attempt))}${picture}</div>`;
}

/** So many are told in words; record.json holds all. */
const TOLD = 100;

const fold = (title: string, list: readonly (Markup | null)[], rest: number): Markup | null =>
  list.length === 0
    ? null
    : markup`<details class="following"><summary>${title}</summary>${list}${rest > 0 ? markup`<p class="soft">and ${rest} more, in record.json</p>` : null}</details>`;

/** Past the first drawings, and where it only follows from others, a difference is folded away. */
function differenceBlocks(recorded: RecordedCase, attempt: RecordedAttempt): Markup {
  const { own, following } = folded(attempt.result.differences);
  const groups = drawnTogether(own, attempt);
  const blocks = (list: typeof groups) => list.slice(0, DRAWINGS).map((group) => groupBlock(group, recorded, attempt));
  const later = groups.slice(DRAWINGS).flat();
  const further = drawnTogether(following, attempt).slice(DRAWINGS).flat();
  const follow = following.length === 1 ? 'follows' : 'follow';
  return markup`${blocks(groups)}${fold(
    `${later.length} more differences`,
    later.slice(0, TOLD).map((one) => statement(one, attempt)),
    later.length - TOLD,
  )}${fold(
    `${following.length} more that only ${follow} from this`,
    [...blocks(drawnTogether(following, attempt)), ...further.slice(0, TOLD).map((one) => statement(one, attempt))],
    further.length - TOLD,
  )}`;
}

/** The value with its uncertainty over the range of its limits. */
function gauge({ value, uncertainty, low, high, outcome }: MeasurementResult): Markup | null {
  if (value === null || uncertainty === null) return null;
  const [bottom, top] = [low ?? Math.min(0, value), high ?? Math.max(value, (low ?? 0) * 2)];
  const room = Math.max((top - bottom) * 0.25, 1e-9);
  const [from, to] = [Math.min(bottom - room, value - uncertainty), Math.max(top + room, value + uncertainty)];
  const x = (at: number): string => (((at - from) / (to - from)) * 150).toFixed(1);
  const tone = outcome === 'pass' ? 'pass' : outcome === 'fail' ? 'fail' : 'inconclusive';
  return markup`<svg class="gauge ${tone}" viewBox="0 0 150 16" aria-hidden="true"><path class="track" d="M0 8H150"/><rect class="range" x="${x(bottom)}" y="2" width="${(Number(x(top)) - Number(x(bottom))).toFixed(1)}" height="12"/><path class="spread" d="M${x(value - uncertainty)} 8H${x(value + uncertainty)}"/><path class="value" d="M${x(value)} 2V14"/></svg>`;
}

const MEASURED = { pass: 'pass', fail: 'fail', marginal: 'inconclusive', notMeasured: 'inconclusive' } as const;
const DEMANDED = { held: 'pass', broken: 'fail', notMeasured: 'inconclusive' } as const;
const SAID = { held: 'held', broken: 'broken', notMeasured: 'not measured', pass: 'pass', fail: 'fail', marginal: 'marginal' } as const;

const measurementTable = (list: readonly MeasurementResult[]): Markup =>
  markup`<h3>Measurements</h3><div class="wide"><table><thead><tr><th scope="col">outcome</th><th scope="col">name</th><th class="num">value</th><th scope="col">limits</th><th></th></tr></thead><tbody>${list.map(
    (one) =>
      markup`<tr><td><span class="pill ${MEASURED[one.outcome]}">${SAID[one.outcome]}</span></td><td>${one.name}<br><span class="soft">${one.analog}</span></td><td class="num">${one.value === null ? '-' : `${amount(one.value)} ${one.unit}`}${one.uncertainty === null ? null : markup`<br><span class="soft">±${amount(one.uncertainty)}</span>`}</td><td>${limitsText(one)}</td><td>${gauge(one)}</td></tr>`,
  )}</tbody></table></div>`;

const FROM = { reference: ' (also the reference’s)', scenario: ' (the scenario’s own limit)' } as const;
type Demands = RecordedAttempt['result']['expectations'];
const demandTable = (list: Demands): Markup =>
  markup`<div class="wide"><table><thead><tr><th scope="col">outcome</th><th scope="col">demand</th><th scope="col">seen</th></tr></thead><tbody>${list.map(
    (one) =>
      markup`<tr><td><span class="pill ${DEMANDED[one.outcome]}">${SAID[one.outcome]}</span></td><td>${one.what}${one.limitFrom === null ? null : markup`<span class="soft">${FROM[one.limitFrom]}</span>`}<br><code class="soft">${one.file}:${one.line}</code></td><td>${one.text}</td></tr>`,
  )}</tbody></table></div>`;

/** So many demands that were not broken stand open beside the others. */
const FEW_OPEN = 4;

const demandsFolded = (title: string, list: Demands): Markup | null =>
  list.length === 0 ? null : markup`<details class="more"><summary>${title}</summary>${demandTable(list)}</details>`;

/** What was broken stands open; where that is all but nothing, so does the rest. */
function expectationTable(list: Demands): Markup {
  const of = (outcome: Demands[number]['outcome']) => list.filter((one) => one.outcome === outcome);
  const [broken, open, held] = [of('broken'), of('notMeasured'), of('held')];
  const few = list.length - broken.length <= FEW_OPEN;
  return markup`<h3>Expectations of the scenario</h3>${
    few
      ? demandTable(list)
      : markup`${broken.length === 0 ? null : demandTable(broken)}${demandsFolded(`${open.length} could not be measured`, open)}${demandsFolded(
          held.length === list.length ? `All ${held.length} were held` : `${held.length} were held`,
          held,
        )}`
  }`;
}

/** So many sentences of a list stand open; the others are folded away behind them. */
const LIST_OPEN = 5;

const items = (list: readonly string[]): Markup => markup`<ul class="plain">${list.map((text) => markup`<li>${text}</li>`)}</ul>`;

const openList = (title: string, tone: string, texts: readonly string[]): Markup | null => {
  const rest = texts.slice(LIST_OPEN);
  return texts.length === 0
    ? null
    : markup`<div class="finding ${tone}"><p><strong>${title}</strong></p>${items(texts.slice(0, LIST_OPEN))}${
        rest.length === 0 ? null : markup`<details class="more"><summary>${rest.length} more</summary>${items(rest)}</details>`
      }</div>`;
};

function wholeCase(anchor: string, recorded: RecordedCase, attempt: RecordedAttempt): Figure | null {
  const { trace, prediction, result } = attempt;
  const model = buildTimeline(recorded, attempt);
  if (trace === null || model === null) return null;
  const signals = livelySignals(SENSES, prediction, trace);
  const title = `Timing of ${result.id}`;
  const view = { from_us: -0.01 * model.ended_us, to_us: model.ended_us };
  const still = drawing(title, recorded, attempt, trace, view, signals, result.differences.slice(0, TOLD).map(flagOf));
  return timelineFigure(anchor, title, model, attempt, still);
}

export interface CaseBlock {
  readonly block: Markup;
  /** For the end of the page. */
  readonly carried: Markup | null;
}

/** A collapsible block, open where the case did not pass or `opened` is asked for. */
export function caseBlock(recorded: RecordedCase, attempt: RecordedAttempt, anchor: string, opened: boolean): CaseBlock {
  const { result } = attempt;
  const timeline = wholeCase(anchor, recorded, attempt);
  const parameters = Object.entries(result.parameters).map(([name, value]) => `${name} ${value}`);
  const earlier = recorded.attempts
    .slice(0, -1)
    .map((one) => `attempt ${one.attempt}: ${one.result.verdict} (${one.result.blame ?? 'rig'}), ${one.result.reason}`);
  const block = markup`<details class="case ${result.verdict}" id="${anchor}"${result.verdict === 'pass' && !opened ? null : markup` open`}><summary><span class="pill ${result.verdict}">${result.verdict === 'notRun' ? 'not run' : result.verdict}</span>${result.id}</summary>
<p>${result.title}.${result.differences.length > 0 || result.faults.length > 0 ? null : ` ${result.reason}`}${result.blame === null ? null : markup` <span class="soft">Blame: ${result.blame}.</span>`}<br><span class="soft"><code>${result.file}:${result.line}</code>${parameters.length === 0 ? null : ` · ${parameters.join(', ')}`} · ${seconds(result.duration_us)}${result.covers.length === 0 ? null : ` · covers ${result.covers.join(', ')}`}${earlier.length === 0 ? null : ` · ${earlier.join(', ')}`}</span></p>
${openList(
  'The case is broken',
  'broken',
  result.faults.map((one) => `${one.text} (${one.blame})`),
)}
${differenceBlocks(recorded, attempt)}
${openList('Too near to a limit to decide', 'inconclusive', summedUp(result.marginal.map((one) => one.text)))}
${openList('Not measured', 'inconclusive', summedUp(result.notMeasured.map((one) => one.text)))}
${timeline === null ? null : markup`<h3>Timing</h3>${timeline.figure}`}
${questionsBlock(recorded, attempt)}
${result.expectations.length === 0 ? null : expectationTable(result.expectations)}
${result.measurements.length === 0 ? null : measurementTable(result.measurements)}
${openList(
  'Readings shown',
  'pass',
  result.readings.map((one) => `${one.ruling}: ${one.shown}`),
)}
${openList(
  'Glitches forgiven (R18)',
  'notRun',
  result.glitches.map((one) => `${laneLabel(one.signal)} ${one.level} for ${one.length_us.toFixed(0)} us at ${seconds(one.at_us)}`),
)}
</details>`;
  return { block, carried: timeline?.carried ?? null };
}
