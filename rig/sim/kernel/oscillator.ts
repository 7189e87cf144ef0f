/** How a crystal's cycles lie on true time: one board's frequency error and both conversions. */

/** Nanoseconds since the start of the simulation: the time that no party of the simulated bench can read. */
export type TrueTime_ns = number;

export interface Oscillator {
  /** Frequency error at the start, parts per million; positive = fast. */
  readonly error_ppm: number;
  /** True instant at which a cycle begins. */
  instantOf(cycle: number): TrueTime_ns;
  /** First cycle that begins at or after an instant. */
  cycleAt(instant_ns: TrueTime_ns): number;
}

/** A hair below the product, so that an instant made from a cycle gives that cycle back: rounding is 5e-4 cycles after a day. */
const HAIR = 1e-3;

export const createOscillator = (nominal_Hz: number, error_ppm: number, drift_ppm_per_min = 0): Oscillator => {
  const cycles_per_ns = (nominal_Hz * (1 + error_ppm / 1e6)) / 1e9;
  const ns_per_cycle = 1 / cycles_per_ns;
  if (drift_ppm_per_min !== 0) return drifting(cycles_per_ns, (nominal_Hz / 1e9) * (drift_ppm_per_min / 1e6 / 60e9), error_ppm);
  return {
    error_ppm,
    instantOf: (cycle) => cycle * ns_per_cycle,
    cycleAt: (instant_ns) => Math.ceil(instant_ns * cycles_per_ns - HAIR),
  };
};

/** The frequency grows (or falls) evenly: cycles(t) = rate t + gain t^2 / 2. */
const drifting = (rate: number, gain: number, error_ppm: number): Oscillator => ({
  error_ppm,
  // The root of the quadratic in the form that loses no digits where the gain is small.
  instantOf: (cycle) => (2 * cycle) / (rate + Math.sqrt(rate * rate + 2 * gain * cycle)),
  cycleAt: (instant_ns) => Math.ceil(instant_ns * (rate + (gain * instant_ns) / 2) - HAIR),
});
