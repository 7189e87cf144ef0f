/** How a crystal's cycles lie on true time: one board's frequency error and both conversions. */

/** Nanoseconds since the start of the simulation: the time that no party of the simulated bench can read. */
export type TrueTime_ns = number;

export interface Oscillator {
  /** Frequency error, parts per million; positive = fast. */
  readonly error_ppm: number;
  /** True instant at which a cycle begins. */
  instantOf(cycle: number): TrueTime_ns;
  /** First cycle that begins at or after an instant. */
  cycleAt(instant_ns: TrueTime_ns): number;
}

export const createOscillator = (nominal_Hz: number, error_ppm: number): Oscillator => {
  const cycles_per_ns = (nominal_Hz * (1 + error_ppm / 1e6)) / 1e9;
  const ns_per_cycle = 1 / cycles_per_ns;
  return {
    error_ppm,
    instantOf: (cycle) => cycle * ns_per_cycle,
    // A hair below the product, so that an instant made from a cycle gives that cycle back: rounding is 5e-4 cycles after a day.
    cycleAt: (instant_ns) => Math.ceil(instant_ns * cycles_per_ns - 1e-3),
  };
};
