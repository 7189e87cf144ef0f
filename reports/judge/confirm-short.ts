/** Whether a short of CHARGER was one: a unit that was never shorted would be proof against it. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { fault, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { milliamperes, seconds, volts } from './wording.ts';

/** 0.5 Ohm +-30 % and the 1 Ohm that senses it, and what wires have. Source: ELECTRICS.md, "Sinks". */
const SHORT_Ohm = 2;
/** What a converter reads at nothing; a unit at its limit leaves less, or lets go of its output. */
const NOTHING_mV = 100;
/** A window and its reference: it has to be over before the short opens. */
const WINDOW_us = 2_000;
/** The limit of the supply, 1.5 A +-5 %: no more flows through anything. Source: ELECTRICS.md, "Supply". */
const LIMIT_uA = 1_600_000;

const most_uA = ({ value, uncertainty, least }: Sample): number =>
  least === undefined && !Number.isNaN(value) ? value + uncertainty : LIMIT_uA;

/** A window of the voltage between two of the current. */
const shortFault = (voltage: Sample, currents: readonly Sample[]): readonly Fault[] => {
  const flows_uA = Math.min(LIMIT_uA, Math.max(0, ...currents.map(most_uA)));
  if (!(voltage.value - voltage.uncertainty > NOTHING_mV + (SHORT_Ohm * flows_uA) / 1_000)) return [];
  const told = volts(voltage.least ?? voltage.value);
  const text =
    `CHARGER reads ${told} at ${seconds(voltage.at_us)} while it is shorted, and no more than ${milliamperes(flows_uA)} flow: that is no short, ` +
    `and what the unit does afterwards says nothing. Look at the switch Q.chargerShort and its monostable.`;
  return [fault('rig', text)];
};

/** What is found here is the bench's fault, whatever the unit did: with the switch closed no unit can have its output far above minus. */
export function judgeShorts({ timeline }: Case, { stimuli, samples }: Trace): Partial<Findings> {
  const looked = samples.filter(({ entry }) => entry.startsWith('confirm-short-'));
  if (looked.length === 0) return {};
  const faults = timeline.entries.flatMap(({ id, do: action }): readonly Fault[] => {
    const { outcome, done_us, ended_us, letGo_us } = stimuli.find(({ entry }) => entry === id) ?? {};
    if (action.kind !== 'pulse' || outcome !== 'done' || done_us == null || ended_us == null || letGo_us !== undefined) return [];
    const within = ({ at_us }: Sample): boolean => at_us > done_us && at_us + WINDOW_us < ended_us;
    return [1, 2].flatMap((look) => {
      const [before, voltage, after] = [1, 2, 3].map((window) =>
        looked.find(({ entry }) => entry === `confirm-short-${look}-${window}-${id}`),
      );
      if (before === undefined || voltage === undefined || after === undefined) return [];
      return [before, voltage, after].every(within) ? shortFault(voltage, [before, after]) : [];
    });
  });
  return { faults };
}
