/** Sums of measured values by the hour, so that a week of a large archive is answered from a few thousand rows. */

export const HOUR_ms = 3_600_000;

/** What is taken from each value before it is squared: without it values far from zero with little spread lose their digits. Of one quantity always the same. */
export const shiftOf = (low: number | null, high: number | null): number =>
  low !== null && high !== null ? (low + high) / 2 : (low ?? high ?? 0);

interface Rollup {
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

/** Of one lot in one hour. */
export interface Hour {
  /** Since 1970, in hours. */
  readonly hour: number;
  readonly lot: number;
  readonly sums: Map<number, Rollup>;
}

/** Adds up the values of a batch. */
export class Rollups {
  readonly #hours: Hour[] = [];
  /** By hour and lot, without a text made of them for each run. */
  readonly #found = new Map<number, Map<number, Hour>>();

  hour(started_ms: number, lot: number): Hour {
    const hour = Math.floor(started_ms / HOUR_ms);
    let lots = this.#found.get(hour);
    if (lots === undefined) this.#found.set(hour, (lots = new Map()));
    const known = lots.get(lot);
    if (known !== undefined) return known;
    const made = { hour, lot, sums: new Map<number, Rollup>() };
    lots.set(lot, made);
    this.#hours.push(made);
    return made;
  }

  add({ sums }: Hour, quantity: number, shifted: number, outcome: string): void {
    const row = sums.get(quantity);
    if (row === undefined) {
      const [marginal, failed] = [Number(outcome === 'marginal'), Number(outcome === 'fail')];
      sums.set(quantity, { quantity, n: 1, total: shifted, squares: shifted * shifted, least: shifted, most: shifted, marginal, failed });
      return;
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
    for (const { hour, lot, sums } of this.#hours)
      for (const { quantity, n, total, squares, least, most, marginal, failed } of sums.values())
        values.push(hour, lot, quantity, n, total, squares, least, most, marginal, failed);
    return values;
  }
}
