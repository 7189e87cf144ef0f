/** Which values of the bank the words of a scenario mean, and what is to become of them. */

import { EXTREMES, HIGHEST, LOWEST } from '../battery/bank.ts';
import type { Assigned, Bank, Where } from '../battery/bank.ts';
import type { RampTarget } from '../battery/ramp.ts';
import type { Path } from '../language/scenario.ts';
import type { Given } from '../language/shape.ts';
import type { MovingWord, NoiseWord, PartWord, Which } from '../language/shape-words.ts';
import type { Draft } from './draft.ts';

/** How many batteries and cells the scenario speaks of; without `bank:` only of the lowest and the highest. */
export const sizeOf = ({ bank }: Given): { readonly batteries: number; readonly cells: number; readonly numbered: boolean } =>
  bank === undefined ? { ...EXTREMES, numbered: false } : { batteries: bank.batteries, cells: bank.cells ?? 4, numbered: true };

export type CellParts = readonly PartWord[];

/** A value with what becomes of it. */
interface Meant {
  readonly where: Where;
  readonly word: MovingWord;
}

const count = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);

/** Broad words before narrow ones, so that `battery 2 cell 3` overrules `battery 2`. */
const breadth = ({ which }: PartWord): number => (which.kind !== 'numbered' ? 0 : which.battery === null || which.cell === null ? 1 : 2);

/** The cells, or with `cells` false the batteries, that `which` means; null where there are none such, which is refused. */
const meant = (draft: Draft, which: Which, path: Path, cells: boolean): readonly Where[] | null => {
  const size = sizeOf(draft.scenario.given);
  const places = (batteries: readonly number[], those: readonly number[]): readonly Where[] =>
    batteries.flatMap((battery): readonly Where[] => (cells ? those.map((cell) => ({ battery, cell })) : [{ battery, cell: null }]));
  if (which.kind === 'all') return places(count(size.batteries), count(size.cells));
  if (which.kind !== 'numbered') {
    if (!size.numbered) return [which.kind === 'lowest' ? LOWEST : HIGHEST];
    draft.refuseKey(
      'cells-two-ways',
      path,
      `a scenario with bank: speaks of its cells by number, not of the ${which.kind}`,
      'e.g. battery 1 cell 3',
    );
    return null;
  }
  if (!size.numbered) {
    draft.refuseKey(
      'no-such-cell',
      path,
      'this scenario does not say how many batteries there are',
      'e.g. given: { bank: { batteries: 2, cells: 4 } }',
    );
    return null;
  }
  const { battery, cell } = which;
  if (battery === null && size.batteries > 1) {
    draft.refuseKey('no-such-cell', path, `there are ${size.batteries} batteries`, `say which, e.g. battery 2 cell ${cell}`);
    return null;
  }
  if ((battery ?? 1) > size.batteries || (cell ?? 1) > size.cells) {
    const message = `there are ${size.batteries} batteries of ${size.cells} cells`;
    draft.refuseKey('no-such-cell', path, message, 'count from 1, or enlarge given: bank');
    return null;
  }
  return places([(battery ?? 1) - 1], cell === null ? count(size.cells) : [cell - 1]);
};

/** Every value that the words of `key` speak of, each once: the narrowest word counts. */
const resolve = (draft: Draft, parts: readonly PartWord[], path: Path, cells: boolean): readonly Meant[] => {
  const byWhere = new Map<string, Meant>();
  for (const part of parts.toSorted((a, b) => breadth(a) - breadth(b))) {
    const own = part.key === null ? path : [...path, part.key];
    for (const where of meant(draft, part.which, own, cells) ?? [])
      byWhere.set(`${where.battery}.${where.cell}`, { where, word: part.word });
  }
  return [...byWhere.values()];
};

export interface BankWords {
  readonly assigned: readonly Assigned[];
  readonly targets: readonly RampTarget[];
  readonly noises: readonly { readonly where: Where; readonly word: NoiseWord }[];
}

/** What `cells` and `temperature` of a step, or of the given state, come to. */
export const bankWords = (
  draft: Draft,
  words: { readonly cells?: CellParts | undefined; readonly temperature?: CellParts | undefined },
  path: Path,
): BankWords => {
  const all = [
    ...resolve(draft, words.cells ?? [], [...path, 'cells'], true),
    ...resolve(draft, words.temperature ?? [], [...path, 'temperature'], false),
  ];
  return {
    assigned: all.flatMap(({ where, word }) => (word.kind === 'set' ? [{ where, to: word.to }] : [])),
    targets: all.flatMap(({ where, word }) => (word.kind === 'ramp' ? [{ where, to: word.to, over_us: word.over_us }] : [])),
    noises: all.flatMap(({ where, word }) => (word.kind === 'noise' ? [{ where, word }] : [])),
  };
};

const extremes = ({ batteries }: Bank): readonly [number, number] => {
  const [lowest_mV = 0, highest_mV = 0] = batteries[0]?.cells_mV ?? [];
  return [lowest_mV, highest_mV];
};

/** Where the extremes are spoken of, the lowest is not above the highest. */
export const isInOrder = ({ scenario }: Draft, bank: Bank): boolean => {
  const [lowest_mV, highest_mV] = extremes(bank);
  return sizeOf(scenario.given).numbered || lowest_mV <= highest_mV;
};

export const checkOrder = (draft: Draft, bank: Bank, path: Path): void => {
  if (isInOrder(draft, bank)) return;
  const [lowest_mV, highest_mV] = extremes(bank);
  const message = `the lowest cell (${lowest_mV / 1_000} V) is above the highest (${highest_mV / 1_000} V)`;
  draft.refuse('cells-order', path, message, 'give both: cells: { lowest: 2.9 V, highest: 3.4 V }');
};
