/** The levels a signal may have over time, gathered as spans that tile without gaps. */

import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { AllowedSpan } from '../scenarios/contracts/prediction.ts';
import { isOutput, type SenseSignal } from '../scenarios/signals.ts';
import { CITES, type CiteId } from './rules/cites.ts';
import type { Segment } from './inputs/segments.ts';
import type { Interval } from './inputs/steps.ts';
import { levelOf } from './windows.ts';

/** Bit 1: not high; bit 2: high. */
export type Levels = 1 | 2 | 3;

interface Open {
  readonly levels: Levels;
  readonly from_us: number;
  readonly cite: CiteId;
}

/** R14: below 8 V a probe proves nothing, so all that can be asked of an output there is that it is not high. In order of time. */
export function unsuppliedOf(segments: readonly Segment[]): readonly Interval[] {
  const found: Interval[] = [];
  let from_us: number | null = null;
  for (const segment of segments) {
    const full = segment.inputs.zone === 'full';
    if (!full) from_us ??= segment.from_us[0];
    else if (from_us !== null) {
      found.push([from_us, segment.from_us[1]]);
      from_us = null;
    }
  }
  return from_us === null ? found : [...found, [from_us, Infinity]];
}

interface Piece {
  readonly from_us: number;
  readonly to_us: number;
  readonly supplied: boolean;
}

function cut(from_us: number, to_us: number, unsupplied: readonly Interval[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at_us = from_us;
  for (const [low_us, full_us] of unsupplied) {
    if (full_us <= at_us || low_us >= to_us) continue;
    if (low_us > at_us) pieces.push({ from_us: at_us, to_us: low_us, supplied: true });
    pieces.push({ from_us: Math.max(low_us, at_us), to_us: Math.min(full_us, to_us), supplied: false });
    at_us = Math.min(full_us, to_us);
  }
  return at_us < to_us ? [...pieces, { from_us: at_us, to_us, supplied: true }] : pieces;
}

export class SpanList {
  readonly #open = new Map<SenseSignal, Open>();
  readonly #spans: AllowedSpan[] = [];
  readonly #from_us: number;
  readonly #unsupplied: readonly Interval[];

  /** `segments` tell where the supply was not full. */
  constructor(from_us: number, segments: readonly Segment[]) {
    this.#from_us = from_us;
    this.#unsupplied = unsuppliedOf(segments);
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
    const whole = !isOutput(signal) || levels === 2;
    for (const piece of cut(from_us, to_us, whole ? [] : this.#unsupplied)) {
      const names = [...(levels & 2 ? [levelOf(signal, true)] : []), ...(levels & 1 ? [levelOf(signal, false, piece.supplied)] : [])];
      const [from, to] = [scenarioTime(piece.from_us), scenarioTime(piece.to_us)];
      this.#spans.push({ signal, from_us: from, to_us: to, levels: names, rule, requirement, certainty });
    }
  }
}
