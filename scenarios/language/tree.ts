/** From YAML text to plain values and the place of every key and value, by path. */

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { ParsedNode } from 'yaml';
import type { Issue, Place } from '../contracts/issue.ts';
import { MAX_DEPTH } from './source.ts';

/** A path in the file, keys and list positions joined with a line break: `steps`, 2, `supply`. No key of the language has one. */
export const pathKey = (path: readonly PropertyKey[]): string => path.join('\n');

export interface Tree {
  readonly value: unknown;
  readonly places: Places;
}

/** Where everything stands: offsets into the text, turned into lines only where one is asked for. */
export interface Places {
  readonly file: string;
  /** Offsets of values, by `pathKey`. */
  readonly values: ReadonlyMap<string, number>;
  /** Offsets of keys, by `pathKey`. */
  readonly keys: ReadonlyMap<string, number>;
  readonly lines: LineCounter;
}

const placeIn = ({ file, lines }: Pick<Places, 'file' | 'lines'>, offset: number): Place => {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(1, line), col: Math.max(1, col) };
};

/** The place of a path's value, or of the nearest thing around it that exists. */
export const placeAt = (places: Places, path: readonly PropertyKey[]): Place => {
  for (let length = path.length; length >= 0; length--) {
    const offset = places.values.get(pathKey(path.slice(0, length)));
    if (offset !== undefined) return placeIn(places, offset);
  }
  return placeIn(places, 0);
};

/** The place of a path's key, or of its value where it is a list item. */
export const keyPlaceAt = (places: Places, path: readonly PropertyKey[]): Place => {
  const offset = places.keys.get(pathKey(path));
  return offset === undefined ? placeAt(places, path) : placeIn(places, offset);
};

/** An error that leaves nothing to read on has `tree: null`. */
export interface TreeResult {
  readonly tree: Tree | null;
  readonly issues: readonly Issue[];
}

const MAX_SYNTAX_ISSUES = 50;

/** Ends the walk: what comes after would repeat or multiply it. */
class Unreadable extends Error {}

class Walk {
  readonly values = new Map<string, number>();
  readonly keys = new Map<string, number>();
  readonly issues: Issue[] = [];
  readonly file: string;
  readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  issue(offset: number, id: string, message: string, hint: string): void {
    this.issues.push({ id, severity: 'error', ...placeIn(this, offset), message, hint });
  }

  node(node: ParsedNode | null, path: string, depth: number, fallback: number): unknown {
    const offset = node?.range[0] ?? fallback;
    // A key without a value has an empty node after it: the key is what the author sees.
    const empty = node === null || (isScalar(node) && node.value === null && node.source === '');
    this.values.set(path, empty ? fallback : offset);
    if (node === null) return null;
    if (depth > MAX_DEPTH) {
      this.issue(offset, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
      throw new Unreadable();
    }
    if (isAlias(node)) {
      this.issue(offset, 'alias', `*${node.source} is a YAML alias; scenarios have none`, 'write the value out where it is used');
      throw new Unreadable();
    }
    if (node.tag !== undefined) {
      this.issue(offset, 'tag', `${node.tag ?? 'a tag'} makes another kind of value of this`, 'write the plain value');
      throw new Unreadable();
    }
    if (isMap(node)) return this.map(node.items, path, depth);
    if (isSeq(node)) {
      return node.items.map((item, index) =>
        this.node(item as ParsedNode | null, path === '' ? `${index}` : `${path}\n${index}`, depth + 1, offset),
      );
    }
    return isScalar(node) ? node.value : null;
  }

  map(items: readonly { key: ParsedNode; value: ParsedNode | null }[], path: string, depth: number): unknown {
    const result: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const at = key.range[0];
      if (!isScalar(key) || key.value === '__proto__') {
        this.issue(at, 'bad-key', 'a key is one word or phrase', 'write key: value');
        continue;
      }
      const name = String(key.value);
      if (Object.hasOwn(result, name)) {
        const first = placeIn(this, this.keys.get(path === '' ? name : `${path}\n${name}`) ?? at);
        this.issue(at, 'duplicate-key', `"${name}" is given twice in one mapping`, `the first is in line ${first.line}; keep one`);
        continue;
      }
      const inner = path === '' ? name : `${path}\n${name}`;
      this.keys.set(inner, at);
      result[name] = this.node(value, inner, depth + 1, at);
    }
    return result;
  }
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'align it with its neighbours',
  TAB_AS_INDENT: 'indent with two spaces',
  MISSING_CHAR: 'close what was opened, or put the text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'put the text in quotes, or start a new line',
  MULTILINE_IMPLICIT_KEY: 'a key and its colon stand on one line',
  UNEXPECTED_TOKEN: 'put text with special characters in quotes',
};

/** Parses one YAML document; never throws. */
export const readTree = (file: string, text: string): TreeResult => {
  const lines = new LineCounter();
  const walk = new Walk(file, lines);
  try {
    // Own checks replace the parser's: unique keys (quadratic there), merge keys and aliases (not part of the language).
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const several = document.errors.find((error) => error.code === 'MULTIPLE_DOCS');
    if (several !== undefined) {
      walk.issue(several.pos[0], 'several-documents', 'a second YAML document starts here', 'one scenario per file');
      return { tree: null, issues: walk.issues };
    }
    for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, MAX_SYNTAX_ISSUES)) {
      walk.issue(pos[0], 'yaml-syntax', message.split('\n')[0] ?? message, SYNTAX_HINTS[code] ?? '');
    }
    if (walk.issues.length > 0) return { tree: null, issues: walk.issues };
    const value = walk.node(document.contents, '', 0, 0);
    return { tree: { value, places: { file, values: walk.values, keys: walk.keys, lines } }, issues: walk.issues };
  } catch (error) {
    if (error instanceof Unreadable) return { tree: null, issues: walk.issues };
    if (!(error instanceof RangeError)) throw error;
    walk.issue(0, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
    return { tree: null, issues: walk.issues };
  }
};
