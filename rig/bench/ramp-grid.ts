/** Keeps what only measures away from the steps of a ramp: the fixture needs some time between two entries, and a step of a ramp is one. */

import type { When as WireWhen } from '../wire/messages.ts';

/** PROTOCOL.md: 50 us, 7 us more for a converter code; with the same again for what else may hold the fixture up. */
const CLEAR_ticks = 200;

/** Where an entry is in the fixture's time: so many ticks from something that happens once. */
interface Spot {
  /** A number of an entry, or `tick`. */
  readonly base: number | 'tick';
  readonly offset: number;
}

interface Grid {
  readonly starts: readonly Spot[];
  readonly step: number;
  readonly over: number;
}

const spotOf = (number: number, when: WireWhen): Spot => {
  if (when.kind === 'at') return { base: 'tick', offset: when.tick };
  return when.kind === 'after' ? { base: when.entry, offset: when.delay_ticks } : { base: number, offset: 0 };
};

/** From the ramp's start to the entry; null where only the run tells. Ticks of the wire wrap at 32 bits. */
const sinceStart = ({ starts }: Grid, spot: Spot): number | null => {
  const start = starts.find(({ base }) => base === spot.base);
  if (start === undefined) return null;
  const since = spot.offset - start.offset;
  return spot.base === 'tick' ? since | 0 : since;
};

/** How much later an entry has to be, `since` after the ramp's start, to be clear of its steps. */
const putOff = (since: number, { step, over }: Grid): number => {
  if (since < -CLEAR_ticks || since > over + CLEAR_ticks) return 0;
  const clear = Math.min(CLEAR_ticks, Math.floor(step / 2));
  const phase = ((since % step) + step) % step;
  if (phase < clear) return clear - phase;
  return step - phase < clear ? step - phase + clear : 0;
};

const later = (when: WireWhen, by: number): WireWhen => {
  if (by === 0 || when.kind === 'edge') return when;
  return when.kind === 'at' ? { ...when, tick: (when.tick + by) >>> 0 } : { ...when, delay_ticks: when.delay_ticks + by };
};

/** The ramps of a timeline as they are sent, one after the other. */
export class RampGrids {
  private readonly grids: Grid[] = [];

  /** `step` is what the ramp is sent with; the fixture makes all steps equal (ramp.c). */
  add(number: number, when: WireWhen, over: number, step: number): void {
    const steps = Math.max(1, Math.floor(over / step));
    this.grids.push({ starts: [{ base: number, offset: 0 }, spotOf(number, when)], step: Math.max(1, Math.floor(over / steps)), over });
  }

  clear(number: number, when: WireWhen): WireWhen {
    const spot = spotOf(number, when);
    for (const grid of this.grids) {
      const since = sinceStart(grid, spot);
      const by = since === null ? 0 : putOff(since, grid);
      if (by > 0) return later(when, by);
    }
    return when;
  }
}
