/** Whether an output that a probe hardly pulls up can leak as much as that would say: what leaks while the output floats leaks while it is high as well, and the supply has to give it. */

import type { Probe, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS } from '../../scenarios/signals.ts';
import { fault, levelAt, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { milliamperes, seconds, signalName, volts } from './wording.ts';

const BIAS_Ohm = 10_000;
const BURDEN_Ohm = 100_000;
/** Shares of the supply to which a probe pulls an output that leaks: below, something holds it down actively, which it need not do while it is high; above, it floats. */
const LEAKS = { least: 0.06, most: 0.8 };
/** Off, and nothing pulls it up by itself. */
const NOTHING = 0.02;
/** A unit draws so much at least by itself, also when it is off. */
const UNIT_uA = 500;
/** Of the leak: what probe and parts are off together. */
const UNSURE = 0.1;
const LEAST_SUPPLY_mV = 8_000;

const kOhm = (ohm: number): string => `${Number((ohm / 1_000).toPrecision(2))} kOhm`;

/** What would have to lie between output and minus, beside the burden; null where nothing has to. */
const leakOf = ({ biasOff_mV, biasOn_mV, supply_mV }: Probe): number | null => {
  const share = biasOn_mV / supply_mV;
  if (supply_mV < LEAST_SUPPLY_mV || biasOff_mV > NOTHING * supply_mV || !(share > LEAKS.least && share < LEAKS.most)) return null;
  const both_Ohm = (BIAS_Ohm * share) / (1 - share);
  return 1 / (1 / both_Ohm - 1 / BURDEN_Ohm);
};

/** The window in which the unit with all that hangs on its supply draws less than such a leak would take alone. At a lower supply than the probe's a leak need not be one. */
const contradicts = (
  samples: readonly Sample[],
  supplyAt: (at_us: number) => number | null,
  { supply_mV }: Probe,
  leak_Ohm: number,
): Sample | undefined =>
  samples.find(({ at_us, value, uncertainty, least }) => {
    const at_mV = supplyAt(at_us);
    if (at_mV === null || at_mV < 0.98 * supply_mV || least !== undefined) return false;
    return value + uncertainty - UNIT_uA < ((1 - UNSURE) * at_mV * 1_000) / leak_Ohm;
  });

/** So soon behind a probe nothing but a capacitor holds what it gave: a leak, as the burden, takes it away within 0.1 ms. */
const SOON_us = 20_000;
const KEPT = 0.1;

/** The probe that found the charge of the one before it still there. What drives an output itself shows in the first one as well, which found nothing. */
const keptCharge = ({ probes }: Trace, first: Probe): Probe | undefined =>
  probes.find(
    (one) =>
      one.output === first.output &&
      one.from_us > first.from_us &&
      one.result === 'leaky' &&
      one.biasOff_mV > KEPT * one.supply_mV &&
      probes.some(({ output, to_us }) => output === one.output && to_us < one.from_us && to_us > one.from_us - SOON_us),
  );

/** `drawn`: its `consumptions`; `supplyAt`: where the supply stands, null while it moves. What is found here is the bench's fault, whatever the unit did. */
export function judgeLeaks(trace: Trace, drawn: readonly Sample[], supplyAt: (at_us: number) => number | null): Partial<Findings> {
  const faults = OUTPUTS.flatMap((output): readonly Fault[] => {
    const probe = trace.probes.find((one) => one.output === output && (one.entry?.startsWith('confirm-') ?? false));
    const leak_Ohm = probe === undefined ? null : leakOf(probe);
    if (probe === undefined || leak_Ohm === null) return [];
    const name = signalName(output);
    const pulls = `A probe pulls ${name} up to ${volts(probe.biasOn_mV)} of ${volts(probe.supply_mV)} at ${seconds(probe.from_us)}, as if it leaked through ${kOhm(leak_Ohm)}`;
    const capacitor = `a capacitor hangs on it that a probe does not fill, look at C.${output} and its cable with the unit taken out`;
    const kept = keptCharge(trace, probe);
    if (kept !== undefined)
      return [fault('rig', `${pulls}; but ${volts(kept.biasOff_mV)} of that are still there at ${seconds(kept.from_us)}: ${capacitor}.`)];
    const high = drawn.filter(({ at_us }) => levelAt(trace, trace.edges, output, at_us) === 'high');
    const seen = contradicts(high, supplyAt, probe, leak_Ohm);
    if (seen === undefined) return [];
    const text =
      `${pulls}; but while it is high at ${seconds(seen.at_us)} all of the unit draws ${milliamperes(seen.value)}, less than that would take. ` +
      `Its bias is too weak, look at R.${output}.bias and the switch Q.${output}.bias; or ${capacitor}.`;
    return [fault('rig', text)];
  });
  return { faults };
}
