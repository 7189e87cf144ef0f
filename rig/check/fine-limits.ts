/** Limits too fine for what the bench can tell apart, found from the budgets of its channels and stamps before anything runs. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Expectation, Measurement } from '../../scenarios/contracts/expectation.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { EntryId } from '../../scenarios/contracts/timeline.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';
import { ANALOGS } from '../../scenarios/signals.ts';
import { supplyOverTime } from '../bench/supply-over-time.ts';
import { measuringUncertainty } from './budget.ts';

/** Source of the shares: FACTS.md, "Decision at a limit". */
const SHARE = 10;
const ONE_SIDED_TIME_us = 10_000;
/** Worst case of a comparator's stamp. */
const STAMP_us = 29.5;
/** The clock of a run is never known worse than this (typically a few ppm after the first pings). */
const CLOCK_ppm = 100;

const short = (value: number): string => String(Number(value.toPrecision(3)));
const time = (us: number): string => (us >= 1e6 ? `${short(us / 1e6)} s` : us >= 1e3 ? `${short(us / 1e3)} ms` : `${short(us)} us`);

const tooFine = ({ place }: Expectation | Measurement, message: string, hint: string): Issue => ({
  id: 'limit-too-fine',
  severity: 'error',
  ...place,
  message,
  hint,
});

/** The supply set when the earliest instant of an entry comes, with everything before it at its earliest too. */
function plannedSupply_mV({ timeline }: Case, id: EntryId): number {
  const stimuli = timeline.entries.map(({ id: entry, bounds_us: [at_us] }): Stimulus => {
    return { entry, outcome: 'done', asked_us: at_us, done_us: at_us, ended_us: null, uncertainty_us: 0 };
  });
  const at_us = timeline.entries.find((entry) => entry.id === id)?.bounds_us[0];
  return at_us === undefined ? 0 : supplyOverTime(timeline, stimuli)(at_us);
}

function ofMeasurement(one: Measurement, supply_mV: number): readonly Issue[] {
  const { name, analog, low, high } = one;
  const limit = Math.max(Math.abs(low ?? 0), Math.abs(high ?? 0));
  const known = measuringUncertainty(analog, limit, supply_mV);
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

function ofTime(one: Expectation): readonly Issue[] {
  if (one.kind !== 'edge') return [];
  const [least, most] = [one.notBefore_us ?? 0, one.within_us];
  const last_us = most ?? least;
  const uncertainty_us = 2 * STAMP_us + (last_us * CLOCK_ppm) / 1e6;
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
  return [...expectations.flatMap(ofTime), ...measurements.flatMap((one) => ofMeasurement(one, plannedSupply_mV(testCase, one.entry)))];
}
