/** The requirements that an edge of a good unit carries: the one its rule rests on, and those its situation makes it show as well. */

import { CHAIN_ENDS, type ChainEnd } from '../../scenarios/contracts/timeline.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import { isOutput } from '../../scenarios/signals.ts';
import { chainBroken } from '../inputs/inputs.ts';
import type { Segment } from '../inputs/segments.ts';
import { CITES } from '../rules/cites.ts';
import type { Evidence } from './evidence.ts';
import type { Played, Taken } from './play.ts';
import type { Transition } from './transition.ts';

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
const fallsByHand = ({ edge: { signal, is }, from, to: { kind, inputs } }: Omit<EdgeMoment, 'ends'>): boolean =>
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
  'CHAIN-EITHER-END': (moment) => fallsByHand(moment) && moment.ends.size === CHAIN_ENDS.length,
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
const carries = (to: Segment, { cite }: Transition): boolean =>
  to.kind !== 'free' && to.kind !== 'resume' && cite !== 'unjudged' && cite !== 'remoteEither' && cite !== 'chargerShorted';

/** Of the requirements that are wanted when an edge is come to: whoever has seen enough of one may take it out meanwhile. */
export function* carriedByEdge(played: Played, wanted: ReadonlySet<string>): Generator<Omit<Evidence, 'supply_mV'>> {
  const seen = new Map<string, Set<number>>();
  const supplied = new Set<number>();
  const ends = new Set<ChainEnd>();
  let also = ALSO_LIST.filter(([id]) => wanted.has(id));
  let { size } = wanted;
  for (const taken of played.taken.toSorted((a, b) => a.to.index - b.to.index)) {
    if (wanted.size === 0) return;
    if (wanted.size !== size) {
      also = also.filter(([id]) => wanted.has(id));
      ({ size } = wanted);
    }
    const { to } = taken;
    if (to.kind === 'off') seen.clear();
    if (to.kind === 'resume' && to.lost) supplied.add(to.index);
    for (const edge of taken.transitions) {
      if (edge.was === edge.is) continue;
      const same = seen.get(edge.id) ?? new Set();
      seen.set(edge.id, same.add(to.index));
      if (!carries(to, edge)) continue;
      const own = CITES[edge.cite].requirement;
      const moment: EdgeMoment = { ...taken, edge, times: same.size, powerUps: supplied.size, ends };
      if (fallsByHand(moment)) for (const end of to.inputs.endsApart) ends.add(end);
      const carried = also.filter(([id, holds]) => id !== own && holds(moment)).map(([id]) => id);
      if (wanted.has(own)) carried.unshift(own);
      if (carried.length === 0) continue;
      const at_us = taken.alone && taken.rise !== null ? tripWindow(taken, played) : ([to.from_us[0], to.due_us] as const);
      for (const requirement of carried) yield { requirement, by: 'edge', what: edge.id, at_us };
    }
  }
}

const tripWindow = ({ rise, to }: Taken, { numbers }: Played) =>
  [
    Math.max(rise!.at_us[0] + numbers.waitLeast_us, to.from_us[0]),
    Math.max(rise!.at_us[1] + numbers.waitMost_us, to.pole1_us[1] + numbers.reaction_us),
  ] as const;
