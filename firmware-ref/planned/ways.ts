/** The ways to one state of the inputs: states of one kind that reach it from its first instant on differ only in how long they lead there. */

import type { Answers } from '../rules/answers.ts';
import type { Choice } from '../rules/rule.ts';
import type { Node } from './nodes.ts';

export interface Way {
  /** The first of those states: what it does is done once for all of them. */
  readonly node: Node;
  readonly choices: readonly Choice[];
  /** Until when one of them leads there. */
  to_us: number;
}

/** Its lists keep their room from one state of the inputs to the next. */
export class Ways {
  readonly #ways: Way[] = [];
  #known = 0;
  /** Which way is taken by states to which the rules give the same answers. */
  readonly #answers: Answers[] = [];
  readonly #taken: Way[] = [];
  #met = 0;
  /** The states that do something of their own, and the way of each. */
  readonly #leaving: Node[] = [];
  readonly #along: Way[] = [];
  #left = 0;

  clear(): void {
    this.#known = 0;
    this.#met = 0;
    this.#left = 0;
  }

  /** The way of states with these answers, which now leads there until `to_us` at least; null where none of them has been met. */
  met(answers: Answers, to_us: number): Way | null {
    const all = this.#answers;
    for (let at = 0; at < this.#met; at++) {
      if (all[at] !== answers) continue;
      const way = this.#taken[at]!;
      if (to_us > way.to_us) way.to_us = to_us;
      return way;
    }
    return null;
  }

  /** The way of a state whose like was not met: states that have seen other inputs may be on it. */
  take(node: Node, choices: readonly Choice[], to_us: number): Way {
    let way = this.#like(node, choices);
    if (way === null) this.#ways[this.#known++] = way = { node, choices, to_us };
    else if (to_us > way.to_us) way.to_us = to_us;
    this.#answers[this.#met] = node.answers;
    this.#taken[this.#met++] = way;
    return way;
  }

  #like({ standing }: Node, choices: readonly Choice[]): Way | null {
    for (let at = 0; at < this.#known; at++) {
      const way = this.#ways[at]!;
      if (way.choices === choices && way.node.standing === standing) return way;
    }
    return null;
  }

  leaves(node: Node, way: Way): void {
    this.#leaving[this.#left] = node;
    this.#along[this.#left++] = way;
  }

  follow(leave: (node: Node, way: Way) => void): void {
    for (let at = 0; at < this.#left; at++) leave(this.#leaving[at]!, this.#along[at]!);
  }
}
