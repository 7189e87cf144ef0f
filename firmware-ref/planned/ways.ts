/** Which ways to one state of the inputs have been followed: states of one kind that reach it from its first instant on differ only in how long they lead there. */

import type { Choice } from '../rules/rule.ts';
import type { Node } from './nodes.ts';

interface Way {
  /** The first of those states. */
  node: Node;
  choices: readonly Choice[];
  /** Until when it has been followed; until when it leads there. */
  done_us: number;
  to_us: number;
}

export class Ways {
  /** The first `#known` are those to the state at hand. */
  readonly #ways: Way[] = [];
  #known = 0;

  clear(): void {
    this.#known = 0;
  }

  /** Whether a state of the same kind has gone there already: what is left of the way is `left`. */
  has(node: Node, choices: readonly Choice[], to_us: number): boolean {
    const ways = this.#ways;
    for (let at = 0; at < this.#known; at++) {
      const way = ways[at]!;
      if (way.choices !== choices || way.node.standing !== node.standing) continue;
      if (to_us > way.to_us) way.to_us = to_us;
      return true;
    }
    const way = ways[this.#known];
    if (way === undefined) ways.push({ node, choices, done_us: to_us, to_us });
    else {
      way.node = node;
      way.choices = choices;
      way.done_us = way.to_us = to_us;
    }
    this.#known++;
    return false;
  }

  /** Ways that lead there for longer than they have been followed. */
  left(follow: (node: Node, choices: readonly Choice[], to_us: number) => void): void {
    for (let at = 0; at < this.#known; at++) {
      const { node, choices, done_us, to_us } = this.#ways[at]!;
      if (to_us !== done_us) follow(node, choices, to_us);
    }
  }
}
