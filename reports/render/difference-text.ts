/** One difference for a person: what was expected, what came, by how much, and a drawing of it. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { isSense, SENSES } from '../../scenarios/signals.ts';
import type { Difference } from '../judge/result.ts';
import { amount, duration, seconds } from '../judge/wording.ts';
import type { RecordedAttempt, RecordedCase } from '../record.ts';
import { axisRows, GUTTER, laneRow, markRows, offRow, windowRow, type Canvas } from './drawing-text.ts';
import { finite, measuredLane, stepMarks, viewOf, type View } from './lanes.ts';
import { wrap, type Printer } from './style.ts';

type Trace = NonNullable<RecordedAttempt['trace']>;
type Predicted = NonNullable<RecordedAttempt['prediction']>['edges'][number];

const INDENT = '    ';

/** The predicted edge a difference speaks of, for its causes. */
export const predictedOf = (difference: Difference, attempt: RecordedAttempt): Predicted | undefined =>
  attempt.prediction?.edges.find(
    (edge) =>
      edge.signal === difference.signal &&
      edge.rule === difference.rule &&
      edge.window_us[0] === difference.expected.earliest_us &&
      edge.window_us[1] === difference.expected.latest_us,
  );

interface Causes {
  readonly instants: readonly number[];
  readonly signals: readonly SenseSignal[];
}

function causesOf(predicted: Predicted | undefined, trace: Trace): Causes {
  const refs = (predicted?.causes ?? []).map((cause) => cause.ref);
  const edges = refs.flatMap((ref) => trace.edges.filter((edge) => ref.kind === 'observed' && edge.seq === ref.seq));
  const stimuli = refs.flatMap((ref) => trace.stimuli.filter((stimulus) => ref.kind === 'entry' && stimulus.entry === ref.entry));
  return {
    instants: [...edges.map((edge) => finite(edge.at_us)), ...stimuli.map((one) => finite(one.done_us))],
    signals: edges.map((edge) => edge.signal),
  };
}

/** What has to be seen of a difference: its window, its edge and its causes, or the whole case where there is none of them. */
export function viewOfDifference(difference: Difference, attempt: RecordedAttempt): View {
  const { trace } = attempt;
  if (trace === null) return viewOf([]);
  const { expected, got, off_us, kind } = difference;
  const causes = causesOf(predictedOf(difference, attempt), trace).instants;
  const own = [expected.earliest_us, expected.latest_us, got?.at_us ?? null].filter((at) => at !== null);
  const ended = finite(trace.ended_us, 0);
  if (kind === 'dropOut' || kind === 'pulse') return viewOf([got?.at_us ?? 0, (got?.at_us ?? 0) + (off_us ?? 0)], 1.5);
  return own.length + causes.length > 1 ? viewOf([...own, ...causes]) : viewOf([0, ended], 0.02);
}

/** One drawing for differences of one signal; `group` is not empty, and they all fit the first one's view. */
function drawing(group: readonly Difference[], recorded: RecordedCase, attempt: RecordedAttempt, print: Printer): readonly string[] {
  const { trace } = attempt;
  const first = group[0];
  if (first === undefined || trace === null || !isSense(first.signal)) return [];
  const { signal } = first;
  const canvas: Canvas = { view: viewOfDifference(first, attempt), columns: print.width - INDENT.length - GUTTER, ascii: print.ascii };
  const causes = group.flatMap((one) => causesOf(predictedOf(one, attempt), trace).signals);
  const signals = SENSES.filter((one) => one !== signal && causes.includes(one));
  const dim = (line: string): string => print.ink('dim', line);
  const rows = [...axisRows(canvas).map(dim), ...markRows(canvas, 'steps', stepMarks(recorded.case.timeline, trace))];
  for (const one of [...signals, signal]) rows.push(laneRow(canvas, measuredLane(trace, one)));
  if (group.length > 1) {
    const marks = group.flatMap(({ got, kind }) => (got === null ? [] : [{ at_us: got.at_us, text: kind }]));
    rows.push(...markRows(canvas, 'got', marks).map((line) => print.ink('red', line)));
  }
  for (const { expected, got, off_us, kind } of group) {
    const { earliest_us, latest_us } = expected;
    if (earliest_us !== null) {
      const text = latest_us === null ? `from ${seconds(earliest_us)} on` : `${seconds(earliest_us)} to ${seconds(latest_us)}`;
      rows.push(print.ink('green', windowRow(canvas, 'allowed', earliest_us, latest_us ?? Infinity, text)));
    }
    const bound = kind === 'early' ? earliest_us : kind === 'late' ? latest_us : null;
    if (bound !== null && got !== null && off_us !== null)
      rows.push(print.ink('red', offRow(canvas, 'off', bound, got.at_us, duration(Math.abs(off_us)))));
  }
  return rows.map((line) => `${INDENT}${line}`);
}

export function expectedText({ expected, measured }: Difference): string {
  if (measured !== null) return `${measured.low ?? 'any'} to ${measured.high ?? 'any'} ${measured.unit}`;
  const { level, earliest_us, latest_us } = expected;
  if (level === null) return 'no change';
  if (earliest_us === null) return level;
  return latest_us === null
    ? `${level} from ${seconds(earliest_us)} on`
    : `${level} between ${seconds(earliest_us)} and ${seconds(latest_us)}`;
}

export function gotText({ got, measured, kind, off_us }: Difference): string {
  if (measured !== null) return `${amount(measured.value)} ${measured.unit} +-${amount(measured.uncertainty)}`;
  if (got === null) return 'nothing';
  const length = kind === 'dropOut' || kind === 'pulse' ? ` for ${duration(off_us ?? 0)}` : '';
  const known = got.uncertainty_us === null ? '' : ` (+-${duration(got.uncertainty_us)})`;
  return `${got.level ?? ''} at ${seconds(got.at_us)}${known}${length}`.trim();
}

export function offText({ kind, off_us, measured }: Difference): string | null {
  if (measured !== null) return `${amount(Math.abs(measured.off))} ${measured.unit} too ${measured.off < 0 ? 'low' : 'high'}`;
  if (off_us === null || (kind !== 'early' && kind !== 'late')) return null;
  return `${duration(Math.abs(off_us))} too ${kind}`;
}

const statement = (difference: Difference, print: Printer): readonly string[] => {
  const off = offText(difference);
  const facts = [
    `expected   ${expectedText(difference)}`,
    `got        ${gotText(difference)}`,
    ...(off === null ? [] : [`by         ${off}`]),
  ];
  return [
    wrap(`  ${print.ink('bold', difference.kind)}: ${difference.text}`, print.width, INDENT),
    ...facts.map((line) => `${INDENT}${line}`),
  ];
};

/** Differences that one drawing shows, each with its facts, and the drawing: a block of lines, without a trailing newline. */
export const renderDifferences = (group: readonly Difference[], recorded: RecordedCase, attempt: RecordedAttempt, print: Printer): string =>
  [...group.flatMap((one) => statement(one, print)), ...drawing(group, recorded, attempt, print)].join('\n');
