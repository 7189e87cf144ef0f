/** One wiring mistake on an emulated board, and what the self-test makes of it. */

import { wallTimeOf } from '../../rig/calendar.ts';
import { reasonOf } from '../../rig/selftest/invisible.ts';
import { loadKnown } from '../../rig/selftest/known.ts';
import { miswired, type Miswiring, MISWIRINGS, nameOf } from '../../rig/selftest/miswire.ts';
import { wireName } from '../../rig/selftest/wires.ts';
import { simulatedSelfTest } from '../../rig/selftest/simulated.ts';
import { PLUGGED_NETLIST } from '../../rig/sim/factory-calibration.ts';

/**
 * `named`: it failed, and the mistake is among those it names. `its wire`: it names the wire, or one of the two, and takes its mistake for another. `foreseen`: it passed, and
 * stands in the list of what no reading can show. The others are wrong: it failed and names other wires, it failed though it is said not to show, it passed and is not in the
 * list.
 */
export type WireOutcome = 'named' | 'its wire' | 'foreseen' | 'other name' | 'shown all the same' | 'passed';

export interface WireRun {
  readonly name: string;
  readonly seed: number;
  readonly outcome: WireOutcome;
  readonly failed: readonly string[];
  readonly ended: string | null;
  readonly suspects: readonly string[];
}

export interface WireJob {
  readonly index: number;
  readonly seed: number;
}

const MADE = wallTimeOf('2026-11-29T08:00:00Z');

const RIGHT: readonly WireOutcome[] = ['named', 'its wire', 'foreseen'];
export const isRightName = ({ outcome }: WireRun): boolean => RIGHT.includes(outcome);

const wiresOf = ({ wire, other }: Miswiring): readonly string[] => [wire, ...(other === null ? [] : [other])].map(wireName);
/** Whether a mistake of this name is on a wire of that one. */
export const isOnWire = (mistake: Miswiring, name: string): boolean => {
  const other = MISWIRINGS.find((one) => nameOf(one) === name);
  return other !== undefined && wiresOf(other).some((wire) => wiresOf(mistake).includes(wire));
};

/** The mistake of this number, on a board whose parts are drawn anew for it. */
export const runWire = async ({ index, seed }: WireJob): Promise<WireRun> => {
  const mistake = MISWIRINGS[index];
  if (mistake === undefined) throw new Error(`there is no mistake ${index}; there are ${MISWIRINGS.length}`);
  const name = nameOf(mistake);
  const options = { board: null, known: loadKnown(), made: MADE };
  const { passed, checks, suspects, ended } = await simulatedSelfTest(options, { seed, netlist: miswired(PLUGGED_NETLIST, mistake) });
  const foreseen = reasonOf(name) !== null;
  // A name says the wire, its two ends and its channel.
  const told = suspects.filter(({ channels, text }) => channels.length > 0 && text !== '');
  const named = told.some((one) => one.mistake === name)
    ? 'named'
    : told.some((one) => isOnWire(mistake, one.mistake))
      ? 'its wire'
      : 'other name';
  const outcome = passed ? (foreseen ? 'foreseen' : 'passed') : foreseen ? 'shown all the same' : named;
  const failed = checks.filter(({ ok }) => !ok).map(({ id }) => id);
  return {
    name,
    seed,
    outcome,
    failed,
    ended: ended === null ? null : `${ended.code} at ${ended.step}`,
    suspects: suspects.map((one) => one.mistake),
  };
};
