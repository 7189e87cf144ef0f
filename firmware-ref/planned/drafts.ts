/** What is reached of one state of the inputs before it is known how long it can hold: in order of time, of those at one instant the first come first. */

import type { Choice } from '../rules/rule.ts';
import { NO_RISES, type Rise, type Rises } from './rises.ts';

/** A state that has been reached, after all rises of some lists. */
export interface Draft {
  readonly choice: Choice;
  readonly from_us: number;
  /** None where the rises before it do not count. */
  readonly lists: readonly Rises[];
}

interface Growing extends Draft {
  readonly lists: Rises[];
}

const NO_LISTS: Rises[] = [];

export class Drafts {
  #all: Growing[] = [];
  #begin_us = -Infinity;
  /** Whether states may still be added to those of one kind and instant: not once some have been followed, where one state leads to others. */
  #gathers = false;
  /** Of the drafts without rises that begin with the state of the inputs, the standings as bits. */
  #drafted = 0;

  /** Nothing is reached yet of the state of the inputs that begins at `begin_us`. */
  begin(begin_us: number, gathers: boolean): void {
    this.#all = [];
    this.#begin_us = begin_us;
    this.#gathers = gathers;
    this.#drafted = 0;
  }

  /** From now on the drafts are followed. */
  follow(): readonly Draft[] {
    this.#gathers = false;
    return this.#all;
  }

  /** What is there already, no later, is left out. */
  add(choice: Choice, rises: Rises, from_us: number): void {
    if (rises === NO_RISES) this.#addPlain(choice, from_us);
    else this.#addRisen(choice, rises, from_us);
  }

  #addPlain(choice: Choice, from_us: number): void {
    const all = this.#all;
    const bit = 1 << choice.standing;
    if ((this.#drafted & bit) !== 0) return;
    if (from_us <= this.#begin_us) this.#drafted |= bit;
    let at = all.length;
    for (let index = all.length - 1; index >= 0; index--) {
      const other = all[index]!;
      if (other.from_us > from_us) at = index;
      else if (other.lists.length === 0 && other.choice.standing === choice.standing) return;
    }
    this.#insert(at, { choice, from_us, lists: NO_LISTS });
  }

  #addRisen(choice: Choice, rises: Rises, from_us: number): void {
    const all = this.#all;
    let at = all.length;
    for (let index = all.length - 1; index >= 0; index--) {
      const other = all[index]!;
      if (other.from_us > from_us) {
        at = index;
        continue;
      }
      if (other.lists.length === 0 || other.choice.standing !== choice.standing) continue;
      if (!this.#gathers) {
        if (other.lists.includes(rises)) return;
      } else if (other.from_us === from_us) {
        if (other.lists.at(-1) !== rises) other.lists.push(rises);
        return;
      }
    }
    this.#insert(at, { choice, from_us, lists: [rises] });
  }

  #insert(at: number, draft: Growing): void {
    const all = this.#all;
    // Most often it stays the only one.
    if (all.length === 0) this.#all = [draft];
    else if (at === all.length) all.push(draft);
    else all.splice(at, 0, draft);
  }
}

/** A state with the rises after which it has been followed. */
export interface Known {
  readonly choice: Choice;
  readonly rises: Rises;
}

/** Numbers the sets that are put together. */
let mark = 0;

/** Of the draft at `head` and those like it at the same instant, the rises that `before` does not have. */
export function freshRises(drafts: readonly Draft[], head: number, before: readonly Known[]): Rises {
  const { choice, from_us, lists } = drafts[head]!;
  const [first] = lists;
  mark++;
  for (const known of before) if (known.choice.standing === choice.standing) for (const rise of known.rises) rise.mark = mark;
  const fresh: Rise[] = [];
  for (let next = head; next < drafts.length; next++) {
    const other = drafts[next]!;
    if (other.from_us !== from_us) break;
    if (other.choice.standing === choice.standing) for (const rises of other.lists) addFresh(fresh, rises);
  }
  return first !== undefined && isSame(fresh, first) ? first : fresh;
}

function addFresh(fresh: Rise[], rises: Rises): void {
  for (const rise of rises) {
    if (rise.mark === mark) continue;
    rise.mark = mark;
    fresh.push(rise);
  }
}

function isSame(a: Rises, b: Rises): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
