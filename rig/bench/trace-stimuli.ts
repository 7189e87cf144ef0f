/** Entries as executed: when each was asked for, begun and ended, from the fixture's own stamps. */

import { type FixtureTicks, type ScenarioTime_us, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Action, EntryId, Timeline } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Stimulus } from '../../scenarios/contracts/trace.ts';
import type { StampedEvent } from './run-timeline.ts';

/** A scheduled port write happens in the tick reported; a converter follows 20-30 us later (SPI, slew of the code). Source: BENCH.md B-STIMULUS. */
const PIN_us = 1;
const CONVERTER_us = 30;
/** A tick is half a microsecond. */
const TICK_us = 0.5;

const uncertaintyOf = (action: Action): number => {
  const byConverter =
    action.kind !== 'set' && action.kind !== 'pulse'
      ? action.kind === 'ramp'
      : action.changes.some(({ signal, value }) => signal === 'supply' || typeof value !== 'string');
  return (byConverter ? CONVERTER_us : PIN_us) + TICK_us;
};

export interface StimuliSources {
  readonly timeline: Timeline;
  readonly events: readonly StampedEvent[];
  readonly entryOf: ReadonlyMap<number, EntryId>;
  readonly edges: readonly Edge[];
  readonly timeOf: (ticks: FixtureTicks) => ScenarioTime_us;
}

/**
 * One stimulus per entry, in the timeline's order. `asked_us` of an entry that hangs on another follows from what it hung on. A sink that the fixture
 * refused because its output was not high is `refused` at that instant: the unit's doing; what hangs on it counts from there (PROTOCOL.md). One that it let go of under way is done, and says when it was let go.
 */
export const traceStimuli = ({ timeline, events, entryOf, edges, timeOf }: StimuliSources): readonly Stimulus[] => {
  const stampsOf = (kind: 'done' | 'finished' | 'triggerTimeout' | 'refused'): ReadonlyMap<EntryId, ScenarioTime_us> =>
    new Map(
      events.flatMap(({ event, ticks }) => {
        const entry =
          event.kind === kind && (event.kind !== 'refused' || event.code === 'outputNotHigh') ? entryOf.get(event.id) : undefined;
        return entry === undefined ? [] : [[entry, timeOf(ticks)] as const];
      }),
    );
  const [done, finished, timedOut] = [stampsOf('done'), stampsOf('finished'), stampsOf('triggerTimeout')];
  const refused = stampsOf('refused');
  /** Refused after it was done: let go, because the output broke down under the sink. */
  const letGo = (id: EntryId): Pick<Stimulus, 'letGo_us'> => {
    const at_us = done.has(id) ? refused.get(id) : undefined;
    return at_us === undefined ? {} : { letGo_us: at_us };
  };
  const passed = new Map([...refused, ...done]);
  return timeline.entries.map(({ id, when, do: action }): Stimulus => {
    const hungOn_us =
      when.kind === 'at'
        ? null
        : when.kind !== 'afterEdge'
          ? passed.get(when.entry)
          : edges.find(
              ({ signal, level, at_us }) =>
                signal === when.signal && level === when.level && at_us >= (passed.get(when.armedBy) ?? Infinity),
            )?.at_us;
    const asked_us = when.kind === 'at' ? when.at_us : hungOn_us == null ? null : scenarioTime(hungOn_us + when.delay_us);
    return {
      entry: id,
      outcome: done.has(id) ? 'done' : refused.has(id) ? 'refused' : timedOut.has(id) ? 'timedOut' : 'notReached',
      asked_us,
      done_us: done.get(id) ?? refused.get(id) ?? null,
      ended_us: finished.get(id) ?? null,
      uncertainty_us: uncertaintyOf(action),
      ...letGo(id),
    };
  });
};
