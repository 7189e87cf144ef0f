/** Per-bench overrides: parameters that have another value where a scenario runs on another kind of bench. */

import { entryOf } from '../node.ts';
import type { Node } from '../node.ts';
import { wordHint } from '../nearest.ts';
import type { Values } from './substitute.ts';
import type { Troubles } from './trouble.ts';

/** `sim`: the simulated bench; `reference`: the model alone; `port`: a fixture on a serial port. */
export const BENCH_KINDS = ['sim', 'reference', 'port'] as const;
export type BenchKind = (typeof BENCH_KINDS)[number];

/** The kind of the bench that `--bench` names. */
export const benchKind = (bench: string): BenchKind => BENCH_KINDS.find((kind) => kind === bench) ?? 'port';

/** The kinds a scenario has overrides for. */
export const overriddenBenches = (root: Node): readonly BenchKind[] => {
  const benches = entryOf(root, 'benches')?.node;
  return BENCH_KINDS.filter((kind) => entryOf(benches, kind) !== undefined);
};

/** What the parameters are on this bench, where it is not the usual. Unknown names are noted for every bench. */
export const overridesFor = (bench: BenchKind, root: Node, usual: Values, troubles: Troubles): Values => {
  const benches = entryOf(root, 'benches')?.node;
  if (benches?.kind !== 'map') return new Map();
  const swept = sweptNames(root);
  for (const { node } of benches.entries) {
    for (const { key, keyAt } of node.kind === 'map' ? node.entries : []) {
      if (!usual.has(key)) {
        const hint = usual.size === 0 ? 'declare it under parameters:' : wordHint(key, [...usual.keys()]);
        troubles.add('unknown-parameter', keyAt, `there is no parameter "${key}"`, hint);
      } else if (swept.has(key)) {
        troubles.add('no-effect', keyAt, `"${key}" is swept, so a bench cannot set it`, 'take it out here or under sweep');
      }
    }
  }
  const own = entryOf(benches, bench)?.node;
  return new Map(own?.kind === 'map' ? own.entries.map(({ key, node }) => [key, node]) : []);
};

const sweptNames = (root: Node): ReadonlySet<string> => {
  const sweep = entryOf(root, 'sweep')?.node;
  const maps = sweep?.kind === 'list' ? sweep.items : sweep === undefined ? [] : [sweep];
  return new Set(maps.flatMap((map) => (map.kind === 'map' ? map.entries.map(({ key }) => key) : [])));
};
