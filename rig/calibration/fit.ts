/** The straight line through points, and what is left of them: how codes become volts. */

export interface Line {
  readonly gain: number;
  readonly offset: number;
  /** Largest distance of a point from the line. */
  readonly residual: number;
}

export interface Point {
  readonly nominal: number;
  readonly truth: number;
}

/** Between these every line of a fixture lies; ternary search narrows them by a third a turn. */
const GAINS = { least: 0.5, most: 2 } as const;
const TURNS = 90;

/** Lowest and highest of what a gain leaves. */
const left = (points: readonly Point[], gain: number): readonly [number, number] => {
  let [low, high] = [Infinity, -Infinity];
  for (const { nominal, truth } of points) {
    const rest = truth - gain * nominal;
    low = Math.min(low, rest);
    high = Math.max(high, rest);
  }
  return [low, high];
};

/**
 * The line whose farthest point is nearest. Codes err by rounding, which is bounded and not Gaussian: this line closes in on the true one with the
 * number of points, least squares only with its root. Two different nominal values at least.
 */
export const fitLine = (points: readonly Point[]): Line => {
  const width = (gain: number): number => {
    const [low, high] = left(points, gain);
    return high - low;
  };
  let { least, most } = GAINS as { least: number; most: number };
  for (let turn = 0; turn < TURNS; turn += 1) {
    const third = (most - least) / 3;
    // Convex in the gain: the minimum never lies beyond the higher of two.
    if (width(least + third) <= width(most - third)) most -= third;
    else least += third;
  }
  const gain = (least + most) / 2;
  const [low, high] = left(points, gain);
  return { gain, offset: (low + high) / 2, residual: (high - low) / 2 };
};
