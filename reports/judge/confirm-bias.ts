/** Whether the bias switches and the sinks of the fixture are what they should be, by what a probe finds while its bias is off and on. */

import type { Probe, Trace } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS } from '../../scenarios/signals.ts';
import { edgesOf, fault, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { seconds, signalName, volts } from './wording.ts';

/** 10 kOhm of bias on 100 kOhm of burden: 0.909 of the supply, and 2 % for parts and converter. A unit that leaks is moved by the bias, one that is high lies above. */
const ON_BIAS = { least: 0.86, most: 0.955 };
const UNMOVED = 0.02;
/** A unit that pulls its output down by 470 Ohm leaves 0.045. */
const NOTHING = 0.02;
/** Another output tied to this one burdens its bias with 100 kOhm more: 0.83. */
const ALONE = 0.875;
/** Below it codes are too coarse to tell. */
const LEAST_SUPPLY_mV = 8_000;

const words = ({ output, from_us, biasOff_mV, biasOn_mV, supply_mV }: Probe): string =>
  `${signalName(output)} reads ${volts(biasOff_mV)} with its bias off and ${volts(biasOn_mV)} with it on, at ${seconds(from_us)} and a supply of ${volts(supply_mV)}`;

/** From the look at an output before it is probed to the one behind it; the next looks come seconds later. */
const LOOK_us = 60_000;

/**
 * A bias that pulled leaves its charge in a capacitor that hangs on the output, and nothing of the fixture keeps one: the burden takes it away within a
 * millisecond. One that does nothing leaves nothing. Both windows are of one channel, so most of their error is the same.
 */
const leftCharge = (trace: Trace, { output, from_us, to_us }: Probe): boolean => {
  const own = trace.samples.filter(({ analog, entry }) => analog === `${output}Voltage` && entry.startsWith('confirm-'));
  const before = own.findLast(({ at_us }) => at_us < from_us && at_us > from_us - LOOK_us);
  const left = own.find(({ at_us, entry }) => entry.endsWith(`-left-on-${output}`) && at_us > to_us && at_us < to_us + LOOK_us);
  if (before === undefined || left === undefined || before.least !== undefined || left.least !== undefined) return false;
  // What the unit did meanwhile is no charge.
  if (edgesOf(trace.edges, output).some(({ at_us }) => at_us > before.at_us && at_us < left.at_us + LOOK_us)) return false;
  return left.value - before.value > left.uncertainty + before.uncertainty;
};

const biasFault = (trace: Trace, probe: Probe, moved: ReadonlySet<string>): readonly Fault[] => {
  const { output, biasOff_mV: off, biasOn_mV: on, supply_mV: supply } = probe;
  if (supply < LEAST_SUPPLY_mV) return [];
  if (Math.abs(on - off) < UNMOVED * supply && off > ON_BIAS.least * supply && off < ON_BIAS.most * supply)
    return [fault('rig', `${words(probe)}: the bias pulls it up all the time. Look at the switch Q.${output}.bias.`)];
  // A capacitor on the output is not pulled up in the time of a probe either; but it keeps what it got, and no bias moves the unit's own edges.
  if (on < NOTHING * supply && off < NOTHING * supply && !moved.has(output) && !leftCharge(trace, probe))
    return [
      fault(
        'rig',
        `${words(probe)}: nothing pulls it up, or something of the fixture holds it down. Look at the switch Q.${output}.bias and its 10 kOhm, and at the sinks of ${signalName(output)}.`,
      ),
    ];
  return [];
};

/** Where the probe of one output pulled another up, though that does not burden it: they meet in the bias, not in the unit. */
const sharedBias = (trace: Trace, probe: Probe): readonly Fault[] => {
  const { output, from_us, to_us, biasOff_mV, biasOn_mV, supply_mV } = probe;
  if (supply_mV < LEAST_SUPPLY_mV || biasOff_mV > NOTHING * supply_mV || biasOn_mV < ALONE * supply_mV) return [];
  return OUTPUTS.filter((other) => other !== output).flatMap((other) => {
    const within = edgesOf(trace.edges, other).filter(({ at_us }) => at_us > from_us && at_us < to_us);
    if (!within.some(({ level }) => level === 'high') || !within.some(({ level }) => level !== 'high')) return [];
    const text =
      `The probe of ${signalName(output)} at ${seconds(from_us)} pulled ${signalName(other)} up as well, which does not burden it: their bias lines touch. ` +
      `Look between R.${output}.bias and R.${other}.bias.`;
    return [fault('rig', text)];
  });
};

/** Of the probes before the unit can have started, those the host plans; one look at each output is enough, and in a case nothing else is so sure of what the unit does. */
const isFirst = ({ entry }: Probe): boolean => entry?.startsWith('confirm-') ?? false;

/** What is found here is the bench's fault, whatever the unit did. `moved`: outputs whose edges came at other times than they may. */
export function judgeBias(trace: Trace, moved: ReadonlySet<string>): Partial<Findings> {
  const first = trace.probes.filter(isFirst);
  return { faults: first.flatMap((probe) => [...biasFault(trace, probe, moved), ...sharedBias(trace, probe)]) };
}
