/** A run as JUnit XML: a unit's failure is a <failure>, everything that says nothing of the unit an <error> typed by its blame. */

import * as junit from 'junit-report-builder';
import type { Builder } from 'junit-report-builder';
import type { CaseResult } from '../judge/result.ts';
import { finalAttempts, type RecordedAttempt, type RunRecord } from '../record.ts';
import { turningShown } from './markup.ts';

// The package is CommonJS and its types speak of an ES module: what Node hands over as `default` is the builder itself.
const { default: shared } = junit as unknown as { readonly default: Builder };
type Suite = ReturnType<Builder['testSuite']>;

/** What XML 1.0 cannot carry, not even escaped: control characters, lone surrogates, the two non-characters. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;
export const printable = (text: string): string => turningShown(text.replace(UNPRINTABLE, ''));

/** In seconds, and never as `5e-7`: the schema wants digits. */
const wholeMicroseconds_s = (us: number): number => Math.round(us) / 1e6;

/** The builder counts what was skipped for all suites together as well, where the schema has no place for it. */
const SKIPPED_OF_ALL = /(<testsuites(?: (?!skipped)[a-z]+="[^"]*")*) skipped="\d+"/;

function details(result: CaseResult): string {
  const lines = [
    ...result.faults.map((one) => `broken (${one.blame}): ${one.text}`),
    ...result.differences.map((one) => `${one.kind}: ${one.text}`),
    ...result.expectations.filter((one) => one.outcome === 'broken').map((one) => `${one.file}:${one.line} ${one.what}: ${one.text}`),
    ...result.marginal.map((one) => `marginal: ${one.text}`),
    ...result.notMeasured.map((one) => `not measured: ${one.text}`),
  ];
  return printable(lines.join('\n'));
}

/** The attempts that rig or link spoilt before the one that counts: a pass after them is shown as such. */
const attemptsText = (spoilt: readonly RecordedAttempt[], last: RecordedAttempt): string =>
  printable(
    [
      ...spoilt.map(({ attempt, result }) => `attempt ${attempt}: ${result.verdict} (${result.blame ?? 'rig'}): ${result.reason}`),
      `attempt ${last.attempt}: ${last.result.verdict}`,
    ].join('\n'),
  );

function addCase(suite: Suite, { recorded, last }: ReturnType<typeof finalAttempts>[number]): void {
  const { result } = last;
  const spoilt = recorded.attempts.slice(0, -1);
  // The file is the name of the class: the schema of the CI servers knows no attribute `file`.
  const testCase = suite.testCase().name(printable(result.id)).className(printable(result.file));
  // Virtual time of the case, the time the unit lived through.
  testCase.time(wholeMicroseconds_s(result.duration_us));
  if (spoilt.length > 0) testCase.standardOutput(attemptsText(spoilt, last));
  const reason = printable(result.reason);
  switch (result.verdict) {
    case 'pass':
      return;
    case 'fail':
      testCase.failure(reason, result.blame ?? 'unit');
      testCase.stacktrace(details(result));
      return;
    case 'broken':
    case 'inconclusive':
      testCase.error(reason, result.blame ?? 'rig', details(result));
      return;
    case 'notRun':
      testCase.skipped();
      testCase.standardOutput(reason);
  }
}

/** The whole file, ready to be written. */
export function renderJunit(record: RunRecord): string {
  const builder = shared.newBuilder().name('bms-rig');
  const suite = builder
    .testSuite()
    .name(printable(record.bench.id === '' ? 'bench' : `bench ${record.bench.id}`))
    .timestamp(record.started.replace(/(\.\d+)?Z$/, ''));
  const finals = finalAttempts(record);
  const results = finals.map(({ last }) => last.result);
  suite.time(wholeMicroseconds_s(results.reduce((sum, one) => sum + one.duration_us, 0)));
  const { runId, seed, mode, bench, hashes } = record;
  const properties = {
    run: runId,
    seed: seed ?? 'none',
    simulated: bench.simulated ?? 'none',
    mode,
    board: bench.board,
    benchProof: record.benchProof ?? 'none',
    calibration: record.calibration?.id ?? 'none',
    node: record.node,
    firmware: hashes.firmware,
    unitImage: hashes.unitImage ?? 'none',
    unitFirmware: record.unitFirmware ?? 'none',
    model: hashes.model,
    host: hashes.host,
    faults: bench.faults.join(', ') || 'none',
    station: bench.station ?? 'none',
    slot: bench.slot ?? 'none',
    serial: record.identity.serial ?? 'none',
    ended: record.ended,
    selected: record.selection === null ? 'all' : `${finals.length} of ${record.selection.of}`,
    triedAgain: finals.filter(({ last }) => last.attempt > 1).length,
  };
  for (const [name, value] of Object.entries(properties)) suite.property(name, printable(String(value)));
  for (const one of record.benchFaults)
    suite
      .testCase()
      .name(`bench ${printable(one.code)}`)
      .className('bench')
      .error(printable(one.text), one.blame);
  for (const one of finals) addCase(suite, one);
  return builder.build().replace(SKIPPED_OF_ALL, '$1');
}
