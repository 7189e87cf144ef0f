/** What a case, as planned, makes a unit show: for each requirement the edge, the level or the measurement that carries it. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { REQUIREMENT_IDS, type RequirementId } from '../../scenarios/requirements.ts';
import type { Interval } from '../inputs/steps.ts';
import type { PlannedPrediction } from '../predict.ts';
import { carriedByBank } from './by-bank.ts';
import { BY_EDGE, carriedByEdge, EdgeWatch } from './by-edge.ts';
import { BY_LASTING, BY_STAYING, carriedByDips, carriedByLevel, LastingWatch, shownByStaying } from './by-level.ts';
import { carriedByMeasurement } from './by-measurement.ts';
import { play, type Played } from './play.ts';
import { drivesAt, drivesOver, stretchesOf, stretchesOver, supply_mV } from './stretches.ts';
import type { TransitionId } from './transition.ts';

export interface Evidence {
  readonly requirement: RequirementId;
  readonly by: 'edge' | 'level' | 'measurement' | 'bank';
  /** The transition or the measurement, by name. */
  readonly what: string;
  readonly at_us: Interval;
  readonly supply_mV: number;
}

const EVERY: ReadonlySet<string> = new Set(REQUIREMENT_IDS);

export interface Exercised {
  readonly transitions: ReadonlySet<TransitionId>;
  /** In order of time; one requirement may be shown often. */
  readonly evidence: readonly Evidence[];
  readonly played: Played;
}

/** `prediction`: where it is known already. */
export function exercised(testCase: Case, prediction?: PlannedPrediction): Exercised {
  const played = play(testCase, prediction);
  const stretches = stretchesOf(testCase, played);
  const over = drivesOver(testCase, played);
  const at = ([from_us]: Interval): number => supply_mV(drivesAt(over, from_us));
  const evidence = [
    ...carriedByEdge(played, EVERY),
    ...carriedByLevel(testCase, played, stretches, EVERY),
    ...carriedByMeasurement(testCase, played),
    ...carriedByBank(testCase, played),
  ].map((one): Evidence => ({ ...one, supply_mV: at(one.at_us) }));
  return {
    transitions: new Set(played.taken.flatMap(({ transitions }) => transitions.map(({ id }) => id))),
    evidence: evidence.toSorted((a, b) => a.at_us[0] - b.at_us[0]),
    played,
  };
}

/** Which of `wanted` it makes a unit show: quicker than all of the evidence, as one piece for each is enough and what comes after it is not played. */
export function shownOf(testCase: Case, prediction: PlannedPrediction, wanted: Iterable<string>): ReadonlySet<string> {
  const played = play(testCase, prediction);
  const left = new Set(wanted);
  const shown = new Set<string>();
  const show = (requirement: RequirementId): void => {
    if (left.delete(requirement)) shown.add(requirement);
  };
  const take = (evidence: Iterable<Pick<Evidence, 'requirement'>>): void => {
    for (const { requirement } of evidence) show(requirement);
  };
  const mayCarry = (...ways: readonly ReadonlySet<string>[]): boolean => {
    for (const id of left) if (ways.some((way) => way.has(id))) return true;
    return false;
  };
  take(carriedByBank(testCase, played));
  const edges = new EdgeWatch(played.numbers, left);
  for (const scene of played.scenes) {
    if (!mayCarry(BY_EDGE, BY_STAYING)) break;
    take(edges.carried(scene));
    for (const requirement of shownByStaying(scene.taken, left)) show(requirement);
  }
  const levels = new LastingWatch(played.numbers, left);
  for (const stretch of mayCarry(BY_LASTING) ? stretchesOver(testCase, played) : []) {
    const { lasting, long } = levels.carried(stretch, left);
    take(lasting);
    take(long);
    if (!mayCarry(BY_LASTING)) break;
  }
  if (left.size > 0) take(carriedByMeasurement(testCase, played));
  if (left.has('SUPPLY-DIP')) take(carriedByDips(testCase, played, stretchesOf(testCase, played), left));
  return shown;
}
