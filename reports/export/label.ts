/** The label of a unit: a DataMatrix with what a scanner has to know, and the same in words. */

import { toBuffer, toSVG } from 'bwip-js/node';
import type { RunRecord } from '../record.ts';
import { markup, Markup } from '../render/markup.ts';

/** No serial number, or one that no symbol holds. */
export class LabelRefused extends Error {
  readonly code = 'labelRefused';
}

/** Control characters would press keys where a scanner is a keyboard. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}]/u;
const LONGEST = 64;

export function serialOf({ identity: { serial } }: Pick<RunRecord, 'identity'>): string {
  if (serial === null || serial === '') throw new LabelRefused('The run has no serial number, and a label names a unit.');
  if (UNPRINTABLE.test(serial) || serial.length > LONGEST)
    throw new LabelRefused(`The serial number has signs that no scanner may type, or more than ${LONGEST} of them.`);
  return serial;
}

/** What the outcome is called; a unit that does not exist passes nothing. */
export const outcomeText = ({ verdict, mode, bench, ended, benchProof }: RunRecord): string =>
  mode === 'reference'
    ? 'REFERENCE'
    : bench.simulated !== false
      ? `SIMULATED ${verdict.toUpperCase()}`
      : ended === 'aborted'
        ? 'ABORTED'
        : benchProof === 'waived'
          ? `UNPROVEN ${verdict.toUpperCase()}`
          : verdict.toUpperCase();

/** Serial number, outcome and run, parted by semicolons. Throws LabelRefused. */
export const labelCode = (record: RunRecord): string => [serialOf(record), outcomeText(record), record.runId].join(';');

const symbol = (code: string) => ({ text: code, parsefnc: false, parse: false });

/** Only black and white paths. */
export const symbolSvg = (code: string): string => toSVG({ bcid: 'datamatrix', ...symbol(code) });

/** 50 mm x 25 mm. Throws LabelRefused. */
export function renderLabelSvg(record: RunRecord): string {
  const code = labelCode(record);
  const svg = symbolSvg(code);
  const [, size = '48'] = /viewBox="0 0 ([\d.]+) /.exec(svg) ?? [];
  const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  const scale = 19 / Number(size);
  const serial = serialOf(record);
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="25mm" viewBox="0 0 50 25" font-family="sans-serif"><rect width="50" height="25" fill="#fff"/><g transform="translate(2.5 3) scale(${scale.toFixed(4)})">${new Markup(inner)}</g><text x="24" y="7.5" font-size="${Math.min(3.6, 24 / (0.7 * serial.length)).toFixed(2)}" font-weight="bold">${serial}</text><text x="24" y="13" font-size="${outcomeText(record).length > 10 ? '2.4' : '4'}" font-weight="bold">${outcomeText(record)}</text><text x="24" y="17.5" font-size="2.2">${record.started.slice(0, 10)}${record.identity.unitFirmwareVersion === null ? '' : `  fw ${record.identity.unitFirmwareVersion.slice(0, 12)}`}</text><text x="24" y="21" font-size="1.9">${record.runId}</text></svg>`
      .text
  }\n`;
}

/** The symbol with serial number and outcome below it. Rejects with LabelRefused. */
export async function renderLabelPng(record: RunRecord): Promise<Uint8Array> {
  const code = labelCode(record);
  return toBuffer({
    bcid: 'datamatrix',
    ...symbol(code),
    scale: 6,
    padding: 4,
    backgroundcolor: 'FFFFFF',
    alttext: `${serialOf(record)}  ${outcomeText(record)}`,
    includetext: true,
    textsize: 5,
  });
}
