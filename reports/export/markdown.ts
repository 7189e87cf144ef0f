/** A run as Markdown: what a CI server shows beside a job. */

import { limitsText } from '../judge/measurements.ts';
import { amount } from '../judge/wording.ts';
import { finalAttempts, type RunRecord } from '../record.ts';
import { folded } from '../render/grouping.ts';

const SIGNS = { pass: '✅', fail: '❌', broken: '🔧', inconclusive: '❓', notRun: '⏭️' } as const;
const WORDS = { pass: 'pass', fail: 'fail', broken: 'broken', inconclusive: 'inconclusive', notRun: 'not run' } as const;

/** So many cases, and differences of each, are told; the report holds all. */
const MOST_CASES = 200;
const MOST_DIFFERENCES = 10;

/** Text that cannot become markup, a mention, a link or another cell. */
export const plainMarkdown = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~$:-]/g, (sign) => `\\${sign}`)
    .replaceAll('@', '@\u200B');

const said = plainMarkdown;

export function renderMarkdown(record: RunRecord): string {
  const { verdict, reason, counts, bench, seed, runId, mode, identity } = record;
  const finals = finalAttempts(record);
  const counted = (['fail', 'broken', 'inconclusive', 'pass', 'notRun'] as const).filter((one) => counts[one] > 0);
  const where =
    mode === 'reference'
      ? '**Reference only: no unit took part**'
      : bench.simulated === true
        ? '**Simulated: no real unit was tested**'
        : `Bench ${said(bench.id)}${record.benchProof === 'waived' ? ', **unproven**' : ''}`;
  const bad = finals.filter(({ last }) => last.result.verdict !== 'pass' && last.result.verdict !== 'notRun');
  const cases = [...bad, ...finals.filter((one) => !bad.includes(one))].slice(0, MOST_CASES);
  const differences = bad.slice(0, MOST_CASES).flatMap(({ last: { result } }) => {
    const { own } = folded(result.differences);
    const rest = own.length - MOST_DIFFERENCES;
    return own.length === 0
      ? []
      : [
          `**${said(result.id)}** (${said(`${result.file}:${result.line}`)})`,
          '',
          ...own.slice(0, MOST_DIFFERENCES).map((one) => `- ${said(one.text)}`),
          ...(rest > 0 ? [`- and ${rest} more`] : []),
          '',
        ];
  });
  const measured = bad.flatMap(({ last: { result } }) =>
    result.measurements.filter(({ outcome }) => outcome !== 'pass').map((one) => ({ one, id: result.id })),
  );
  return [
    `## ${SIGNS[verdict]} ${verdict.toUpperCase()}: ${said(reason)}`,
    '',
    `${counted.map((one) => `${counts[one]} ${WORDS[one]}`).join(', ') || 'no cases'} · ${where} · run ${said(runId)} · ${seed === null ? 'no seed' : `seed ${seed}`}${identity.serial === null ? '' : ` · serial number ${said(identity.serial)}`}`,
    '',
    ...record.benchFaults.map(({ text }) => `- ${SIGNS.broken} ${said(text)}`),
    ...(record.benchFaults.length === 0 ? [] : ['']),
    ...differences,
    '| | case | unit time | reason |',
    '|---|---|---:|---|',
    ...cases.map(
      ({ last: { result } }) =>
        `| ${SIGNS[result.verdict]} ${WORDS[result.verdict]} | ${said(result.id)} | ${(result.duration_us / 1e6).toFixed(3)} s | ${result.verdict === 'pass' ? '' : said(result.reason)} |`,
    ),
    ...(finals.length > cases.length ? ['', `and ${finals.length - cases.length} more cases`] : []),
    '',
    ...(measured.length === 0
      ? []
      : [
          '| measurement | case | value | limits |',
          '|---|---|---:|---|',
          ...measured.map(
            ({ one, id }) =>
              `| ${said(one.name)} | ${said(id)} | ${one.value === null ? 'not measured' : `${amount(one.value)} ${one.unit}`} | ${said(limitsText(one))} |`,
          ),
          '',
        ]),
  ].join('\n');
}
