/** The ways in which PRE-ALARM, now high, may have risen, so that waits can be told apart; states that differ in nothing else are one. */

/** One way in which PRE-ALARM may have risen: when, and until when it may stay high. */
export interface Rise {
  readonly key: number;
  /** The state of the inputs that it answers to. */
  readonly seen: number;
  /** This one and no other. */
  readonly alone: Rises;
  from_us: number;
  to_us: number;
  /** Known once everywhere that it leads to is known. */
  last_us: number;
  /** Of the set that is being put together. */
  mark: number;
}

export type Rises = readonly Rise[];
export const NO_RISES: Rises = [];
