/** When energy may flow in a case, as far as what was done so far tells: the host must not fall silent then. */

import type { ScenarioTime_us } from '../../scenarios/contracts/clocks.ts';
import type { EntryId, Timeline, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { DRIVES } from '../../scenarios/signals.ts';

/** How long an energetic drive that is not a pulse may stay on: what the fixture allows at most. */
const LONGEST_ON_ms = 100;

const isEnergetic = (entry: TimelineEntry): boolean =>
  (entry.do.kind === 'set' || entry.do.kind === 'pulse') &&
  entry.do.changes.some(({ signal, value }) => DRIVES[signal].energetic && value !== DRIVES[signal].safe);

export type Passed = Pick<ReadonlyMap<EntryId, number>, 'get' | 'has'>;

export interface Moment {
  readonly now_ms: number;
  /** When a scenario instant is, on the host's clock. */
  readonly hostTimeOf: (at: ScenarioTime_us) => number;
  /** When entries were done or refused, on the host's clock: asked for one by one, as a day has thousands. */
  readonly passed_ms: Passed;
}

export class EnergyOutlook {
  readonly #entries: ReadonlyMap<EntryId, TimelineEntry>;
  readonly #energetic: readonly TimelineEntry[];

  constructor({ entries }: Timeline) {
    this.#entries = new Map(entries.map((entry) => [entry.id, entry]));
    this.#energetic = entries.filter(isEnergetic);
  }

  /** Whether an energetic drive may be on between now and `ahead_ms` from now, or was on until less than `behind_ms` ago. */
  near(moment: Moment, ahead_ms: number, behind_ms: number): boolean {
    const { now_ms, passed_ms } = moment;
    return this.#energetic.some(({ id, do: action }) => {
      const passed = passed_ms.get(id);
      if (passed === undefined) return this.#earliest_ms(id, moment) < now_ms + ahead_ms;
      return now_ms < passed + (action.kind === 'pulse' ? action.for_us / 1000 : LONGEST_ON_ms) + behind_ms;
    });
  }

  /** An edge that was not heard of yet may just have come: what hangs on it is its delay away at least. */
  #earliest_ms(id: EntryId, moment: Moment): number {
    const passed = moment.passed_ms.get(id);
    if (passed !== undefined) return passed;
    const { when } = this.#entries.get(id)!;
    if (when.kind === 'at') return moment.hostTimeOf(when.at_us);
    if (when.kind !== 'afterEdge') return this.#earliest_ms(when.entry, moment) + when.delay_us / 1000;
    const armed = this.#earliest_ms(when.armedBy, moment);
    return Math.max(armed, moment.passed_ms.has(when.armedBy) ? moment.now_ms - HEARD_WITHIN_ms : armed) + when.delay_us / 1000;
  }
}

/** An edge and what was done are heard of within this: latency of the link, a stall, an event asked for again. */
const HEARD_WITHIN_ms = 300;
