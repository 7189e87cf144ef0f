/** How a part enters the equations: every part is piecewise linear, one set of conductances and currents per state. */

/** Index of the minus node: it has no row. */
export const GROUND = -1;

/** Nodal conductance matrix, row by row. */
export class Conductances {
  readonly size: number;
  readonly rows: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.rows = new Float64Array(size * size);
  }

  /** Current into `node` per volt on `by`, with the sign of a conductance matrix: positive on the diagonal. */
  add(node: number, by: number, conductance_S: number): void {
    if (node === GROUND || by === GROUND) return;
    const at = node * this.size + by;
    this.rows[at] = this.rows[at]! + conductance_S;
  }

  between(a: number, b: number, conductance_S: number): void {
    this.add(a, a, conductance_S);
    this.add(b, b, conductance_S);
    this.add(a, b, -conductance_S);
    this.add(b, a, -conductance_S);
  }
}

/** Currents into the nodes, A, and their rates, A/ns. */
export class Injections {
  readonly current: Float64Array;
  readonly rate: Float64Array;
  /** True where any rate was given that is not 0. */
  moves = false;

  constructor(size: number) {
    this.current = new Float64Array(size);
    this.rate = new Float64Array(size);
  }

  add(node: number, current_A: number, rate_A_per_ns = 0): void {
    if (node === GROUND) return;
    this.current[node] = this.current[node]! + current_A;
    if (rate_A_per_ns === 0) return;
    this.rate[node] = this.rate[node]! + rate_A_per_ns;
    this.moves = true;
  }

  clear(): void {
    this.current.fill(0);
    if (this.moves) this.rate.fill(0);
    this.moves = false;
  }
}

export interface Element {
  /** True for a conductance that never changes: it has no currents to inject and no state. */
  readonly passive: boolean;
  /** True for a conductance that changes only when it is told to: no currents to inject, and nothing to settle. Default: it does more. */
  readonly obedient?: boolean;
  /** 0-9. Equal states give equal conductances. */
  readonly state: number;
  conduct(matrix: Conductances): void;
  inject(into: Injections, t_ns: number): void;
  /** Goes to the state that the voltages ask for; true when that is another one. */
  settle(volts: Float64Array, t_ns: number): boolean;
  /** How long the state stays right while the voltages move at these rates (V/ns). */
  holds_ns(volts: Float64Array, rates: Float64Array, t_ns: number): number;
}

export const voltsAt = (volts: Float64Array, node: number): number => (node === GROUND ? 0 : volts[node]!);

/** How long a margin that moves at this rate stays positive. */
export const lasts_ns = (margin: number, rate_per_ns: number): number => (rate_per_ns < 0 ? Math.max(0, margin) / -rate_per_ns : Infinity);
