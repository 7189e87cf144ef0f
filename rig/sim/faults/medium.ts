/** One direction of a faulty cable: what becomes of the bytes of each transfer, and when. */

import type { Random } from '../random.ts';
import type { Spoiling } from './fault.ts';

const NEWLINE = 0x0a;
/** A disturbance is seldom a single byte. */
const MOST_NOISE_BYTES = 6;

export interface Delivery {
  readonly bytes: Uint8Array;
  readonly late_ms: number;
  /** Whether what comes later waits behind it. */
  readonly inOrder: boolean;
}

export interface SpoiledTransfer {
  readonly deliveries: readonly Delivery[];
  /** What comes back to whom it came from. */
  readonly echo: Uint8Array | null;
}

export class Medium {
  readonly #random: Random;
  readonly #spoilings = new Set<Spoiling>();
  /** The line that is passing is one to be lost. */
  #doomed = false;
  /** What has passed of the line so far. */
  #line: number[] = [];
  /** The byte that waits for the next one to go first. */
  #swapped: number | null = null;
  #rewrite: ((line: string) => string) | null = null;

  constructor(random: Random) {
    this.#random = random;
  }

  begin(spoiling: Spoiling): void {
    this.#spoilings.add(spoiling);
  }

  end(spoiling: Spoiling): void {
    this.#spoilings.delete(spoiling);
  }

  /** From now on whole lines pass, and each as `rewrite` makes it (newline included). */
  rewrite(rewrite: (line: string) => string): void {
    this.#rewrite = rewrite;
  }

  pass(bytes: Uint8Array): SpoiledTransfer {
    const nothing = this.#spoilings.size === 0 && this.#swapped === null && this.#rewrite === null;
    if (nothing) return { deliveries: [{ bytes, late_ms: 0, inOrder: true }], echo: null };
    const left = this.#throughBytes(this.#throughLines(bytes));
    const { late_ms, inOrder } = this.#lateness();
    return { deliveries: left.length === 0 ? [] : [{ bytes: left, late_ms, inOrder }], echo: this.#has('echo') ? bytes : null };
  }

  #has(how: Spoiling['how']): boolean {
    return [...this.#spoilings].some((one) => one.how === how);
  }

  #throughLines(bytes: Uint8Array): number[] {
    const out: number[] = [];
    for (const byte of bytes) {
      if (this.#line.length === 0) this.#doomed = this.#hits('dropLine');
      this.#line.push(byte);
      if (!this.#doomed && this.#rewrite === null) out.push(byte);
      if (byte !== NEWLINE) continue;
      if (this.#rewrite !== null) out.push(...Buffer.from(this.#rewrite(Buffer.from(this.#line).toString('latin1')), 'latin1'));
      else if (this.#hits('doubleLine')) out.push(...this.#line);
      this.#line = [];
    }
    return out;
  }

  #hits(how: 'dropLine' | 'doubleLine'): boolean {
    return [...this.#spoilings].some((one) => one.how === how && this.#random.next() < one.share);
  }

  #throughBytes(bytes: readonly number[]): Uint8Array {
    let out = [...bytes];
    for (const spoiling of this.#spoilings) out = this.#spoiled(out, spoiling);
    if (this.#swapped !== null && !this.#has('swap')) {
      out.unshift(this.#swapped);
      this.#swapped = null;
    }
    return Uint8Array.from(out);
  }

  #spoiled(bytes: readonly number[], spoiling: Spoiling): number[] {
    const random = this.#random;
    const hit = (share: number): boolean => random.next() < share;
    switch (spoiling.how) {
      case 'drop':
        return bytes.filter(() => !hit(spoiling.share));
      case 'duplicate':
        return bytes.flatMap((byte) => (hit(spoiling.share) ? [byte, byte] : [byte]));
      case 'flip':
        return bytes.map((byte) => (hit(spoiling.share) ? byte ^ (1 << random.below(8)) : byte));
      case 'noise':
        return bytes.flatMap((byte) => (hit(spoiling.share) ? [...this.#noise(), byte] : [byte]));
      case 'swap':
        return this.#neighboursSwapped(bytes, spoiling.share);
      default:
        return [...bytes];
    }
  }

  #noise(): number[] {
    return Array.from({ length: 1 + this.#random.below(MOST_NOISE_BYTES) }, () =>
      this.#random.below(8) === 0 ? NEWLINE : this.#random.below(256),
    );
  }

  /** A byte held back at the end of a transfer goes after the first of the next. */
  #neighboursSwapped(bytes: readonly number[], share: number): number[] {
    const out: number[] = [];
    for (const byte of bytes) {
      if (this.#swapped !== null) {
        out.push(byte, this.#swapped);
        this.#swapped = null;
      } else if (this.#random.next() < share) this.#swapped = byte;
      else out.push(byte);
    }
    return out;
  }

  #lateness(): { late_ms: number; inOrder: boolean } {
    let late_ms = 0;
    let inOrder = true;
    for (const spoiling of this.#spoilings) {
      if (spoiling.how !== 'hold' && spoiling.how !== 'overtaken') continue;
      if (this.#random.next() >= spoiling.share) continue;
      late_ms += this.#random.between(...spoiling.late_ms);
      if (spoiling.how === 'overtaken') inOrder = false;
    }
    return { late_ms, inOrder };
  }
}
