/** Whether an output that a comparator says is high for moments is anywhere near: one look within such a moment tells. */

import type { Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type OutputSignal } from '../../scenarios/signals.ts';
import { edgesOf, fault, levelAt, type Evidence, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { seconds, signalName } from './wording.ts';

/** The comparator's floor is 1.5 V: below this nothing is high, at whatever supply. Source: ELECTRICS.md, "Outputs". */
const DEAD_mV = 1_000;
/** A conversion takes 104 us, and the wider range comes behind the reference. */
const CONVERSION_us = 104;
const BEHIND_us = 8 * CONVERSION_us;
/** Edges are known to some tens of microseconds, and an output falls in less; between two that are farther apart it stands. */
const STILL_us = 300;

/** Moments of "high" that are long enough to be looked into, and too short for what a unit does on purpose. */
const MOMENT_us = { least: 2_000, most: 20_000 } as const;
/** Of so many one at least has to have been seen by the converter; a look meets one of them by chance. */
const MANY = 25;

interface Moment {
  readonly from_us: number;
  readonly to_us: number;
}

const momentsOf = ({ edges }: Trace, output: OutputSignal): readonly Moment[] => {
  const own = edgesOf(edges, output);
  return own.flatMap(({ level, at_us: from_us }, index) => {
    const to_us = own[index + 1]?.at_us ?? Infinity;
    return level === 'high' && to_us - from_us >= MOMENT_us.least && to_us - from_us <= MOMENT_us.most ? [{ from_us, to_us }] : [];
  });
};

/** Apart by no more than this, delays are the same; those of noise are apart by as much as the changes before them. */
const ALIKE_us = 2_000;

const areAlike = (delays_us: readonly number[]): boolean => Math.max(...delays_us) - Math.min(...delays_us) <= ALIKE_us;

/** They begin and end each the same time after the fixture has changed something, again and again: no noise knows of that, so it is the unit that answers. */
function answers(moments: readonly Moment[], { stimuli }: Trace): boolean {
  const changes = stimuli.flatMap(({ done_us, ended_us }) => [done_us, ended_us]).filter((at_us) => at_us !== null);
  const inOrder = changes.toSorted((a, b) => a - b);
  const delay_us = (at_us: number): number => at_us - (inOrder.findLast((change_us) => change_us <= at_us) ?? -Infinity);
  return areAlike(moments.map(({ from_us }) => delay_us(from_us))) && areAlike(moments.map(({ to_us }) => delay_us(to_us)));
}

const isStill = ({ edges }: Trace, output: string, from_us: number, to_us: number): boolean =>
  !edgesOf(edges, output).some(({ at_us, uncertainty_us }) => at_us + uncertainty_us >= from_us && at_us - uncertainty_us <= to_us);

/** Looks at an output within which its comparator says high all the time, and nothing of the fixture's own is on it. */
const looksAtHigh = ({ trace, held }: Evidence, output: OutputSignal): readonly Sample[] =>
  trace.samples.filter(({ analog, at_us, count }) => {
    if (analog !== `${output}Voltage` || levelAt(trace, trace.edges, output, at_us) !== 'high') return false;
    const [from_us, to_us] = [at_us - STILL_us, at_us + count * CONVERSION_us + BEHIND_us + STILL_us];
    const meets = (one: { readonly from_us: number; readonly to_us: number }): boolean => one.from_us <= to_us && one.to_us >= from_us;
    if (held.some((one) => one.output === output && meets(one))) return false;
    return !trace.blind.some((one) => one.signal === output && meets(one)) && isStill(trace, output, from_us, to_us);
  });

const isDead = ({ value, uncertainty, least }: Sample): boolean => least === undefined && value + uncertainty < DEAD_mV;

const chatterOf = (evidence: Evidence, output: OutputSignal): readonly Fault[] => {
  const looks = looksAtHigh(evidence, output);
  const look = `The comparator U.${output}.level is noisy or its wire loose.`;
  const contrary = looks.find(isDead);
  if (contrary !== undefined)
    return [
      fault(
        'rig',
        `The comparator of ${signalName(output)} says high at ${seconds(contrary.at_us)} where the converter measures ${(contrary.value / 1_000).toFixed(2)} V: ` +
          `its moments of "high" are no output's. ${look}`,
      ),
    ];
  const moments = momentsOf(evidence.trace, output);
  const [first] = moments;
  if (first === undefined || moments.length < MANY) return [];
  if (looks.some(({ at_us }) => moments.some(({ from_us, to_us }) => from_us <= at_us && at_us <= to_us))) return [];
  if (answers(moments, evidence.trace)) return [];
  const text =
    `The comparator of ${signalName(output)} said high ${moments.length} times from ${seconds(first.from_us)} on, each time for some milliseconds, and no look ` +
    `at its voltage fell into one of them: nobody knows whether the unit did that. Run it again; where it comes back, look at the comparator U.${output}.level and its wire.`;
  return [fault('rig', text)];
};

/** What is found here is the bench's fault, or cannot be told from one. */
export const judgeChatter = (evidence: Evidence): Partial<Findings> => ({
  faults: OUTPUTS.flatMap((output) => chatterOf(evidence, output)),
});
