/** Whether the fixture's two ways of seeing the same thing agree: comparator and converter, divider and drop amplifier, supply as set and as measured. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Probe, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type AnalogSignal, type OutputSignal } from '../../scenarios/signals.ts';
import { judgeBias } from './confirm-bias.ts';
import { judgeChatter } from './confirm-chatter.ts';
import { judgeLeaks } from './confirm-leak.ts';
import { judgeOpenLink } from './confirm-link.ts';
import { judgeRemote } from './confirm-remote.ts';
import { judgeShorts } from './confirm-short.ts';
import { judgeSinks } from './confirm-sinks.ts';
import { consumptions, isBypassed, judgeSupplyPath } from './confirm-supply.ts';
import { edgesOf, fault, levelAt, type Evidence, type Findings } from './findings.ts';
import { leastOf, mostOf } from './reading.ts';
import type { Fault } from './result.ts';
import { seconds, signalName, volts } from './wording.ts';

/** A comparator's threshold is half the supply; hysteresis, and 0.5 % of four resistors, move it by less than this. Source: ELECTRICS.md, "Outputs". */
const SURELY_HIGH = 0.55;
const SURELY_NOT_HIGH = 0.45;
/** Below it, at whatever supply, nothing is high: the comparator's floor is 1.5 V. */
const DEAD_mV = 1_000;
/** Below it the comparator's floor and R14 say more than half of the supply does. */
const FULL_FUNCTION_mV = 8_000;
/** Of one look: samples that follow each other so closely are of the same state, if nothing moved in between. */
const LOOK_us = 30_000;
/** Burdens, cables and the slew of the supply have settled by then; an edge nearer than `STILL_us` may lie within a window. */
const SUPPLY_SETTLES_us = 18_000;
const STILL_us = 4_000;
/** Shunts and contacts lie between the divider of the supply and the terminals: 10 Ohm, and at most 60 mA through them. */
const DROP_ALLOWS_mV = 1_000;
/** The end of a drop amplifier's range. */
const DROP_RANGE_mV = 2_000;
/** The supply's converter, calibrated or not, and its own amplifier. Source: ELECTRICS.md, "Supply". */
const SUPPLY_GAIN = 0.01;
const SUPPLY_OFFSET_mV = 50;
/** A unit that draws more may pull down a supply that is good: its weak limit is 30 mA. */
const UNITS_OWN_uA = 20_000;
/** Once may be chance: the output may have moved where the probe hid it. */
const CONTRARY_PROBES = 3;

interface Look {
  readonly output: OutputSignal;
  readonly voltage: Sample;
  readonly supply_mV: number;
  readonly supplyUncertainty_mV: number;
  readonly drop: Sample | null;
  /** Null where it was not measured beside it. */
  readonly current: Sample | null;
}

const near = (samples: readonly Sample[], analog: AnalogSignal, at_us: number): Sample | null =>
  samples
    .filter((one) => one.analog === analog && !isBypassed(one) && Math.abs(one.at_us - at_us) <= LOOK_us)
    .toSorted((a, b) => Math.abs(a.at_us - at_us) - Math.abs(b.at_us - at_us))[0] ?? null;

const moved = (trace: Trace, output: OutputSignal, from_us: number, to_us: number): boolean =>
  edgesOf(trace.edges, output).some(({ at_us, uncertainty_us }) => at_us + uncertainty_us >= from_us && at_us - uncertainty_us <= to_us);

const isHighAt = (trace: Trace, output: OutputSignal, at_us: number): boolean => levelAt(trace, trace.edges, output, at_us) === 'high';

const drawsMuch = ({ value, uncertainty, least }: Sample): boolean => least !== undefined || value + uncertainty > UNITS_OWN_uA;

interface SupplyChange {
  readonly from_us: number;
  readonly to_us: number;
  readonly mV: number;
}

/** What the supply was asked for, in order of time; a ramp or pulse counts to its end. */
function supplyChanges({ timeline }: Case, trace: Trace): readonly SupplyChange[] {
  return timeline.entries
    .flatMap(({ id, do: action }): SupplyChange[] => {
      const stimulus = trace.stimuli.find((one) => one.entry === id);
      if (stimulus === undefined || stimulus.done_us === null) return [];
      const from_us = stimulus.done_us;
      if (action.kind === 'ramp')
        return action.signal === 'supply' ? [{ from_us, to_us: stimulus.ended_us ?? from_us + action.over_us, mV: action.to_mV }] : [];
      if (action.kind !== 'set' && action.kind !== 'pulse') return [];
      const value = action.changes.find(({ signal }) => signal === 'supply')?.value;
      if (value === undefined || typeof value === 'string') return [];
      if (action.kind === 'set') return [{ from_us, to_us: from_us, mV: value.mV }];
      // After a pulse the supply stands where it stood before; nobody needs to know where that is to leave it out.
      return [{ from_us, to_us: stimulus.ended_us ?? from_us + action.for_us, mV: Number.NaN }];
    })
    .toSorted((a, b) => a.from_us - b.from_us);
}

/** Where the supply stands and has stood for a while; null while it moves, or where that is not known. */
function standing_mV(changes: readonly SupplyChange[], at_us: number): number | null {
  const last = changes.findLast(({ from_us }) => from_us <= at_us + STILL_us);
  if (last === undefined) return null;
  return at_us - last.to_us < SUPPLY_SETTLES_us || Number.isNaN(last.mV) ? null : last.mV;
}

/** Without a supply the unit's capacitors run empty, and no range of the current says what a unit draws. */
const isSupplied = (changes: readonly SupplyChange[], at_us: number): boolean => (standing_mV(changes, at_us) ?? 0) > 0;

function looks({ trace, held }: Evidence, changes: readonly SupplyChange[]): readonly Look[] {
  return OUTPUTS.flatMap((output) =>
    trace.samples
      .filter(({ analog }) => analog === `${output}Voltage`)
      .flatMap((voltage): Look[] => {
        const { at_us } = voltage;
        const stands_mV = standing_mV(changes, at_us);
        // A supply that was changed between two windows may stand still in both.
        const alike = (one: Sample | null): Sample | null => (one !== null && standing_mV(changes, one.at_us) === stands_mV ? one : null);
        const supply = alike(near(trace.samples, 'supplyVoltage', at_us));
        if (supply === null || stands_mV === null) return [];
        if (held.some((one) => one.output === output && one.from_us <= at_us + LOOK_us && one.to_us >= at_us - LOOK_us)) return [];
        const drop = alike(near(trace.samples, `${output}Drop`, at_us));
        const instants = [at_us, ...(drop === null ? [] : [drop.at_us])];
        if (moved(trace, output, Math.min(...instants) - STILL_us, Math.max(...instants) + STILL_us)) return [];
        return [
          {
            output,
            voltage,
            supply_mV: supply.value,
            supplyUncertainty_mV: supply.uncertainty,
            drop,
            current: alike(near(trace.samples, 'supplyCurrent', at_us)),
          },
        ];
      }),
  );
}

/** Where comparator and converter cannot both be right. */
function comparatorFault(trace: Trace, { output, voltage, supply_mV, supplyUncertainty_mV }: Look): readonly Fault[] {
  const high = isHighAt(trace, output, voltage.at_us);
  const [least, most] = [leastOf(voltage), mostOf(voltage)];
  const wrong = high
    ? most < DEAD_mV || (supply_mV >= FULL_FUNCTION_mV && most < SURELY_NOT_HIGH * (supply_mV - supplyUncertainty_mV))
    : supply_mV >= FULL_FUNCTION_mV && least > SURELY_HIGH * (supply_mV + supplyUncertainty_mV);
  if (!wrong) return [];
  const said = high ? 'high' : 'not high';
  const text =
    `The comparator of ${signalName(output)} says ${said} at ${seconds(voltage.at_us)} where the converter measures ${volts(voltage.value)} at a supply of ` +
    `${volts(supply_mV)}: one of the two is wrong. Look at the comparator U.${output}.level and its wire.`;
  return [fault('rig', text)];
}

/** Where divider and drop amplifier, on the force and on the sense contact of the same terminal, cannot both be right. */
function dividerFault({ output, voltage, supply_mV, supplyUncertainty_mV, drop, current }: Look): readonly Fault[] {
  // A reading at the end of its range bounds the voltage from below only.
  const uncertainty = (voltage.least === undefined ? voltage.uncertainty : 0) + supplyUncertainty_mV + DROP_ALLOWS_mV;
  if (supply_mV < FULL_FUNCTION_mV) return [];
  const least = voltage.least ?? voltage.value;
  const name = signalName(output);
  if (least > supply_mV + uncertainty)
    return [
      fault(
        'rig',
        `${name} reads ${volts(least)} at a supply of ${volts(supply_mV)}: no output lies above it. Look at its burden, R.${output}.lower.`,
      ),
    ];
  // A unit that draws much has less than the divider of the supply sees: the shunts lie between.
  if (drop === null || voltage.least !== undefined || current === null || drawsMuch(current)) return [];
  const below_mV = supply_mV - voltage.value;
  const wrong =
    drop.least === undefined ? Math.abs(below_mV - drop.value) > uncertainty + drop.uncertainty : below_mV < DROP_RANGE_mV - uncertainty;
  if (!wrong) return [];
  const told = drop.least === undefined ? volts(drop.value) : 'more than 2 V';
  const text =
    `${name} reads ${volts(voltage.value)} at ${seconds(voltage.at_us)}, ${volts(below_mV)} below the supply, where the drop amplifier reads ${told}: ` +
    `one of the two is wrong. Look at its force contact P.${output}.force and its burden R.${output}.upper.`;
  return [fault('rig', text)];
}

/** Where the supply is not what it was asked for, and the unit does not draw so much that it were the unit's doing. */
function supplyFaults({ trace, held }: Evidence, changes: readonly SupplyChange[]): readonly Fault[] {
  return trace.samples.flatMap((sample) => {
    if (sample.analog !== 'supplyVoltage' || held.some(({ from_us, to_us }) => from_us <= sample.at_us && to_us >= sample.at_us)) return [];
    const asked_mV = standing_mV(changes, sample.at_us);
    const current = near(trace.samples, 'supplyCurrent', sample.at_us);
    if (asked_mV === null || current === null || drawsMuch(current)) return [];
    const { value, uncertainty } = sample;
    if (Math.abs(value - asked_mV) <= uncertainty + SUPPLY_OFFSET_mV + SUPPLY_GAIN * asked_mV) return [];
    const text =
      `The supply is measured at ${volts(value)} where ${volts(asked_mV)} was asked for at ${seconds(sample.at_us)}, and no more than ` +
      `${(Math.max(0, current.value) / 1_000).toFixed(1)} mA flow into the unit: the supply, its limit or the precision reference is wrong.`;
    return [fault('rig', text)];
  });
}

/** Probes that found an output high where the comparator said "not high" before them and after them, and saw nothing move for so long on either side. */
function contraryProbes({ trace, held }: Evidence, output: OutputSignal): readonly Fault[] {
  const still = (probe: Probe): boolean => !moved(trace, output, probe.from_us - STILL_us / 8, probe.to_us + STILL_us / 8);
  const contrary = trace.probes.filter(
    (probe) =>
      probe.output === output &&
      probe.result === 'high' &&
      !isHighAt(trace, output, probe.from_us) &&
      still(probe) &&
      !held.some((one) => one.output === output && one.from_us <= probe.to_us && one.to_us >= probe.from_us),
  );
  const [first] = contrary;
  if (first === undefined || contrary.length < CONTRARY_PROBES) return [];
  const text =
    `The comparator of ${signalName(output)} said "not high" ${contrary.length} times where a probe measured it high, first at ${seconds(first.from_us)} ` +
    `(${volts(first.biasOff_mV)} at a supply of ${volts(first.supply_mV)}): the comparator U.${output}.level is noisy or its wire loose.`;
  return [fault('rig', text)];
}

/** `evidence` with everything that was observed. What is found here is the bench's fault, whatever the unit did. */
export function judgeConfirmed(evidence: Evidence, moved: ReadonlySet<string> = new Set()): Partial<Findings> {
  const changes = supplyChanges(evidence.testCase, evidence.trace);
  const seen = looks(evidence, changes);
  const drawn = consumptions(evidence.testCase, evidence.trace, (at_us) => isSupplied(changes, at_us));
  return {
    faults: [
      ...supplyFaults(evidence, changes),
      ...seen.flatMap((look) => [...dividerFault(look), ...comparatorFault(evidence.trace, look)]),
      ...OUTPUTS.flatMap((output) => contraryProbes(evidence, output)),
      ...(judgeChatter(evidence).faults ?? []),
      ...(judgeBias(evidence.trace, moved).faults ?? []),
      ...(judgeSinks(evidence.testCase, evidence.trace).faults ?? []),
      ...(judgeShorts(evidence.testCase, evidence.trace).faults ?? []),
      ...(judgeRemote(evidence.testCase, evidence.trace).faults ?? []),
      ...(judgeOpenLink(evidence.testCase, evidence.trace).faults ?? []),
      ...(judgeLeaks(evidence.trace, drawn, (at_us) => standing_mV(changes, at_us)).faults ?? []),
      ...(judgeSupplyPath(evidence.testCase, evidence.trace, drawn).faults ?? []),
    ],
  };
}
