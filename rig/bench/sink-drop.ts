/** What a drop under a sink would be under exactly the current that was asked for: a sink draws up to 2 % more or less, and a drop follows it. */

import type { Timeline } from '../../scenarios/contracts/timeline.ts';
import type { Sample, Stimulus } from '../../scenarios/contracts/trace.ts';
import { DROP_SINKS, SINK_uA } from '../../scenarios/signals.ts';

/** As a sink is built. Source: rig/fixture/netlist/outputs.ts. */
export const SINK_SHARE = 0.02;
/** Farther off it is no sink that works (reports/judge/confirm-sinks.ts), and what it draws corrects nothing. */
const PLAUSIBLE = 0.1;

interface Under {
  readonly asked_uA: number;
  /** What it draws, measured in the same pulse; null where nothing told. */
  readonly drawn: Sample | null;
}

const under = (
  { entries }: Timeline,
  stimuli: readonly Stimulus[],
  samples: readonly Sample[],
  { analog, at_us }: Sample,
): Under | null => {
  const sink = DROP_SINKS[analog];
  if (sink === undefined) return null;
  for (const { id, do: action } of entries) {
    if (action.kind !== 'pulse') continue;
    const word = action.changes.find(({ signal }) => signal === sink)?.value;
    const asked_uA = typeof word === 'string' ? SINK_uA[word] : undefined;
    if (asked_uA === undefined) continue;
    const { outcome, done_us, ended_us, letGo_us } = stimuli.find(({ entry }) => entry === id) ?? {};
    if (outcome !== 'done' || done_us == null) continue;
    if (at_us < done_us || at_us > (letGo_us ?? ended_us ?? done_us + action.for_us)) continue;
    return { asked_uA, drawn: samples.find(({ entry, least }) => entry === `confirm-sink-${id}` && least === undefined) ?? null };
  }
  return null;
};

/** How much more, as a share, the asked current may be than the one drawn: least and most. */
const missing = ({ asked_uA, drawn }: Under): readonly [number, number] => {
  const parts = [-SINK_SHARE, SINK_SHARE / (1 - SINK_SHARE)] as const;
  if (drawn === null) return parts;
  const [least_uA, most_uA] = [drawn.value - drawn.uncertainty, drawn.value + drawn.uncertainty];
  if (!(least_uA > (1 - PLAUSIBLE) * asked_uA) || !(most_uA < (1 + PLAUSIBLE) * asked_uA)) return parts;
  return [asked_uA / most_uA - 1, asked_uA / least_uA - 1];
};

/**
 * A resistance drops in proportion to its current, a junction hardly more for more of it, and nobody knows what a unit has: the drop is put in the middle
 * of what both would have at the asked current, and is as uncertain as they are apart.
 */
export const atAskedCurrent = (timeline: Timeline, stimuli: readonly Stimulus[], samples: readonly Sample[]): readonly Sample[] =>
  samples.map((sample) => {
    const found = under(timeline, stimuli, samples, sample);
    if (found === null) return sample;
    const [least, most] = missing(found);
    const [from, to] = [Math.min(0, least), Math.max(0, most)];
    return {
      ...sample,
      value: sample.value * (1 + (from + to) / 2),
      ...(sample.least !== undefined && { least: sample.least * (1 + from) }),
      uncertainty: sample.uncertainty * (1 + to) + (Math.abs(sample.value) * (to - from)) / 2,
    };
  });
