/** A mistake found while a file is put together, known by its position before there are paths. */

import type { Issue } from '../../contracts/issue.ts';
import type { Position } from '../node.ts';
import { placeIn } from '../places.ts';
import type { Source } from '../places.ts';
import type { RuleId } from '../../rules.ts';

export interface Trouble {
  readonly id: RuleId;
  readonly at: Position;
  readonly message: string;
  readonly hint: string;
}

export const troubleIssue = (sources: readonly Source[], { id, at, message, hint }: Trouble): Issue => ({
  id,
  severity: 'error',
  ...placeIn(sources, at),
  message,
  hint,
});

/** Collects them on the way; what is repeated is one mistake of its kind. */
export class Troubles {
  private readonly byPlace = new Map<string, Trouble>();
  /** What stands here only follows from a trouble that is told elsewhere. */
  readonly following = new Set<Position>();

  add(id: RuleId, at: Position, message: string, hint: string): void {
    const place = `${at} ${id}`;
    if (!this.byPlace.has(place)) this.byPlace.set(place, { id, at, message, hint });
  }

  get found(): readonly Trouble[] {
    return [...this.byPlace.values()];
  }
}
