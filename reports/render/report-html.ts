/** report.html: a run on one page that needs nothing but itself and no network. */

import { finalAttempts, type RunRecord } from '../record.ts';
import { caseBlock } from './case-html.ts';
import { findingsText } from './console.ts';
import { folded } from './grouping.ts';
import { healthSection } from './health-html.ts';
import { markup, type Child, type Markup } from './markup.ts';
import { renderPage } from './page.ts';
import { asksIn } from './questions-html.ts';
import { profileHead, profileLimits } from './profile.ts';
import { STYLE } from './report-style.ts';
import { TIMELINE_SCRIPT } from './timeline/script.ts';
import { TIMELINE_STYLE } from './timeline/style.ts';

type Finals = ReturnType<typeof finalAttempts>;

const word = (verdict: string): string => (verdict === 'notRun' ? 'not run' : verdict);

const faultsOf = ({ faults }: RunRecord['bench']): string => (faults.length === 0 ? '' : `; the bench had the fault ${faults.join(', ')}`);

/** Which unit, who, for what; and what makes the record itself doubtful. */
const identityText = ({ identity }: RunRecord): string =>
  [
    ['serial number', identity.serial],
    ['attempt', identity.attempt],
    ['operator', identity.operator],
    ['work order', identity.workOrder],
    ['unit firmware', identity.unitFirmwareVersion],
    ['note', identity.note],
  ]
    .flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]))
    .join(' · ');

const UNPROVEN = 'Unproven bench: whoever started the run did without a self-test and a verification of it (--unproven).';

const doubts = ({ ended, dateDoubt, rejudged, benchProof }: RunRecord): readonly string[] => [
  ...(ended === 'aborted' ? ['Interrupted: this record was made from what the rig had written until then.'] : []),
  ...(benchProof === 'waived' ? [UNPROVEN] : []),
  ...(dateDoubt === null ? [] : [`The date is not to be trusted: ${dateDoubt}`]),
  ...(rejudged === null ? [] : [`Judged anew from the traces of run ${rejudged.of}, with ${rejudged.with}.`]),
];

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
  return markup`<header class="banner ${verdict}"><h1 class="word">${verdict}</h1><p><strong>${reason}</strong><br>${counted.join(', ') || 'no cases'}${blame === null ? null : ` · blame: ${blame}`}<br><span class="soft">Run <code>${runId}</code>, started ${started}</span>${identityText(record) === '' ? null : markup`<br>${identityText(record)}`}${doubts(record).map((text) => markup`<br><span class="inconclusive tone">${text}</span>`)}</p>${kind.plain ? markup`<span>${kind.text}</span>` : markup`<span class="simulated">${kind.text}</span>`}</header>`;
}

/** So few cases are all open at once, whatever came of them. */
const FEW = 2;

const anchorOf = (index: number): string => `case-${index + 1}`;

/** One field for each case, in their order: the run at a glance. */
const strip = (attempts: Finals): Markup =>
  markup`<ol class="strip" aria-label="Verdicts of the cases in their order">${attempts.map(
    ({ last: { result } }, index) =>
      markup`<li class="${result.verdict}"><a href="#${anchorOf(index)}" title="${result.id}: ${word(result.verdict)}"><span class="hidden">${result.id}: ${word(result.verdict)}</span></a></li>`,
  )}</ol>`;

/** So many differences say what is wrong with a unit. */
const MOST_TOLD = 5;

/** What is wrong, before anything else; each sentence leads to its case. */
function wrong(attempts: Finals, reason: string): Markup | null {
  const told = attempts.flatMap(({ last: { result } }, index) =>
    folded(result.differences).own.map(({ text, blame }) => ({ text, blame, index, id: result.id })),
  );
  const [first, ...more] = [...new Map(told.map((one) => [one.text, one])).values()];
  // One that is said above already needs no second place.
  if (first === undefined || (more.length === 0 && reason.includes(first.text))) return null;
  const shown = [first, ...more].slice(0, MOST_TOLD);
  const rest = more.length + 1 - shown.length;
  return markup`<section aria-labelledby="wrong"><h2 id="wrong">What is different</h2><ul class="wrong">${shown.map(
    ({ text, blame, index, id }) =>
      markup`<li class="${blame === 'unit' ? 'fail' : 'inconclusive'}">${text} <a class="soft" href="#${anchorOf(index)}">${id}</a></li>`,
  )}</ul>${rest === 0 ? null : markup`<p class="soft">and ${rest} more, below</p>`}</section>`;
}

const overview = (attempts: Finals): Markup =>
  markup`<section aria-labelledby="cases"><h2 id="cases">Cases</h2>${strip(attempts)}<div class="wide"><table><thead><tr><th scope="col">verdict</th><th scope="col">case</th><th scope="col" class="num">unit time</th><th scope="col">findings</th></tr></thead><tbody>${attempts.map(
    ({ recorded, last: { result } }, index) =>
      markup`<tr><td><span class="pill ${result.verdict}">${word(result.verdict)}</span></td><td><a href="#${anchorOf(index)}">${result.id}</a></td><td class="num">${result.verdict === 'notRun' ? '-' : `${(result.duration_us / 1e6).toFixed(3)} s`}</td><td>${findingsText(result, recorded.attempts.slice(0, -1))}</td></tr>`,
  )}</tbody></table></div></section>`;

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

const PROOF_TEXT = { shown: 'yes, by self-test and verification', missing: 'no', waived: 'no, left out (--unproven)' } as const;

function provenance(record: RunRecord): Markup {
  const { bench, seed, node, commandLine, hashes, speed, mode, selection, maintenance, profile } = record;
  const rows: readonly (readonly [string, Child])[] = [
    ['command', markup`<code>${commandLine.join(' ')}</code>`],
    [
      'bench',
      `${bench.id}, board ${bench.board}${bench.simulated === true ? ', simulated' : ''}${mode === 'reference' ? ', reference only' : ''}`,
    ],
    ...(bench.faults.length === 0 ? [] : [['faults of the bench', bench.faults.join(', ')] as const]),
    ...(record.benchProof === null ? [] : [['bench shown to be sound', PROOF_TEXT[record.benchProof]] as const]),
    ['calibration', calibrationText(record.calibration)],
    ['contacts', contactsText(record.contacts)],
    ...(profile === null ? [] : [['profile', markup`${profileHead(profile)}, <code>${hashes.profile ?? ''}</code>`] as const]),
    ...(profile === null || profile.fault !== null ? [] : [['limits from the profile', profileLimits(profile).join('; ')] as const]),
    ...(maintenance === null ? [] : [['connector', maintenanceText(maintenance)] as const]),
    ...(selection === null ? [] : [['selected', selectionText(selection)] as const]),
    ['seed', seed === null ? 'none' : String(seed)],
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
  return markup`<section aria-labelledby="provenance"><h2 id="provenance">Provenance</h2><div class="wide"><table><tbody>${rows.map(([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div></section>`;
}

const KEYS = markup`<p id="keys" class="hidden">Keys: plus and minus zoom, left and right move the view, up and down choose a signal, full stop and comma move cursor A from edge to edge of it and with shift cursor B, C shows what lies between them, D goes to the next difference, Home shows all.</p>`;

const NAVIGATION = markup`<nav aria-label="Parts of this page"><a href="#cases">Cases</a><a href="#findings">Findings</a><a href="#bench">Clock, link, contacts</a><a href="#provenance">Provenance</a></nav>`;

/** The whole page as text. */
export function renderReport(record: RunRecord): string {
  const attempts = finalAttempts(record);
  const cases = attempts
    .map((one, index) => ({ ...one, anchor: anchorOf(index) }))
    .toSorted((a, b) => Number(a.last.result.verdict === 'pass') - Number(b.last.result.verdict === 'pass'))
    .map(({ recorded, last, anchor }) => caseBlock(recorded, last, anchor, attempts.length <= FEW));
  const faults = record.benchFaults.map((one) => markup`<li>${one.text} <span class="soft">(${one.code}, ${one.blame})</span></li>`);
  const body = markup`<a class="skip" href="#main">To the findings</a>${banner(record)}${NAVIGATION}<main id="main">
${faults.length === 0 ? null : markup`<h2>Faults of the bench</h2><ul class="plain">${faults}</ul>`}
${wrong(attempts, record.reason)}
${overview(attempts)}
<section aria-labelledby="findings"><h2 id="findings">Findings</h2>${KEYS}${cases.map(({ block }) => block)}</section>
${healthSection(record, anchorOf)}
${provenance(record)}
</main>`;
  const title = `${record.verdict} · ${record.runId}${record.bench.simulated === true ? ' · simulated' : ''}`;
  const pictures = record.cases.some((recorded) => asksIn(recorded).some(({ prompt }) => prompt.image !== null));
  const after = markup`${cases.map(({ carried }) => carried)}`;
  return renderPage({ title, style: STYLE + TIMELINE_STYLE, script: TIMELINE_SCRIPT, pictures, body, after });
}
