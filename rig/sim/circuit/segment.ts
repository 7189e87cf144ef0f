/** Node voltages between two changes of the circuit: straight lines, plus what each capacitor has still to make up. */

import type { Solution } from './network.ts';

export interface Capacitance {
  readonly node: number;
  readonly capacitance_F: number;
}

interface Decay {
  readonly node: number;
  readonly capacitance_F: number;
  /** What the node is away from its line at the start, V. */
  readonly start_V: number;
  readonly tau_ns: number;
  /** From its node to each. */
  readonly impedances_Ohm: Float64Array;
}

/** Smaller remainders are dropped: 10 uV are a 500th of an ADC step. */
const NEGLIGIBLE_V = 1e-5;
/** Faster ones too: nothing on the bench sees 20 ns. */
const NEGLIGIBLE_ns = 20;
/** A node that follows another by more than this hangs on it: the larger of their capacitors decides for both. */
const HANGS_ON = 0.5;
/** After this many time constants nothing is left. */
const SETTLED_TAUS = 20;
/** After so many even the exponential itself is 0. */
const FORGOTTEN_TAUS = 750;

/** What of a capacitor's remainder is that of a larger one it hangs on. */
const borrowed_V = ({ node, capacitance_F }: Decay, decays: readonly Decay[]): number =>
  decays.reduce((sum, other) => {
    const share = other.impedances_Ohm[node]! / other.impedances_Ohm[other.node]!;
    return other.capacitance_F > capacitance_F && share > HANGS_ON ? sum + share * other.start_V : sum;
  }, 0);

/**
 * A capacitor sees the impedance of its node, so that its remainder decays with C x Z, and other nodes share it as Z(node, capacitor) / Z(capacitor).
 * Exact as long as capacitors do not feed each other: here each hangs on its own terminal and they meet only in the low impedance of the supply. Where a defect puts
 * a second one on a terminal, the larger one's remainder is that of both, and the smaller adds only what it differs by.
 */
export class Segment {
  readonly start_ns: number;
  /** The lines end here: a slew ends or a part changes state. */
  readonly end_ns: number;
  readonly #solution: Solution;
  readonly #decays: readonly Decay[];
  /** True while any voltage moves; the decays count until `settled_ns`. */
  readonly #slews: boolean;
  readonly settled_ns: number;

  constructor(start_ns: number, solution: Solution, capacitances: readonly Capacitance[], before: Segment | null) {
    this.start_ns = start_ns;
    // At least 100 ns, so that a corner met exactly is passed and not met again.
    this.end_ns = solution.holds_ns === Infinity ? Infinity : start_ns + Math.max(100, Math.ceil(solution.holds_ns) + 1);
    this.#solution = solution;
    this.#slews = solution.moves;
    const decays: Decay[] = [];
    let settled_ns = start_ns;
    for (const { node, capacitance_F } of capacitances) {
      const start_V = before === null ? 0 : before.at(node, start_ns) - solution.volts[node]!;
      if (Math.abs(start_V) < NEGLIGIBLE_V) continue;
      const impedances_Ohm = solution.factors.impedances_Ohm(node);
      const tau_ns = capacitance_F * impedances_Ohm[node]! * 1e9;
      if (tau_ns < NEGLIGIBLE_ns) continue;
      decays.push({ node, capacitance_F, start_V, tau_ns, impedances_Ohm });
      settled_ns = Math.max(settled_ns, start_ns + SETTLED_TAUS * tau_ns);
    }
    this.#decays = decays.map((own) => ({ ...own, start_V: own.start_V - borrowed_V(own, decays) }));
    this.settled_ns = settled_ns;
  }

  /** Volts of a node at t, t >= start. */
  at(node: number, t_ns: number): number {
    const { volts, rates } = this.#solution;
    const age_ns = Math.max(0, t_ns - this.start_ns);
    let value = volts[node]! + (rates[node] === 0 ? 0 : rates[node]! * age_ns);
    for (const decay of this.#decays) {
      const aged = age_ns / decay.tau_ns;
      if (aged > FORGOTTEN_TAUS) continue;
      const share = decay.impedances_Ohm[node]! / decay.impedances_Ohm[decay.node]!;
      if (share > 1e-9) value += share * decay.start_V * Math.exp(-aged);
    }
    return value;
  }

  /** True when no voltage moves any more from t on. */
  restsFrom(t_ns: number): boolean {
    return !this.#slews && t_ns >= this.settled_ns;
  }
}
