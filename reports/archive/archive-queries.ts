/** What can be asked of an archive: yields, differences by frequency, measured values, times, spoilt attempts; one interface for both databases. */

/** Which runs are meant. Everything absent: all of them. Runs on the reference alone are never among them. */
export interface RunFilter {
  /** ISO 8601; from then on, and before that. */
  readonly from?: string;
  readonly to?: string;
  readonly station?: string;
  readonly workOrder?: string;
  /** Version of the unit's firmware as it was said; its image by its hash. */
  readonly unitVersion?: string;
  readonly unitImage?: string;
  readonly simulated?: boolean;
  readonly serial?: string;
}

export interface Share {
  readonly passed: number;
  readonly of: number;
}

/** Units by their attempts. Only attempts that count: what rig, link or operator spoilt is none. A run without a serial number is a unit of its own. */
export interface Yields {
  readonly units: number;
  readonly attempts: number;
  /** Runs that are no attempts. */
  readonly spoilt: number;
  /** Of the units whose first attempt ever lies among these runs: those that passed it. */
  readonly firstPass: Share;
  /** Of all units with an attempt among these runs: those whose last one among them passed. */
  readonly final: Share;
}

export interface ParetoRow {
  readonly requirement: string | null;
  readonly signal: string;
  readonly kind: string;
  /** Runs that show it, and how often in all. */
  readonly runs: number;
  readonly differences: number;
}

/** Measured values of one name against one pair of limits in one case, of attempts that count. */
export interface QuantityRow {
  /** Names the quantity for `values`. */
  readonly id: number;
  readonly case: string;
  readonly name: string;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly mean: number;
  /** Of a sample (n - 1); null for a single value. */
  readonly sd: number | null;
  readonly least: number;
  readonly most: number;
  /** How many were too near to a limit, and beyond it. */
  readonly marginal: number;
  readonly failed: number;
}

export interface MeasuredValue {
  /** ISO 8601: begin of its run. */
  readonly at: string;
  readonly run: string;
  readonly serial: string | null;
  readonly station: string | null;
  readonly value: number;
  readonly uncertainty: number | null;
}

export interface TimeRow {
  readonly station: string | null;
  readonly n: number;
  /** On the bench: what the unit lived through. */
  readonly mean_s: number;
  readonly sd_s: number | null;
  readonly least_s: number;
  readonly most_s: number;
  /** Of the machine. */
  readonly meanWall_s: number;
}

/** How often attempts at a case were spoilt on a rig. */
export interface FlakeRow {
  readonly case: string;
  readonly bench: string;
  readonly board: string;
  readonly attempts: number;
  /** Broken or inconclusive by the doing of rig or link. */
  readonly spoilt: number;
  /** Attempts that were made again and then came to something. */
  readonly triedAgain: number;
}

export interface YieldPoint {
  /** ISO 8601: begin of the span. */
  readonly from: string;
  readonly firstPass: Share;
}

export interface ListedRun {
  readonly archive: string;
  readonly run: string;
  readonly started: string;
  readonly serial: string | null;
  readonly station: string | null;
  readonly bench: string;
  readonly simulated: boolean | null;
  readonly verdict: string;
  readonly blame: string | null;
  readonly ended: string;
  readonly counts: boolean;
  readonly reason: string;
}

/** Rejects with the database's error, or with ArchiveUnusable. */
export interface ArchiveQueries {
  yields(filter: RunFilter): Promise<Yields>;
  /** First-pass yield of one span after the other, spans without units left out. */
  yieldTrend(filter: RunFilter, span_ms: number): Promise<readonly YieldPoint[]>;
  /** The most frequent first. */
  pareto(filter: RunFilter): Promise<readonly ParetoRow[]>;
  quantities(filter: RunFilter): Promise<readonly QuantityRow[]>;
  /** In order of time. */
  values(filter: RunFilter, quantity: number): Promise<readonly MeasuredValue[]>;
  times(filter: RunFilter): Promise<readonly TimeRow[]>;
  flakes(filter: RunFilter): Promise<readonly FlakeRow[]>;
  /** The newest first. */
  runs(filter: RunFilter, most?: number): Promise<readonly ListedRun[]>;
  /** For messages: path of the file, or URL without its password. */
  readonly name: string;
  close(): Promise<void>;
}
