/** From the bytes of a file to text that is safe to parse: size, encoding, tabs and depth are refused here, in one pass and before any parser runs. */

import type { Issue } from '../contracts/issue.ts';
import type { RuleId } from '../rules.ts';
import { signName, TURNING } from '../contracts/hidden-signs.ts';

export interface SourceFile {
  /** Path as the user gave it. */
  readonly file: string;
  /** The whole path, by which cases are named whatever folder the user stands in; `file` where nobody knows it. */
  readonly path?: string;
  readonly bytes: Uint8Array;
}

export const MAX_BYTES = 1_048_576;
/** Deeper than any scenario by far; a parser that recurses is safe with it. */
export const MAX_DEPTH = 24;
const MAX_INDENT = 200;
/** More marks of YAML (`: , [ & *` ...) than any scenario needs; a parser that meets a million of them is busy for many seconds. */
export const MAX_MARKS = 100_000;

export type TextResult = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly issues: readonly Issue[] };

const SPACE = 0x20;

/** Indentation, `- ` chains and brackets, as deep as they get. Brackets in quotes and comments count too: they would have to be many. */
const tooDeep = (line: string): boolean => {
  let column = 0;
  let dashes = 0;
  for (; column < line.length; column++) {
    const code = line.charCodeAt(column);
    if (code === SPACE) continue;
    if ((code === 0x2d || code === 0x3f || code === 0x3a) && line.charCodeAt(column + 1) === SPACE) dashes++;
    else break;
  }
  return dashes > MAX_DEPTH || column > MAX_INDENT;
};

/** By code: 1 for a mark, 0 for whatever else. */
const MARKS = new Uint8Array(128);
for (const mark of ':,[]{}&*!"\'') MARKS[mark.charCodeAt(0)] = 1;

/** What moves a cursor, colours a terminal, turns the direction of writing or cannot be seen at all; also a carriage return that ends no line. */
const HIDDEN = new RegExp(String.raw`[\u0001-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F${TURNING}]|\r(?!\n)`, 'u');

const nameOf = (sign: string): string =>
  sign === '\r' ? 'a carriage return without a line feed' : `a sign that cannot be seen (${signName(sign)})`;

/** The same of a value that YAML has read, where escapes may bring it; a line break may be meant. */
export const hiddenIn = (value: string): string | null => {
  const hidden = HIDDEN.exec(value);
  return hidden === null ? (value.isWellFormed() ? null : 'half a character') : nameOf(hidden[0]);
};

const bracketStep = (code: number): number => (code === 0x5b || code === 0x7b ? 1 : code === 0x5d || code === 0x7d ? -1 : 0);

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Text, or every reason why the bytes cannot be read as a scenario. */
export const readText = ({ file, bytes }: SourceFile): TextResult => {
  const one = (id: RuleId, message: string, hint: string, line = 1, col = 1): TextResult => ({
    ok: false,
    issues: [{ id, severity: 'error', file, line, col, message, hint }],
  });
  if (bytes.length > MAX_BYTES) {
    return one(
      'too-large',
      `the file has ${bytes.length} bytes, a scenario has at most ${MAX_BYTES}`,
      'is this a scenario? split it if so',
    );
  }
  if (bytes.includes(0)) return one('not-text', 'this is not a text file: it contains zero bytes', 'a scenario is YAML in UTF-8');
  let text: string;
  try {
    text = UTF_8.decode(bytes);
  } catch {
    return one('not-text', 'this is not UTF-8 text', 'save the file as UTF-8');
  }
  const hidden = HIDDEN.exec(text);
  if (hidden !== null) {
    const before = text.slice(0, hidden.index).split('\n');
    return one('hidden-sign', `${nameOf(hidden[0])} stands here`, 'take it out', before.length, (before.at(-1) ?? '').length + 1);
  }
  if (text.trim() === '') return one('empty-file', 'the file is empty', 'start with `scenario:` and one sentence');

  const tabs: Issue[] = [];
  let depth = 0;
  let marks = 0;
  const hasTabs = text.includes('\t');
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    if (tooDeep(line)) return one('too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`, index + 1);
    const indent = hasTabs ? /^[ ]*\t/u.exec(line) : null;
    if (indent !== null && tabs.length < 50 && line.trim() !== '') {
      const hint = 'indent with two spaces';
      tabs.push({ id: 'tab', severity: 'error', file, line: index + 1, col: indent[0].length, message: 'a tab cannot indent YAML', hint });
    }
    for (let column = 0; column < line.length; column++) {
      const code = line.charCodeAt(column);
      if (MARKS[code] !== 1) continue;
      if (++marks > MAX_MARKS) {
        return one(
          'too-large',
          `the file has more than ${MAX_MARKS} keys, list items and quotes`,
          'is this a scenario? split it if so',
          index + 1,
          column + 1,
        );
      }
      depth = Math.max(0, depth + bracketStep(code));
      if (depth > MAX_DEPTH)
        return one('too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`, index + 1, column + 1);
    }
  }
  if (tabs.length > 0) return { ok: false, issues: tabs };
  return { ok: true, text };
};
