/** What a bench cannot do of what scenarios ask: Issues at the scenario's place, naming the line of the bench file. */

import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue, Place } from '../../scenarios/contracts/issue.ts';
import type { Action, DriveChange } from '../../scenarios/contracts/timeline.ts';
import { DRIVES } from '../../scenarios/signals.ts';
import type { RuleId } from '../../scenarios/rules.ts';

const where = ({ file, line }: Place): string => `${file}:${line}`;
const volts = (mV: number): string => `${mV / 1_000} V`;
const milliseconds = (us: number): string => `${us / 1_000} ms`;

const changesOf = (action: Action): readonly DriveChange[] => (action.kind === 'set' || action.kind === 'pulse' ? action.changes : []);

const highestSupply_mV = (action: Action): number => {
  if (action.kind === 'ramp') return action.signal === 'supply' ? Math.max(action.from_mV, action.to_mV) : 0;
  return Math.max(0, ...changesOf(action).map(({ signal, value }) => (signal === 'supply' && typeof value !== 'string' ? value.mV : 0)));
};

const isOn = ({ signal, value }: DriveChange): boolean => JSON.stringify(value) !== JSON.stringify(DRIVES[signal].safe);

/** Each with what it says; the place is the scenario's. */
const ofAction = (
  action: Action,
  bench: BenchFile,
): readonly { readonly id: RuleId; readonly message: string; readonly hint: string }[] => {
  const { ratings, absent, placeOf } = bench;
  const found: { id: RuleId; message: string; hint: string }[] = [];
  const supply_mV = highestSupply_mV(action);
  if (supply_mV > ratings.supply_mV)
    found.push({
      id: 'over-rating',
      message: `a supply of ${volts(supply_mV)} is above the ${volts(ratings.supply_mV)} of bench ${bench.name}`,
      hint: `its rating stands in ${where(placeOf('ratings', 'supply'))}`,
    });
  const on = changesOf(action).filter(isOn);
  for (const { signal } of on) {
    if ((absent as readonly string[]).includes(signal))
      found.push({
        id: 'absent-channel',
        message: `bench ${bench.name} has no ${signal}`,
        hint: `see ${where(placeOf('channels', signal))}`,
      });
    const key = signal === 'chargerShort' ? 'charger short' : 'sink pulse';
    const longest_us = signal === 'chargerShort' ? ratings.chargerShort_us : ratings.sinkPulse_us;
    if (DRIVES[signal].energetic && action.kind === 'pulse' && action.for_us > longest_us)
      found.push({
        id: 'over-rating',
        message: `${signal} on for ${milliseconds(action.for_us)} is longer than the ${milliseconds(longest_us)} of bench ${bench.name}`,
        hint: `its rating stands in ${where(placeOf('ratings', key))}`,
      });
  }
  const measured = action.kind === 'sample' ? action.analog : action.kind === 'ramp' ? action.signal : null;
  if (measured !== null && (absent as readonly string[]).includes(measured))
    found.push({
      id: 'absent-channel',
      message: `bench ${bench.name} has no ${measured}`,
      hint: `see ${where(placeOf('channels', measured))}`,
    });
  return found;
};

export const benchIssues = (cases: readonly Case[], bench: BenchFile): readonly Issue[] =>
  cases.flatMap(({ timeline }) =>
    timeline.entries.flatMap(({ do: action, place }) =>
      ofAction(action, bench).map((found): Issue => ({ ...found, severity: 'error', ...place })),
    ),
  );
