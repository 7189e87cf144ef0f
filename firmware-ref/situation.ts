/** What the unit can see of the world at one instant (R1): supply zone, remote, chain; made from the state of the fixture's drives. */

import type { DriveState } from '../scenarios/contracts/timeline.ts';
import type { DriveValue } from '../scenarios/signals.ts';
import { mV, type Parameters } from './parameters.ts';

/** R14. `full`: works as published. `grey`: anything. `dead`: nothing may be high once it has lasted. `unjudged`: too low to tell. */
export type SupplyZone = 'full' | 'grey' | 'dead' | 'unjudged';
/** R13. `either`: between the published limits. */
export type RemoteState = 'on' | 'off' | 'either';

export interface Poles {
  readonly pole1: boolean;
  readonly pole3: boolean;
  readonly pole4: boolean;
}

/** Poles: true = open. */
export interface Situation extends Poles {
  readonly zone: SupplyZone;
  readonly remote: RemoteState;
}

export const zoneOf = (supply_mV: number, parameters: Parameters): SupplyZone => {
  if (supply_mV >= mV(parameters.supplyFull)) return 'full';
  if (supply_mV >= mV(parameters.supplyDead)) return 'grey';
  return supply_mV >= mV(parameters.supplyJudged) ? 'dead' : 'unjudged';
};

const millivolts = (value: DriveValue): number | null => (typeof value === 'object' ? value.mV : null);

/** One suffices for on; off are both terminals open, or L open and H driven below the off level; elsewhere either (R13). */
export const remoteOf = (drives: Pick<DriveState, 'remoteLink' | 'remoteH' | 'remoteL'>, parameters: Parameters): RemoteState => {
  const { remoteLink, remoteH, remoteL } = drives;
  const h_mV = millivolts(remoteH);
  const l_mV = millivolts(remoteL);
  if (remoteLink === 'closed' || remoteH === 'battery' || remoteL === 'minus') return 'on';
  if (l_mV !== null && l_mV < mV(parameters.remoteLOnBelow)) return 'on';
  if (h_mV !== null && h_mV > mV(parameters.remoteHOnAbove)) return 'on';
  const hOff = remoteH === 'open' || (h_mV !== null && h_mV < mV(parameters.remoteHOffBelow));
  return hOff && remoteL === 'open' ? 'off' : 'either';
};

export const supplyOf = (drives: Pick<DriveState, 'supply'>): number => millivolts(drives.supply) ?? 0;

export const situationOf = (drives: DriveState, parameters: Parameters): Situation => ({
  zone: zoneOf(supplyOf(drives), parameters),
  remote: remoteOf(drives, parameters),
  pole1: drives.pole1 === 'open',
  pole3: drives.pole3 === 'open',
  pole4: drives.pole4 === 'open',
});

/** All three poles open is a broken chain, whatever led there (R2). */
export const isBroken = ({ pole1, pole3, pole4 }: Poles): boolean => pole1 && pole3 && pole4;

export const sameSituation = (a: Situation, b: Situation): boolean =>
  a.zone === b.zone && a.remote === b.remote && a.pole1 === b.pole1 && a.pole3 === b.pole3 && a.pole4 === b.pole4;
