/** A voltage that goes to its target at one rate. */

export class Slew {
  readonly #rate_V_per_ns: number;
  #from_V = 0;
  #to_V = 0;
  #start_ns = 0;
  #end_ns = 0;

  constructor(rate_V_per_ns: number) {
    this.#rate_V_per_ns = rate_V_per_ns;
  }

  /** Sets out for a target at t. */
  aim(to_V: number, t_ns: number): void {
    this.#from_V = this.at(t_ns);
    this.#to_V = to_V;
    this.#start_ns = t_ns;
    this.#end_ns = t_ns + Math.abs(to_V - this.#from_V) / this.#rate_V_per_ns;
  }

  at(t_ns: number): number {
    if (t_ns >= this.#end_ns) return this.#to_V;
    return this.#from_V + (this.#to_V - this.#from_V) * ((t_ns - this.#start_ns) / (this.#end_ns - this.#start_ns));
  }

  /** Time until the target is reached; Infinity when it has been. */
  lasts_ns(t_ns: number): number {
    return t_ns >= this.#end_ns ? Infinity : this.#end_ns - t_ns;
  }

  /** V/ns from t on. */
  rateAt(t_ns: number): number {
    return t_ns >= this.#end_ns ? 0 : Math.sign(this.#to_V - this.#from_V) * this.#rate_V_per_ns;
  }
}
