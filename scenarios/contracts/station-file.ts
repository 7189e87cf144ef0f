/** What a station file says: how serial numbers look, how often a unit may be tried, what has to be said of a run. Read before a run; never seen by the judge. */

import type { CheckDigit } from '../language/station/check-digit.ts';

/** Fields of a run's identity that a station may insist on. */
export const ASKED_FIELDS = ['serial', 'operator', 'work order', 'unit firmware version'] as const;
export type AskedField = (typeof ASKED_FIELDS)[number];

export interface StationFile {
  readonly file: string;
  /** sha256 of its bytes. */
  readonly hash: string;
  readonly name: string;
  readonly serial: {
    /** `#` a digit, `@` a capital letter, `*` either, anything else itself; null: any. */
    readonly pattern: string | null;
    readonly check: CheckDigit | null;
  };
  readonly retest: {
    /** Attempts at one serial number, those left out that were spoilt; null: any number. */
    readonly attempts: number | null;
    /** Whether a unit that passed may be tried again. */
    readonly afterPass: 'refuse' | 'allow';
  };
  readonly required: readonly AskedField[];
}
