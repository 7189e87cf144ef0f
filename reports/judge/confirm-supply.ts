/** Whether the supply current is measured right: by its two ranges, against what the sinks draw, and with the shunt's bypass closed and open. */

import { drawsCurrent, type Case } from '../../scenarios/contracts/case.ts';
import type { Sample, Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import { type DriveSignal, type OutputSignal, SINK_OUTPUTS } from '../../scenarios/signals.ts';
import { edgesOf, fault, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { isWindowWithin, leastOf, mostOf, type Reading, WINDOW_us } from './reading.ts';
import { milliamperes, seconds } from './wording.ts';

/** No unit feeds its supply. More than the burdens' current can be off where an output is high and far below its supply. */
const FEEDS_uA = 30;
/** Edges of the unit and of its LEDs change what it draws: a window that may hold one says nothing of two ranges that are converted one after the other. */
const STILL_us = 4_000;
/** Four conversions of the coarse range scatter by half as much as one: 3.5 times that, at twice what a converter scatters by (rig/sim/BENCH.md B-NOISE). */
const SCATTER_uA = 85;
/** The bypass is closed from 2 ms before a load, and a window lasts 2 ms; and until 1.5 ms behind it. */
const BYPASSED_us = { before: 5_000, behind: 2_000 };
const BYPASSING: readonly DriveSignal[] = ['loadSink', 'preAlarmSink', 'chargerShort'];
/** 0.02 Ohm beside 10 Ohm leave a five-hundredth of the current in the shunt, 2 mA of 1 A: with twice the resistance something is wrong. */
const LEFT_IN_SHUNT = 0.004;
/** What a good unit draws beside a sink of 1 A, and the burdens; one that draws more shows it behind the pulse as well. */
const UNIT_uA = 10_000;
/** A unit that draws more by itself may be clamping its outputs, and draw less with a sink beside it. */
const BY_ITSELF_uA = 5_000;
/** What a unit may draw more or less with 10 mA out of CHARGER than a moment later. */
const CHANGES_uA = 300;
/** What a capacitor of some 10 uF on CHARGER may give of a sink's 10 mA, and take back behind it. */
const STORED_uA = 1_000;

/** Samples of the supply current behind the closed bypass, which are no consumption. */
export const isBypassed = ({ entry }: Pick<Sample, 'entry'>): boolean =>
  entry === 'confirm-bypass-closed' || (entry.startsWith('confirm-sink-') && entry.endsWith('-bypassed'));

interface Pulse {
  readonly id: string;
  readonly signal: DriveSignal;
  readonly stimulus: Stimulus;
  readonly from_us: number;
  readonly to_us: number;
}

/** Also those that were refused: the bypass was closed for them. */
const pulses = ({ timeline }: Case, { stimuli }: Trace): readonly Pulse[] =>
  timeline.entries.flatMap(({ id, do: action }) => {
    if (action.kind !== 'pulse') return [];
    const stimulus = stimuli.find(({ entry }) => entry === id);
    const from_us = stimulus?.done_us ?? null;
    if (stimulus === undefined || from_us === null) return [];
    const to_us = stimulus.ended_us ?? from_us + action.for_us;
    return action.changes.map(({ signal }) => ({ id, signal, stimulus, from_us, to_us }));
  });

const told = ({ value, least: end }: Reading): string => (end === undefined ? milliamperes(value) : `more than ${milliamperes(end)}`);

/** Both ranges see the voltage over the same shunt. */
function rangesFault(sample: Sample): readonly Fault[] {
  const { other, at_us } = sample;
  if (other === undefined || (mostOf(sample) + SCATTER_uA >= leastOf(other) && mostOf(other) + SCATTER_uA >= leastOf(sample))) return [];
  const text =
    `Of the two ranges of the supply current, on the same shunt, one reads ${told(sample)} and the other ${told(other)} at ${seconds(at_us)}: ` +
    'one of the two is wrong. Look at the amplifiers U.supplyCurrentLow and U.supplyCurrentMid.';
  return [fault('rig', text)];
}

function feedsFault(sample: Sample): readonly Fault[] {
  const { value, at_us } = sample;
  if (!(mostOf(sample) < -FEEDS_uA)) return [];
  const text =
    `The supply current is ${milliamperes(value)} at ${seconds(at_us)}, less than the burdens of the fixture draw, and no unit feeds its supply: ` +
    'look at the shunt R.shunt.low, its bypass Q.shuntBypass and the amplifier U.supplyCurrentLow.';
  return [fault('rig', text)];
}

/** One window may have met a current that changes: a capacitor in the unit takes its charge back. What is broken shows in every window. */
const insisted = (found: readonly Fault[]): readonly Fault[] => (found.length < 2 ? [] : found);

const BYPASS_SETS = ['confirm-bypass-close', 'confirm-bypass-open'];

/** Where the bypass was closed and opened for a look. What the burdens draw was taken off a reading that has nothing of it, so that it lies below zero. */
function bypassFault({ samples, stimuli }: Trace): readonly Fault[] {
  const closed = samples.find(({ entry }) => entry === 'confirm-bypass-closed');
  const before = samples.find(({ entry }) => entry === 'confirm-bypass-before');
  // A unit that is shorted leaves milliamperes in the shunt, but of amperes.
  const [close_us, open_us] = BYPASS_SETS.map((id) => stimuli.find(({ entry }) => entry === id)?.done_us ?? Number.NaN);
  if (closed === undefined || before === undefined || !(closed.at_us > close_us!) || !(closed.at_us + WINDOW_us < open_us!)) return [];
  if (!(before.at_us + WINDOW_us < close_us!) || leastOf(closed) <= Math.max(0, mostOf(before) / 4)) return [];
  const text =
    `The supply current through the shunt is ${milliamperes(closed.value)} at ${seconds(closed.at_us)}, while its bypass is told to be closed: ` +
    'an ampere would put the unit out. Look at the switch Q.shuntBypass.';
  return [fault('rig', text)];
}

const stayedHigh = (trace: Trace, output: OutputSignal, { stimulus, from_us, to_us }: Pulse): boolean =>
  stimulus.outcome === 'done' &&
  stimulus.ended_us !== null &&
  stimulus.letGo_us === undefined &&
  !edgesOf(trace.edges, output).some(({ at_us }) => at_us >= from_us && at_us <= to_us);

/** A window of a pulse that was not put off beyond its end. */
const during = ({ samples }: Trace, { id, from_us, to_us }: Pulse, name: string): Sample | undefined =>
  samples.find(({ entry, at_us }) => entry === `confirm-sink-${id}${name}` && isWindowWithin(at_us, from_us, to_us));

/** What a sink of 1 A draws comes out of the supply, past the shunt. */
function ampereFaults(trace: Trace, pulse: Pulse, through: readonly Sample[]): readonly Fault[] {
  const [sink, supply, shunt] = ['', '-supply', '-bypassed'].map((name) => during(trace, pulse, name));
  const after = through.find(({ entry }) => entry === `confirm-sink-${pulse.id}-after`);
  if (sink === undefined) return [];
  const faults: Fault[] = [];
  if (supply !== undefined) {
    // In this order, so that a reading that is no number is no agreement.
    const agree =
      mostOf(supply) >= leastOf(sink) && leastOf(supply) <= mostOf(sink) + UNIT_uA + Math.max(0, after === undefined ? 0 : mostOf(after));
    if (!agree) {
      const text =
        `While a sink draws ${told(sink)}, ${told(supply)} come out of the supply at ${seconds(supply.at_us)}: one of the two is wrong. ` +
        'Look at the amplifiers U.supplyCurrentHigh and U.sinkCurrent, and at their shunts R.shunt.high and R.sinkReturn.';
      faults.push(fault('rig', text));
    }
  }
  if (shunt !== undefined && leastOf(shunt) > LEFT_IN_SHUNT * mostOf(sink)) {
    const text =
      `While a sink draws ${told(sink)}, ${told(shunt)} of it flow through the shunt at ` +
      `${seconds(shunt.at_us)}: its bypass does not carry the rest. Look at the switch Q.shuntBypass.`;
    faults.push(fault('rig', text));
  }
  return faults;
}

/** What a sink of CHARGER draws comes through the shunt, on top of what the unit draws. */
function milliampereFaults(trace: Trace, pulse: Pulse, through: readonly Sample[]): readonly Fault[] {
  const [sink, supply] = ['', '-supply'].map((name) => during(trace, pulse, name));
  const after = through.find(({ entry }) => entry === `confirm-sink-${pulse.id}-after`);
  if (sink === undefined || supply === undefined || after === undefined || mostOf(after) > BY_ITSELF_uA) return [];
  // The unit's own doing meanwhile changes what it draws.
  if (trace.edges.some(({ at_us }) => at_us > pulse.from_us - STILL_us && at_us < after.at_us + STILL_us)) return [];
  const agree =
    mostOf(supply) - leastOf(after) + CHANGES_uA + STORED_uA >= leastOf(sink) &&
    leastOf(supply) - mostOf(after) - CHANGES_uA <= mostOf(sink);
  if (agree) return [];
  const text =
    `A sink on CHARGER draws ${told(sink)}, and with it the supply current is ${told(supply)} at ${seconds(supply.at_us)} where it is ${told(after)} ` +
    'behind it: one of the three is wrong. Look at the shunt R.shunt.low, the amplifiers U.supplyCurrentMid and U.sinkCurrentLow, and R.sinkReturn.';
  return [fault('rig', text)];
}

const judgePulse = (trace: Trace, pulse: Pulse, through: readonly Sample[]): readonly Fault[] => {
  const output = SINK_OUTPUTS[pulse.signal];
  if (output === undefined || !stayedHigh(trace, output, pulse)) return [];
  return output === 'charger' ? milliampereFaults(trace, pulse, through) : ampereFaults(trace, pulse, through);
};

/** Whether the shunt's bypass was closed, or was just being closed or opened, in a window that began at an instant: what it read then is no consumption. */
export const behindBypass = (testCase: Case, trace: Trace): ((at_us: number) => boolean) => {
  const bypassing = pulses(testCase, trace).filter(({ signal }) => BYPASSING.includes(signal));
  // A window that follows an edge may fall between the two.
  const [closed_us, opened_us] = BYPASS_SETS.map((id) => trace.stimuli.find(({ entry }) => entry === id)?.done_us ?? Number.NaN) as [
    number,
    number,
  ];
  return (at_us) =>
    (closed_us < at_us + WINDOW_us && at_us - WINDOW_us / 4 < opened_us) ||
    bypassing.some(({ from_us, to_us }) => at_us > from_us - BYPASSED_us.before && at_us < to_us + BYPASSED_us.behind);
};

/**
 * Windows through the shunt alone, in which neither the supply nor anything of the unit moved. With a load attached the bypass is closed from first to last.
 * `standing`: whether the supply stands still at an instant.
 */
export function consumptions(testCase: Case, trace: Trace, standing: (at_us: number) => boolean): readonly Sample[] {
  if (drawsCurrent(testCase.attached)) return [];
  const isBehind = behindBypass(testCase, trace);
  return trace.samples.filter(
    (sample) =>
      sample.analog === 'supplyCurrent' &&
      standing(sample.at_us) &&
      !isBypassed(sample) &&
      !isBehind(sample.at_us) &&
      // Last, as a trace may have a million of them.
      !trace.edges.some(({ at_us }) => Math.abs(at_us - sample.at_us) <= STILL_us),
  );
}

/** `through`: its `consumptions`. What is found here is the bench's fault, whatever the unit did. */
export function judgeSupplyPath(testCase: Case, trace: Trace, through: readonly Sample[]): Partial<Findings> {
  if (drawsCurrent(testCase.attached)) return {};
  return {
    faults: [
      ...insisted(through.flatMap(feedsFault)),
      ...insisted(through.filter(({ entry }) => !entry.startsWith('confirm-sink-')).flatMap(rangesFault)),
      ...bypassFault(trace),
      ...pulses(testCase, trace).flatMap((pulse) => judgePulse(trace, pulse, through)),
    ],
  };
}
