/** The form of a rule: what a signal may do when the unit sees the next state of its inputs, and what it may do of itself. */

import type { CauseRef } from '../../scenarios/contracts/prediction.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { chainBroken } from '../inputs/inputs.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import type { CiteId } from './cites.ts';

/**
 * What the unit remembers besides what it sees. `plain`: nothing. `out`: not in service. LOAD: `up` or `down` (floating until the cell recovers);
 * PRE-ALARM: `quiet` (off until the cell recovers), `recovered` (may stay off until the warning clears), `soft` (the warning ended in the low
 * cell: on or off as it is), `loose` (LOAD failed to float: either), `spent` (out of service since a trip, the warning not cleared since). Both: `tripping`, the other one has gone already.
 */
export type Memo = 'plain' | 'out' | 'up' | 'down' | 'tripping' | 'quiet' | 'recovered' | 'soft' | 'loose' | 'spent';

const MEMOS = {
  plain: 0,
  out: 1,
  up: 2,
  down: 3,
  tripping: 4,
  quiet: 5,
  recovered: 6,
  soft: 7,
  loose: 8,
  spent: 9,
} as const satisfies Record<Memo, number>;
/** States of a signal: what it remembers and its level. */
export const STANDINGS = 20;

export const isOut = (memo: Memo): boolean => memo === 'out' || memo === 'spent';

/** Numbers what a signal remembers and its level, below `STANDINGS`. */
export const standing = (memo: Memo, high: boolean): number => MEMOS[memo] * 2 + (high ? 1 : 0);

/** A level the signal may take, with what the unit then remembers. `high` stands for lit, too. */
export interface Choice {
  readonly high: boolean;
  readonly memo: Memo;
  readonly cite: CiteId;
  /** Memo and level as one number. */
  readonly standing: number;
}

/** The rise of PRE-ALARM that counts, known to an interval where it could not be seen. */
export interface Wait {
  readonly from_us: number;
  readonly to_us: number;
  /** What it counts from in a report, and its instant: the edge, or the entry that asked for one that was not seen. */
  readonly ref: CauseRef | null;
  readonly ref_us: number;
  /** False after PRE-ALARM has fallen by anything but a trip. */
  readonly running: boolean;
  /** It fell where anything may happen, so the wait behind it may run on (R14, R13). */
  readonly held: boolean;
}

export interface Situation {
  readonly at_us: number;
  readonly wait: Wait | null;
}

export interface SignalRules {
  /**
   * Whether what it does on seeing a state has nothing to do with what it saw and remembers before. `levels`: the level it takes has not, beyond its
   * own, but what is cited for it has.
   */
  readonly forgets: 'all' | 'levels' | 'nothing';
  /** Choices when the unit, remembering `memo` and having seen `from`, sees `to`. */
  readonly react: (memo: Memo, from: Segment, to: Segment, high: boolean) => readonly Choice[];
  /** Choices without any change of the inputs. */
  readonly alone: (memo: Memo, seen: Segment, high: boolean, situation: Situation, numbers: Numbers) => readonly Choice[];
  /** Until when the signal may stay as it is without any change of the inputs. */
  readonly until_us: (memo: Memo, seen: Segment, situation: Situation, numbers: Numbers) => number;
  /** True where the signal may change as often as it likes. */
  readonly loose: (seen: Segment) => boolean;
}

export const NO_CHOICE: readonly Choice[] = [];
export const choice = (high: boolean, memo: Memo, cite: CiteId): Choice => ({ high, memo, cite, standing: standing(memo, high) });
/** A signal without a memory. */
export const level = (high: boolean, cite: CiteId): readonly Choice[] => [choice(high, 'plain', cite)];
export const either = (cite: CiteId, memo: Memo = 'plain'): readonly Choice[] => [choice(true, memo, cite), choice(false, memo, cite)];

export const never = (): number => Infinity;

/** Why the unit is out of service, or null where it may be in service. */
export function outBecause(inputs: Inputs): CiteId | null {
  if (inputs.remote === 'off') return 'remoteOff';
  return chainBroken(inputs) ? 'chainBroken' : null;
}

/** R14, R15 for an output that remembers: null where the supply is full. The state is kept or lost, in a long dip lost. */
export function withoutSupply(memo: Memo, { kind, lost }: Segment, high: boolean): readonly Choice[] | null {
  const memos: readonly Memo[] = lost || memo === 'out' ? ['out'] : [memo, 'out'];
  switch (kind) {
    case 'free':
      return memos.flatMap((kept) => either('unjudged', kept));
    case 'off':
      return [choice(false, 'out', 'supplyLow')];
    case 'resume':
      return memos.map((kept) => choice(high, kept, 'powerUp'));
    case 'restart':
      return memos.map((kept) => choice(false, kept, 'restart'));
    case 'steady':
    case 'between':
      return null;
  }
}
