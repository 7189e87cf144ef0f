/** The label of a unit: a DataMatrix with what a scanner has to know, and the same in words. */

import { toBuffer, toSVG } from 'bwip-js/node';
import type { RunRecord } from '../record.ts';
import { markup, Markup } from '../render/markup.ts';

/** No serial number, or one that no symbol holds. */
export class LabelRefused extends Error {
  readonly code = 'labelRefused';
  /** What to do, where it is not another serial number. */
  readonly hint: string | null;
  constructor(message: string, hint: string | null = null) {
    super(message);
    this.hint = hint;
  }
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

/** Room beside the symbol. */
const WORDS_mm = 23.5;
const LARGEST_mm = 3.6;
const LINE_OF = 16;

/** At most how wide a bold sign is in the usual sans-serif faces, by its size; one that is not Latin may be as wide as high. */
const widthOf = (sign: string): number => (/[MWmw@%&\u0100-\u{10FFFF}]/u.test(sign) ? 1.12 : /[A-Z]/.test(sign) ? 0.84 : 0.74);

const signsOf = (text: string): readonly string[] => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

/** A plain face is as much narrower. */
const PLAIN = 0.85;

/** The largest size at which a text stays on the label. */
const sizeOf = (text: string, largest: number): number =>
  Math.min(largest, WORDS_mm / signsOf(text).reduce((sum, sign) => sum + widthOf(sign), 0));

/** A long serial number has lines of its own, as one line of it could not be read. */
function serialLines(serial: string): Markup {
  const signs = signsOf(serial);
  const count = Math.ceil(signs.length / LINE_OF);
  const each = Math.ceil(signs.length / count);
  const lines = Array.from({ length: count }, (_, index) => signs.slice(index * each, (index + 1) * each).join(''));
  const size = Math.min(...lines.map((line) => sizeOf(line, count === 1 ? LARGEST_mm : 1.7)));
  const first = count === 1 ? 7.5 : 8.6 - 1.8 * (count - 1);
  return markup`<g font-size="${size.toFixed(2)}" font-weight="bold">${lines.map(
    (line, index) => markup`<text x="24" y="${(first + 1.8 * index).toFixed(2)}" xml:space="preserve">${line}</text>`,
  )}</g>`;
}

/** 50 mm x 25 mm. Throws LabelRefused. */
export function renderLabelSvg(record: RunRecord): string {
  const code = labelCode(record);
  const svg = symbolSvg(code);
  const [, size = '48'] = /viewBox="0 0 ([\d.]+) /.exec(svg) ?? [];
  const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  const scale = 19 / Number(size);
  const outcome = outcomeText(record);
  const { unitFirmwareVersion } = record.identity;
  const tested = `${record.started.slice(0, 10)}${unitFirmwareVersion === null ? '' : `  fw ${unitFirmwareVersion}`}`;
  // What would be too small to read is cut, and shows that it was.
  const shown = tested.length <= 26 ? tested : `${signsOf(tested).slice(0, 25).join('')}…`;
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" width="50mm" height="25mm" viewBox="0 0 50 25" font-family="sans-serif"><rect width="50" height="25" fill="#fff"/><g transform="translate(2.5 3) scale(${scale.toFixed(4)})">${new Markup(inner)}</g>${serialLines(serialOf(record))}<text x="24" y="13" font-size="${sizeOf(outcome, 4).toFixed(2)}" font-weight="bold">${outcome}</text><text x="24" y="17.5" font-size="${Math.min(2.2, sizeOf(shown, 9) / PLAIN).toFixed(2)}">${shown}</text><text x="24" y="21" font-size="1.9">${record.runId}</text></svg>`
      .text
  }\n`;
}

/** All that the letters of the picture have. */
const LETTERS = /^[\x20-\x7e]+$/;

/** The symbol with serial number and outcome below it. Rejects with LabelRefused. */
export async function renderLabelPng(record: RunRecord): Promise<Uint8Array> {
  const code = labelCode(record);
  if (!LETTERS.test(serialOf(record)))
    throw new LabelRefused('The serial number has signs that the letters of the PNG label lack.', 'the label as SVG has them: --label svg');
  return toBuffer({
    bcid: 'datamatrix',
    ...symbol(code),
    scale: 6,
    padding: 4,
    backgroundcolor: 'FFFFFF',
    alttext: `${serialOf(record)}  ${outcomeText(record)}`,
    includetext: true,
    textsize: 5,
    // Below the quiet zone, which is as wide as a module on each side (ISO/IEC 16022).
    textyoffset: -3,
  });
}
