/** Whether the fixture's sinks get the rest they need between pulses, whoever asks for them. */

import { Windows, separation_us } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { formatQuantity } from '../language/quantity.ts';
import type { DriveSignal } from '../signals.ts';
import { highestSupply_mV } from './checks.ts';
import type { Draft, DraftEntry } from './draft.ts';

/** The firmware rests a sink for its energy divided by this power (ELECTRICS.md, "Sinks"). */
const SINK_REST_W = 3;
/** The fixture's own sum errs by some per cent to the safe side. */
const MARGIN = 1.05;
/** The sinks of two outputs are never on together; their switches need a moment to open. */
const CHANGE_us = 1_000;

const AMPERE: readonly DriveSignal[] = ['loadSink', 'preAlarmSink'];
/** The short of CHARGER rests for so long after each pulse, and as long takes CHARGER to be judged again. */
const SHORT_REST_us = 100_000;

interface Pulse {
  readonly entry: DraftEntry;
  readonly sink: DriveSignal;
  readonly for_us: number;
}

const pulsesOf = ({ entries }: Draft): readonly Pulse[] =>
  entries.flatMap((entry) => {
    const { do: action } = entry;
    if (action.kind !== 'pulse') return [];
    return action.changes.flatMap(({ signal }) =>
      AMPERE.includes(signal) || signal === 'chargerShort' ? [{ entry, sink: signal, for_us: action.for_us }] : [],
    );
  });

/** At least so long after `a` comes `b`: by their own bounds, or by the steps between the edges they hang on. */
const leastBetween_us = (a: Instant, b: Instant, windows: Windows): number => {
  const [least] = separation_us(a, b);
  if (b.base === null || a.base === b.base || (a.base ?? -1) > b.base) return least;
  const [earliest] = windows.of(a.base)[b.base] ?? [-Infinity];
  return Math.max(least, earliest + b.offset_us - a.offset_us);
};

/** Refuses a pulse for which its sink is not ready yet. */
export const checkSinks = (draft: Draft, steps: readonly Instant[]): void => {
  const pulses = pulsesOf(draft).toSorted((a, b) => a.entry.instant.bounds_us[0] - b.entry.instant.bounds_us[0]);
  const windows = new Windows(draft.scenario, steps);
  const supply_V = highestSupply_mV(draft) / 1_000;
  for (const [index, { entry, sink }] of pulses.entries()) {
    for (const before of pulses.slice(0, index)) {
      const together = AMPERE.includes(sink) && AMPERE.includes(before.sink);
      if (before.entry === entry || !(together || before.sink === sink)) continue;
      const heat_us = Math.ceil(((supply_V * before.for_us) / SINK_REST_W) * MARGIN);
      const rest_us = before.sink !== sink ? CHANGE_us : sink === 'chargerShort' ? SHORT_REST_us : heat_us;
      const needed_us = before.for_us + rest_us;
      const gap_us = leastBetween_us(before.entry.instant, entry.instant, windows);
      if (gap_us >= needed_us) continue;
      const message = `the sink is on again ${formatQuantity(Math.max(0, gap_us), 'time')} after ${before.entry.id} at the least, and rests for ${formatQuantity(rest_us, 'time')} at ${supply_V} V`;
      draft.refuse('sink-rest', entry.path, message, `let ${formatQuantity(needed_us, 'time')} pass between them`);
      break;
    }
  }
};
