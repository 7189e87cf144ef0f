/** The requirements that a level carries: what a good unit keeps on showing although, or because, nothing or something else changed. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { DriveState } from '../../scenarios/contracts/timeline.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import type { Evidence } from './evidence.ts';
import type { Played, Taken } from './play.ts';
import { supply_mV, type Stretch } from './stretches.ts';
import type { Transition } from './transition.ts';

/** A level is called steady where it lasts this long under watch. */
const LONG_us = 5_000_000;
/** Near the lower end of the supply range, and beyond what a 12 V system has. */
const NEAR_LOW_mV = 8_500;
const BEYOND_12_V_mV = 20_000;

type Input = 'pole1Open' | 'pole3Open' | 'pole4Open';
const POLES = ['pole1Open', 'pole3Open', 'pole4Open'] as const satisfies readonly Input[];
const changed = (from: Segment, to: Segment): readonly Input[] => POLES.filter((pole) => from.inputs[pole] !== to.inputs[pole]);
const only = ({ from, to }: Taken, ...poles: readonly Input[]): boolean => {
  const list = changed(from, to);
  return from.kind === 'steady' && to.kind === 'steady' && list.length > 0 && list.every((pole) => poles.includes(pole));
};

/** Where the remote may be off, LOAD need not stay (R13). */
const waiting = (stay: Transition, { to }: Taken): boolean => stay.cite === 'waiting' && to.inputs.remote === 'on';

/** By what stays, and the moment at which it does. */
type Stays = (stay: Transition, moment: Taken) => boolean;

const BY_STAY: Partial<Record<RequirementId, Stays>> = {
  'LOAD-UV': (stay, moment) => stay.signal === 'load' && (waiting(stay, moment) || stay.cite === 'tripped'),
  'PRE-OFF-ON-TRIP': (stay, { from, to }) => stay.cite === 'preQuiet' && from.kind === 'steady' && to.kind === 'steady',
  'CHG-INDEPENDENT': (stay, moment) => {
    const { from, to } = moment;
    if (stay.signal === 'charger') return stay.cite === 'serviceCharge' && only(moment, 'pole1Open', 'pole4Open');
    return stay.signal === 'load' && stay.is && only(moment, 'pole3Open') && from.inputs.remote === 'on' && to.inputs.remote === 'on';
  },
  'PRE-WHOLE-WAIT': (stay, moment) => waiting(stay, moment) && stay.is && moment.to.kind === 'steady' && (moment.rise?.count ?? 0) >= 2,
  'CHAIN-BREAK': (stay, { from, to }) => stay.cite === 'chainBroken' && to.kind === 'steady' && from.inputs.remote !== 'on',
  'REMOTE-FITTED': (stay, { from, to }) =>
    stay.signal === 'load' && !stay.is && stay.cite === 'remoteOff' && to.kind === 'steady' && from.kind !== 'steady',
};

const wayOn = ({ remoteLink, remoteH, remoteL, supply }: DriveState, numbers: Numbers): readonly RequirementId[] => {
  const H =
    typeof remoteH === 'object'
      ? remoteH.mV > numbers.remoteHOn_mV && remoteH.mV <= (typeof supply === 'object' ? supply.mV : 0)
      : remoteH === 'battery';
  const L = typeof remoteL === 'object' ? remoteL.mV < numbers.remoteLOn_mV : remoteL === 'minus';
  return [
    ...(remoteLink === 'closed' ? (['REMOTE-LINK'] as const) : []),
    ...(H ? (['REMOTE-H'] as const) : []),
    ...(L ? (['REMOTE-L'] as const) : []),
  ];
};

interface StretchMoment extends Stretch {
  readonly numbers: Numbers;
}

const inService = ({ segment, pairs }: Stretch): boolean => segment.kind === 'steady' && pairs.every(({ load }) => load.high);
const onlyWay = (moment: StretchMoment, way: RequirementId): boolean => {
  const ways = wayOn(moment.drives, moment.numbers);
  return inService(moment) && ways.length === 1 && ways[0] === way && moment.least_us >= moment.numbers.reaction_us;
};

const BY_STRETCH: Partial<Record<RequirementId, (moment: StretchMoment) => boolean>> = {
  'REMOTE-LINK': (moment) => onlyWay(moment, 'REMOTE-LINK'),
  'REMOTE-L': (moment) => onlyWay(moment, 'REMOTE-L'),
  'REMOTE-H': (moment) => onlyWay(moment, 'REMOTE-H'),
  'CHG-AT-LOW-CELL': ({ segment, pairs, charger }) =>
    segment.kind === 'steady' && charger.every((high) => high) && pairs.some(({ load }) => load.memo === 'down'),
  'SUPPLY-RANGE': (moment) => {
    const mV = supply_mV(moment.drives);
    return inService(moment) && ((mV >= moment.numbers.supplyFull_mV && mV <= NEAR_LOW_mV) || mV >= BEYOND_12_V_mV);
  },
  'SUPPLY-LOW': ({ segment, least_us }) => segment.kind === 'off' && segment.inputs.zone === 'low' && segment.index > 0 && least_us > 0,
};

/** What has to last without a break; stretches that follow each other count together. */
const BY_RUN: Partial<Record<RequirementId, (stretch: Stretch) => boolean>> = {
  'NO-GLITCH': inService,
  'LED-STEADY': ({ segment, pairs }) => segment.kind === 'steady' && pairs.some(({ ledBlue }) => ledBlue),
  'PRE-STEADY': ({ segment, pairs }) => segment.kind === 'steady' && pairs.some(({ preAlarm }) => preAlarm.high),
};

type Entries<Test> = readonly (readonly [RequirementId, Test])[];
const STAYS = Object.entries(BY_STAY) as Entries<Stays>;
const RUNS = Object.entries(BY_RUN) as Entries<(stretch: Stretch) => boolean>;
const STRETCHES = Object.entries(BY_STRETCH) as Entries<(moment: StretchMoment) => boolean>;

/** The supply moves within its range, and the unit in service does not mind. */
function dips({ timeline }: Case, { apart, numbers }: Played, stretches: readonly Stretch[]): readonly Omit<Evidence, 'supply_mV'>[] {
  const served = (at_us: number): boolean => stretches.some((one) => inService(one) && one.from_us[0] <= at_us && at_us <= one.to_us[1]);
  let mV = 0;
  return timeline.entries.flatMap(({ id, do: action }) => {
    const to =
      action.kind === 'ramp' && action.signal === 'supply'
        ? action.to_mV
        : action.kind === 'set' || action.kind === 'pulse'
          ? action.changes.flatMap(({ signal, value }) => (signal === 'supply' && typeof value === 'object' ? [value.mV] : []))[0]
          : undefined;
    if (to === undefined) return [];
    const moves = mV !== to && Math.min(mV, to) >= numbers.supplyFull_mV;
    if (action.kind !== 'pulse') mV = to;
    const at_us = apart.at_us(id);
    return moves && served(at_us[0])
      ? [{ requirement: 'SUPPLY-DIP' as const, by: 'level' as const, what: 'the supply moves within its range', at_us }]
      : [];
  });
}

/** What holds without a break, stretch by stretch. */
class Run {
  readonly requirement: RequirementId;
  readonly #holds: (stretch: Stretch) => boolean;
  #first: Stretch | null = null;
  #least_us = 0;

  constructor([requirement, holds]: readonly [RequirementId, (stretch: Stretch) => boolean]) {
    this.requirement = requirement;
    this.#holds = holds;
  }

  /** Its beginning, at the stretch with which it has lasted long enough; else null. */
  longWith(stretch: Stretch): Stretch | null {
    const before_us = this.#least_us;
    const holds = this.#holds(stretch);
    this.#first = holds ? (this.#first ?? stretch) : null;
    this.#least_us = holds ? before_us + Math.max(0, stretch.least_us) : 0;
    return before_us < LONG_us && this.#least_us >= LONG_us ? this.#first : null;
  }
}

const level = (requirement: RequirementId, { from_us }: Stretch) =>
  ({ requirement, by: 'level', what: 'levels that last', at_us: from_us }) as const;

type Shown = Omit<Evidence, 'supply_mV'>;
const among = <Test>(list: Entries<Test>, wanted: ReadonlySet<string>): Entries<Test> => list.filter(([id]) => wanted.has(id));

export const BY_STAYING: ReadonlySet<string> = new Set(STAYS.map(([id]) => id));
export const BY_LASTING: ReadonlySet<string> = new Set([...STRETCHES, ...RUNS].map(([id]) => id));

/** What stays as it is although something happens. */
export function carriedByStaying(all: readonly Taken[], wanted: ReadonlySet<string>): readonly Shown[] {
  const found: Shown[] = [];
  const stays = among(STAYS, wanted);
  if (stays.length === 0) return found;
  for (const moment of all) {
    const { transitions, to } = moment;
    for (const stay of transitions) {
      if (stay.was !== stay.is) continue;
      for (const [requirement, holds] of stays)
        if (holds(stay, moment)) found.push({ requirement, by: 'level', what: stay.id, at_us: [to.from_us[0], to.due_us] });
    }
  }
  return found;
}

function someStays(all: readonly Taken[], holds: Stays): boolean {
  for (const moment of all) for (const stay of moment.transitions) if (stay.was === stay.is && holds(stay, moment)) return true;
  return false;
}

/** Which of `wanted` they show at all. */
export const shownByStaying = (all: readonly Taken[], wanted: ReadonlySet<string>): readonly RequirementId[] =>
  among(STAYS, wanted)
    .filter(([, holds]) => someStays(all, holds))
    .map(([requirement]) => requirement);

/** Looks at one stretch after the other, and remembers for how long each level has held. */
export class LastingWatch {
  readonly #numbers: Numbers;
  readonly #runs: readonly Run[];

  constructor(numbers: Numbers, wanted: ReadonlySet<string>) {
    this.#numbers = numbers;
    this.#runs = among(RUNS, wanted).map((entry) => new Run(entry));
  }

  /** What the stretch shows by itself, and what it is the last of. */
  carried(stretch: Stretch, wanted: ReadonlySet<string>): { readonly lasting: readonly Shown[]; readonly long: readonly Shown[] } {
    const moment: StretchMoment = { ...stretch, numbers: this.#numbers };
    const lasting = STRETCHES.filter(([id, holds]) => wanted.has(id) && holds(moment)).map(([id]) => level(id, stretch));
    const long = this.#runs.flatMap((run) => {
      const first = run.longWith(stretch);
      return first === null ? [] : [level(run.requirement, first)];
    });
    return { lasting, long };
  }
}

/** What the supply does without effect. */
export const carriedByDips = (
  testCase: Case,
  played: Played,
  stretches: readonly Stretch[],
  wanted: ReadonlySet<string>,
): readonly Shown[] => (wanted.has('SUPPLY-DIP') ? dips(testCase, played, stretches) : []);

export function carriedByLevel(
  testCase: Case,
  played: Played,
  stretches: readonly Stretch[],
  wanted: ReadonlySet<string>,
): readonly Shown[] {
  const watch = new LastingWatch(played.numbers, wanted);
  const carried = stretches.map((stretch) => watch.carried(stretch, wanted));
  return [
    ...carriedByStaying(played.taken, wanted),
    ...carried.flatMap(({ lasting }) => lasting),
    ...carried.flatMap(({ long }) => long),
    ...carriedByDips(testCase, played, stretches, wanted),
  ];
}
