/** What the self-test drives, and where it looks after each: the one list that the fixture, its circuit alone and the search for a wire play. */

import { OUTPUTS, SENSES, TERMINAL_NAMES, type OutputSignal, type SenseSignal } from '../../scenarios/signals.ts';
import {
  CONTACT_LINES,
  CONTACT_REFERENCE_LINE,
  REMOTE_LINES,
  SENSE_PINS,
  SWITCH_LINES,
  type AdcChannel,
  type ConverterSignal,
  type DriveBit,
  type MeasuredSwitch,
  type RemoteSwitch,
} from '../fixture/channels.ts';
import { PLUG_WAYS } from '../fixture/netlist/plug.ts';

export type Look =
  | { readonly kind: 'sample'; readonly channel: AdcChannel }
  /** The level of a sense once everything stands. */
  | { readonly kind: 'level'; readonly sense: SenseSignal }
  /** Whether that level came by input capture too. */
  | { readonly kind: 'capture'; readonly sense: SenseSignal }
  | { readonly kind: 'contact'; readonly line: number; readonly name: string }
  | { readonly kind: 'probe'; readonly output: OutputSignal };

/** Bits that go on for a moment, once the rest stands. */
export interface Burst {
  readonly bits: readonly DriveBit[];
  readonly for_us: number;
}

export interface Step {
  readonly id: string;
  /** What is driven, for a person. */
  readonly title: string;
  readonly bits: readonly DriveBit[];
  readonly volts_mV: Readonly<Record<ConverterSignal, number>>;
  /** Looked at while the supply is still at its weak limit, which takes the strong one's place for 50 ms after a rise from 0. */
  readonly weak?: true;
  readonly burst?: Burst;
  readonly looks: readonly Look[];
}

/** Below what may be touched, and enough for the remote drives. */
export const SUPPLY_mV = 10_000;
/** The charger short draws 0.4 A from this. */
const SHORT_SUPPLY_mV = 2_400;

const samples = (...channels: readonly AdcChannel[]): readonly Look[] => channels.map((channel) => ({ kind: 'sample', channel }));
const LEVELS: readonly Look[] = SENSES.map((sense) => ({ kind: 'level', sense }));
const CAPTURES: readonly Look[] = SENSES.filter((sense) => SENSE_PINS[sense].capture !== null).map((sense) => ({ kind: 'capture', sense }));
const CONTACTS: readonly Look[] = [
  ...TERMINAL_NAMES.map((terminal): Look => ({ kind: 'contact', line: CONTACT_LINES[terminal], name: terminal })),
  { kind: 'contact', line: CONTACT_REFERENCE_LINE, name: 'reference' },
];
const SWITCHES = (Object.keys(SWITCH_LINES) as MeasuredSwitch[]).map((bit): Look => ({
  kind: 'contact',
  line: SWITCH_LINES[bit],
  name: bit,
}));
const REMOTE_SWITCHES = (Object.keys(REMOTE_LINES) as RemoteSwitch[]).map((bit): Look => ({
  kind: 'contact',
  line: REMOTE_LINES[bit],
  name: bit,
}));
const VOLTAGES = samples(
  'supplyVoltage',
  'supplyVoltageFine',
  ...OUTPUTS.flatMap((output) => [`${output}Voltage`, `${output}VoltageFine`] as const),
);
const DROPS = samples(...OUTPUTS.map((output) => `${output}Drop` as const));
const CURRENTS = samples('supplyCurrentLow', 'supplyCurrentMid', 'supplyCurrentHigh');
const SINKS = samples('sinkCurrent', 'sinkCurrentLow');
const REMOTE = samples('remoteHVoltage', 'remoteLVoltage');
const LIGHTS = samples('ledBlueBrightness', 'ledRedBrightness');
const PROBES: readonly Look[] = OUTPUTS.map((output) => ({ kind: 'probe', output }));

const step = (
  id: string,
  title: string,
  bits: readonly DriveBit[],
  looks: readonly Look[],
  more: { readonly volts_mV?: Partial<Step['volts_mV']>; readonly burst?: Burst; readonly weak?: true } = {},
): Step => ({
  id,
  title,
  bits,
  looks,
  ...(more.burst && { burst: more.burst }),
  ...(more.weak && { weak: true }),
  volts_mV: { supply: SUPPLY_mV, remoteH: 0, remoteL: 0, ...more.volts_mV },
});
const DEAD = { volts_mV: { supply: 0 } } as const;

const pole = (output: OutputSignal): DriveBit => PLUG_WAYS[output].pole;

/** What a burst lasts, by the windows in it: firmware and converter take 1.5 ms each. */
export const WINDOW_us = 1_500;
const burstOf = (bits: readonly DriveBit[], looks: readonly Look[]): Burst => ({ bits, for_us: (looks.length + 2) * WINDOW_us });

const sinking = (id: string, title: string, output: OutputSignal, bit: DriveBit, looks: readonly Look[]): Step =>
  step(id, title, [pole(output)], looks, { burst: burstOf([bit], looks) });

/** The output's own voltage is taken where the current flows: what lies in the way of that current shows there. */
const oneAmpereLooks = (output: 'load' | 'preAlarm'): readonly Look[] => [
  ...samples('sinkCurrent', 'supplyCurrentHigh', 'supplyVoltageFine', `${output}VoltageFine`),
  ...DROPS,
];
const SMALL_SINK_LOOKS = samples('sinkCurrentLow', 'sinkCurrent', 'chargerDrop', 'loadDrop', 'preAlarmDrop');
const SHORT_LOOKS = samples('sinkCurrent', 'supplyCurrentHigh', 'supplyVoltageFine', 'chargerVoltageFine');

/** In this order: contacts without supply first, so that nothing is driven through a plug that is not there. */
export const PROGRAM: readonly Step[] = [
  step(
    'off',
    'nothing, after the reset',
    [],
    [...VOLTAGES, ...CURRENTS, ...SINKS, ...REMOTE, ...LIGHTS, ...LEVELS, ...samples('reference')],
    DEAD,
  ),
  step('contacts', 'nothing', [], [...CONTACTS, ...SWITCHES, ...REMOTE_SWITCHES], DEAD),
  ...(Object.keys(SWITCH_LINES) as MeasuredSwitch[]).map((bit) => step(`${bit}Loop`, `${bit} without supply`, [bit], SWITCHES, DEAD)),
  ...(Object.keys(REMOTE_LINES) as RemoteSwitch[]).map((bit) => step(`${bit}Loop`, `${bit} without supply`, [bit], REMOTE_SWITCHES, DEAD)),
  step('weak', 'supply at its weak limit, pole1', ['pole1'], samples('supplyVoltageFine', 'supplyCurrentMid'), { weak: true }),
  step('supply', 'supply', [], [...VOLTAGES, ...DROPS, ...CURRENTS, ...SINKS, ...REMOTE, ...LIGHTS, ...LEVELS, ...PROBES]),
  step('supplyHalf', 'supply at half', [], samples('supplyVoltage', 'supplyVoltageFine'), { volts_mV: { supply: SUPPLY_mV / 2 } }),
  ...OUTPUTS.map((output) =>
    step(`${output}On`, pole(output), [pole(output)], [...VOLTAGES, ...DROPS, ...CURRENTS, ...SINKS, ...LIGHTS, ...LEVELS, ...CAPTURES]),
  ),
  step('allOn', 'all poles', OUTPUTS.map(pole), [...VOLTAGES, ...LEVELS]),
  step('bypass', 'pole4, shunt bypassed', ['pole4', 'shuntBypass'], [...CURRENTS, ...samples('preAlarmVoltageFine')]),
  step('link', 'remote link', ['remoteLink'], REMOTE),
  step('battery', 'battery plus on H', ['remoteHBattery'], [...REMOTE, ...CURRENTS]),
  step('minus', 'battery minus on L', ['remoteLMinus'], REMOTE),
  step('driveH', 'drive on H', ['remoteHDrive'], REMOTE, { volts_mV: { remoteH: 2_000, remoteL: 3_500 } }),
  step('driveL', 'drive on L', ['remoteLDrive'], REMOTE, { volts_mV: { remoteH: 2_000, remoteL: 3_500 } }),
  step('driveBoth', 'drives on H and L', ['remoteHDrive', 'remoteLDrive'], REMOTE, { volts_mV: { remoteH: 4_500, remoteL: 1_000 } }),
  sinking('loadSink', 'sink of LOAD', 'load', 'loadSink', oneAmpereLooks('load')),
  sinking('preAlarmSink', 'sink of PRE-ALARM', 'preAlarm', 'preAlarmSink', oneAmpereLooks('preAlarm')),
  sinking('chargerSink1mA', 'sink of CHARGER, 1 mA', 'charger', 'chargerSink1mA', SMALL_SINK_LOOKS),
  sinking('chargerSink10mA', 'sink of CHARGER, 10 mA', 'charger', 'chargerSink10mA', SMALL_SINK_LOOKS),
  step('chargerShort', 'short of CHARGER', [pole('charger')], SHORT_LOOKS, {
    volts_mV: { supply: SHORT_SUPPLY_mV },
    burst: burstOf(['chargerShort'], SHORT_LOOKS),
  }),
  step('offAgain', 'nothing', [], [...VOLTAGES, ...CURRENTS, ...SINKS, ...REMOTE, ...LEVELS], DEAD),
];

/** What a look gives: one value, a probe three. */
export const namesOf = (look: Look): readonly string[] => {
  switch (look.kind) {
    case 'sample':
      return [look.channel];
    case 'level':
      return [`${look.sense}Level`];
    case 'capture':
      return [`${look.sense}Capture`];
    case 'contact':
      return [`contact_${look.name}`];
    case 'probe':
      return [`${look.output}ProbeOff`, `${look.output}ProbeOn`, `${look.output}ProbeSupply`];
  }
};

/** Names a value of a step. */
export const checkId = (of: Step, name: string): string => `${of.id}.${name}`;

/** Of every step: what oscillates makes more edges than the fixture can keep. */
export const EDGES_LOST = 'edgesLost';

/** Drives the path's time is measured from, and the sense at its end. */
export interface Path {
  readonly sense: SenseSignal;
  /** The bit that is switched, through the plug; for a light the sense that lights it. */
  readonly from: DriveBit | SenseSignal;
  readonly bit: DriveBit;
}
export const PATHS: readonly Path[] = [
  ...OUTPUTS.map((output): Path => ({ sense: output, from: pole(output), bit: pole(output) })),
  { sense: 'ledBlue', from: 'load', bit: pole('load') },
  { sense: 'ledRed', from: 'charger', bit: pole('charger') },
];
export const CYCLES = 4;
