/** A run on the terminal: a table of its cases, each difference with a drawing, and one line that sums it up. */

import type { CaseResult, Difference } from '../judge/result.ts';
import { seconds } from '../judge/wording.ts';
import { LABELS } from './lanes.ts';
import { finalAttempts, type RecordedAttempt, type RunRecord } from '../record.ts';
import { renderDifferences } from './difference-text.ts';
import { DRAWINGS, drawnTogether, folded, summedUp } from './grouping.ts';
import { profileHead, profileLimits } from './profile.ts';
import { clip, printer, shorten, VERDICT_INK, wrap, type PrintOptions, type Printer } from './style.ts';
import { howMany } from './how-many.ts';

const WORD = { pass: 'pass', inconclusive: 'inconclusive', fail: 'FAIL', broken: 'BROKEN', notRun: 'not run' } as const;
const names: { readonly [signal: string]: string } = LABELS;

/** That it is not the first attempt, and who spoilt the ones before. Empty where it is. */
const spoiltText = (spoilt: readonly RecordedAttempt[]): string => {
  const blames = [...new Set(spoilt.map(({ result }) => result.blame ?? 'rig'))];
  return spoilt.length === 0 ? '' : `attempt ${spoilt.length + 1}, after ${spoilt.length} spoilt (${blames.join(', ')})`;
};

/** What there is to say of a case in a few words; `spoilt` are the attempts before the one that counts. */
export function findingsText(result: CaseResult, spoilt: readonly RecordedAttempt[] = []): string {
  const [first] = result.differences;
  const brokenDemands = result.expectations.filter((one) => one.outcome === 'broken').length;
  const parts = [
    ...(spoilt.length === 0 ? [] : [spoiltText(spoilt)]),
    ...(result.verdict === 'broken' ? [`blame ${result.blame ?? 'rig'}`] : []),
    ...(first === undefined
      ? []
      : [
          `${first.kind} ${names[first.signal] ?? first.signal}${result.differences.length > 1 ? ` and ${result.differences.length - 1} more` : ''}`,
        ]),
    ...(brokenDemands === 0 ? [] : [`${howMany(brokenDemands, 'expectation')} broken`]),
    ...(result.marginal.length === 0 ? [] : [`${result.marginal.length} too near to a limit`]),
    ...(result.notMeasured.length === 0 ? [] : [`${result.notMeasured.length} not measured`]),
    ...(result.glitches.length === 0 ? [] : [`${result.glitches.length} glitch${result.glitches.length === 1 ? '' : 'es'} forgiven`]),
  ];
  return parts.join(', ');
}

type Final = ReturnType<typeof finalAttempts>[number];
const spoiltOf = ({ recorded }: Final): readonly RecordedAttempt[] => recorded.attempts.slice(0, -1);

export function renderTable(finals: readonly Final[], options: PrintOptions = {}): string {
  const results = finals.map(({ last }) => last.result);
  const print = printer(options);
  const verdictWidth = 12;
  const timeWidth = 10;
  const idWidth = Math.min(
    Math.max(4, ...results.map((one) => one.id.length)),
    Math.floor((print.width - verdictWidth - timeWidth - 6) * 0.6),
  );
  const restWidth = Math.max(8, print.width - verdictWidth - timeWidth - idWidth - 6);
  const head = print.ink(
    'dim',
    `${'verdict'.padEnd(verdictWidth)}  ${'case'.padEnd(idWidth)}  ${'unit time'.padStart(timeWidth)}  findings`,
  );
  const rows = finals.map((final) => {
    const one = final.last.result;
    const time = one.verdict === 'notRun' || one.mode === 'reference' ? '-' : `${(one.duration_us / 1e6).toFixed(3)} s`;
    const verdict = print.ink(VERDICT_INK[one.verdict], WORD[one.verdict].padEnd(verdictWidth));
    return `${verdict}  ${shorten(one.id, idWidth, print.ascii).padEnd(idWidth)}  ${time.padStart(timeWidth)}  ${clip(findingsText(one, spoiltOf(final)), restWidth, print.ascii)}`.trimEnd();
  });
  return [head, ...rows].join('\n');
}

/** One line: verdict, counts, what kind of bench, how fast, and what it takes to run it again. */
export function renderSummary(record: RunRecord, options: PrintOptions = {}): string {
  const print = printer(options);
  const { verdict, blame, counts, bench, speed, seed, mode, selection } = record;
  const retried = record.cases.filter(({ attempts }) => attempts.length > 1).length;
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const counted = (['fail', 'broken', 'inconclusive', 'notRun', 'pass'] as const)
    .filter((one) => counts[one] > 0)
    .map((one) => `${counts[one]} ${WORD[one]}`);
  const kind = mode === 'reference' ? 'reference only, no unit' : bench.simulated === true ? 'SIMULATED bench' : `bench ${bench.id}`;
  const fast = speed.wall_s > 0 ? ` (${Math.round(speed.virtual_s / speed.wall_s)} x)` : '';
  const dot = print.ascii ? ' | ' : ' · ';
  const parts = [
    `${howMany(total, 'case')}: ${counted.join(', ') || 'none'}`,
    ...(retried === 0 ? [] : [`${retried} tried again`]),
    ...(selection === null ? [] : [`selected of ${selection.of}`]),
    kind,
    ...(record.benchProof === 'waived' ? ['UNPROVEN bench'] : []),
    `${speed.virtual_s.toFixed(1)} s in ${speed.wall_s.toFixed(2)} s${fast}`,
    ...(seed === null ? [] : [`seed ${seed}`]),
    ...(bench.faults.length === 0 ? [] : [`fault ${bench.faults.join(', ')}`]),
  ];
  const word = print.ink(['bold', VERDICT_INK[verdict] as 'red'], `${WORD[verdict].toUpperCase()}${blame === null ? '' : ` (${blame})`}`);
  return wrap([word, ...parts].join(dot), print.width, '  ');
}

/** A host that came this late to a sign of life was held up; less is any computer's business. */
const HELD_UP_ms = 50;

/** What the link went through where it was not nothing: a run that passes all the same says what that took. */
export function linkText({ resent, crcErrors, lost, overflow, stalled_ms }: RunRecord['link']): string {
  const counted = (
    [
      [resent, 'lines sent again'],
      [crcErrors, 'damaged'],
      [lost, 'events lost'],
      [overflow, 'events dropped'],
    ] as const
  ).flatMap(([count, what]) => (count === null || count > 0 ? [`${count ?? 'unknown'} ${what}`] : []));
  const held = stalled_ms !== null && stalled_ms >= HELD_UP_ms ? [`host held up for ${Math.round(stalled_ms)} ms`] : [];
  return [...counted, ...held].join(', ');
}

/** Says so where the reference alone would have allowed it. */
const limit = (from: 'reference' | 'scenario' | null): string => (from === 'scenario' ? ' The limit is the scenario’s own.' : '');

/** So many broken demands are told on the terminal; the report has all. */
const DEMANDS = 3;

const briefly = ({ kind, signal, got, expected }: Difference): string => {
  const at_us = got?.at_us ?? expected.latest_us;
  return `${kind} ${names[signal] ?? signal}${at_us === null ? '' : ` at ${seconds(at_us)}`}`;
};

const attemptText = ({ result }: RecordedAttempt): string => `${result.verdict} (${result.blame ?? 'rig'}): ${result.reason}`;

function renderCase(one: Final, print: Printer): string {
  const { recorded, last } = one;
  const { result } = last;
  const title = `${print.ink(['bold', VERDICT_INK[result.verdict] as 'red'], WORD[result.verdict])} ${print.ink('bold', result.id)}  ${print.ink('dim', `${result.file}:${result.line}`)}`;
  const line = (text: string): string => wrap(`  ${text}`, print.width, '    ');
  const broken = result.expectations.filter((demand) => demand.outcome === 'broken');
  const { own, following } = folded(result.differences);
  const drawn = drawnTogether(own, last).slice(0, DRAWINGS);
  const more = own.length - drawn.flat().length;
  return [
    wrap(title, print.width, '  '),
    ...spoiltOf(one).map((earlier) => line(`attempt ${earlier.attempt} ${attemptText(earlier)}`)),
    ...result.faults.map((fault) => line(`broken (${fault.blame}): ${fault.text}`)),
    ...drawn.map((group) => renderDifferences(group, recorded, last, print)),
    ...(more > 0 ? [line(`and ${more} more differences: see the report`)] : []),
    ...(following.length === 0
      ? []
      : [
          line(
            `follows from that: ${following.slice(0, DRAWINGS).map(briefly).join(', ')}${following.length > DRAWINGS ? ` and ${following.length - DRAWINGS} more` : ''}`,
          ),
        ]),
    ...broken
      .slice(0, DEMANDS)
      .map((demand) => line(`expectation ${demand.file}:${demand.line}, ${demand.what}: ${demand.text}${limit(demand.limitFrom)}`)),
    ...(broken.length > DEMANDS ? [line(`and ${broken.length - DEMANDS} more expectations of the scenario broken: see the report`)] : []),
    ...summedUp(result.marginal.map(({ text }) => text)).map((text) => line(`too near to decide: ${text}`)),
    ...summedUp(result.notMeasured.map(({ text }) => text)).map((text) => line(`not measured: ${text}`)),
  ].join('\n');
}

/** So many cases are told in full on the terminal; the report has all. */
const CASES = 8;
/** More passed cases than this are only counted where others did not pass. */
const PASSES = 8;

const renderHeadline = (record: RunRecord, print: Printer, options: PrintOptions): string =>
  `${renderSummary(record, options)}${record.verdict === 'pass' ? '' : `\n${wrap(record.reason, print.width, '  ')}`}`;

/** Everything a person wants to see after a run; ends with a newline. */
export function renderRun(record: RunRecord, options: PrintOptions = {}): string {
  const print = printer(options);
  const attempts = finalAttempts(record);
  const open = attempts.filter(({ last }) => last.result.verdict !== 'pass' && last.result.verdict !== 'notRun');
  const results = attempts.map((one) => one.last.result);
  const passed = results.filter(({ verdict }) => verdict === 'pass');
  const few = passed.length <= PASSES || passed.length === results.length;
  // What passed only when tried again is shown among what did not: it is not one of "the others".
  const shown = few ? attempts : attempts.filter((one) => one.last.result.verdict !== 'pass' || spoiltOf(one).length > 0);
  const table = renderTable(shown, options);
  const text = [
    // The verdict and the first divergence before anything else; the last line says it again, where a long output ends.
    renderHeadline(record, print, options),
    few
      ? table
      : `${table}\n${print.ink(VERDICT_INK.pass, WORD.pass.padEnd(12))}  ${passed.length - shown.filter(({ last }) => last.result.verdict === 'pass').length} other cases`,
    ...open.slice(0, CASES).map((one) => renderCase(one, print)),
    ...(open.length > CASES ? [`${open.length - CASES} more cases that did not pass are in the report.`] : []),
    ...(linkText(record.link) === '' ? [] : [wrap(`link: ${linkText(record.link)}`, print.width, '  ')]),
    ...(record.profile === null
      ? []
      : [
          wrap(
            `profile: ${profileHead(record.profile)}; ${profileLimits(record.profile).join('; ')}`.replace(/; $/, ''),
            print.width,
            '  ',
          ),
        ]),
    ...record.benchFaults.map((fault) => wrap(`bench: ${fault.text} (${fault.code}, ${fault.blame})`, print.width, '  ')),
    renderSummary(record, options),
  ].join('\n\n');
  return `${print.ascii ? text.replaceAll('’', "'") : text}\n`;
}
