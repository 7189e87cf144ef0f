/** The certificate of a unit: one page for paper that says what was tested, what came of it, and what it rests on. A run that did not pass gives a report of that, never a certificate. */

import { createHash } from 'node:crypto';
import { limitsText } from '../judge/measurements.ts';
import { amount } from '../judge/wording.ts';
import { finalAttempts, type RunRecord } from '../record.ts';
import { markup, Markup } from '../render/markup.ts';
import { renderPage } from '../render/page.ts';
import { labelCode, symbolSvg } from './label.ts';

const STYLE = `
@page{size:A4;margin:16mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#565d66}}*{box-sizing:border-box;print-color-adjust:exact}
:root{--pass:#1a7f42;--fail:#c02b2b;--broken:#8a3ab9;--inconclusive:#8a5a00}
body{margin:0 auto;max-width:178mm;font:10.5pt/1.4 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:#1c1f23;background:#fff}
.pass{--v:var(--pass)}.fail{--v:var(--fail)}.broken{--v:var(--broken)}.inconclusive{--v:var(--inconclusive)}
header{display:flex;justify-content:space-between;gap:8mm;border-bottom:2.5pt solid var(--v);padding-bottom:5mm}
h1{font-size:20pt;margin:0 0 2mm}h2{font-size:12pt;margin:6mm 0 2mm}.verdict{font-size:16pt;font-weight:750;color:var(--v);text-transform:uppercase}
.code{width:26mm}.code svg{width:26mm;height:26mm}table{border-collapse:collapse;width:100%;font-size:9pt}
th,td{text-align:left;padding:1mm 2mm;border-bottom:.4pt solid #c8ccd1;vertical-align:top;overflow-wrap:anywhere}th{overflow-wrap:normal}th.num,td.num{text-align:right;font-variant-numeric:tabular-nums}tbody th{font-weight:500;color:#565d66;width:38mm}tr{break-inside:avoid}
code{font:8pt "DejaVu Sans Mono",monospace;overflow-wrap:anywhere}.no{border:1.5pt dashed var(--inconclusive);color:var(--inconclusive);font-weight:650;padding:2mm 4mm;margin:4mm 0;text-align:center}
.sign{display:flex;gap:10mm;margin-top:12mm}.sign div{flex:1;border-top:.6pt solid #1c1f23;padding-top:1mm;font-size:8.5pt;color:#565d66}
`;

/** Why a run is no ground for a certificate; null: it is. */
export function notCertified({ verdict, mode, bench, ended, dateDoubt, identity, counts, benchProof }: RunRecord): string | null {
  if (mode === 'reference') return 'No unit took part: this was the reference alone.';
  if (bench.simulated !== false) return 'Simulated: no real unit was tested.';
  if (benchProof === 'waived') return 'The bench was not shown to be sound (--unproven).';
  if (verdict !== 'pass') return `The unit did not pass: ${verdict}.`;
  if (ended !== 'complete') return 'The run was interrupted.';
  if (counts.notRun > 0) return 'Not every case was run.';
  if (identity.serial === null) return 'Nobody said which unit this was: there is no serial number.';
  return dateDoubt === null ? null : `The date is not to be trusted: ${dateDoubt}`;
}

/** `recordHash`: sha256 of record.json, by which the paper can be held against the archive. */
export function renderCertificate(record: RunRecord, recordHash: string): string {
  const { identity, bench, calibration, hashes, verdict, counts } = record;
  const why = notCertified(record);
  const finals = finalAttempts(record);
  const measured = finals.flatMap(({ last: { result } }) => result.measurements.map((one) => ({ one, id: result.id })));
  const facts: readonly (readonly [string, string | Markup | null])[] = [
    ['serial number', identity.serial],
    ['unit firmware', identity.unitFirmwareVersion],
    ['firmware image', hashes.unitImage === null ? null : markup`<code>${hashes.unitImage}</code> (${record.unitFirmware ?? 'unknown'})`],
    ['work order', identity.workOrder],
    ['operator', identity.operator],
    ['tested', record.started],
    ['attempt', identity.attempt === null ? null : String(identity.attempt)],
    ['station, bench', [bench.station, bench.slot, bench.id, `board ${bench.board}`].filter((one) => one !== null).join(', ')],
    [
      'calibration',
      calibration === null
        ? 'none'
        : `${calibration.id}, ${calibration.meter}${calibration.expires === null ? '' : `, valid until ${calibration.expires}`}`,
    ],
    ['run', markup`<code>${record.runId}</code>`],
    ['record', markup`<code>sha256 ${recordHash}</code>`],
    ['reference model', markup`<code>${hashes.model}</code>`],
  ];
  const title = why === null ? 'Test certificate' : 'Test report';
  const body = markup`<div class="${verdict}"><header><div><h1>${title}</h1><div class="verdict">${verdict}</div><p>${record.reason}</p></div><div class="code">${identity.serial === null ? null : new Markup(symbolSvg(labelCode(record)))}</div></header>
${why === null ? null : markup`<p class="no">This is no certificate. ${why}</p>`}
<h2>Unit and test</h2><table><tbody>${facts.filter(([, value]) => value !== null).map(([name, value]) => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>
<h2>Cases: ${counts.pass} of ${finals.length} passed</h2><table><thead><tr><th>verdict</th><th>case</th><th>shows</th></tr></thead><tbody>${finals.map(
    ({ last: { result } }) => markup`<tr><td>${result.verdict}</td><td>${result.id}</td><td>${result.covers.join(', ')}</td></tr>`,
  )}</tbody></table>
${
  measured.length === 0
    ? null
    : markup`<h2>Measurements</h2><table><thead><tr><th>outcome</th><th>case</th><th>name</th><th class="num">value</th><th class="num">uncertainty</th><th>limits</th></tr></thead><tbody>${measured.map(
        ({ one, id }) =>
          markup`<tr><td>${one.outcome === 'notMeasured' ? 'not measured' : one.outcome}</td><td>${id}</td><td>${one.name}</td><td class="num">${one.value === null ? '-' : `${amount(one.value)} ${one.unit}`}</td><td class="num">${one.uncertainty === null ? '' : `±${amount(one.uncertainty)}`}</td><td>${limitsText(one)}</td></tr>`,
      )}</tbody></table>`
}
<div class="sign"><div>Place and date</div><div>Signature</div></div></div>`;
  // A page that has come off the others says what it is of.
  const foot = `@page{@bottom-left{content:"run ${record.runId.replaceAll(/[^\w-]/g, '?')}";font:8pt sans-serif;color:#565d66}}`;
  return renderPage({ title: `${title} ${identity.serial ?? record.runId}`, style: `${STYLE}${foot}`, body });
}

export const hashOfFile = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
