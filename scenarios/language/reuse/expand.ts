/** From a file's tree to one tree for each case it asks for: parameters filled in, fragments put in place, repeated steps written out. */

import type { Issue, Place } from '../../contracts/issue.ts';
import { entryOf, inline, sizeOf } from '../node.ts';
import type { Entry, MapNode, Node } from '../node.ts';
import { placeIn } from '../places.ts';
import type { Source } from '../places.ts';
import { overridesFor } from './benches.ts';
import type { BenchKind } from './benches.ts';
import { Library, NOTHING_TO_LOAD, declaredIn, misnamedIn } from './fragments.ts';
import type { LoadFragments, LoadedFile } from './fragments.ts';
import { Inclusion } from './include.ts';
import type { Placed } from './include.ts';
import { unroll } from './repeat.ts';
import type { StepOrigin } from './repeat.ts';
import { Substitution } from './substitute.ts';
import type { Values } from './substitute.ts';
import { pointName, pointsOf, swept } from './sweep.ts';
import { troubleIssue } from './trouble.ts';
import type { RuleId } from '../../rules.ts';
import { fragmentsIn, unusedFragments, unusedParameters } from './unused.ts';
import type { UsedParts } from './unused.ts';

/** Keys and values that all cases of a file may have together. */
const MAX_EXPANDED = 1_000_000;

/** One case's worth of a file. */
export interface Variant {
  readonly root: Node;
  /** Of `steps`, by position. */
  readonly origins: readonly StepOrigin[];
  /** `cell=2.7 V`; empty where nothing is swept. */
  readonly point: string;
  /** Every parameter as it is here, in words. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Expanded {
  readonly variants: readonly Variant[];
  readonly sources: readonly Source[];
  /** Included files, in the order in which they were met; without the scenario's own. */
  readonly included: readonly LoadedFile[];
  readonly issues: readonly Issue[];
  /** Places of which nothing more is to be told: what is wrong there follows from one of the issues. */
  readonly following: readonly Place[];
}

export interface ExpandOptions {
  readonly bench: BenchKind;
  readonly load?: LoadFragments;
}

const LISTS = ['steps', 'expect', 'measure'] as const;
/** What is understood here and left as it is for the shape. */
const REUSE_KEYS: readonly string[] = ['parameters', 'sweep', 'benches', 'fragments'];

/** Mistakes after which fragments are missed that the author did include. */
const GONE_WRONG: readonly RuleId[] = [
  'unknown-fragment',
  'not-a-fragment',
  'include-circle',
  'include-missing',
  'include-escape',
  'file-too-large',
  'too-large',
  'too-deep',
];

interface Assembled {
  readonly root: MapNode;
  /** The items of `steps` before repetition; null where steps are no list. */
  readonly steps: readonly Placed[] | null;
  readonly usedParts: UsedParts;
}

/** Every include replaced; the same for all cases. */
const assemble = (root: MapNode, home: LoadedFile, library: Library): Assembled => {
  const inclusion = new Inclusion(library);
  let steps: readonly Placed[] | null = null;
  const entries = root.entries.map((entry): Entry => {
    const { key, node } = entry;
    if (key === 'given' && node.kind === 'map') return { ...entry, node: inclusion.given(node, home) };
    const part = LISTS.find((list) => list === key);
    if (part === undefined || node.kind !== 'list') return entry;
    const placed = inclusion.list(node, part, home);
    if (part === 'steps') steps = placed;
    return { ...entry, node: { ...node, items: placed.map((item) => item.node) } };
  });
  return { root: { ...root, entries }, steps, usedParts: inclusion.usedParts };
};

const withSteps = (root: MapNode, nodes: readonly Node[]): MapNode => ({
  ...root,
  entries: root.entries.map((entry) =>
    entry.key === 'steps' && entry.node.kind === 'list' ? { ...entry, node: { ...entry.node, items: nodes } } : entry,
  ),
});

interface Used {
  readonly names: Set<string>;
  /** Something was to be put in that is no parameter. */
  unknown: boolean;
}

const filled = (assembled: Assembled, values: Values, library: Library, used: Used): Omit<Variant, 'point' | 'parameters'> => {
  const { troubles } = library;
  const substitution = new Substitution(values, troubles, misnamedIn(assembled.root));
  const entries = assembled.root.entries.map((entry): Entry => {
    if (REUSE_KEYS.includes(entry.key)) return entry;
    return { ...entry, node: substitution.in(entry.node) };
  });
  for (const name of substitution.used) used.names.add(name);
  used.unknown ||= substitution.metUnknown;
  const root = { ...assembled.root, entries };
  const list = entryOf(root, 'steps')?.node;
  if (assembled.steps === null || list?.kind !== 'list') return { root, origins: [] };
  const numbers = assembled.steps.map(({ number }) => number);
  const { nodes, origins } = unroll(
    list.items.map((node, index): Placed => ({ node, number: numbers[index] ?? index + 1 })),
    troubles,
  );
  return { root: withSteps(root, nodes), origins };
};

const isPlain = (root: MapNode, text: string): boolean =>
  !root.entries.some(({ key }) => REUSE_KEYS.includes(key)) && !/\$|\binclude\b|\bevery\b|\btimes\b/u.test(text);

const isEmpty = (node: Node | undefined): boolean => node?.kind === 'scalar' && node.value === null;

const plainVariant = (root: Node): Variant => {
  const steps = entryOf(root, 'steps')?.node;
  const count = steps?.kind === 'list' ? steps.items.length : 0;
  const origins = Array.from({ length: count }, (_, index): StepOrigin => ({ number: index + 1, part: null, repeat: null }));
  return { root, origins, point: '', parameters: {} };
};

/** `text` is the file's: a file that reuses nothing, and most do not, is known by it at once. */
export const expand = (first: LoadedFile, text: string, source: Source, options: ExpandOptions): Expanded => {
  const { root } = first;
  if (root.kind !== 'map' || isPlain(root, text))
    return { variants: [plainVariant(root)], sources: [source], included: [], issues: [], following: [] };

  const library = new Library(first, source, options.load ?? NOTHING_TO_LOAD);
  const { troubles } = library;
  const declared = declaredIn(root, troubles);
  const usual = new Map(declared.map(({ key, node }) => [key, node]));
  const here = overridesFor(options.bench, root, usual, troubles);
  const before = troubles.found.length;
  let points = pointsOf(troubles, root, usual);
  if (troubles.found.length > before && swept(root).some((name) => isEmpty(usual.get(name)))) {
    // Without the values that the sweep was to bring, every use of them would be another mistake.
    return {
      variants: [],
      sources: library.sources,
      included: [],
      issues: troubles.found.map((one) => troubleIssue(library.sources, one)),
      following: [],
    };
  }
  for (const node of [...usual.values(), ...here.values(), ...points.flatMap(({ values }) => values.map(([, value]) => value))])
    if (inline(node).includes('$'))
      troubles.add('parameter-of-parameter', node.at, 'the value of a parameter is written out', 'a $ here stands for no other parameter');
  const assembled = assemble(root, first, library);
  const used: Used = { names: new Set(), unknown: false };

  if (sizeOf(assembled.root, MAX_EXPANDED) * points.length > MAX_EXPANDED) {
    const at = entryOf(root, 'sweep')?.keyAt ?? root.at;
    troubles.add('too-large', at, `${points.length} cases of this length are more than can be held`, 'sweep fewer points');
    points = points.slice(0, 1);
  }
  const variants = points.map((point): Variant => {
    const values = new Map([...usual, ...here, ...point.values]);
    const parameters = Object.fromEntries([...values].map(([name, node]) => [name, inline(node)]));
    return { ...filled(assembled, values, library, used), point: pointName(point), parameters };
  });
  for (const { key, keyAt, node } of declared) {
    if (!used.names.has(key)) {
      // Its use may stand there misspelt: that is told already.
      if (!used.unknown)
        troubles.add('unused-parameter', keyAt, `the parameter "${key}" is used nowhere`, `write $${key} where it belongs`);
    } else if (isEmpty(node) && points.some(({ values }) => !values.some(([name]) => name === key)))
      troubles.add('missing-value', keyAt, `the parameter "${key}" has no value`, `e.g. ${key}: 2.7 V`);
  }
  for (const fragment of fragmentsIn(root)) unusedParameters(fragment, troubles);
  // An include that went wrong may be the one that is missed.
  if (!troubles.found.some(({ id }) => GONE_WRONG.includes(id))) unusedFragments(root, assembled.usedParts, troubles);
  const issues = [...library.issues, ...troubles.found.map((trouble) => troubleIssue(library.sources, trouble))];
  const following = [...troubles.following].map((at) => placeIn(library.sources, at));
  return { variants, sources: library.sources, included: library.files.slice(1), issues, following };
};
