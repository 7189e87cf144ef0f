/** report.html: a run on one page that needs nothing but itself, no script and no network. */

import { finalAttempts, type RunRecord } from '../record.ts';
import { caseBlock } from './case-html.ts';
import { findingsText } from './console.ts';
import { markup, Markup, type Child } from './markup.ts';
import { STYLE } from './report-style.ts';

const word = (verdict: string): string => (verdict === 'notRun' ? 'not run' : verdict);

const faultsOf = ({ faults }: RunRecord['bench']): string => (faults.length === 0 ? '' : `; the bench had the fault ${faults.join(', ')}`);

const kindOf = ({ mode, bench }: RunRecord): { readonly text: string; readonly plain: boolean } => {
  if (mode === 'reference') return { text: 'Reference only: no unit took part', plain: false };
  if (bench.simulated === true) return { text: `Simulated: no real unit was tested${faultsOf(bench)}`, plain: false };
  return { text: `Bench ${bench.id}`, plain: true };
};

function banner(record: RunRecord): Markup {
  const { verdict, blame, counts, reason, runId, started } = record;
  const kind = kindOf(record);
  const counted = (['pass', 'fail', 'broken', 'inconclusive', 'notRun'] as const)
    .filter((one) => counts[one] > 0)
    .map((one) => `${counts[one]} ${word(one)}`);
  return markup`<header class="banner ${verdict}"><div class="word">${verdict}</div><p><strong>${reason}</strong><br>${counted.join(', ') || 'no cases'}${blame === null ? null : ` · blame: ${blame}`}<br><span class="soft">Run <code>${runId}</code>, started ${started}</span></p>${kind.plain ? markup`<span>${kind.text}</span>` : markup`<span class="simulated">${kind.text}</span>`}</header>`;
}

const overview = (attempts: ReturnType<typeof finalAttempts>): Markup =>
  markup`<h2>Cases</h2><div class="wide"><table><thead><tr><th>verdict</th><th>case</th><th class="num">unit time</th><th>findings</th></tr></thead><tbody>${attempts.map(
    ({ recorded, last: { result } }, index) =>
      markup`<tr><td><span class="pill ${result.verdict}">${word(result.verdict)}</span></td><td><a href="#case-${index + 1}">${result.id}</a></td><td class="num">${result.verdict === 'notRun' ? '-' : `${(result.duration_us / 1e6).toFixed(3)} s`}</td><td>${findingsText(result, recorded.attempts.slice(0, -1))}</td></tr>`,
  )}</tbody></table></div>`;

const calibrationText = (calibration: RunRecord['calibration']): string => {
  if (calibration === null) return 'none';
  const { id, board, method, meter, made, expires } = calibration;
  const when = made === null ? '' : `, made ${made}, expires ${expires ?? 'never'}`;
  return `${id}, of board ${board}, ${method === 'factory' ? 'by the factory of the simulated board' : 'by hand'} (${meter})${when}`;
};

const contactsText = (contacts: RunRecord['contacts']): string => {
  const [worst] = contacts.toSorted((a, b) => (b.value_mOhm ?? Infinity) - (a.value_mOhm ?? Infinity));
  if (worst === undefined) return 'not measured';
  const value = worst.value_mOhm === null ? 'open' : `${(worst.value_mOhm / 1000).toFixed(2)} Ohm`;
  return `${contacts.length} terminals measured before the supply was on; the worst is ${worst.terminal}: ${value}`;
};

const maintenanceText = ({ matings, limit, warning, fault }: NonNullable<RunRecord['maintenance']>): string =>
  `${matings}${limit === null ? '' : ` of ${limit}`} matings${(warning ?? fault) === null ? '' : `: ${warning ?? fault}`}`;

const selectionText = ({ of, tags, grep, shard }: NonNullable<RunRecord['selection']>): string =>
  [
    `of ${of} cases`,
    ...(tags === null ? [] : [`tags ${tags}`]),
    ...(grep === null ? [] : [`grep ${grep}`]),
    ...(shard === null ? [] : [`part ${shard}`]),
  ].join(', ');

function provenance(record: RunRecord): Markup {
  const { bench, seed, node, commandLine, hashes, clock, link, speed, mode, selection, maintenance } = record;
  const rows: readonly (readonly [string, Child])[] = [
    ['command', markup`<code>${commandLine.join(' ')}</code>`],
    [
      'bench',
      `${bench.id}, board ${bench.board}${bench.simulated === true ? ', simulated' : ''}${mode === 'reference' ? ', reference only' : ''}`,
    ],
    ...(bench.faults.length === 0 ? [] : [['faults of the bench', bench.faults.join(', ')] as const]),
    ['calibration', calibrationText(record.calibration)],
    ['contacts', contactsText(record.contacts)],
    ...(maintenance === null ? [] : [['connector', maintenanceText(maintenance)] as const]),
    ...(selection === null ? [] : [['selected', selectionText(selection)] as const]),
    ['seed', seed === null ? 'none' : String(seed)],
    ['clock fit', clock === null ? 'none' : `${clock.rate_ppm} ppm, known to ±${clock.bound_ppm} ppm (worst case of the run)`],
    [
      'link',
      `${link.linesSent} lines sent, ${link.linesReceived} received, ${link.resent} resent, ${link.crcErrors} damaged, ${link.lost} lost, ${link.overflow} dropped, host held up for ${link.stalled_ms} ms at most`,
    ],
    ['time', `${speed.virtual_s.toFixed(3)} s of the unit’s time in ${speed.wall_s.toFixed(3)} s`],
    ['fixture firmware', markup`<code>${hashes.firmware}</code>`],
    [
      'unit firmware',
      hashes.unitImage === null
        ? (record.unitFirmware ?? 'none')
        : markup`${record.unitFirmware ?? 'none'}, <code>${hashes.unitImage}</code>`,
    ],
    ['reference model', markup`<code>${hashes.model}</code>`],
    ['host', markup`<code>${hashes.host}</code>, node ${node}`],
    ...Object.entries(hashes.scenarios).map(([file, hash]) => [file, markup`<code>${hash}</code>`] as const),
  ];
  return markup`<h2>Provenance</h2><div class="wide"><table><tbody>${rows.map(([name, value]) => markup`<tr><th>${name}</th><td>${value}</td></tr>`)}</tbody></table></div>`;
}

/** The whole page as text. */
export function renderReport(record: RunRecord): string {
  const attempts = finalAttempts(record);
  const faults = record.benchFaults.map((one) => markup`<li>${one.text} <span class="soft">(${one.code}, ${one.blame})</span></li>`);
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${record.verdict} · ${record.runId}${record.bench.simulated === true ? ' · simulated' : ''}</title><style>${new Markup(STYLE)}</style></head>
<body><main>${banner(record)}
${faults.length === 0 ? null : markup`<h2>Faults of the bench</h2><ul class="plain">${faults}</ul>`}
${overview(attempts)}
<h2>Findings</h2>${attempts
    .map((one, index) => ({ ...one, anchor: `case-${index + 1}` }))
    .toSorted((a, b) => Number(a.last.result.verdict === 'pass') - Number(b.last.result.verdict === 'pass'))
    .map(({ recorded, last, anchor }) => caseBlock(recorded, last, anchor))}
${provenance(record)}
</main></body></html>
`;
  return page.text;
}
