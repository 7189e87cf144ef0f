/** Limits too fine for what the bench can tell apart, found from the budgets of its channels and stamps before anything runs. */

import { PARAMETERS } from '../../firmware-ref/parameters.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { EdgeKind, Expectation, Measurement } from '../../scenarios/contracts/expectation.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { EntryId } from '../../scenarios/contracts/timeline.ts';
import { ANALOGS, DROP_SINKS } from '../../scenarios/signals.ts';
import { plannedStimuli, supplyOverTime } from '../bench/supply-over-time.ts';
import { pathMost_us } from '../bench/path-delay.ts';
import { SINK_SHARE } from '../bench/sink-drop.ts';
import { driveUncertainty_mV, stepOf_mV } from '../bench/trace-ramps.ts';
import { DIVIDERS_AS_BUILT } from '../calibration/dividers.ts';
import { expectedBound_ppm } from '../link/expected-bound.ts';
import { measuringUncertainty } from './budget.ts';

/** Source of the shares: FACTS.md, "Decision at a limit". */
const SHARE = 10;
const ONE_SIDED_TIME_us = 10_000;
/** A quarter: what is found by a ramp is known within an interval, most of it the unit's own time. */
const SWITCHING_SHARE = 4;
/** Worst case of a comparator's stamp: by pin change, of an output that was let go of. */
const STAMP_us = 39.5 + pathMost_us('charger', 'notHigh', DIVIDERS_AS_BUILT);

const short = (value: number): string => String(Number(value.toPrecision(3)));
const time = (us: number): string => (us >= 1e6 ? `${short(us / 1e6)} s` : us >= 1e3 ? `${short(us / 1e3)} ms` : `${short(us)} us`);

const tooFine = ({ place }: Expectation | Measurement, message: string, hint: string): Issue => ({
  id: 'limit-too-fine',
  severity: 'error',
  ...place,
  message,
  hint,
});

type SupplyAt = (id: EntryId) => number;

/** The supply set when the earliest instant of an entry comes, with everything before it at its earliest too. */
function plannedSupply_mV({ timeline }: Case): SupplyAt {
  const supply_mV = supplyOverTime(timeline, plannedStimuli(timeline));
  return (id) => {
    const at_us = timeline.entries.find((entry) => entry.id === id)?.bounds_us[0];
    return at_us === undefined ? 0 : supply_mV(at_us);
  };
}

/** A switching point is known no better than the ramp moves while the unit may react. */
function ofSwitching({ timeline }: Case, one: Measurement, edge: EdgeKind): readonly Issue[] {
  const action = timeline.entries.find(({ id }) => id === one.entry)?.do;
  if (action?.kind !== 'ramp') return [];
  const { signal, from_mV, to_mV, over_us } = action;
  const react_us = (signal === 'supply' && edge.level === 'high' ? PARAMETERS.startUp_us : PARAMETERS.reaction_us).value;
  const span = Math.abs(to_mV - from_mV);
  const drive_mV =
    Math.max(...[from_mV, to_mV].map((value) => driveUncertainty_mV(signal, value, null))) + stepOf_mV(signal, from_mV, to_mV, over_us);
  const reacting_mV = (span * react_us) / over_us / 2;
  const window = one.low !== null && one.high !== null ? one.high - one.low : span;
  const room_mV = window / SWITCHING_SHARE - drive_mV;
  if (reacting_mV <= room_mV) return [];
  const message = `${one.name} is found to +-${short(reacting_mV + drive_mV)} mV, since a unit may take ${time(react_us)} to react, more than a quarter of the window of ${short(window)} mV`;
  const longer_s = Math.ceil((span * react_us) / 2 / Math.max(room_mV, 1) / 1e6);
  return [tooFine(one, message, room_mV <= 0 ? 'widen the window' : `let the ramp take ${longer_s} s or more`)];
}

/** A drop under a sink is told at the asked current, which the sink's own differs from. */
function isUnderSink({ timeline }: Case, { analog, entry }: Measurement): boolean {
  const at_us = timeline.entries.find(({ id }) => id === entry)?.bounds_us[0];
  const sink = DROP_SINKS[analog];
  return timeline.entries.some(
    ({ do: action, bounds_us: [from_us] }) =>
      action.kind === 'pulse' &&
      at_us !== undefined &&
      at_us >= from_us &&
      at_us <= from_us + action.for_us &&
      action.changes.some(({ signal }) => signal === sink),
  );
}

function ofMeasurement(testCase: Case, one: Measurement, supplyAt_mV: SupplyAt): readonly Issue[] {
  if (one.switching !== null) return ofSwitching(testCase, one, one.switching.edge);
  const supply_mV = supplyAt_mV(one.entry);
  const { name, analog, low, high } = one;
  const limit = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0));
  const measured = measuringUncertainty(analog, limit, supply_mV);
  const known = { ...measured, uncertainty: measured.uncertainty + (isUnderSink(testCase, one) ? SINK_SHARE * limit : 0) };
  const unit = ANALOGS[analog];
  if (known.saturated)
    return [
      tooFine(
        one,
        `${name} is limited at ${limit} ${unit}, where the range of ${analog} ends`,
        'nothing beyond can be measured: choose a lower limit',
      ),
    ];
  const window = low !== null && high !== null ? high - low : limit;
  if (known.uncertainty <= window / SHARE) return [];
  const over = low !== null && high !== null ? `the window of ${short(window)} ${unit}` : `the limit of ${short(limit)} ${unit}`;
  const message = `${name} is measured to +-${short(known.uncertainty)} ${unit} at a supply of ${supply_mV / 1000} V, more than a tenth of ${over}`;
  return [tooFine(one, message, `widen it to ${short(Math.ceil(known.uncertainty * SHARE))} ${unit} or more, or leave the limit out`)];
}

function ofTime({ timeline }: Case, one: Expectation): readonly Issue[] {
  if (one.kind !== 'edge') return [];
  const [least, most] = [one.notBefore_us ?? 0, one.within_us];
  const last_us = most ?? least;
  // A case in which it comes is not shorter than it takes.
  const case_us = Math.max(timeline.endBounds_us[0], last_us);
  const uncertainty_us = 2 * STAMP_us + (last_us * expectedBound_ppm(case_us)) / 1e6;
  const bothSides = least > 0 && most !== null;
  const bound_us = bothSides ? (most - least) / SHARE : ONE_SIDED_TIME_us;
  if (uncertainty_us <= bound_us) return [];
  const over = bothSides
    ? `a tenth of the window of ${time(most - least)}`
    : `the ${time(ONE_SIDED_TIME_us)} a limit on one side may be uncertain`;
  const message = `${one.text}: ${time(last_us)} is measured to +-${time(uncertainty_us)}, more than ${over}`;
  return [tooFine(one, message, bothSides ? 'widen the window' : 'count from something nearer')];
}

export function fineLimits(testCase: Case): readonly Issue[] {
  const { expectations, measurements } = testCase;
  const times = expectations.flatMap((one) => ofTime(testCase, one));
  if (measurements.length === 0) return times;
  const supplyAt_mV = plannedSupply_mV(testCase);
  return [...times, ...measurements.flatMap((one) => ofMeasurement(testCase, one, supplyAt_mV))];
}
