/** The levels a signal may have over time, gathered as spans that tile without gaps. */

import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { AllowedSpan } from '../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { CITES, type CiteId } from './rules/cites.ts';
import { levelOf } from './windows.ts';

/** Bit 1: not high; bit 2: high. */
export type Levels = 1 | 2 | 3;

interface Open {
  readonly levels: Levels;
  readonly from_us: number;
  readonly cite: CiteId;
}

export class SpanList {
  readonly #open = new Map<SenseSignal, Open>();
  readonly #spans: AllowedSpan[] = [];
  readonly #from_us: number;

  constructor(from_us: number) {
    this.#from_us = from_us;
  }

  /** From now on. */
  set(signal: SenseSignal, at_us: number, levels: Levels, cite: CiteId): void {
    const open = this.#open.get(signal);
    if (open?.levels === levels) return;
    if (open !== undefined) this.#close(signal, open, at_us);
    this.#open.set(signal, { levels, cite, from_us: Math.max(at_us, this.#from_us) });
  }

  end(at_us: number): readonly AllowedSpan[] {
    for (const [signal, open] of this.#open) this.#close(signal, open, at_us);
    this.#open.clear();
    return this.#spans;
  }

  #close(signal: SenseSignal, { levels, from_us, cite }: Open, to_us: number): void {
    if (to_us <= from_us) return;
    const { rule, requirement, certainty } = CITES[cite];
    const names = [...(levels & 2 ? [levelOf(signal, true)] : []), ...(levels & 1 ? [levelOf(signal, false)] : [])];
    this.#spans.push({ signal, from_us: scenarioTime(from_us), to_us: scenarioTime(to_us), levels: names, rule, requirement, certainty });
  }
}
