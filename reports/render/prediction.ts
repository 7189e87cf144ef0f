/** What the reference allows, for a person: lanes with the levels that may be, then every edge with its window, causes and basis. */

import { SENSES } from '../../scenarios/signals.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Cause, PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import { basis, entryText, seconds, stateName } from '../judge/wording.ts';
import { axisRows, bandRow, GUTTER, markRows, type Canvas } from './drawing-text.ts';
import { bandsOf, LABELS, livelySignals, stepMarks } from './lanes.ts';
import { printer, wrap, type PrintOptions } from './style.ts';

const INDENT = '  ';

function causeText(testCase: Case, prediction: Prediction, { ref, min_us, max_us }: Cause): string {
  const delay =
    min_us === 0
      ? `within ${seconds(max_us)}`
      : max_us === Infinity
        ? `at least ${seconds(min_us)}`
        : `${seconds(min_us)} to ${seconds(max_us)}`;
  if (ref.kind === 'entry') {
    const entry = testCase.timeline.entries.find((one) => one.id === ref.entry);
    return `${delay} after ${entry === undefined ? ref.entry : entryText(entry)}`;
  }
  if (ref.kind === 'observed') return `${delay} after observed edge ${ref.seq}`;
  const edge = prediction.edges.find((one) => one.id === ref.edge);
  return `${delay} after ${edge === undefined ? ref.edge : `${LABELS[edge.signal]} ${stateName(edge.level)} (${edge.id})`}`;
}

const windowText = ([earliest, latest]: PredictedEdge['window_us']): string =>
  latest === Infinity
    ? `from ${seconds(earliest)} on`
    : earliest === latest
      ? `at ${seconds(earliest)}`
      : `${seconds(earliest)} to ${seconds(latest)}`;

export function renderPrediction(testCase: Case, prediction: Prediction, options: PrintOptions = {}): string {
  const print = printer(options);
  const { endBounds_us } = testCase.timeline;
  const to_us = Number.isFinite(endBounds_us[1]) ? endBounds_us[1] : endBounds_us[0];
  const canvas: Canvas = {
    view: { from_us: Math.min(0, -0.01 * to_us), to_us: Math.max(1, to_us) },
    columns: print.width - INDENT.length - GUTTER,
    ascii: print.ascii,
  };
  const signals = livelySignals(SENSES, prediction, null);
  const quiet = SENSES.filter((signal) => !signals.includes(signal)).map(
    (signal) => `${LABELS[signal]} ${stateName(prediction.initial[signal])}`,
  );
  const drawn = [
    ...axisRows(canvas).map((line) => print.ink('dim', line)),
    ...markRows(canvas, 'steps', stepMarks(testCase.timeline, null)),
    ...signals.map((signal) => bandRow(canvas, LABELS[signal], bandsOf(prediction.allowed, signal))),
  ];
  const edges = prediction.edges
    .toSorted((a, b) => a.window_us[0] - b.window_us[0])
    .flatMap((edge) => edgeLines(testCase, prediction, edge, print.width));
  const title = `${print.ink('bold', testCase.id)}  ${print.ink('dim', `${testCase.place.file}:${testCase.place.line}`)}  ${testCase.title}`;
  const lines = [
    wrap(title, print.width, INDENT),
    '',
    ...drawn.map((line) => `${INDENT}${line}`),
    ...(quiet.length === 0 ? [] : [`${INDENT}${'unchanged'.padEnd(GUTTER)}${quiet.join(', ')}`]),
    ...(signals.length === 0 ? [] : [`${INDENT}${''.padEnd(GUTTER)}${print.ascii ? '%' : '▒'} either level is allowed`]),
    '',
    ...edges,
    ...(prediction.complete
      ? []
      : ['', print.ink('yellow', `The reference gave up: more than ${prediction.states.bound} states were possible.`)]),
  ];
  return `${lines.join('\n')}\n`;
}

function edgeLines(testCase: Case, prediction: Prediction, edge: PredictedEdge, width: number): readonly string[] {
  const may = edge.required ? '' : ' (may stay away)';
  const head = `${LABELS[edge.signal].padEnd(10)} ${stateName(edge.level).padEnd(9)} ${windowText(edge.window_us)}${may}${basis(edge.rule, edge.requirement, edge.certainty)}`;
  const joined = edge.combine === 'all' ? ', and ' : ', or ';
  const causes = edge.causes.map((cause) => causeText(testCase, prediction, cause)).join(joined);
  return [
    `${INDENT}${head}`.length > width ? wrap(`${INDENT}${head}`, width, `${INDENT}           `) : `${INDENT}${head}`,
    ...(causes === '' ? [] : [wrap(`${INDENT}           ${causes}`, width, `${INDENT}             `)]),
    wrap(`${INDENT}           ${edge.why}`, width, `${INDENT}             `),
  ];
}
