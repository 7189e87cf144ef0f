/** When edges come faster than any link carries them: then what makes them is why the fixture could not keep them, and no cable. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { signalName } from '../../reports/judge/wording.ts';
import { RigError } from '../error.ts';
import type { StampedEvent } from './run-timeline.ts';

/** Twice the burst that a link which loses nothing takes at any rate, faster than the 2 000 a second that it carries for ever. */
const EDGES = 128;
const WITHIN_ms = 64;
const TICKS_PER_ms = 2_000;

/** The first signal that changed so often, and in how short a time; null where none did. */
export const stormIn = (events: readonly StampedEvent[]): { readonly signal: SenseSignal; readonly within_ms: number } | null => {
  const ticksOf = new Map<SenseSignal, number[]>();
  for (const { event, ticks } of events) {
    if (event.kind !== 'edge') continue;
    const own = ticksOf.get(event.sense) ?? [];
    ticksOf.set(event.sense, own);
    own.push(ticks);
    const within_ms = (ticks - (own.at(-EDGES) ?? -Infinity)) / TICKS_PER_ms;
    if (within_ms <= WITHIN_ms) return { signal: event.sense, within_ms };
  }
  return null;
};

/** A fault of events that could not be kept, with the signal that made them; null where it is another fault, or no signal did. */
export const stormFault = (fault: RigError, events: readonly StampedEvent[]): RigError | null => {
  const storm = fault.code === 'eventsLost' ? stormIn(events) : null;
  if (storm === null) return null;
  const message = `${fault.message.replace(/\.$/, '')}: ${signalName(storm.signal)} changed ${EDGES} times within ${storm.within_ms.toFixed(1)} ms.`;
  return new RigError('eventsLost', message, {
    hint: 'Either the unit makes it oscillate, or the comparator or light sensor of the fixture that sees it does.',
    cause: fault,
  });
};
