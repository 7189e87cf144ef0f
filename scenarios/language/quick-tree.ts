/** The plain part of YAML, which nearly every file keeps to, read in one pass; anything else, right or wrong, is left to the whole reader. */

import type { Entry, Node, Scalar } from './node.ts';
import { MAX_DEPTH } from './source.ts';

/** Ends the pass: what stands here is for the whole reader. */
class NotPlain extends Error {}

const NEW_LINE = 0x0a;
const SPACE = 0x20;
const HASH = 0x23;
const DASH = 0x2d;
const [quote, apostrophe, comma] = [0x22, 0x27, 0x2c];
const [openList, closeList, openMap, closeMap] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Tabs, carriage returns and a byte order mark have rules of their own. */
const STRANGE = /[\t\r\uFEFF]/u;
/** YAML allows a thousand characters. */
const LONGEST_KEY = 200;
const KEY = /(?:[A-Za-z](?:[\w -]*[\w-])?|0|[1-9]\d{0,8}):(?=[ \n]|$)/y;
/** What an unquoted text may begin with: a dash only where no space follows it. */
const BEGINS = /(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-(?=[^\s,[\]{}-]))/y;
/** Of an unquoted text between brackets, as far as it surely goes. */
const IN_BRACKETS = /[^,[\]{}:#\n]+/y;

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);
/** No name of a property that an object has by itself, nor a key that is another word. */
const isPlainKey = (key: string): boolean => key !== '__proto__' && !WORDS.has(key);

const DECIMAL = /^\d{1,15}(?:\.\d{1,9})?$/u;
/** Whatever could be a number in one of YAML's spellings. */
const NUMBER_LIKE = /^[-+.]?[\d.][\d.a-fox_+-]*$|^[-+]?\.(?:inf|nan)$/iu;

const scalarOf = (text: string): Scalar => {
  const code = text.charCodeAt(0);
  // A letter, unless it is a word that stands for something else.
  if (code > 0x40) return WORDS.get(text) ?? (WORDS.has(text) ? null : text);
  if (!NUMBER_LIKE.test(text)) return text;
  if (DECIMAL.test(text)) return Number(text);
  throw new NotPlain();
};

class Pass {
  readonly #text: string;
  readonly #base: number;
  #at = 0;
  #lineStart = 0;
  /** Column of the first thing in the line; -1 behind the last. */
  #indent = 0;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  root(): Node {
    this.#toContent();
    const node = this.#map(this.#indent, 0);
    if (this.#indent !== -1) throw new NotPlain();
    return node;
  }

  /** From the beginning of a line to the first thing that is neither blank nor comment. */
  #toContent(): void {
    const text = this.#text;
    for (;;) {
      this.#lineStart = this.#at;
      while (text.charCodeAt(this.#at) === SPACE) this.#at += 1;
      if (this.#at >= text.length) {
        this.#indent = -1;
        return;
      }
      const code = text.charCodeAt(this.#at);
      if (code !== NEW_LINE && code !== HASH) {
        this.#indent = this.#at - this.#lineStart;
        return;
      }
      const end = text.indexOf('\n', this.#at);
      this.#at = end === -1 ? text.length : end + 1;
    }
  }

  /** Past what is left of a line, which has to be nothing or a comment. */
  #endLine(): void {
    const text = this.#text;
    const from = this.#at;
    while (text.charCodeAt(this.#at) === SPACE) this.#at += 1;
    if (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code !== NEW_LINE && (code !== HASH || this.#at === from)) throw new NotPlain();
      const end = text.indexOf('\n', this.#at);
      this.#at = end === -1 ? text.length : end + 1;
    }
    this.#toContent();
  }

  /** A key and its colon, or null; behind them then. */
  #key(): string | null {
    KEY.lastIndex = this.#at;
    const found = KEY.exec(this.#text)?.[0];
    if (found === undefined) return null;
    if (found.length > LONGEST_KEY) throw new NotPlain();
    this.#at += found.length;
    return found.slice(0, -1);
  }

  #isDash(): boolean {
    const next = this.#text.charCodeAt(this.#at + 1);
    return this.#text.charCodeAt(this.#at) === DASH && (next === SPACE || next === NEW_LINE || Number.isNaN(next));
  }

  #map(indent: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw new NotPlain();
    const at = this.#base + this.#at;
    const entries: Entry[] = [];
    while (this.#indent === indent) {
      const keyAt = this.#base + this.#at;
      const key = this.#key();
      if (key === null) {
        // The list that this map is an item of goes on.
        if (entries.length > 0 && this.#isDash()) break;
        throw new NotPlain();
      }
      add(entries, { key, keyAt, node: this.#valueOf(keyAt, indent, depth) });
    }
    if (this.#indent > indent) throw new NotPlain();
    return { kind: 'map', at, entries };
  }

  #valueOf(keyAt: number, indent: number, depth: number): Node {
    this.#spaces();
    const code = this.#text.charCodeAt(this.#at);
    if (code !== NEW_LINE && code !== HASH && !Number.isNaN(code)) return this.#inLine(indent, depth + 1);
    this.#endLine();
    if (this.#indent > indent) return this.#isDash() ? this.#list(this.#indent, depth + 1) : this.#map(this.#indent, depth + 1);
    if (this.#indent === indent && this.#isDash()) return this.#list(indent, depth + 1);
    return { kind: 'scalar', at: keyAt, value: null };
  }

  #list(indent: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw new NotPlain();
    const at = this.#base + this.#at;
    const items: Node[] = [];
    while (this.#indent === indent && this.#isDash()) {
      this.#at += 1;
      this.#spaces();
      const from = this.#at;
      const isMap = this.#key() !== null;
      this.#at = from;
      if (isMap) {
        this.#indent = from - this.#lineStart;
        items.push(this.#map(this.#indent, depth + 1));
      } else items.push(this.#inLine(indent, depth + 1));
    }
    if (this.#indent > indent) throw new NotPlain();
    return { kind: 'list', at, items };
  }

  #spaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at += 1;
  }

  /** A value that ends with its line. */
  #inLine(indent: number, depth: number): Node {
    const node = this.#bracketed(depth) ?? this.#quoted() ?? this.#plainLine();
    this.#endLine();
    // The text would go on there.
    if (this.#indent > indent) throw new NotPlain();
    return node;
  }

  #bracketed(depth: number): Node | null {
    const code = this.#text.charCodeAt(this.#at);
    if (code === openMap) return this.#flowMap(depth);
    return code === openList ? this.#flowList(depth) : null;
  }

  #quoted(): Node | null {
    const text = this.#text;
    const code = text.charCodeAt(this.#at);
    if (code !== quote && code !== apostrophe) return null;
    const from = this.#at + 1;
    const end = text.indexOf(code === quote ? '"' : "'", from);
    const value = text.slice(from, end);
    // An escape, a doubled apostrophe, a text over several lines.
    if (end === -1 || value.includes('\n') || (code === quote ? value.includes('\\') : text.charCodeAt(end + 1) === apostrophe))
      throw new NotPlain();
    this.#at = end + 1;
    return { kind: 'scalar', at: this.#base + from - 1, value };
  }

  #begins(): void {
    BEGINS.lastIndex = this.#at;
    if (!BEGINS.test(this.#text)) throw new NotPlain();
  }

  #plainLine(): Node {
    this.#begins();
    const text = this.#text;
    const from = this.#at;
    const lineEnd = text.indexOf('\n', from);
    let end = lineEnd === -1 ? text.length : lineEnd;
    const comment = text.slice(from, end).indexOf(' #');
    if (comment !== -1) end = from + comment;
    while (text.charCodeAt(end - 1) === SPACE) end -= 1;
    const value = text.slice(from, end);
    if (value.includes(': ') || value.endsWith(':')) throw new NotPlain();
    this.#at = end;
    return { kind: 'scalar', at: this.#base + from, value: scalarOf(value) };
  }

  #plainInBrackets(): Node {
    this.#begins();
    const from = this.#at;
    IN_BRACKETS.lastIndex = from;
    const found = IN_BRACKETS.exec(this.#text)?.[0] ?? '';
    let { length } = found;
    while (found.charCodeAt(length - 1) === SPACE) length -= 1;
    this.#at = from + length;
    return { kind: 'scalar', at: this.#base + from, value: scalarOf(found.slice(0, length)) };
  }

  #inBrackets(depth: number): Node {
    return this.#bracketed(depth) ?? this.#quoted() ?? this.#plainInBrackets();
  }

  /** Past the comma; false at the end of the collection. */
  #goesOn(close: number): boolean {
    this.#spaces();
    const code = this.#text.charCodeAt(this.#at);
    this.#at += 1;
    if (code === close) return false;
    if (code !== comma) throw new NotPlain();
    this.#spaces();
    return true;
  }

  #opens(close: number, depth: number): boolean {
    if (depth > MAX_DEPTH) throw new NotPlain();
    this.#at += 1;
    this.#spaces();
    if (this.#text.charCodeAt(this.#at) !== close) return true;
    this.#at += 1;
    return false;
  }

  #flowMap(depth: number): Node {
    const at = this.#base + this.#at;
    const entries: Entry[] = [];
    let more = this.#opens(closeMap, depth);
    while (more) {
      const keyAt = this.#base + this.#at;
      const key = this.#key();
      if (key === null) throw new NotPlain();
      this.#spaces();
      const code = this.#text.charCodeAt(this.#at);
      const empty = code === comma || code === closeMap;
      add(entries, { key, keyAt, node: empty ? { kind: 'scalar', at: keyAt, value: null } : this.#inBrackets(depth + 1) });
      more = this.#goesOn(closeMap);
    }
    return { kind: 'map', at, entries };
  }

  #flowList(depth: number): Node {
    const at = this.#base + this.#at;
    const items: Node[] = [];
    let more = this.#opens(closeList, depth);
    while (more) {
      items.push(this.#inBrackets(depth + 1));
      more = this.#goesOn(closeList);
    }
    return { kind: 'list', at, items };
  }
}

/** More keys than this are for the whole reader, which looks for twins through an index. */
const MANY_KEYS = 64;

function add(entries: Entry[], entry: Entry): void {
  if (!isPlainKey(entry.key) || entries.length >= MANY_KEYS || entries.some(({ key }) => key === entry.key)) throw new NotPlain();
  entries.push(entry);
}

/** The tree that the whole reader would give, positions included; null where this one does not know. */
export const quickTree = (text: string, base: number): Node | null => {
  if (STRANGE.test(text)) return null;
  try {
    return new Pass(text, base).root();
  } catch (cause) {
    if (cause instanceof NotPlain) return null;
    throw cause;
  }
};
