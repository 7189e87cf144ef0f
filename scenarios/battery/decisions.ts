/** What a bank decides when its values change, as published statements: alarms raised and released, and those that just are not, at a level that its values come near to. */

import type { RequirementId } from '../requirements.ts';
import { ALARMS, alarmRules, type Alarm, type Condition } from './alarms.ts';
import type { Bank, Battery } from './bank.ts';
import { BANK_SIZE } from './thresholds.ts';

export interface Decision {
  readonly requirement: RequirementId;
  /** `lowCell raised`, `lowCell not raised`. */
  readonly what: string;
}

/** A value this near to a level without passing it shows the level as well. */
const NEAR_mV = 10;
const NEAR_mC = 100;

const RAISES: Readonly<Record<Alarm, RequirementId>> = {
  lowCell: 'BAT-LOW-CELL',
  preAlarm: 'BAT-WARNING',
  highCell: 'BAT-HIGH-CELL',
  cold: 'BAT-COLD',
  hot: 'BAT-HOT',
};
const RELEASES: Readonly<Record<Alarm, RequirementId>> = {
  lowCell: 'BAT-LOW-RELEASE',
  preAlarm: 'BAT-WARNING-RELEASE',
  highCell: 'BAT-HIGH-RELEASE',
  cold: 'BAT-TEMPERATURE-RELEASE',
  hot: 'BAT-TEMPERATURE-RELEASE',
};

const valuesOf = (of: 'cells' | 'temperature', { cells_mV, temperature_mC }: Battery): readonly number[] =>
  of === 'cells' ? cells_mV : [temperature_mC];

const isNear = (of: 'cells' | 'temperature', { level }: Condition, battery: Battery): boolean =>
  valuesOf(of, battery).some((value) => Math.abs(value - level) <= (of === 'cells' ? NEAR_mV : NEAR_mC));

const ofBattery = ({ settings }: Bank, before: Battery | null, after: Battery): readonly Decision[] => {
  const rules = alarmRules(settings);
  return ALARMS.flatMap((alarm): readonly Decision[] => {
    const [was, is] = [before?.alarms.includes(alarm) ?? false, after.alarms.includes(alarm)];
    const { of, raise, release } = rules[alarm];
    if (is && !was) return [{ requirement: RAISES[alarm], what: `${alarm} raised` }];
    if (was && !is) return [{ requirement: RELEASES[alarm], what: `${alarm} released` }];
    if (is && isNear(of, release, after)) return [{ requirement: RELEASES[alarm], what: `${alarm} not released` }];
    return !is && isNear(of, raise, after) ? [{ requirement: RAISES[alarm], what: `${alarm} not raised` }] : [];
  });
};

const raises = ({ what }: Decision): boolean => what.endsWith(' raised') && !what.endsWith('not raised');

/** `before`: null for the bank that a scenario starts with. */
export const decisionsOf = (before: Bank | null, after: Bank): readonly Decision[] => {
  const each = after.batteries.map((battery, index) => ofBattery(after, before?.batteries[index] ?? null, battery));
  const all = each.flat();
  if (all.length === 0) return [];
  const deciding = each.filter((decisions) => decisions.some(raises)).length;
  const warned = all.some((one) => raises(one) && (one.what.startsWith('preAlarm') || one.what.startsWith('lowCell')));
  return [
    ...all,
    { requirement: 'BAT-DECIDES', what: all[0]!.what },
    ...(warned && !after.settings.preAlarmHardware
      ? [{ requirement: 'BAT-OLD', what: 'a warning that pole 4 does not show' } as const]
      : []),
    ...(deciding === 1 && after.batteries.length > 1 ? [{ requirement: 'BAT-ANY', what: 'one battery of several' } as const] : []),
    ...(deciding > 0 && after.batteries.length === BANK_SIZE.batteries
      ? [{ requirement: 'BANK-SIZE', what: 'a bank of twenty' } as const]
      : []),
  ];
};
