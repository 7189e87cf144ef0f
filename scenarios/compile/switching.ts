/** Switching points: which ramp finds one, what the limits must be to be found on it, and when the terminal is looked at to see whether it follows. */

import type { Measurement } from '../contracts/expectation.ts';
import { duration_us, later, separation_us, stepIndex } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { edgeText } from '../language/moments.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { SwitchingLine } from '../language/shape-checks.ts';
import type { Step } from '../language/shape.ts';
import type { RampWord } from '../language/shape-words.ts';
import type { AnalogSignal } from '../signals.ts';
import type { Action } from '../contracts/timeline.ts';
import { stepId } from './draft.ts';
import type { Draft } from './draft.ts';

/** Where along the ramp the terminal is looked at. */
const SHARES = [0.2, 0.8] as const;

const isRamp = (word: unknown): word is RampWord => typeof word === 'object' && word !== null && 'kind' in word && word.kind === 'ramp';

/** What a step ramps by the fixture's own converters: that, and not the bank, is a voltage at the unit. */
const rampOf = ({ supply, remote }: Step): AnalogSignal | null => {
  if (isRamp(supply)) return 'supplyVoltage';
  if (isRamp(remote?.H)) return 'remoteHVoltage';
  return isRamp(remote?.L) ? 'remoteLVoltage' : null;
};

interface Along {
  readonly index: number;
  readonly step: Step;
  readonly analog: AnalogSignal;
}

/** Null where the line names no ramp. */
const alongOf = ({ scenario: { steps } }: Draft, { along }: SwitchingLine): Along | null => {
  const index = stepIndex(steps, along) ?? -1;
  const step = steps[index];
  const analog = step === undefined ? null : rampOf(step);
  return step === undefined || analog === null ? null : { index, step, analog };
};

const checkId = (id: string, number: number): string => `${id}-check-${number}`;

export interface SwitchingCheck {
  readonly id: string;
  readonly instant: Instant;
  readonly analog: AnalogSignal;
  readonly path: Path;
}

/** A limit that the ramp does not pass is kept by every unit. */
const checkLimits = (draft: Draft, line: SwitchingLine, path: Path, action: Action | undefined): void => {
  if (action?.kind !== 'ramp') return;
  const [least, most] = [Math.min(action.from_mV, action.to_mV), Math.max(action.from_mV, action.to_mV)];
  for (const key of ['low', 'high'] as const) {
    const limit = line[key];
    if (limit === null || limit.dimension !== 'voltage' || (limit.value > least && limit.value < most)) continue;
    const message = `the ramp goes from ${action.from_mV / 1_000} V to ${action.to_mV / 1_000} V, and ${limit.value / 1_000} V is not on its way`;
    draft.refuse('off-the-ramp', [...path, key], message, 'let the ramp pass the limit on both sides');
  }
};

/** Whatever else changes while the ramp runs could be what switches the output. */
const checkAlone = (draft: Draft, { index, step }: Along, path: Path, steps: readonly Instant[]): void => {
  const start = steps[index];
  if (start === undefined) return;
  const over = later(start, duration_us(step));
  const other = steps.findIndex((instant, position) => position > index && separation_us(over, instant)[0] < 0);
  if (other < 0) return;
  const message = `${stepLabel(draft.scenario, other)} may come while the ramp of ${stepLabel(draft.scenario, index)} runs, and be what switches the output`;
  draft.refuse('not-alone', [...path, 'along'], message, 'let nothing else happen until the ramp is over');
};

/** The samples that a switching point needs; what cannot be found is refused. */
export const switchingChecks = (draft: Draft, line: SwitchingLine, index: number, steps: readonly Instant[]): readonly SwitchingCheck[] => {
  const path: Path = ['measure', index];
  const { scenario } = draft;
  const named = stepIndex(scenario.steps, line.along);
  if (named === undefined) return [];
  const along = alongOf(draft, line);
  if (along === null) {
    const message = `${stepLabel(scenario, named)} ramps neither the supply nor a remote terminal`;
    draft.refuse(
      'no-ramp',
      [...path, 'along'],
      message,
      'e.g. supply: { ramp to: 6 V, over: 60 s }, or remote: { H: { ramp to: 3 V, over: 60 s } }',
    );
    return [];
  }
  const ramp = draft.entries.find(({ id }) => id === stepId(scenario, along.index));
  checkLimits(draft, line, path, ramp?.do);
  checkAlone(draft, along, path, steps);
  const start = steps[along.index];
  if (start === undefined) return [];
  const lasts_us = duration_us(along.step);
  return SHARES.map((share, number) => ({
    id: checkId(`measure-${index + 1}`, number + 1),
    instant: later(start, Math.round(lasts_us * share)),
    analog: along.analog,
    path,
  }));
};

/** Of a line that was not refused. */
export const switchingOf = (
  draft: Draft,
  line: SwitchingLine,
  id: string,
): Pick<Measurement, 'name' | 'analog' | 'entry' | 'unit' | 'switching'> => {
  const along = alongOf(draft, line);
  return {
    name: line.name ?? `switching point of ${edgeText(line.edge)}`,
    analog: along?.analog ?? 'supplyVoltage',
    entry: stepId(draft.scenario, along?.index ?? 0),
    unit: 'mV',
    switching: { edge: line.edge, checks: SHARES.map((_, number) => checkId(id, number + 1)) },
  };
};
