/** From YAML text to a tree of values and positions; what YAML knows and the language does not is refused here. */

import { createRequire } from 'node:module';
import type * as yamlPackage from 'yaml';
import type { ParsedNode } from 'yaml';
import type { Issue } from '../contracts/issue.ts';
import { SOURCE_SPAN } from './node.ts';
import type { Entry, Node, Scalar } from './node.ts';
import { Lines } from './lines.ts';
import { placeIn } from './places.ts';
import type { Source } from './places.ts';
import { quickTree } from './quick-tree.ts';
import { MAX_DEPTH, hiddenIn } from './source.ts';
import type { RuleId } from '../rules.ts';

/** An error that leaves nothing to read on has `root: null`. */
export interface TreeResult {
  readonly root: Node | null;
  readonly source: Source;
  readonly issues: readonly Issue[];
}

const MAX_SYNTAX_ISSUES = 50;

type Yaml = typeof yamlPackage;
let loaded: Yaml | null = null;
/** Loaded with the first file that is not plain: where all are it would be a fifth of what there is to load. */
const yaml = (): Yaml => (loaded ??= createRequire(import.meta.url)('yaml') as Yaml);

/** Ends the walk: what comes after would repeat or multiply it. */
class Unreadable extends Error {}

const isScalarValue = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value);

class Walk {
  readonly yaml = yaml();
  readonly issues: Issue[] = [];
  readonly source: Source;
  /** Added to every offset. */
  readonly base: number;

  constructor(source: Source, base: number) {
    this.source = source;
    this.base = base;
  }

  issue(offset: number, id: RuleId, message: string, hint: string): void {
    this.issues.push({ id, severity: 'error', ...placeIn([this.source], offset), message, hint });
  }

  node(node: ParsedNode | null, depth: number, fallback: number): Node {
    const { isAlias, isMap, isScalar, isSeq } = this.yaml;
    const offset = node?.range[0] ?? fallback;
    // A key without a value has an empty node after it: the key is what the author sees.
    const empty = node === null || (isScalar(node) && node.value === null && node.source === '');
    const at = this.base + (empty ? fallback : offset);
    if (node === null) return { kind: 'scalar', at, value: null };
    if (depth > MAX_DEPTH) {
      this.issue(offset, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
      throw new Unreadable();
    }
    if (isAlias(node)) {
      this.issue(offset, 'alias', `*${node.source} is a YAML alias; scenarios have none`, 'write the value out, or make it a parameter');
      throw new Unreadable();
    }
    if (node.tag !== undefined) {
      this.issue(offset, 'tag', `${node.tag ?? 'a tag'} makes another kind of value of this`, 'write the plain value');
      throw new Unreadable();
    }
    if (isMap(node)) return { kind: 'map', at, entries: this.entries(node.items, depth) };
    if (isSeq(node)) return { kind: 'list', at, items: node.items.map((item) => this.node(item as ParsedNode | null, depth + 1, offset)) };
    const value = isScalar(node) && isScalarValue(node.value) ? node.value : null;
    const hidden = typeof value === 'string' ? hiddenIn(value) : null;
    if (hidden !== null) this.issue(offset, 'hidden-sign', `${hidden} is in this text`, 'take it out');
    return { kind: 'scalar', at, value };
  }

  entries(items: readonly { key: ParsedNode; value: ParsedNode | null }[], depth: number): readonly Entry[] {
    const entries: Entry[] = [];
    const seen = new Map<string, number>();
    for (const { key, value } of items) {
      const offset = key.range[0];
      if (!this.yaml.isScalar(key) || key.value === '__proto__') {
        this.issue(offset, 'bad-key', 'a key is one word or phrase', 'write key: value');
        continue;
      }
      const name = String(key.value);
      const first = seen.get(name);
      if (first !== undefined) {
        const { line } = placeIn([this.source], first);
        this.issue(offset, 'duplicate-key', `"${name}" is given twice in one mapping`, `the first is in line ${line}; keep one`);
        continue;
      }
      seen.set(name, offset);
      entries.push({ key: name, keyAt: this.base + offset, node: this.node(value, depth + 1, offset) });
    }
    return entries;
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

/** With every rule of YAML, and every mistake told. */
export const wholeTree = (file: string, text: string, number = 0): TreeResult => {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const source = { file, lines };
  const walk = new Walk(source, number * SOURCE_SPAN);
  const unreadable = (): TreeResult => ({ root: null, source, issues: walk.issues });
  try {
    // Own checks replace the parser's: unique keys (quadratic there), merge keys and aliases (not part of the language).
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const several = document.errors.find((error) => error.code === 'MULTIPLE_DOCS');
    if (several !== undefined) {
      walk.issue(several.pos[0], 'several-documents', 'a second YAML document starts here', 'one scenario per file');
      return unreadable();
    }
    for (const { pos, code, message } of [...document.errors, ...document.warnings].slice(0, MAX_SYNTAX_ISSUES)) {
      walk.issue(pos[0], 'yaml-syntax', message.split('\n')[0] ?? message, SYNTAX_HINTS[code] ?? '');
    }
    if (walk.issues.length > 0) return unreadable();
    return { root: walk.node(document.contents, 0, 0), source, issues: walk.issues };
  } catch (error) {
    if (error instanceof Unreadable) return unreadable();
    if (!(error instanceof RangeError)) throw error;
    walk.issue(0, 'too-deep', 'the file is nested too deeply', `a scenario is at most ${MAX_DEPTH} levels deep`);
    return unreadable();
  }
};

/** Parses one YAML document, the scenario's source of that number; never throws. */
export const readTree = (file: string, text: string, number = 0): TreeResult => {
  const root = quickTree(text, number * SOURCE_SPAN);
  return root === null ? wholeTree(file, text, number) : { root, source: { file, lines: new Lines(text) }, issues: [] };
};
