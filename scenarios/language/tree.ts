/** From YAML text to plain values and the place of every key and value, by path. */

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { ParsedNode } from 'yaml';
import type { Issue, Place } from '../contracts/issue.ts';
import { MAX_DEPTH } from './source.ts';

/** A path in the file, keys and list positions joined with a line break: `steps`, 2, `supply`. No key of the language has one. */
export const pathKey = (path: readonly PropertyKey[]): string => path.join('\n');

export interface Tree {
  readonly value: unknown;
  /** Places of values, by `pathKey`. */
  readonly values: ReadonlyMap<string, Place>;
  /** Places of keys, by `pathKey`. */
  readonly keys: ReadonlyMap<string, Place>;
}

/** The place of a path's value, or of the nearest thing around it that exists. */
export const placeAt = (tree: Tree, path: readonly PropertyKey[]): Place => {
  for (let length = path.length; length >= 0; length--) {
    const place = tree.values.get(pathKey(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return tree.values.get('') ?? { file: '', line: 1, col: 1 };
};

/** The place of a path's key, or of its value where it is a list item. */
export const keyPlaceAt = (tree: Tree, path: readonly PropertyKey[]): Place => tree.keys.get(pathKey(path)) ?? placeAt(tree, path);

/** An error that leaves nothing to read on has `tree: null`. */
export interface TreeResult {
  readonly tree: Tree | null;
  readonly issues: readonly Issue[];
}

const MAX_SYNTAX_ISSUES = 50;

/** Ends the walk: what comes after would repeat or multiply it. */
class Unreadable extends Error {}

class Walk {
  readonly values = new Map<string, Place>();
  readonly keys = new Map<string, Place>();
  readonly issues: Issue[] = [];
  private readonly file: string;
  private readonly lines: LineCounter;

  constructor(file: string, lines: LineCounter) {
    this.file = file;
    this.lines = lines;
  }

  place(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(1, line), col: Math.max(1, col) };
  }

  issue(offset: number, id: string, message: string, hint: string): void {
    this.issues.push({ id, severity: 'error', ...this.place(offset), message, hint });
  }

  node(node: ParsedNode | null, path: string, depth: number, fallback: number): unknown {
    const offset = node?.range[0] ?? fallback;
    // A key without a value has an empty node after it: the key is what the author sees.
    const empty = node === null || (isScalar(node) && node.value === null && node.source === '');
    this.values.set(path, this.place(empty ? fallback : offset));
    if (node === null) return null;
    if (depth > MAX_DEPTH) {
      this.issue(offset, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
      throw new Unreadable();
    }
    if (isAlias(node)) {
      this.issue(offset, 'alias', `*${node.source} is a YAML alias; scenarios have none`, 'write the value out where it is used');
      throw new Unreadable();
    }
    if (isMap(node)) return this.map(node.items as readonly { key: ParsedNode; value: ParsedNode | null }[], path, depth);
    if (isSeq(node)) {
      return node.items.map((item, index) => this.node(item as ParsedNode | null, path === '' ? `${index}` : `${path}\n${index}`, depth + 1, offset));
    }
    return isScalar(node) ? node.value : null;
  }

  map(items: readonly { key: ParsedNode; value: ParsedNode | null }[], path: string, depth: number): unknown {
    const result: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const at = key.range[0];
      if (!isScalar(key)) {
        this.issue(at, 'bad-key', 'a key is one word or phrase', 'write key: value');
        continue;
      }
      const name = String(key.value);
      if (Object.hasOwn(result, name)) {
        const first = this.keys.get(path === '' ? name : `${path}\n${name}`);
        this.issue(at, 'duplicate-key', `"${name}" is given twice in one mapping`, `the first is in line ${first?.line ?? 1}; keep one`);
        continue;
      }
      const inner = path === '' ? name : `${path}\n${name}`;
      this.keys.set(inner, this.place(at));
      const read = this.node(value, inner, depth + 1, at);
      Object.defineProperty(result, name, { value: read, enumerable: true, configurable: true, writable: true });
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
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
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
    return { tree: { value, values: walk.values, keys: walk.keys }, issues: walk.issues };
  } catch (error) {
    if (error instanceof Unreadable) return { tree: null, issues: walk.issues };
    if (!(error instanceof RangeError)) throw error;
    walk.issue(0, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
    return { tree: null, issues: walk.issues };
  }
};
