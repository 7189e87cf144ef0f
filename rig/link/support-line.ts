/** The slope through a cloud of points of which only the lower side is sharp: what one-way delays look like, since nothing arrives before its time. */

/** `x` ascending. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface SupportLine {
  readonly slope: number;
  /** y at x = 0; no point lies below the line by more than its error. */
  readonly intercept: number;
  /** Worst-case error of the slope as far as the scatter shows it; Infinity where there are too few points to tell. */
  readonly slopeError: number;
  /** Between the middles of the two ends that the slope was taken from. */
  readonly lever: number;
}

/** Below this many points at an end the scatter says nothing. */
const ENOUGH_POINTS = 12;
/** Standard errors taken for the worst case. */
const CERTAINTY = 5;
/** The slope enters its own residuals; it stands still after two or three rounds. */
const ROUNDS = 4;

interface Level {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Mean of the lower half of some values in ascending order, and the variance of that mean (by its influence function: values above
 * the median count as the median). Plain loops: the clocks are fitted with every ping.
 */
const lowerHalf = (values: Float64Array): Level => {
  const count = values.length;
  const median = values[count >> 1] ?? 0;
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += Math.min(values[at]!, median);
  const mean = sum / count;
  let spread = 0;
  for (let at = 0; at < count; at += 1) spread += (Math.min(values[at]!, median) - mean) ** 2;
  return { mean: 2 * mean - median, variance: (4 * (spread / Math.max(count - 1, 1))) / count };
};

/** One end of the span. From round to round the order of its values hardly changes, so that they are put right where they lie. */
class End {
  readonly #points: Point[];
  readonly #values: Float64Array;

  constructor(points: readonly Point[]) {
    this.#points = points.toSorted((a, b) => a.y - b.y);
    this.#values = new Float64Array(points.length);
  }

  levelAt(slope: number): Level {
    const [points, values] = [this.#points, this.#values];
    for (let at = 0; at < values.length; at += 1) {
      const point = points[at]!;
      const value = point.y - slope * point.x;
      let to = at;
      for (; to > 0 && values[to - 1]! > value; to -= 1) {
        values[to] = values[to - 1]!;
        points[to] = points[to - 1]!;
      }
      values[to] = value;
      points[to] = point;
    }
    return lowerHalf(values);
  }
}

const centre = (points: readonly Point[]): number => points.reduce((sum, { x }) => sum + x, 0) / points.length;

/**
 * The line that the lower halves of the first and of the last quarter of the span agree on: a late point, however late, moves it no more
 * than one just above the median does, and a rate wants the longest lever. Null for fewer than two instants.
 */
export const supportLine = (points: readonly Point[]): SupportLine | null => {
  const [first, last] = [points.at(0), points.at(-1)];
  if (!first || !last || last.x <= first.x) return null;
  const quarter = (last.x - first.x) / 4;
  // Never so few that a single late one could lead: an end takes in more than its quarter then.
  const least = Math.min(ENOUGH_POINTS, points.length >> 1);
  const early = points.slice(0, Math.max(least, points.filter(({ x }) => x <= first.x + quarter).length));
  const late = points.slice(-Math.max(least, points.filter(({ x }) => x >= last.x - quarter).length));
  const lever = centre(late) - centre(early);

  const ends = [new End(early), new End(late)] as const;
  let slope = 0;
  let variance = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const [before, after] = [ends[0].levelAt(slope), ends[1].levelAt(slope)];
    slope += (after.mean - before.mean) / lever;
    variance = before.variance + after.variance;
  }
  const intercept = points.reduce((least, { x, y }) => Math.min(least, y - slope * x), Infinity);
  const enough = Math.min(early.length, late.length) >= ENOUGH_POINTS;
  return { slope, intercept, slopeError: enough ? (CERTAINTY * Math.sqrt(variance)) / lever : Infinity, lever };
};
