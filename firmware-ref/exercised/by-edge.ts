/** The requirements that an edge of a good unit carries: the one its rule rests on, and those its situation makes it show as well. */

import { CHAIN_ENDS, type ChainEnd } from '../../scenarios/contracts/timeline.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import { isOutput } from '../../scenarios/signals.ts';
import { chainBroken } from '../inputs/inputs.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { CITES, type CiteId } from '../rules/cites.ts';
import type { Evidence } from './evidence.ts';
import type { Played, Scene, Taken } from './play.ts';
import type { Transition } from './transition.ts';
import type { Rise } from './ways.ts';

interface EdgeMoment extends Taken {
  readonly edge: Transition;
  /** How often the same has happened since the supply came, this one included. */
  readonly times: number;
  /** How often the supply has come, this time included. */
  readonly powerUps: number;
  /** The ends of the chain at which hands have taken LOAD away, this time included. */
  readonly ends: ReadonlySet<ChainEnd>;
}

/** So often does an edge have to come back before it says anything of a memory. */
const OFTEN = 3;
/** A low cell this soon after PRE-ALARM leaves the whole wait to the unit. */
const AT_ONCE_us = 2_000_000;

const isTrip = ({ edge: { signal, is, cite } }: EdgeMoment): boolean =>
  signal === 'load' && !is && (cite === 'trip' || cite === 'tripWithPre');
const full = ({ to }: EdgeMoment): boolean => to.kind === 'steady';
const rises = ({ edge }: EdgeMoment): boolean => edge.is;

/** One end alone is apart, and was not before. */
const fallsByHand = ({ signal, is }: Transition, from: Segment, { kind, inputs }: Segment): boolean =>
  signal === 'load' && !is && kind === 'steady' && inputs.endsApart.length === 1 && !chainBroken(from.inputs);

/** Beside what the rule itself rests on. */
const ALSO: Partial<Record<RequirementId, (moment: EdgeMoment) => boolean>> = {
  'LOAD-UV': isTrip,
  'PRE-30S': isTrip,
  'PRE-LATEST': (moment) => isTrip(moment) && moment.surely,
  'PRE-OWN-30S': (moment) => isTrip(moment) && moment.rise !== null && moment.to.pole1_us[1] <= moment.rise.at_us[0] + AT_ONCE_us,
  'PRE-WHOLE-WAIT': (moment) => isTrip(moment) && (moment.rise?.count ?? 0) >= 2,
  'PRE-NO-WARNING': (moment) => isTrip(moment) && !moment.to.inputs.pole4Open,
  'PRE-RECOVERY': ({ edge, before, to }) =>
    edge.signal === 'preAlarm' && edge.cite === 'warningCleared' && !edge.is && before?.load.memo === 'up' && to.kind === 'steady',
  'PRE-OUT-OF-SERVICE': ({ edge, to }) =>
    edge.signal === 'preAlarm' && !edge.is && to.kind === 'steady' && (to.inputs.remote === 'off' || chainBroken(to.inputs)),
  'CHAIN-EITHER-END': ({ edge, from, to, ends }) => fallsByHand(edge, from, to) && ends.size === CHAIN_ENDS.length,
  'LOAD-HEALTHY': ({ edge, to }) => edge.signal === 'load' && edge.is && to.kind === 'steady' && !to.inputs.pole1Open,
  'CHAIN-LOOP': ({ edge, to: { kind, inputs } }) =>
    edge.signal === 'load' && edge.is && kind === 'steady' && !inputs.pole1Open && !inputs.pole3Open && !inputs.pole4Open,
  'CHG-TEMP': ({ edge }) => edge.cite === 'noCharge',
  'CHG-OV': ({ edge }) => edge.signal === 'charger' && (edge.cite === 'noCharge' || edge.cite === 'charge'),
  'CHG-SHORT': ({ edge, from, to }) => edge.signal === 'charger' && edge.is && from.inputs.chargerShorted && !to.inputs.chargerShorted,
  'BOTH-ALARMS': ({ edge, from, to: { kind, inputs } }) =>
    kind === 'steady' &&
    inputs.pole1Open &&
    inputs.pole3Open &&
    !inputs.pole4Open &&
    from.inputs.pole1Open !== from.inputs.pole3Open &&
    (edge.signal === 'charger' || edge.signal === 'preAlarm'),
  REACTION: (moment) => full(moment) && moment.from.kind === 'steady' && !moment.alone,
  'NO-LATCH': (moment) => rises(moment) && isOutput(moment.edge.signal) && moment.times >= OFTEN && full(moment),
  FLOATING: (moment) => isOutput(moment.edge.signal) && !moment.edge.is && full(moment),
  LEAKAGE: (moment) => isOutput(moment.edge.signal) && !moment.edge.is && full(moment),
  'LED-DARK': ({ edge, to }) =>
    !isOutput(edge.signal) && !edge.is && (to.kind === 'off' || (to.kind === 'steady' && to.inputs.remote === 'off')),
  'SUPPLY-SWITCH': (moment) => moment.powerUps >= 2 && rises(moment) && moment.edge.cite === 'powerUp',
};

const ALSO_LIST = Object.entries(ALSO) as readonly (readonly [RequirementId, (moment: EdgeMoment) => boolean])[];

/** Where anything may happen an edge carries nothing. */
const NOTHING: readonly CiteId[] = ['unjudged', 'remoteEither', 'chargerShorted', 'ledStart'];
const carries = (to: Segment, { cite }: Transition): boolean => to.kind !== 'free' && to.kind !== 'resume' && !NOTHING.includes(cite);

/** Every requirement that some edge carries. */
export const BY_EDGE: ReadonlySet<string> = new Set([
  ...ALSO_LIST.map(([id]) => id),
  ...(Object.keys(CITES) as CiteId[]).filter((id) => !NOTHING.includes(id)).map((id) => CITES[id].requirement),
]);

type Shown = Omit<Evidence, 'supply_mV'>;

/** Follows a played case scene by scene, and remembers what has been before. */
export class EdgeWatch {
  readonly #numbers: Numbers;
  readonly #wanted: ReadonlySet<string>;
  /** Of each edge how often it has come, and in which state at last. */
  readonly #seen = new Map<string, { times: number; last: number }>();
  readonly #ends = new Set<ChainEnd>();
  #powerUps = 0;
  #also: typeof ALSO_LIST = [];
  /** Of those that are wanted, when it was last looked. */
  #size = -1;

  /** `wanted` may lose those of which enough has been seen. */
  constructor(numbers: Numbers, wanted: ReadonlySet<string>) {
    this.#numbers = numbers;
    this.#wanted = wanted;
  }

  carried({ taken: all, held: { segment: to } }: Scene): readonly Shown[] {
    const found: Shown[] = [];
    if (to.kind === 'resume' && to.lost) this.#powerUps++;
    for (const taken of all) {
      if (to.kind === 'off') this.#seen.clear();
      for (const edge of taken.transitions) {
        if (edge.was === edge.is) continue;
        const times = this.#times(edge, to);
        if (carries(to, edge)) this.#look(taken, edge, times, found);
      }
    }
    return found;
  }

  #times({ id }: Transition, { index }: Segment): number {
    let same = this.#seen.get(id);
    if (same === undefined) this.#seen.set(id, (same = { times: 0, last: -1 }));
    if (same.last !== index) same.times++;
    same.last = index;
    return same.times;
  }

  #look(taken: Taken, edge: Transition, times: number, found: Shown[]): void {
    const wanted = this.#wanted;
    if (wanted.size !== this.#size) {
      this.#also = ALSO_LIST.filter(([id]) => wanted.has(id));
      this.#size = wanted.size;
    }
    const { from, to, alone, before, rise, surely, transitions } = taken;
    const also = this.#also;
    const own = CITES[edge.cite].requirement;
    const ends = this.#ends;
    if (fallsByHand(edge, from, to)) for (const end of to.inputs.endsApart) ends.add(end);
    const isWanted = wanted.has(own);
    if (!isWanted && also.length === 0) return;
    const moment: EdgeMoment = { transitions, from, to, alone, before, rise, surely, edge, times, powerUps: this.#powerUps, ends };
    const carried: RequirementId[] = isWanted ? [own] : [];
    for (const test of also) if (test[0] !== own && test[1](moment)) carried.push(test[0]);
    if (carried.length === 0) return;
    const at_us = alone && rise !== null ? tripWindow(rise, to, this.#numbers) : ([to.from_us[0], to.due_us] as const);
    for (const requirement of carried) found.push({ requirement, by: 'edge', what: edge.id, at_us });
  }
}

const tripWindow = (rise: Rise, to: Segment, { waitLeast_us, waitMost_us, reaction_us }: Numbers) =>
  [Math.max(rise.at_us[0] + waitLeast_us, to.from_us[0]), Math.max(rise.at_us[1] + waitMost_us, to.pole1_us[1] + reaction_us)] as const;

export function carriedByEdge({ scenes, numbers }: Played, wanted: ReadonlySet<string>): readonly Shown[] {
  const watch = new EdgeWatch(numbers, wanted);
  return Array.from(scenes, (scene) => watch.carried(scene)).flat();
}
