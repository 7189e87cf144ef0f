/** The levels a signal may have over time, gathered as spans that tile without gaps. */

import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { AllowedSpan, Prediction } from '../scenarios/contracts/prediction.ts';
import { isOutput, type Level, type SenseSignal } from '../scenarios/signals.ts';
import { CITES, type CiteId } from './rules/cites.ts';
import type { Segment } from './inputs/segments.ts';
import type { Interval } from './inputs/steps.ts';
import { levelOf } from './windows.ts';

/** Before power. */
export const INITIAL: Prediction['initial'] = {
  load: 'floating',
  preAlarm: 'floating',
  charger: 'floating',
  ledBlue: 'off',
  ledRed: 'off',
};

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

function namesOf(signal: SenseSignal, levels: Levels, supplied: boolean): readonly Level[] {
  if (levels === 2) return [levelOf(signal, true)];
  const low = levelOf(signal, false, supplied);
  return levels === 1 ? [low] : [levelOf(signal, true), low];
}

interface Piece {
  readonly from_us: number;
  readonly to_us: number;
  readonly supplied: boolean;
}

function isSupplied(from_us: number, to_us: number, unsupplied: readonly Interval[]): boolean {
  for (const low of unsupplied) if (low[1] > from_us && low[0] < to_us) return false;
  return true;
}

function cut(from_us: number, to_us: number, unsupplied: readonly Interval[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at_us = from_us;
  for (const low of unsupplied) {
    const low_us = low[0];
    const full_us = low[1];
    if (full_us <= at_us || low_us >= to_us) continue;
    if (low_us > at_us) pieces.push({ from_us: at_us, to_us: low_us, supplied: true });
    pieces.push({ from_us: Math.max(low_us, at_us), to_us: Math.min(full_us, to_us), supplied: false });
    at_us = Math.min(full_us, to_us);
  }
  if (at_us < to_us) pieces.push({ from_us: at_us, to_us, supplied: true });
  return pieces;
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
    if (!isOutput(signal) || levels === 2 || isSupplied(from_us, to_us, this.#unsupplied)) {
      this.#push(signal, levels, from_us, to_us, true, cite);
      return;
    }
    for (const { from_us: first_us, to_us: last_us, supplied } of cut(from_us, to_us, this.#unsupplied))
      this.#push(signal, levels, first_us, last_us, supplied, cite);
  }

  #push(signal: SenseSignal, levels: Levels, from_us: number, to_us: number, supplied: boolean, cite: CiteId): void {
    const { rule, requirement, certainty } = CITES[cite];
    this.#spans.push({
      signal,
      from_us: scenarioTime(from_us),
      to_us: scenarioTime(to_us),
      levels: namesOf(signal, levels, supplied),
      rule,
      requirement,
      certainty,
    });
  }
}
