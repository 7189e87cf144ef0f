/** What is kept per set of states of many parts: found by a hash of the states, believed only where the states are the same. */

interface Kept<T> {
  readonly states: Uint8Array;
  readonly value: T;
}

/** FNV-1a, 32 bits. */
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

export class StateMap<T> {
  /** The states that `get` and `set` speak of, to be written by the caller. */
  readonly states: Uint8Array;
  readonly #most: number;
  readonly #kept = new Map<number, Kept<T>[]>();
  #count = 0;

  /** Forgets everything where it would keep more than `most`. */
  constructor(parts: number, most: number) {
    this.states = new Uint8Array(parts);
    this.#most = most;
  }

  get(): T | undefined {
    return this.#kept.get(this.#hash())?.find(({ states }) => this.#same(states))?.value;
  }

  /** Only where `get` found nothing. */
  set(value: T): void {
    if (this.#count >= this.#most) {
      this.#kept.clear();
      this.#count = 0;
    }
    const hash = this.#hash();
    const kept = { states: this.states.slice(), value };
    const others = this.#kept.get(hash);
    if (others === undefined) this.#kept.set(hash, [kept]);
    else others.push(kept);
    this.#count += 1;
  }

  #hash(): number {
    let hash = HASH_START;
    for (let at = 0; at < this.states.length; at += 1) hash = Math.imul(hash ^ this.states[at]!, HASH_FACTOR);
    return hash;
  }

  #same(states: Uint8Array): boolean {
    for (let at = 0; at < states.length; at += 1) if (states[at] !== this.states[at]) return false;
    return true;
  }
}
