/** The parabola along which the earliest of many late pings lie: what a rate that changes evenly looks like through delays that only ever add. */

/** A ping by one of its two host times. */
export interface Ping {
  /** Host time since the first ping. */
  readonly at_ms: number;
  /** -1 to 1 over the whole span. */
  readonly x: number;
  /** Ticks by which it is late against a straight line. */
  readonly late: number;
}

export interface Curve {
  /** Coefficients of 1, x and x^2. */
  readonly by: readonly [number, number, number];
  /** Standard error of the last: as the scatter in the stretches makes it, or as their distance from the curve does where that is larger. */
  readonly bendError: number;
}

/** Of some pings in a row only the earliest counts: the others were held up. */
interface Stretch {
  readonly x: number;
  readonly earliest: number;
  readonly deviation: number;
}

/** Pings of a stretch, and its length: fewer, or all within one hiccup of the link, would make its earliest one a matter of luck. */
const STRETCH = { pings: 12, ms: 1_000 };
/** A curve has three unknowns. */
const LEAST_STRETCHES = 4;
/** The earliest pings of a stretch may lie closer together by luck than its earliest one is known. */
const LEAST_DEVIATION_ticks = 100;
/** A stretch this late, beyond its scatter, was held up as a whole. Of those at most one in four. */
const HELD_UP_ticks = 400;
const HELD_UP_DEVIATIONS = 5;
const MOST_HELD_UP = 1 / 4;
/** Which pings are the earliest depends on the curve; it stands still after two or three rounds. */
const ROUNDS = 4;
const STRAIGHT: Curve = { by: [0, 0, 0], bendError: Infinity };

const valueAt = ({ by: [a, b, c] }: Curve, x: number): number => a + b * x + c * x * x;

const over = ({ x, earliest }: Stretch, curve: Curve): number => earliest - valueAt(curve, x);

/** Least squares, each stretch by its own deviation. */
const curveThrough = (stretches: readonly Stretch[]): Curve => {
  const sums = Array.from({ length: 5 }, () => 0);
  const right = [0, 0, 0];
  for (const { x, earliest, deviation } of stretches) {
    for (let power = 0; power < 5; power += 1) sums[power]! += x ** power / deviation ** 2;
    for (let power = 0; power < 3; power += 1) right[power]! += (earliest * x ** power) / deviation ** 2;
  }
  const [s0, s1, s2, s3, s4] = sums as [number, number, number, number, number];
  const cofactors = [
    [s2 * s4 - s3 * s3, s2 * s3 - s1 * s4, s1 * s3 - s2 * s2],
    [s2 * s3 - s1 * s4, s0 * s4 - s2 * s2, s1 * s2 - s0 * s3],
    [s1 * s3 - s2 * s2, s1 * s2 - s0 * s3, s0 * s2 - s1 * s1],
  ] as const;
  const determinant = s0 * cofactors[0][0] + s1 * cofactors[0][1] + s2 * cofactors[0][2];
  const by = cofactors.map((row) => row.reduce((sum, cofactor, index) => sum + cofactor * right[index]!, 0) / determinant);
  const curve: Curve = { by: by as [number, number, number], bendError: Math.sqrt(Math.abs(cofactors[2][2] / determinant)) };
  const misfit = stretches.reduce((sum, one) => sum + (over(one, curve) / one.deviation) ** 2, 0) / (stretches.length - 3);
  return { ...curve, bendError: curve.bendError * Math.sqrt(Math.max(1, misfit)) };
};

/** The curve that the stretches lie on, without those that were held up. */
const robustCurve = (stretches: readonly Stretch[]): Curve => {
  let kept = stretches;
  let curve = curveThrough(kept);
  for (let dropped = 0; dropped < Math.floor(stretches.length * MOST_HELD_UP); dropped += 1) {
    const current = curve;
    const worst = kept.reduce((most, one) => (over(one, current) > over(most, current) ? one : most));
    if (over(worst, curve) < HELD_UP_ticks + HELD_UP_DEVIATIONS * worst.deviation) break;
    kept = kept.filter((one) => one !== worst);
    curve = curveThrough(kept);
  }
  return curve;
};

const partsOf = (pings: readonly Ping[]): readonly (readonly Ping[])[] => {
  const parts: Ping[][] = [];
  let part: Ping[] = [];
  for (const ping of pings) {
    part.push(ping);
    if (part.length < STRETCH.pings || ping.at_ms - part[0]!.at_ms < STRETCH.ms) continue;
    parts.push(part);
    part = [];
  }
  parts.at(-1)?.push(...part);
  return parts;
};

const earliestOf = (part: readonly Ping[], known: Curve): Stretch => {
  const [first, , third] = part
    .map(({ x, late }) => ({ x, late: late - valueAt(known, x) }))
    .toSorted((a, b) => a.late - b.late) as unknown as [Ping, Ping, Ping];
  const deviation = Math.max((third.late - first.late) / 2, LEAST_DEVIATION_ticks);
  return { x: first.x, earliest: first.late + valueAt(known, first.x), deviation };
};

/** Null for too few pings. `pings` in order of time. */
export const lowerCurve = (pings: readonly Ping[]): Curve | null => {
  const parts = partsOf(pings);
  if (parts.length < LEAST_STRETCHES) return null;
  let curve = STRAIGHT;
  for (let round = 0; round < ROUNDS; round += 1) {
    const known = curve;
    curve = robustCurve(parts.map((part) => earliestOf(part, known)));
  }
  return curve;
};
