/** How `$cell` becomes what the parameter stands for: alone it is the parameter's whole value, within a text it is written into it. */

import { inline } from '../node.ts';
import type { Node, ScalarNode } from '../node.ts';
import { wordHint } from '../nearest.ts';
import type { Troubles } from './trouble.ts';

/** What a parameter may be called: lower-case words joined by hyphens. */
export const PARAMETER_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;
/** `$name`, `$(name)`, or `$$` for the sign itself. */
const USE = /\$(?:\$|\(([^()]*)\)|([a-z][a-z0-9]*(?:-[a-z0-9]+)*))?/gu;

export type Values = ReadonlyMap<string, Node>;

/** The list with every item changed; the same list where none is. */
function withEach<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let changed: Item[] | null = null;
  for (let index = 0; index < list.length; index++) {
    const item = list[index]!;
    const one = change(item);
    if (one !== item) changed ??= list.slice(0, index);
    changed?.push(one);
  }
  return changed ?? list;
}

/** Values that stand in for `$name`, and which of them were asked for. */
export class Substitution {
  readonly values: Values;
  readonly used = new Set<string>();
  /** What was asked for is none of them, so that one of them may be meant. */
  metUnknown = false;
  readonly troubles: Troubles;
  private readonly misnamed: readonly string[];

  /** `misnamed`: what is declared by a word that cannot name a parameter, which is told where it is declared. */
  constructor(values: Values, troubles: Troubles, misnamed: readonly string[] = []) {
    this.values = values;
    this.troubles = troubles;
    this.misnamed = misnamed;
  }

  /** The tree with every `$name` replaced; the same tree where there is none. What is put in is not searched again. */
  in(node: Node): Node {
    if (node.kind === 'scalar') return typeof node.value === 'string' && node.value.includes('$') ? this.text(node, node.value) : node;
    if (node.kind === 'list') {
      const items = withEach(node.items, (item) => this.in(item));
      return items === node.items ? node : { ...node, items };
    }
    const entries = withEach(node.entries, (entry) => {
      const inner = this.in(entry.node);
      return inner === entry.node ? entry : { ...entry, node: inner };
    });
    return entries === node.entries ? node : { ...node, entries };
  }

  private text(node: ScalarNode, text: string): Node {
    const uses = [...text.matchAll(USE)];
    const [only] = uses;
    if (uses.length === 1 && only !== undefined && only[0] === text.trim() && only[0] !== '$$') return this.value(only, node) ?? node;
    let result = '';
    let last = 0;
    for (const use of uses) {
      const value = use[0] === '$$' ? null : this.value(use, node);
      const inserted = use[0] === '$$' ? '$' : value === undefined || value === null ? use[0] : inserting(inline(value));
      result += text.slice(last, use.index) + inserted;
      last = use.index + use[0].length;
    }
    return { ...node, value: result + text.slice(last) };
  }

  private value(use: RegExpExecArray, { at }: ScalarNode): Node | undefined {
    const name = use[1]?.trim() ?? use[2] ?? '';
    const value = this.values.get(name);
    if (value !== undefined) {
      this.used.add(name);
      return value;
    }
    this.metUnknown = true;
    const rest = use.input.slice(use.index);
    const follows = this.misnamed.some((word) => rest.startsWith(`$${word}`) || rest.startsWith(`$(${word})`));
    // Of a fragment it is met again when the scenario's own parameters are filled in.
    if (follows || this.troubles.following.has(at)) {
      this.troubles.following.add(at);
      return undefined;
    }
    const known = [...this.values.keys()];
    const hint = known.length === 0 ? 'declare it under parameters:, or write $$ for the sign itself' : wordHint(name, known);
    this.troubles.add('unknown-parameter', at, name === '' ? 'a $ names a parameter' : `there is no parameter "${name}"`, hint);
    return undefined;
  }
}

/** An argument that names a parameter of the file it comes from keeps its end when text follows it. */
const inserting = (text: string): string => text.replaceAll(/\$([a-z][a-z0-9-]*)/gu, '$($1)');
