/** A run as tables: cases, edges, measurements, differences; what a spreadsheet or a data frame takes. */

import { finalAttempts, type RunRecord } from '../record.ts';

export type Cell = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'flag';
}

export interface Table {
  /** Part of a file's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const text = (name: string): Column => ({ name, kind: 'text' });
const number = (name: string): Column => ({ name, kind: 'number' });
const flag = (name: string): Column => ({ name, kind: 'flag' });

/** Each row says which run and unit it is of, so that tables of many runs can be put one below the other. */
const OF_RUN: readonly Column[] = [text('run'), text('started'), text('serial'), text('bench'), flag('simulated')];
const ofRun = ({ runId, started, identity, bench }: RunRecord): readonly Cell[] => [
  runId,
  started,
  identity.serial,
  bench.id,
  bench.simulated,
];

/** The attempts that count. */
export function runTables(record: RunRecord): readonly Table[] {
  const run = ofRun(record);
  const finals = finalAttempts(record);
  const rows = (of: (one: (typeof finals)[number]) => readonly (readonly Cell[])[]): readonly (readonly Cell[])[] =>
    finals.flatMap((one) => of(one).map((cells) => [...run, one.recorded.case.id, ...cells]));
  const table = (name: string, columns: readonly Column[], of: Parameters<typeof rows>[0]): Table => ({
    name,
    columns: [...OF_RUN, text('case'), ...columns],
    rows: rows(of),
  });
  return [
    table(
      'cases',
      [
        text('file'),
        number('line'),
        number('attempt'),
        text('verdict'),
        text('blame'),
        text('reason'),
        number('duration_us'),
        text('traceHash'),
      ],
      ({ last: { attempt, result, traceHash } }) => [
        [result.file, result.line, attempt, result.verdict, result.blame, result.reason, result.duration_us, traceHash],
      ],
    ),
    table(
      'edges',
      [number('seq'), text('signal'), text('level'), number('at_us'), number('uncertainty_us'), text('via')],
      ({ last: { trace } }) =>
        (trace?.edges ?? []).map(({ seq, signal, level, at_us, uncertainty_us, via }) => [seq, signal, level, at_us, uncertainty_us, via]),
    ),
    table(
      'measurements',
      [
        text('name'),
        text('analog'),
        number('value'),
        text('unit'),
        number('uncertainty'),
        number('low'),
        number('high'),
        text('outcome'),
        number('at_us'),
      ],
      ({ last: { result } }) =>
        result.measurements.map(({ name, analog, value, unit, uncertainty, low, high, outcome, at_us }) => [
          name,
          analog,
          value,
          unit,
          uncertainty,
          low,
          high,
          outcome,
          at_us,
        ]),
    ),
    table(
      'differences',
      [
        text('kind'),
        text('signal'),
        text('rule'),
        text('requirement'),
        text('certainty'),
        text('blame'),
        flag('consequence'),
        number('earliest_us'),
        number('latest_us'),
        number('at_us'),
        number('off_us'),
        text('text'),
      ],
      ({ last: { result } }) =>
        result.differences.map(({ kind, signal, rule, requirement, certainty, blame, consequence, expected, got, off_us, text: said }) => [
          kind,
          signal,
          rule,
          requirement,
          certainty,
          blame,
          consequence,
          expected.earliest_us,
          expected.latest_us,
          got?.at_us ?? null,
          off_us,
          said,
        ]),
    ),
  ];
}
