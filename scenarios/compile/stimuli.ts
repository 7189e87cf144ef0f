/** From the words of a scenario to drive values: what one step, or the given state, asks of the fixture's drives. */

import { polesOf } from '../battery/bank.ts';
import type { Bank, Poles } from '../battery/bank.ts';
import type { DriveChange } from '../contracts/timeline.ts';
import type { PolesWord, RemoteWord } from '../language/shape-stimuli.ts';
import type { NoiseWord, RampWord, SetWord } from '../language/shape-words.ts';

export const changesOfPoles = (poles: Poles): readonly DriveChange[] => [
  { signal: 'pole1', value: poles.pole1 },
  { signal: 'pole3', value: poles.pole3 },
  { signal: 'pole4', value: poles.pole4 },
];

export const changesOfBank = (bank: Bank): readonly DriveChange[] => changesOfPoles(polesOf(bank));

/** Only the poles the author named. */
export const changesOfPolesWord = ({ 1: pole1, 3: pole3, 4: pole4 }: PolesWord): readonly DriveChange[] => {
  const changes: DriveChange[] = [];
  if (pole1 !== undefined) changes.push({ signal: 'pole1', value: pole1 });
  if (pole3 !== undefined) changes.push({ signal: 'pole3', value: pole3 });
  if (pole4 !== undefined) changes.push({ signal: 'pole4', value: pole4 });
  return changes;
};

export const linkChange = ({ link }: RemoteWord): DriveChange => ({ signal: 'remoteLink', value: link });

/** What drives a terminal from this instant on; a ramp or noise starts where the drive stands, so it changes nothing yet. */
const driven = <T extends 'battery' | 'minus' | 'open'>(
  terminal: T | SetWord | RampWord | NoiseWord,
): T | { readonly mV: number } | null => {
  if (typeof terminal === 'string') return terminal;
  return terminal.kind === 'set' ? { mV: terminal.to } : null;
};

export const terminalChanges = (remote: RemoteWord): readonly DriveChange[] => {
  const [H, L] = [driven(remote.H), driven(remote.L)];
  return [
    ...(H === null ? [] : [{ signal: 'remoteH' as const, value: H }]),
    ...(L === null ? [] : [{ signal: 'remoteL' as const, value: L }]),
  ];
};

export const isMoving = (terminal: string | SetWord | RampWord | NoiseWord): terminal is RampWord | NoiseWord =>
  typeof terminal !== 'string' && terminal.kind !== 'set';

/** True where a terminal is connected to anything but itself. */
export const drivesTerminal = ({ H, L }: RemoteWord): boolean => H !== 'open' || L !== 'open';

/** Where the terminals stand once what moves them is over: noise ends where it began. */
export const settled = (before: RemoteWord, { link, H, L }: RemoteWord): RemoteWord => ({
  link,
  H: atEnd(before.H, H),
  L: atEnd(before.L, L),
});

const atEnd = <T extends string>(before: T | SetWord | RampWord | NoiseWord, now: T | SetWord | RampWord | NoiseWord): typeof now => {
  if (typeof now === 'string' || now.kind === 'set') return now;
  return now.kind === 'ramp' ? { kind: 'set', to: now.to } : before;
};

/** The first list with the values of the second, where it has the same signal. */
export const withChanges = (all: readonly DriveChange[], changes: readonly DriveChange[]): readonly DriveChange[] =>
  all.map((change) => changes.find(({ signal }) => signal === change.signal) ?? change);
