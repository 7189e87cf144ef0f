/** Edges that may still come after an instant: as all edges together give them, but only what has a say in these is looked at. */

import type { Levels } from '../spans.ts';
import { drafted, type Group, type GroupDraft } from './edges.ts';
import type { Expected } from './happenings.ts';
import type { Move } from './nodes.ts';
import type { Reach } from './reach.ts';

/** Moves to one level that last until `since_us` or later, and those before them that belong to the same edges. */
function lasting(layers: Reach['layers'], up: boolean, since_us: number): readonly Move[] {
  let from_us = since_us;
  for (let earlier_us = since_us; ; from_us = earlier_us) {
    for (const { moves, hold_us } of layers) {
      if (hold_us < from_us) continue;
      for (const move of moves) if (move.high === up && move.to_us >= from_us && move.from_us < earlier_us) earlier_us = move.from_us;
    }
    if (earlier_us === from_us) break;
  }
  const found: Move[] = [];
  for (const { moves, hold_us } of layers) {
    if (hold_us < from_us) continue;
    for (const move of moves) if (move.high === up && move.to_us >= from_us) found.push(move);
  }
  return found;
}

/** The levels that may hold just before (`left`) or just after an instant; where there are none, those that did last. */
function levelsAt(layers: Reach['layers'], instant_us: number, left: boolean): Levels | 0 {
  for (let at_us = instant_us, before = left; ;) {
    let levels = 0;
    let ended_us = -Infinity;
    for (const { nodes } of layers) {
      for (const { high, from_us, to_us } of nodes) {
        if (before ? from_us >= at_us : from_us > at_us) continue;
        if (before ? to_us >= at_us : to_us > at_us) levels |= high ? 2 : 1;
        else ended_us = Math.max(ended_us, to_us);
      }
    }
    if (levels !== 0 || ended_us === -Infinity) return levels as Levels | 0;
    [at_us, before] = [ended_us, true];
  }
}

/** An edge with the moves that can make it, without a name. */
export type NearGroup = Omit<Group, 'id' | 'signal'>;

function requiredOf({ high, from_us, to_us }: GroupDraft, layers: Reach['layers']): boolean {
  const [from, to] = high ? [1, 2] : [2, 1];
  return Number.isFinite(to_us) && levelsAt(layers, from_us, true) === from && levelsAt(layers, to_us, false) === to;
}

export const near = ({ layers }: Reach, up: boolean, since_us: number, end_us: number): readonly NearGroup[] =>
  drafted(lasting(layers, up, since_us), end_us).map((draft) => {
    const { high, from_us, to_us, moves } = draft;
    return { high, from_us, to_us, moves, required: requiredOf(draft, layers) };
  });

export const expectedOf = ({ from_us, to_us, required }: Pick<NearGroup, 'from_us' | 'to_us' | 'required'>): Expected => ({
  window_us: [from_us, to_us],
  required,
});
