/** The published thresholds at which a Lithium Battery Smart raises and releases its alarms, and the ranges of its settings. */

export interface SettingRange {
  readonly min: number;
  readonly max: number;
  readonly usual: number;
}

/** Settings of the bank, made in the battery's own app. mV; m°C. Source: firmware-ref/FACTS.md F-CELL-LOW, F-CELL-WARNING, F-COLD. */
export const SETTINGS = {
  lowCell_mV: { min: 2_600, max: 2_800, usual: 2_800 },
  preAlarm_mV: { min: 2_850, max: 3_150, usual: 3_100 },
  lowTemperature_mC: { min: -20_000, max: 20_000, usual: 5_000 },
} as const satisfies Record<string, SettingRange>;

/** Thresholds fixed in the battery. Source: firmware-ref/FACTS.md, ids below. */
export const FIXED = {
  /** The low-cell alarm releases once all cells are at or above this (F-CELL-LOW). */
  lowCellRelease_mV: 3_200,
  /** The pre-alarm releases once the lowest cell is above this (F-CELL-WARNING, recalled). */
  preAlarmRelease_mV: 3_200,
  /** The high-cell alarm is raised at this and releases once all cells are below 3.60 V (F-CELL-HIGH). */
  highCell_mV: 3_750,
  highCellRelease_mV: 3_600,
  /** Charging stops above this (F-HOT). */
  highTemperature_mC: 50_000,
  /** No release temperature is published: 2 K is ours (A-TEMPERATURE), so a scenario that crosses back by more does not depend on it. */
  temperatureHysteresis_mC: 2_000,
} as const;

/** What a cell and a battery may be asked to be. 4.0 V is the ceiling named in the manual (F-CELL-CEILING). */
export const CELL_RANGE_mV = { min: 0, max: 4_000 } as const;
export const TEMPERATURE_RANGE_mC = { min: -40_000, max: 85_000 } as const;

/** Source: firmware-ref/FACTS.md F-BANK-SIZE; batteries of 12.8 V have 4 cells, those of 25.6 V have 8. */
export const BANK_SIZE = { batteries: 20, cells: [4, 8] } as const;

export interface BankSettings {
  readonly lowCell_mV: number;
  readonly preAlarm_mV: number;
  readonly lowTemperature_mC: number;
  /** Older batteries have no pre-alarm signal: pole 4 then stays closed (F-OLD-BATTERY). */
  readonly preAlarmHardware: boolean;
}

export const USUAL_SETTINGS: BankSettings = {
  lowCell_mV: SETTINGS.lowCell_mV.usual,
  preAlarm_mV: SETTINGS.preAlarm_mV.usual,
  lowTemperature_mC: SETTINGS.lowTemperature_mC.usual,
  preAlarmHardware: true,
};
