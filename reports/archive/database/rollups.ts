/** Sums of measured values by the hour, so that a week of a large archive is answered from a few thousand rows. */

export const HOUR_ms = 3_600_000;

/** What is taken from each value before it is squared: without it values far from zero with little spread lose their digits. Of one quantity always the same. */
export const shiftOf = (low: number | null, high: number | null): number =>
  low !== null && high !== null ? (low + high) / 2 : (low ?? high ?? 0);

interface Rollup {
  /** Since 1970, in hours. */
  readonly hour: number;
  readonly lot: number;
  readonly quantity: number;
  n: number;
  /** Of the shifted values, as are the next three. */
  total: number;
  squares: number;
  least: number;
  most: number;
  marginal: number;
  failed: number;
}

/** Adds up the values of a batch. */
export class Rollups {
  readonly #rows: Rollup[] = [];
  /** By hour, lot and quantity, without a text made of them for each value. */
  readonly #groups = new Map<number, Map<number, Map<number, Rollup>>>();

  #group(hour: number, lot: number): Map<number, Rollup> {
    let lots = this.#groups.get(hour);
    if (lots === undefined) this.#groups.set(hour, (lots = new Map()));
    let group = lots.get(lot);
    if (group === undefined) lots.set(lot, (group = new Map()));
    return group;
  }

  add(started_ms: number, lot: number, quantity: number, shifted: number, outcome: string): void {
    const hour = Math.floor(started_ms / HOUR_ms);
    const group = this.#group(hour, lot);
    let row = group.get(quantity);
    if (row === undefined) {
      row = { hour, lot, quantity, n: 0, total: 0, squares: 0, least: shifted, most: shifted, marginal: 0, failed: 0 };
      group.set(quantity, row);
      this.#rows.push(row);
    }
    row.n += 1;
    row.total += shifted;
    row.squares += shifted * shifted;
    row.least = Math.min(row.least, shifted);
    row.most = Math.max(row.most, shifted);
    if (outcome === 'marginal') row.marginal += 1;
    if (outcome === 'fail') row.failed += 1;
  }

  /** In the order of the table's columns. */
  values(): number[] {
    const values: number[] = [];
    for (const { hour, lot, quantity, n, total, squares, least, most, marginal, failed } of this.#rows)
      values.push(hour, lot, quantity, n, total, squares, least, most, marginal, failed);
    return values;
  }
}
