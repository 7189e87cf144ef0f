/** What a case costs before it runs: how long it takes on a unit at least and at most, and how much energy the fixture's sinks and shorts turn into heat. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { DriveChange, Timeline } from '../../scenarios/contracts/timeline.ts';
import { SINK_uA } from '../../scenarios/signals.ts';
import { plannedStimuli, supplyOverTime } from '../bench/supply-over-time.ts';

export interface Estimate {
  readonly case: string;
  readonly least_s: number;
  readonly most_s: number;
  /** Of all pulses together, and of the one that takes most. */
  readonly heat_J: number;
  readonly pulse_J: number;
}

/** A shorted CHARGER gives 50 mA at most (FACTS.md, A-CHARGER-SHORT). */
const SHORTED_A = 0.05;

const current_A = ({ signal, value }: DriveChange): number =>
  signal === 'chargerShort'
    ? value === 'off'
      ? 0
      : SHORTED_A
    : signal.endsWith('Sink') && typeof value === 'string'
      ? (SINK_uA[value] ?? 0) / 1e6
      : 0;

const round = (value: number): number => Number(value.toFixed(3));

function pulsesOf_J(timeline: Timeline): readonly number[] {
  // Most cases have none.
  if (!timeline.entries.some(({ do: { kind } }) => kind === 'pulse')) return [];
  const supply_mV = supplyOverTime(timeline, plannedStimuli(timeline));
  return timeline.entries.flatMap(({ do: action, bounds_us: [at_us] }) =>
    action.kind === 'pulse'
      ? [action.changes.reduce((sum, one) => sum + current_A(one), 0) * (supply_mV(at_us) / 1e3) * (action.for_us / 1e6)]
      : [],
  );
}

export function estimate({ id, timeline }: Case): Estimate {
  const pulses_J = pulsesOf_J(timeline);
  const [least_us, most_us] = timeline.endBounds_us;
  return {
    case: id,
    least_s: round(least_us / 1e6),
    most_s: round(most_us / 1e6),
    heat_J: round(pulses_J.reduce((sum, one) => sum + one, 0)),
    pulse_J: round(Math.max(0, ...pulses_J)),
  };
}

const duration = (s: number): string =>
  s < 120 ? `${round(s)} s` : s < 7_200 ? `${Number((s / 60).toFixed(1))} min` : `${Number((s / 3_600).toFixed(1))} h`;

/** Of all cases, one after the other. */
export function estimateText(all: readonly Estimate[]): string {
  const sum = (of: (one: Estimate) => number): number => all.reduce((total, one) => total + of(one), 0);
  const [least, most] = [duration(sum((one) => one.least_s)), duration(sum((one) => one.most_s))];
  const heat_J = sum((one) => one.heat_J);
  const pulse_J = all.reduce((largest, one) => Math.max(largest, one.pulse_J), 0);
  const energy = heat_J === 0 ? 'no sink is used' : `sinks take ${round(heat_J)} J, ${pulse_J} J in one pulse at most`;
  return `On a unit: ${least === most ? most : `${least} to ${most}`}; ${energy}`;
}
