/** The alarms of a battery: on what each depends and on which side of which level it is raised and released. */

import { FIXED } from './thresholds.ts';
import type { BankSettings } from './thresholds.ts';

export const ALARMS = ['lowCell', 'preAlarm', 'highCell', 'cold', 'hot'] as const;
export type Alarm = (typeof ALARMS)[number];

export interface Condition {
  readonly side: 'below' | 'atOrBelow' | 'above' | 'atOrAbove';
  readonly level: number;
}

export interface AlarmRule {
  readonly of: 'cells' | 'temperature';
  /** For one cell at least. */
  readonly raise: Condition;
  /** For all cells. */
  readonly release: Condition;
}

export const holds = ({ side, level }: Condition, value: number): boolean => {
  switch (side) {
    case 'below':
      return value < level;
    case 'atOrBelow':
      return value <= level;
    case 'above':
      return value > level;
    case 'atOrAbove':
      return value >= level;
  }
};

const OPPOSITE = { below: 'atOrAbove', atOrBelow: 'above', above: 'atOrBelow', atOrAbove: 'below' } as const;

/** What holds where this one does not. */
export const opposite = ({ side, level }: Condition): Condition => ({ side: OPPOSITE[side], level });

/** Which side holds at exactly the level: FACTS.md, "Facts: the battery" ("< 2.8 V", ">= 3.20 V", "> 3.20 V", "< 3.60 V", "> 50 degC"); 3.75 V itself is an alarm (inferred). */
export const alarmRules = (settings: BankSettings): Readonly<Record<Alarm, AlarmRule>> => ({
  lowCell: {
    of: 'cells',
    raise: { side: 'below', level: settings.lowCell_mV },
    release: { side: 'atOrAbove', level: FIXED.lowCellRelease_mV },
  },
  preAlarm: {
    of: 'cells',
    raise: { side: 'below', level: settings.preAlarm_mV },
    release: { side: 'above', level: FIXED.preAlarmRelease_mV },
  },
  highCell: {
    of: 'cells',
    raise: { side: 'atOrAbove', level: FIXED.highCell_mV },
    release: { side: 'below', level: FIXED.highCellRelease_mV },
  },
  cold: {
    of: 'temperature',
    raise: { side: 'below', level: settings.lowTemperature_mC },
    release: { side: 'atOrAbove', level: settings.lowTemperature_mC + FIXED.temperatureHysteresis_mC },
  },
  hot: {
    of: 'temperature',
    raise: { side: 'above', level: FIXED.highTemperature_mC },
    release: { side: 'atOrBelow', level: FIXED.highTemperature_mC - FIXED.temperatureHysteresis_mC },
  },
});
