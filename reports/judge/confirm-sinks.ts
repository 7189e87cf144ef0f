/** Whether a sink drew what it was asked to: one that draws too little would make every drop under it a good one. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { type DriveSignal, SINK_OUTPUTS, SINK_uA } from '../../scenarios/signals.ts';
import { doubt, edgesOf, fault, type Findings } from './findings.ts';
import type { Doubt } from './result.ts';
import { isWindowWithin, leastOf, mostOf } from './reading.ts';
import { milliamperes, seconds, signalName } from './wording.ts';

/** An output that stays high leaves a sink far above its saturation: it draws all it is built for, +-2 %, and 1 % more with the years. */
const BUILT = 0.03;
/** More than the offset of an amplifier, less than the smallest sink. */
const IDLE_uA = 300;

/** A window with its reference lasts 1.5 ms; switches open and close within a millisecond, and no instant is known worse. */
const BESIDE_us = 3_000;
const DRAWS: readonly DriveSignal[] = ['loadSink', 'preAlarmSink', 'chargerSink', 'chargerShort'];

/** While something draws by the scenario's own wish, which a unit whose edges come at other times can put beside any window, the sinks are not idle. */
const drawsMeanwhile = ({ timeline }: Case, { stimuli }: Trace, at_us: number, but?: string): boolean =>
  timeline.entries.some(({ id, do: action }) => {
    if (id === but || action.kind !== 'pulse' || !action.changes.some(({ signal }) => DRAWS.includes(signal))) return false;
    const { outcome, done_us, ended_us } = stimuli.find(({ entry }) => entry === id) ?? {};
    if (outcome !== 'done' || done_us == null) return false;
    return at_us > done_us - BESIDE_us && at_us < (ended_us ?? done_us + action.for_us) + BESIDE_us;
  });

/** What is found here is the bench's fault, whatever the unit did. */
export function judgeSinks(testCase: Case, trace: Trace): Partial<Findings> {
  const { timeline } = testCase;
  const late: Doubt[] = [];
  const faults = timeline.entries.flatMap(({ id, do: action }) => {
    const sample = trace.samples.find(({ entry }) => entry === `confirm-sink-${id}`);
    const stimulus = trace.stimuli.find(({ entry }) => entry === id);
    if (action.kind !== 'pulse' || sample === undefined || stimulus === undefined) return [];
    const { outcome, done_us, ended_us, letGo_us } = stimulus;
    if (outcome !== 'done' || done_us === null || ended_us === null || letGo_us !== undefined) return [];
    const isWithin = isWindowWithin(sample.at_us, done_us, ended_us);
    return action.changes.flatMap(({ signal, value }) => {
      const output = SINK_OUTPUTS[signal];
      const word = typeof value === 'string' ? value : '';
      const asked_uA = SINK_uA[word];
      if (output === undefined || asked_uA === undefined) return [];
      const fell = edgesOf(trace.edges, output).some(({ at_us }) => at_us >= done_us && at_us <= ended_us);
      if (fell) return [];
      const look = `Look at the sink Q.${signal === 'chargerSink' ? `chargerSink${word}` : signal}`;
      const [least_uA, most_uA] = [leastOf(sample), mostOf(sample)];
      const drew = `The sink on ${signalName(output)} drew ${sample.least === undefined ? '' : 'more than '}${milliamperes(Math.max(0, sample.least ?? sample.value))}`;
      const at = `at ${seconds(sample.at_us)}`;
      const unsaid = 'though the output stayed high: no drop under it says anything.';
      const tooLittle = !(most_uA >= (1 - BUILT) * asked_uA);
      if (!isWithin && (tooLittle || drawsMeanwhile(testCase, trace, sample.at_us, id))) {
        const asked = milliamperes(asked_uA);
        late.push(doubt('reference', output, `${drew} ${at}, when it may have been off: no drop under it is known to be one of ${asked}.`));
        return [];
      }
      if (tooLittle) return [fault('rig', `${drew} of ${milliamperes(asked_uA)} ${at} ${unsaid} ${look} and its monostable.`)];
      if (least_uA <= (1 + BUILT) * asked_uA || drawsMeanwhile(testCase, trace, sample.at_us, id)) return [];
      return [fault('rig', `${drew} where ${milliamperes(asked_uA)} were asked for ${at} ${unsaid} ${look}.`)];
    });
  });
  const idle = trace.samples.find(
    (one) =>
      one.entry.startsWith('confirm-') &&
      !one.entry.startsWith('confirm-sink-') &&
      one.analog === 'sinkCurrentLow' &&
      leastOf(one) > IDLE_uA &&
      !drawsMeanwhile(testCase, trace, one.at_us),
  );
  if (idle === undefined) return { faults, notMeasured: late };
  const drawn = `${idle.least === undefined ? '' : 'more than '}${milliamperes(idle.least ?? idle.value)}`;
  const text = `The sinks draw ${drawn} at ${seconds(idle.at_us)} though none is on: one of them, or the charger short, has failed closed. Look at Q.loadSink to Q.chargerShort.`;
  return { faults: [...faults, fault('rig', text)], notMeasured: late };
}
