/** When a case has its outputs and its supply measured so that what the comparators say can be confirmed: host-planned windows of the converter, beside what the scenario asks for. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { type AnalogSignal, type DriveSignal, OUTPUTS, type OutputSignal } from '../../scenarios/signals.ts';
import { lasts_us, spanBehind } from './clear-span.ts';
import { bypassLook } from './plan-bypass-look.ts';
import { floatLooks } from './plan-float-looks.ts';
import { REMOTE_ANALOGS, remoteInstants, remoteLooks } from './plan-remote-looks.ts';
import { shortLooks } from './plan-short-looks.ts';
import { supplyLooks } from './plan-supply-looks.ts';
import { EACH_us, look, windowBehind } from './window-behind.ts';

/** A unit has started up by 3 s (R15); outputs that come with it have settled. */
const STARTED_us = 3_040_000;
/** The supply stands, and a controller that has just got it has not begun: first instruction after 58 ms at the earliest. */
const BEFORE_START_us = 22_000;
/** So long after the latest instant allowed for an edge it is looked for. */
const DUE_us = 10_000;
/** One look at an output each so often is enough: a comparator that is stuck stays so. */
const SELDOM_us = 1_500_000;
/** Both ways of seeing an output are compared so often, whatever happens: a contact that opens for longer and touches again is seen meanwhile. */
const QUIET_LOOKS_us = 2_500_000;
/** In a case of hours less often: each look is eight windows. */
const MOST_QUIET_LOOKS = 400;
/** From an entry whose instant is planned as well: a window is never put so near to it. */
const QUIET_us = 8_000;
const END_us = 60_000;

const ofOutput = (output: OutputSignal): readonly AnalogSignal[] => [`${output}Voltage`, `${output}Drop`];
/** Current beside the voltage of the supply: it tells a supply that sags from a unit that pulls it down. And that of the sinks, none of which is on then. */
const EVERYTHING: readonly AnalogSignal[] = ['supplyVoltage', 'supplyCurrent', 'sinkCurrentLow', ...OUTPUTS.flatMap(ofOutput)];

/** What tells an output's force contact from its sense contact, and both from a unit that pulls its supply down. */
const BOTH_WAYS: readonly AnalogSignal[] = ['supplyVoltage', 'supplyCurrent', ...OUTPUTS.flatMap(ofOutput)];

interface Look {
  readonly analogs: readonly AnalogSignal[];
  /** Outputs whose bias is tried behind them, and whose voltage is measured once more after that: what the bias has left tells a capacitor from a bias that does nothing. */
  readonly probes?: readonly OutputSignal[];
  readonly from_us: number;
}

/** With an instant of its own; or one that nothing may be planned beside, because what comes behind it is sent only when a person has answered. */
const isPlanned = ({ bounds_us: [earliest, latest], do: action }: TimelineEntry): boolean =>
  earliest === latest || action.kind === 'barrier';
const overAt_us = (entry: TimelineEntry): number =>
  entry.do.kind === 'barrier' ? entry.bounds_us[1] : entry.bounds_us[0] + lasts_us(entry);

/** The outputs before the unit can have started, everything once it has, each output once an edge of it was due, and everything before the end. */
const wantedLooks = ({ timeline, attached }: Case, prediction: Prediction): readonly Look[] => {
  const looks: Look[] = [
    {
      analogs: ['supplyVoltage', ...OUTPUTS.map((output): AnalogSignal => `${output}Voltage`)],
      from_us: BEFORE_START_us,
      probes: OUTPUTS.filter((output) => attached[output]?.kind !== 'coil'),
    },
    { analogs: EVERYTHING, from_us: STARTED_us },
    ...[STARTED_us, ...remoteInstants(timeline.entries)].map((from_us) => ({ analogs: REMOTE_ANALOGS, from_us })),
  ];
  for (const output of OUTPUTS) {
    let last_us = STARTED_us;
    const due = prediction.edges
      .filter(({ signal, required, window_us }) => signal === output && required && Number.isFinite(window_us[1]))
      .map(({ window_us }) => window_us[1] + DUE_us)
      .toSorted((a, b) => a - b);
    for (const from_us of due.filter((at_us) => at_us > STARTED_us)) {
      if (from_us - last_us < SELDOM_us) continue;
      looks.push({ analogs: ['supplyVoltage', 'supplyCurrent', ...ofOutput(output)], from_us });
      last_us = from_us;
    }
  }
  const [end_us] = timeline.endBounds_us;
  const last_us = end_us - END_us - EVERYTHING.length * EACH_us;
  return [
    ...looks,
    { analogs: EVERYTHING, from_us: last_us },
    ...quietLooks(STARTED_us, last_us),
    ...floatLooks(prediction, STARTED_us, last_us),
  ];
};

/** Evenly between the look once the unit has started and the one before the end. */
const quietLooks = (from_us: number, to_us: number): readonly Look[] => {
  const gaps = Math.min(MOST_QUIET_LOOKS + 1, Math.ceil((to_us - from_us) / QUIET_LOOKS_us));
  return Array.from({ length: Math.max(0, gaps - 1) }, (_, nth) => ({
    analogs: BOTH_WAYS,
    from_us: from_us + ((nth + 1) * (to_us - from_us)) / gaps,
  }));
};

/** What a sink draws is looked at shortly before it goes off: one that draws nothing would make every drop a good one. */
const SINKS: Partial<Readonly<Record<DriveSignal, AnalogSignal>>> = {
  loadSink: 'sinkCurrent',
  preAlarmSink: 'sinkCurrent',
  chargerSink: 'sinkCurrentLow',
};
const BEFORE_END_us = 4_000;
const LEAST_PULSE_us = 10_000;
/** In a longer one earlier: windows that are under way put a look off by more than 4 ms where three trains of them meet. */
const LONG_PULSE_us = 20_000;
const BEFORE_LONG_END_us = 8_000;
const lookBeforeEnd_us = (for_us: number): number => (for_us < LONG_PULSE_us ? BEFORE_END_us : BEFORE_LONG_END_us);

const sinkLooks = ({ entries }: Case['timeline']): readonly TimelineEntry[] =>
  entries.flatMap((entry): TimelineEntry[] => {
    const { id, do: action } = entry;
    if (action.kind !== 'pulse' || action.for_us < LEAST_PULSE_us) return [];
    const analog = action.changes.map(({ signal }) => SINKS[signal]).find((one) => one !== undefined);
    return analog === undefined ? [] : [windowBehind(entry, action.for_us - lookBeforeEnd_us(action.for_us), `confirm-sink-${id}`, analog)];
  });

/** The case with windows added, `confirm-<n>-<quantity>`, each at an absolute time before the earliest end; the same case where none fits. */
export const planConfirmations = (testCase: Case, prediction: Prediction): Case => {
  const { timeline, place } = testCase;
  const latest_us = timeline.endBounds_us[0] - EACH_us;
  const during = [...sinkLooks(timeline), ...shortLooks(timeline.entries), ...remoteLooks(timeline.entries), ...supplyLooks(timeline)];
  const asked = [...timeline.entries, ...during];
  // First, so that the others keep away from it.
  let entries: readonly TimelineEntry[] = [...asked, ...bypassLook(testCase, asked, STARTED_us + EVERYTHING.length * EACH_us)];
  wantedLooks(testCase, prediction).forEach(({ analogs, probes = [], from_us: wanted_us }, index) => {
    const windowOf = (name: string, analog: AnalogSignal): Pick<TimelineEntry, 'id' | 'do'> => ({
      id: `confirm-${index + 1}-${name}`,
      do: look(analog),
    });
    const wanted: readonly Pick<TimelineEntry, 'id' | 'do'>[] = [
      ...analogs.map((analog) => windowOf(analog, analog)),
      ...probes.map((output) => ({ id: `confirm-${index + 1}-probe-${output}`, do: { kind: 'probe', output } as const })),
      ...probes.map((output) => windowOf(`left-on-${output}`, `${output}Voltage`)),
    ];
    const takes_us = wanted.length * EACH_us;
    const from_us = Math.ceil(spanBehind(wanted_us, takes_us, QUIET_us, entries.filter(isPlanned), overAt_us));
    if (from_us < BEFORE_START_us || from_us + takes_us > latest_us) return;
    const added = wanted.map(({ id, do: action }, nth): TimelineEntry => {
      const at_us = scenarioTime(from_us + nth * EACH_us);
      return { id, when: { kind: 'at', at_us }, do: action, bounds_us: [at_us, at_us], place };
    });
    entries = [...entries, ...added];
  });
  if (entries.length === timeline.entries.length) return testCase;
  return { ...testCase, timeline: { ...timeline, entries: entries.toSorted((a, b) => a.bounds_us[0] - b.bounds_us[0]) } };
};
