/** The fixture's edges and probes in scenario time, each with the uncertainty of the way it was seen. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import type { FixtureTicks, ScenarioTime_us } from '../../scenarios/contracts/clocks.ts';
import type { EntryId } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Probe, Span } from '../../scenarios/contracts/trace.ts';
import { isOutput, type SenseLevel, SENSES, type SenseSignal } from '../../scenarios/signals.ts';
import { avccOf_mV, dividerVoltage_mV } from './measure.ts';
import { pathMost_us } from './path-delay.ts';
import { probeResult } from './probe-result.ts';
import type { StampedEvent } from './run-timeline.ts';

type TimeOf = (ticks: FixtureTicks) => ScenarioTime_us;

/** Worst case of a stamp at the fixture's pin. Source: BENCH.md B-EDGE (capture, pin change). What lies before the pin: path-delay.ts. */
const STAMP_us = { capture: 1, pinChange: 39, lightSensor: 39 } as const;
/** A probe's own edges are hidden by it: its level afterwards came about somewhere in between. */
const PROBE_AT_LEAST_us = 3_000;
const TICK_us = 0.5;
/** AVCC where no reference was converted during the case; it is within 1 %. */
const NOMINAL_AVCC_mV = 5_000;
const VIA = { capture: 'capture', pinChange: 'comparator', lightSensor: 'light', probe: 'probe' } as const;

export const levelOf = (signal: SenseSignal, level: number): SenseLevel =>
  isOutput(signal) ? (level === 1 ? 'high' : 'notHigh') : level === 1 ? 'on' : 'off';

/** Sorted by time and numbered. What is stamped after the end is no part of the case: the fixture makes everything safe there, and a loaded supply falls within microseconds. */
export const traceEdges = (events: readonly StampedEvent[], ended: FixtureTicks, timeOf: TimeOf, dividers: Dividers): readonly Edge[] => {
  const paths_us = new Map(
    SENSES.map((signal) => [signal, [0, 1].map((level) => pathMost_us(signal, levelOf(signal, level), dividers))] as const),
  );
  const probeSpan_us = (signal: SenseSignal, ticks: FixtureTicks): number => {
    const spans = events.filter(({ event, until }) => event.kind === 'probe' && event.output === signal && until <= ticks + 2);
    const last = spans.at(-1);
    return last && timeOf(ticks) - timeOf(last.until) < PROBE_AT_LEAST_us ? timeOf(ticks) - timeOf(last.ticks) : PROBE_AT_LEAST_us;
  };
  return events
    .flatMap(({ event, ticks }) => (event.kind === 'edge' && ticks <= ended ? [{ event, ticks }] : []))
    .toSorted((a, b) => a.ticks - b.ticks)
    .map(({ event: { sense, level, via }, ticks }, seq): Edge => ({
      seq,
      signal: sense,
      level: levelOf(sense, level),
      at_us: timeOf(ticks),
      uncertainty_us: TICK_us + (via === 'probe' ? probeSpan_us(sense, ticks) : STAMP_us[via]) + paths_us.get(sense)![level]!,
      via: VIA[via],
      ticks,
    }));
};

/** Probes in order of time, planned ones with their entry. */
export const traceProbes = ({
  events,
  entryOf,
  timeOf,
  dividers,
}: {
  readonly events: readonly StampedEvent[];
  readonly entryOf: ReadonlyMap<number, EntryId>;
  readonly timeOf: TimeOf;
  readonly dividers: Dividers;
}): readonly Probe[] => {
  const sample = events.find(({ event }) => event.kind === 'sample')?.event;
  const avcc_mV = sample?.kind === 'sample' ? avccOf_mV(sample) : NOMINAL_AVCC_mV;
  return events
    .flatMap(({ event, ticks, until }): Probe[] => {
      if (event.kind !== 'probe') return [];
      const output = dividers[event.output];
      const [biasOff_mV, biasOn_mV] = [dividerVoltage_mV(event.off, avcc_mV, output), dividerVoltage_mV(event.on, avcc_mV, output)];
      const supply_mV = dividerVoltage_mV(event.supply, avcc_mV, dividers.supply);
      return [
        {
          entry: entryOf.get(event.id) ?? null,
          output: event.output,
          from_us: timeOf(ticks),
          to_us: timeOf(until),
          result: probeResult(biasOff_mV, biasOn_mV, supply_mV),
          biasOff_mV,
          biasOn_mV,
          supply_mV,
        },
      ];
    })
    .toSorted((a, b) => a.from_us - b.from_us);
};

export const traceInitial = (events: readonly StampedEvent[]): Readonly<Record<SenseSignal, SenseLevel>> => {
  const first = events.find(({ event }) => event.kind === 'levels')?.event;
  const levels = first?.kind === 'levels' ? first.levels : 0;
  return Object.fromEntries(SENSES.map((signal, bit) => [signal, levelOf(signal, (levels >> bit) & 1)])) as Record<SenseSignal, SenseLevel>;
};

/** The fixture watches every sense from the begin of a case to its end; what it watched without our asking is told as well. */
export const traceCaptured = (events: readonly StampedEvent[], ended: FixtureTicks, timeOf: TimeOf): readonly Span[] => {
  const begun = events.find(({ event }) => event.kind === 'levels');
  return begun ? SENSES.map((signal) => ({ signal, from_us: timeOf(begun.ticks), to_us: timeOf(ended) })) : [];
};

export const traceBlind = (probes: readonly Probe[]): readonly Span[] =>
  probes.map(({ output, from_us, to_us }) => ({ signal: output, from_us, to_us }));
