/** The limits of the reference by what a scenario does just inside and just outside of each: nearness is a share of the parameter itself. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { DriveState } from '../../scenarios/contracts/timeline.ts';
import { chainBroken } from '../inputs/inputs.ts';
import type { ParameterName } from '../parameters.ts';
import type { Played, Taken } from './play.ts';
import { drivesOver, stretchesOf, supply_mV, type Stretch } from './stretches.ts';

/** `waitLeast_us just below`: something happens a little before the limit; `just above`: a little after. */
export type BoundId = `${ParameterName} just ${'below' | 'above'}`;

/** A limit on the unit's own doing, which no stimulus can come near. */
const OWN_DOING: readonly ParameterName[] = ['glitchOutput_us', 'glitchLed_us'];

interface Course {
  readonly testCase: Case;
  readonly played: Played;
  readonly stretches: readonly Stretch[];
}

/** What comes near a limit in one case: values to set beside it. */
type Values = (course: Course) => readonly number[];

const volts =
  (of: (drives: DriveState) => number | null): Values =>
  ({ stretches }) =>
    stretches.flatMap(({ drives, least_us }) => {
      const mV = of(drives);
      return mV === null || least_us <= 0 ? [] : [mV];
    });

const supply = volts(supply_mV);
/** A terminal's voltage counts where nothing else decides. */
const alone = (terminal: 'remoteH' | 'remoteL'): Values =>
  volts((drives) => {
    const other = terminal === 'remoteH' ? drives.remoteL : drives.remoteH;
    const value = drives[terminal];
    return drives.remoteLink === 'open' && other === 'open' && typeof value === 'object' ? value.mV : null;
  });

/** Each time that a full supply comes, until something else changes. */
const sinceStart: Values = ({ stretches, played: { apart } }) => {
  let started: string | null = null;
  return stretches.flatMap(({ segment: { kind, cause }, from_us, least_us }, index) => {
    if (kind === 'resume' && cause?.kind === 'entry') started = cause.entry;
    if (started === null || kind !== 'steady') return [];
    const began_us = from_us[0] - apart.at_us(started)[0];
    return stretches[index - 1]?.segment.kind === 'steady' ? [began_us] : [began_us + least_us];
  });
};

const lasting: Values = ({ stretches }) => stretches.flatMap(({ segment, least_us }) => (segment.kind === 'steady' ? [least_us] : []));

/** How long the supply stays below the level at which it is lost. */
const lowFor: Values = ({ testCase, played }) => {
  const { apart, numbers } = played;
  const over = drivesOver(testCase, played);
  const pulses = testCase.timeline.entries.flatMap(({ do: action }) =>
    action.kind === 'pulse' &&
    action.changes.some(({ signal, value }) => signal === 'supply' && typeof value === 'object' && value.mV < numbers.supplyLost_mV)
      ? [action.for_us]
      : [],
  );
  const held = over.flatMap(({ entry, drives }, index) => {
    const next = over[index + 1];
    return next !== undefined && supply_mV(drives) < numbers.supplyLost_mV && supply_mV(next.drives) >= numbers.supplyFull_mV
      ? [apart.least_us(entry, next.entry)]
      : [];
  });
  return [...pulses, ...held];
};

const entryOf = ({ to }: Taken): string | null => (to.cause?.kind === 'entry' ? to.cause.entry : null);

/** How long after an edge the entry comes that waited for it. */
function since(course: Course, taken: Taken, signal: 'load' | 'preAlarm', level: 'high' | 'notHigh'): number | null {
  const { entries } = course.testCase.timeline;
  let sum_us = 0;
  for (let id = entryOf(taken); id !== null;) {
    const when = entries.find((entry) => entry.id === id)?.when;
    if (when === undefined || when.kind === 'at') return null;
    sum_us += when.delay_us;
    if (when.kind === 'afterEdge' && when.signal === signal && when.level === level) return sum_us;
    id = when.kind === 'afterEdge' ? null : when.entry;
  }
  return null;
}

const each =
  (choose: (taken: Taken, course: Course) => number | null): Values =>
  (course) =>
    course.played.taken.flatMap((taken) => {
      const value = choose(taken, course);
      return value === null ? [] : [value];
    });

/** The cell recovers this long after PRE-ALARM rose. */
const recovers = each((taken, course) =>
  taken.from.inputs.pole1Open && !taken.to.inputs.pole1Open && !chainBroken(taken.from.inputs)
    ? since(course, taken, 'preAlarm', 'high')
    : null,
);
/** LOAD has to be off this long after PRE-ALARM rose: what is watched goes on until then. */
const watched: Values = ({ played: { taken, numbers } }) => taken.flatMap(({ surely }) => (surely ? [numbers.waitMost_us] : []));
const afterTrip = each((taken, course) => (taken.before?.load.memo === 'down' ? since(course, taken, 'load', 'notHigh') : null));

/** Pole changes that follow each other. */
const skew: Values = ({ testCase, played: { apart } }) => {
  const poles = testCase.timeline.entries.filter(
    ({ do: action }) => action.kind === 'set' && action.changes.some(({ signal }) => signal.startsWith('pole')),
  );
  return poles.slice(1).map(({ id }, index) => apart.least_us(poles[index]!.id, id));
};

interface Near {
  readonly values: Values;
  /** So far from the limit still counts as just beside it. */
  readonly share: number;
}

const near = (share: number, ...values: readonly Values[]): Near => ({ share, values: (course) => values.flatMap((one) => one(course)) });

const NEAR: Readonly<Record<ParameterName, Near>> = {
  reaction_us: near(0.25, lasting),
  startUp_us: near(0.25, sinceStart),
  waitLeast_us: near(0.1, recovers),
  waitMost_us: near(0.1, recovers, watched),
  tripTogether_us: near(1, afterTrip),
  poleSkew_us: near(1, skew),
  supplyLost_us: near(0.3, lowFor),
  supplyFull_mV: near(0.06, supply),
  supplyLost_mV: near(0.06, supply),
  supplyJudged_mV: near(0.2, supply),
  remoteLOn_mV: near(0.1, alone('remoteL')),
  remoteHOn_mV: near(0.1, alone('remoteH')),
  remoteHOff_mV: near(0.15, alone('remoteH')),
  glitchOutput_us: near(0),
  glitchLed_us: near(0),
};

const NAMES = Object.keys(NEAR) as readonly ParameterName[];

/** All that a scenario could come near. */
export const BOUNDS: readonly BoundId[] = NAMES.filter((name) => !OWN_DOING.includes(name)).flatMap((name): readonly BoundId[] => [
  `${name} just below`,
  `${name} just above`,
]);

export function boundsNear(testCase: Case, played: Played): ReadonlySet<BoundId> {
  const course: Course = { testCase, played, stretches: stretchesOf(testCase, played) };
  const found = new Set<BoundId>();
  for (const name of NAMES) {
    const { values, share } = NEAR[name];
    const limit = played.numbers[name];
    for (const value of values(course)) {
      if (value < limit && value >= limit * (1 - share) && value > 0) found.add(`${name} just below`);
      if (value >= limit && value <= limit * (1 + share)) found.add(`${name} just above`);
    }
  }
  return found;
}
