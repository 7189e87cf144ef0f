/** The signals of the bench, their values, safe values and longest on-times: the one table that language, model, wire, circuit and pages share. */

/** Outputs of the unit that a comparator watches. */
export const OUTPUTS = ['load', 'preAlarm', 'charger'] as const;
/** Light-emitting diodes of the unit that a light sensor watches. */
export const LEDS = ['ledBlue', 'ledRed'] as const;
/** Where the fixture touches the unit, by name, with what the unit's own labels or manual call it. */
export const TERMINALS = {
  batteryPlus: 'BATTERY +',
  batteryMinus: 'BATTERY -',
  load: 'LOAD',
  preAlarm: 'PRE-ALARM',
  charger: 'CHARGER',
  remoteH: 'REMOTE H',
  remoteL: 'REMOTE L',
  male1: 'M8 male, pole 1',
  male3: 'M8 male, pole 3',
  male4: 'M8 male, pole 4',
  female1: 'M8 female, pole 1',
  female3: 'M8 female, pole 3',
  female4: 'M8 female, pole 4',
} as const;
export type Terminal = keyof typeof TERMINALS;
export const TERMINAL_NAMES = Object.keys(TERMINALS) as readonly Terminal[];
/** Force and sense contact of a terminal together; with more no unit is run. Source: ELECTRICS.md, "Contacts". */
export const CONTACT_LIMIT_mOhm = 10_000;
/** Everything that produces edges. The index is the signal's number on the wire. */
export const SENSES = [...OUTPUTS, ...LEDS] as const;

export type OutputSignal = (typeof OUTPUTS)[number];
export type LedSignal = (typeof LEDS)[number];
export type SenseSignal = (typeof SENSES)[number];

/** What a trace can say of an output by comparator (`high`, `notHigh`) or of a LED (`on`, `off`). */
export type SenseLevel = 'high' | 'notHigh' | 'on' | 'off';
/** What a probe can say of an output: `between` the limits is `leaky`. */
export type ProbeLevel = 'high' | 'floating' | 'low' | 'leaky';
/** What a prediction or an expectation may ask for. `notHigh` = floating or low, either allowed. */
export type Level = SenseLevel | 'floating' | 'low';

/** A drive's value: one of its words, or a voltage in millivolts where the drive is analog. */
export type DriveWord = 'open' | 'closed' | 'battery' | 'minus' | 'off' | 'on' | '1A' | '1mA' | '10mA';
export type DriveValue = DriveWord | { readonly mV: number };

export interface DriveDeclaration {
  readonly words: readonly DriveWord[];
  /** Range of the analog value, where the drive has one. */
  readonly analog_mV?: { readonly min: number; readonly max: number };
  /** What the fixture applies at boot, on loss of the host and after each case. */
  readonly safe: DriveValue;
  /** Longest time the fixture lets the drive stay away from its safe value; null = as long as the case, whose length the fixture is told when it begins and keeps by itself. */
  readonly maxOn_ms: number | null;
  /** True where energy flows: goes off 250 ms after the host falls silent, the others after 1 s. */
  readonly energetic: boolean;
}

/** Source: rig/fixture/ELECTRICS.md; ranges of the remote drives are the fixture's 0-5 V converters. */
export const DRIVES = {
  supply: { words: [], analog_mV: { min: 0, max: 70_000 }, safe: { mV: 0 }, maxOn_ms: null, energetic: false },
  pole1: { words: ['open', 'closed'], safe: 'open', maxOn_ms: null, energetic: false },
  pole3: { words: ['open', 'closed'], safe: 'open', maxOn_ms: null, energetic: false },
  pole4: { words: ['open', 'closed'], safe: 'open', maxOn_ms: null, energetic: false },
  remoteLink: { words: ['open', 'closed'], safe: 'open', maxOn_ms: null, energetic: false },
  remoteH: { words: ['open', 'battery'], analog_mV: { min: 0, max: 5_000 }, safe: 'open', maxOn_ms: null, energetic: false },
  remoteL: { words: ['open', 'minus'], analog_mV: { min: 0, max: 5_000 }, safe: 'open', maxOn_ms: null, energetic: false },
  loadSink: { words: ['off', '1A'], safe: 'off', maxOn_ms: 50, energetic: true },
  preAlarmSink: { words: ['off', '1A'], safe: 'off', maxOn_ms: 50, energetic: true },
  chargerSink: { words: ['off', '1mA', '10mA'], safe: 'off', maxOn_ms: 50, energetic: true },
  chargerShort: { words: ['off', 'on'], safe: 'off', maxOn_ms: 100, energetic: true },
} as const satisfies Record<string, DriveDeclaration>;

export type DriveSignal = keyof typeof DRIVES;
export const DRIVE_SIGNALS = Object.keys(DRIVES) as readonly DriveSignal[];

/** Analog quantities the fixture measures on request, with the unit their values carry everywhere. */
export const ANALOGS = {
  supplyVoltage: 'mV',
  loadVoltage: 'mV',
  preAlarmVoltage: 'mV',
  chargerVoltage: 'mV',
  loadDrop: 'mV',
  preAlarmDrop: 'mV',
  chargerDrop: 'mV',
  supplyCurrent: 'uA',
  remoteHVoltage: 'mV',
  remoteLVoltage: 'mV',
  ledBlueBrightness: 'mV',
  ledRedBrightness: 'mV',
  /** What all sinks draw together, in two ranges: to 1.2 A, to 12 mA. */
  sinkCurrent: 'uA',
  sinkCurrentLow: 'uA',
  /** What flows out of the supply while the bypass bridges the shunt of `supplyCurrent`: to 1.2 A, burdens and all. */
  supplyCurrentHigh: 'uA',
} as const;
export type AnalogSignal = keyof typeof ANALOGS;
export const ANALOG_SIGNALS = Object.keys(ANALOGS) as readonly AnalogSignal[];

/** The output each sink draws from. */
export const SINK_OUTPUTS: Partial<Readonly<Record<DriveSignal, OutputSignal>>> = {
  loadSink: 'load',
  preAlarmSink: 'preAlarm',
  chargerSink: 'charger',
};
/** The sink under which a drop is measured. */
export const DROP_SINKS: Partial<Readonly<Record<AnalogSignal, DriveSignal>>> = {
  loadDrop: 'loadSink',
  preAlarmDrop: 'preAlarmSink',
  chargerDrop: 'chargerSink',
};
/** What a sink is asked for, by its words. Source: ELECTRICS.md, "Sinks". */
export const SINK_uA: Readonly<Record<string, number>> = { '1A': 1_000_000, '1mA': 1_000, '10mA': 10_000 };

/** The supply moves at this rate at least, so a commanded step of `d` mV has ended after `d / SUPPLY_SLEW_mV_per_us` us. */
export const SUPPLY_SLEW_mV_per_us = 5;
/** A photo-MOS pole switch has followed its command after this long at most. Source: ELECTRICS.md, "M8". */
export const POLE_SWITCH_MAX_us = 5_000;

/** Narrows a name, e.g. a difference's signal, which may be an analog quantity as well. */
export const isSense = (signal: string): signal is SenseSignal => (SENSES as readonly string[]).includes(signal);
export const isOutput = (signal: SenseSignal): signal is OutputSignal => (OUTPUTS as readonly string[]).includes(signal);
