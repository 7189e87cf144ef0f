/** Colour and width of what is printed, decided by the caller and applied here alone. */

import { stripVTControlCharacters, styleText } from 'node:util';
import type { CaseVerdict } from '../../scenarios/contracts/blame.ts';

export interface PrintOptions {
  /** Columns; 100 where nobody asks. */
  readonly width?: number;
  /** Nothing beyond ASCII. */
  readonly ascii?: boolean;
  /** ANSI colours; off where nobody asks. */
  readonly colour?: boolean;
}

export type Ink = Parameters<typeof styleText>[0];

export interface Printer {
  readonly width: number;
  readonly ascii: boolean;
  readonly ink: (format: Ink, text: string) => string;
}

const NARROWEST = 60;

export const printer = ({ width = 100, ascii = false, colour = false }: PrintOptions): Printer => ({
  width: Math.max(NARROWEST, Number.isFinite(width) ? Math.floor(width) : 100),
  ascii,
  ink: (format, text) => (colour ? styleText(format, text, { validateStream: false }) : text),
});

export const VERDICT_INK: Readonly<Record<CaseVerdict, Ink>> = {
  pass: 'green',
  inconclusive: 'yellow',
  fail: 'red',
  broken: 'magenta',
  notRun: 'gray',
};

/** Cuts in the middle, where paths say least. */
export const shorten = (text: string, width: number, ascii = false): string => {
  if (text.length <= width) return text;
  const dots = ascii ? '...' : '…';
  const keep = Math.max(1, width - dots.length);
  return `${text.slice(0, Math.ceil(keep / 2))}${dots}${text.slice(text.length - Math.floor(keep / 2))}`;
};

/** Cuts at the end. */
export const clip = (text: string, width: number, ascii = false): string => {
  if (text.length <= width) return text;
  const dots = ascii ? '...' : '…';
  return `${text.slice(0, Math.max(1, width - dots.length))}${dots}`;
};

const printed = (text: string): number => stripVTControlCharacters(text).length;

/** Breaks at spaces and keeps the spaces it begins with; the rows after the first start with `indent`. */
export function wrap(text: string, width: number, indent = ''): string {
  const rows: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  let empty = true;
  for (const word of text.trim().split(/\s+/)) {
    if (!empty && printed(line) + 1 + printed(word) > width) {
      rows.push(line);
      line = `${indent}${word}`;
    } else line = empty ? `${line}${word}` : `${line} ${word}`;
    empty = false;
  }
  return [...rows, line].join('\n');
}
