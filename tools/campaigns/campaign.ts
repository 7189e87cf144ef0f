/** What a campaign is: a number of runs whose outcome is printed as rows with a bound each. */

import type { BenchRow } from '../../reports/json.ts';
import type { Row } from '../rows.ts';

export interface Asked {
  readonly count: number;
  /** Of the first run; each further one has the next. */
  readonly seed: number;
  /** Makes a row that names the command it can be had with again. */
  readonly row: Row;
}

export interface Found {
  readonly rows: readonly BenchRow[];
  readonly notes: readonly string[];
}

export interface Campaign {
  readonly summary: string;
  /** What is counted, and how many are usual. */
  readonly counts: string;
  readonly usual: number;
  readonly run: (asked: Asked) => Promise<Found>;
}
