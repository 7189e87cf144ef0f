/** Which parts follow which pin of the boards, and the decoders whose lines are pins that they themselves work. */

import type { BoardName, PartOf } from '../../fixture/netlist/part.ts';
import type { PinDrive } from './boards.ts';

export type Follower = (drive: PinDrive, t_ns: number) => void;

export const pinKey = (board: BoardName, pin: string): string => `${board} ${pin}`;

export class Pins {
  readonly #followers: Readonly<Record<BoardName, Map<string, Follower[]>>> = { fixture: new Map(), unit: new Map() };

  /** A pin changed its drive. */
  drive(board: BoardName, pin: string, drive: PinDrive, t_ns: number): void {
    for (const follow of this.#followers[board].get(pin) ?? []) follow(drive, t_ns);
  }

  /** Tells the follower that nothing drives the pin yet. */
  follow(board: BoardName, pin: string, follow: Follower): void {
    const followers = this.#followers[board].get(pin) ?? [];
    followers.push(follow);
    this.#followers[board].set(pin, followers);
    follow('input', 0);
  }

  decode({ board, select, lines }: PartOf<'decoder'>): void {
    let chosen = 0;
    select.forEach(({ board: from, pin }, bit) =>
      this.follow(from, pin, (drive, t_ns) => {
        const before = lines[chosen] ?? null;
        chosen = (chosen & ~(1 << bit)) | (drive === 'high' ? 1 << bit : 0);
        const after = lines[chosen] ?? null;
        if (after === before) return;
        if (before !== null) this.drive(board, before, 'low', t_ns);
        if (after !== null) this.drive(board, after, 'high', t_ns);
      }),
    );
  }
}
