/** What the unit sees (R1): how drive values become supply zone, remote and poles (R13, R14). */

import { CHAIN_ENDS, type ChainEnd, type DriveState, type PlugState } from '../../scenarios/contracts/timeline.ts';
import { DRIVES, DRIVE_SIGNALS, type DriveValue } from '../../scenarios/signals.ts';
import type { Numbers, ParameterName } from '../parameters.ts';

/** `full` from 8.0 V on; `grey` 6.5-8 V: anything; `low` below 6.5 V; `unjudged` below 3 V. */
export type Zone = 'full' | 'grey' | 'low' | 'unjudged';

/** What the unit stands in: the fixture's drives, and the two ends of the chain as hands have left them. */
export type Surroundings = DriveState & Readonly<Record<ChainEnd, PlugState>>;
export type InputSignal = keyof Surroundings;
export interface InputChange {
  readonly signal: InputSignal;
  readonly value: Surroundings[InputSignal];
}

export interface Inputs {
  readonly zone: Zone;
  /** `either` where R13 leaves it open. */
  readonly remote: 'on' | 'off' | 'either';
  /** The limit of a driven terminal that decided it; null: none did. */
  readonly remoteBy: ParameterName | null;
  readonly pole1Open: boolean;
  readonly pole3Open: boolean;
  readonly pole4Open: boolean;
  /** The poles are open because of these, whatever the fixture's switches do. The unit cannot tell. */
  readonly endsApart: readonly ChainEnd[];
  /** The fixture shorts CHARGER: its level then says nothing of the unit. */
  readonly chargerShorted: boolean;
}

export const SAFE_DRIVES: DriveState = Object.fromEntries(DRIVE_SIGNALS.map((signal) => [signal, DRIVES[signal].safe])) as DriveState;
export const SAFE_SURROUNDINGS: Surroundings = { ...SAFE_DRIVES, male: 'together', female: 'together' };

const volts = (value: DriveValue): number | null => (typeof value === 'object' ? value.mV : null);

function zoneOf(supply_mV: number, { supplyFull_mV, supplyLost_mV, supplyJudged_mV }: Numbers): Zone {
  if (supply_mV >= supplyFull_mV) return 'full';
  if (supply_mV >= supplyLost_mV) return 'grey';
  return supply_mV >= supplyJudged_mV ? 'low' : 'unjudged';
}

type Remote = Pick<Inputs, 'remote' | 'remoteBy'>;
const is = (remote: Inputs['remote'], remoteBy: ParameterName | null = null): Remote => ({ remote, remoteBy });

/** R13: one way to switch on suffices; off are both terminals open, or L open and H driven below 2.0 V; elsewhere either. */
function remoteOf({ remoteLink, remoteH, remoteL, supply }: DriveState, numbers: Numbers): Remote {
  const H_mV = volts(remoteH);
  const L_mV = volts(remoteL);
  if (remoteLink === 'closed' || remoteL === 'minus') return is('on');
  if (L_mV !== null && L_mV < numbers.remoteLOn_mV) return is('on', 'remoteLOn_mV');
  if (remoteH === 'battery') return is('on');
  if (H_mV !== null && H_mV > numbers.remoteHOn_mV && H_mV <= (volts(supply) ?? 0)) return is('on', 'remoteHOn_mV');
  if (remoteL === 'open' && remoteH === 'open') return is('off');
  if (remoteL === 'open' && H_mV !== null && H_mV < numbers.remoteHOff_mV) return is('off', 'remoteHOff_mV');
  return is('either');
}

const NONE: readonly ChainEnd[] = [];

export function inputsOf(drives: Surroundings, numbers: Numbers): Inputs {
  const { remote, remoteBy } = remoteOf(drives, numbers);
  const whole = drives.male === 'together' && drives.female === 'together';
  return {
    zone: zoneOf(volts(drives.supply) ?? 0, numbers),
    remote,
    remoteBy,
    pole1Open: !whole || drives.pole1 === 'open',
    pole3Open: !whole || drives.pole3 === 'open',
    pole4Open: !whole || drives.pole4 === 'open',
    endsApart: whole ? NONE : CHAIN_ENDS.filter((end) => drives[end] === 'apart'),
    chargerShorted: drives.chargerShort === 'on',
  };
}

/** Drives that the unit sees nothing of as long as its outputs do not bend. */
export const isUnseen = (signal: InputSignal): boolean => signal === 'loadSink' || signal === 'preAlarmSink' || signal === 'chargerSink';

/** R2: whatever words led there. */
export const chainBroken = ({ pole1Open, pole3Open, pole4Open }: Inputs): boolean => pole1Open && pole3Open && pole4Open;

/** Values at which `drive` changes what the unit sees: below, or at and above. Integer mV. */
export function thresholdsOf(drive: 'supply' | 'remoteH' | 'remoteL', numbers: Numbers): readonly number[] {
  if (drive === 'supply') return [numbers.supplyJudged_mV, numbers.supplyLost_mV, numbers.supplyFull_mV];
  return drive === 'remoteL' ? [numbers.remoteLOn_mV] : [numbers.remoteHOff_mV, numbers.remoteHOn_mV + 1];
}
