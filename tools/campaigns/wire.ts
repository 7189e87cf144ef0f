/** One wiring mistake on an emulated board, and what the self-test makes of it. */

import { wallTimeOf } from '../../rig/calendar.ts';
import { reasonOf } from '../../rig/selftest/invisible.ts';
import { loadKnown } from '../../rig/selftest/known.ts';
import { miswired, MISWIRINGS, nameOf } from '../../rig/selftest/miswire.ts';
import { simulatedSelfTest } from '../../rig/selftest/simulated.ts';
import { PLUGGED_NETLIST } from '../../rig/sim/factory-calibration.ts';

/**
 * `named`: it failed, and the wire is among those it names. `foreseen`: it passed, and stands in the list of what no reading can show. The others are wrong: it failed and
 * names other wires, it failed though it is said not to show, it passed and is not in the list.
 */
export type WireOutcome = 'named' | 'foreseen' | 'other name' | 'shown all the same' | 'passed';

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

export const isRightName = ({ outcome }: WireRun): boolean => outcome === 'named' || outcome === 'foreseen';

/** The mistake of this number, on a board whose parts are drawn anew for it. */
export const runWire = async ({ index, seed }: WireJob): Promise<WireRun> => {
  const mistake = MISWIRINGS[index];
  if (mistake === undefined) throw new Error(`there is no mistake ${index}; there are ${MISWIRINGS.length}`);
  const name = nameOf(mistake);
  const options = { board: null, known: loadKnown(), made: MADE };
  const { passed, checks, suspects, ended } = await simulatedSelfTest(options, { seed, netlist: miswired(PLUGGED_NETLIST, mistake) });
  const foreseen = reasonOf(name) !== null;
  // A name says the wire, its two ends and its channel.
  const named = suspects.some((one) => one.mistake === name && one.channels.length > 0 && one.text !== '');
  const outcome = passed ? (foreseen ? 'foreseen' : 'passed') : foreseen ? 'shown all the same' : named ? 'named' : 'other name';
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
