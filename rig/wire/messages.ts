/** The one declaration of every message and event of the wire: its letter, its fields in order, their widths in hex digits and the meaning of their codes. */

import { OUTPUTS, SENSES } from '../../scenarios/signals.ts';
import { ADC_CHANNELS, CONVERTER } from '../fixture/channels.ts';
import type { AdcChannel, ConverterSignal } from '../fixture/channels.ts';

/** A field whose values are named: name -> code on the wire. */
export interface Choice<Name extends string = string> {
  readonly width: number;
  readonly codes: Readonly<Record<Name, number>>;
}
/** A number is a width in hex digits; `when` and `codes` are the two composite fields of PROTOCOL.md. */
export type Field = number | Choice | 'when' | 'codes';
export interface Declaration {
  readonly letter: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const named = <Name extends string>(width: number, codes: Readonly<Record<Name, number>>): Choice<Name> => ({ width, codes });
const numbered = <Name extends string>(width: number, names: readonly Name[]): Choice<Name> =>
  named(width, Object.fromEntries(names.map((name, index) => [name, index])) as Record<Name, number>);

export const SENSE = numbered(1, SENSES);
export const OUTPUT = numbered(1, OUTPUTS);
export const CHANNEL = named(
  2,
  Object.fromEntries(Object.entries(ADC_CHANNELS).map(([name, { number }]) => [name, number])) as Record<AdcChannel, number>,
);
export const CONVERTER_CHANNEL = named(
  1,
  Object.fromEntries(Object.entries(CONVERTER).map(([name, { channel }]) => [name, channel])) as Record<ConverterSignal, number>,
);
export const REFUSAL = named(1, {
  malformed: 1,
  late: 2,
  far: 3,
  queueFull: 4,
  unknownReference: 5,
  rating: 6,
  onTime: 7,
  noCase: 8,
  caseRunning: 9,
  outputNotHigh: 10,
  hostSilent: 11,
});
export const VIA = numbered(1, ['pinChange', 'capture', 'lightSensor', 'probe']);
export const SAFE_REASON = named(1, { stop: 1, hostSilentEnergetic: 2, hostSilent: 3, hello: 4, onTime: 5, caseLength: 6 });
export const END_REASON = numbered(1, ['planned', 'triggerTimeout', 'aborted']);
/** Bits of a pong's `state`. */
export const STATE_BITS = { caseRunning: 0, safeBySilence: 1, supplyOn: 2, bypassClosed: 3, noHelloSinceBoot: 4 } as const;

export const HOST_MESSAGES = {
  hello: { letter: 'H', fields: { version: 2, nonce: 4 } },
  keepAlive: { letter: 'K', fields: {} },
  ping: { letter: 'P', fields: { id: 4, events: 4 } },
  resend: { letter: 'R', fields: { from: 4 } },
  stop: { letter: 'X', fields: {} },
  hang: { letter: 'W', fields: { nonce: 4 } },
  begin: { letter: 'B', fields: { seq: 2, case: 4, t0: 8, most_wraps: 6 } },
  set: { letter: 'S', fields: { seq: 2, id: 4, when: 'when', mask: 4, value: 4, codes: 'codes' } },
  pulse: { letter: 'U', fields: { seq: 2, id: 4, when: 'when', mask: 4, value: 4, for_ticks: 8, codes: 'codes' } },
  ramp: { letter: 'M', fields: { seq: 2, id: 4, when: 'when', converter: CONVERTER_CHANNEL, code: 4, over_ticks: 8, step_ticks: 6 } },
  sample: { letter: 'A', fields: { seq: 2, id: 4, when: 'when', channel: CHANNEL, count: 2 } },
  probe: { letter: 'V', fields: { seq: 2, id: 4, when: 'when', output: OUTPUT } },
  contact: { letter: 'C', fields: { seq: 2, id: 4, when: 'when', line: 2 } },
  end: { letter: 'Z', fields: { seq: 2, id: 4, when: 'when' } },
} as const satisfies Record<string, Declaration>;

export const FIXTURE_MESSAGES = {
  hello: {
    letter: 'h',
    fields: { version: 2, nonce: 4, boot: 8, build: 8, table: 8, board: 8, tickRate_Hz: 8, rxRing: 4, queue: 2, eventRing: 4, tick: 8 },
  },
  pong: { letter: 'p', fields: { id: 4, tick: 8, seq: 2, free: 2, events: 4, lineErrors: 4, overflow: 4, state: 2 } },
  ack: { letter: 'a', fields: { seq: 2, free: 2 } },
  refused: { letter: 'n', fields: { seq: 2, free: 2, code: REFUSAL, id: 4 } },
  stopped: { letter: 'x', fields: { tick: 8 } },
} as const satisfies Record<string, Declaration>;

/** The line that carries events: this letter, the number of the first, then the events. */
export const EVENTS_LETTER = 'e';
export const EVENT_NUMBER_WIDTH = 4;

export const EVENTS = {
  levels: { letter: 'I', fields: { levels: 2, tick: 8 } },
  edge: { letter: 'E', fields: { sense: SENSE, level: 1, tick: 8, via: VIA } },
  done: { letter: 'D', fields: { id: 4, tick: 8 } },
  finished: { letter: 'F', fields: { id: 4, tick: 8 } },
  sample: { letter: 'A', fields: { id: 4, tick: 8, channel: CHANNEL, count: 2, sum: 6, min: 3, max: 3, reference: 4, second: 4 } },
  probe: { letter: 'P', fields: { id: 4, output: OUTPUT, from: 8, to: 8, off: 3, on: 3, supply: 3, level: 1 } },
  triggerTimeout: { letter: 'T', fields: { id: 4, tick: 8 } },
  late: { letter: 'L', fields: { id: 4, tick: 8, late_ticks: 4 } },
  refused: { letter: 'N', fields: { code: REFUSAL, id: 4, tick: 8 } },
  safe: { letter: 'S', fields: { reason: SAFE_REASON, tick: 8 } },
  ended: { letter: 'Z', fields: { reason: END_REASON, tick: 8 } },
  overflow: { letter: 'O', fields: { count: 4, tick: 8 } },
} as const satisfies Record<string, Declaration>;

/** Letters and widths of the composite field `when`; `edge` is sense x 2 + level. */
export const WHEN_KINDS = {
  at: { letter: 'T', fields: { tick: 8 } },
  after: { letter: 'D', fields: { entry: 4, delay_ticks: 8 } },
  edge: { letter: 'E', fields: { edge: 2, armedBy: 4, delay_ticks: 8, timeout_ticks: 8 } },
} as const satisfies Record<string, Declaration>;

type ValueOf<F> = F extends number
  ? number
  : F extends Choice<infer Name>
    ? Name
    : F extends 'when'
      ? When
      : F extends 'codes'
        ? readonly ConverterCode[]
        : never;
type FieldsOf<D extends Declaration> = { readonly [Name in keyof D['fields']]: ValueOf<D['fields'][Name]> };
type UnionOf<Table extends Record<string, Declaration>> = {
  [Kind in keyof Table]: { readonly kind: Kind } & FieldsOf<Table[Kind]>;
}[keyof Table];

export type When = UnionOf<typeof WHEN_KINDS>;
export interface ConverterCode {
  readonly converter: ConverterSignal;
  readonly code: number;
}
export type HostMessage = UnionOf<typeof HOST_MESSAGES>;
export type SequencedMessage = Extract<HostMessage, { readonly seq: number }>;
export type FixtureEvent = UnionOf<typeof EVENTS>;
export type FixtureReply = UnionOf<typeof FIXTURE_MESSAGES>;
/** Events of one line; the first has `number`, the others follow on modulo 2^16. */
export interface EventsMessage {
  readonly kind: 'events';
  readonly number: number;
  readonly events: readonly FixtureEvent[];
}
export type FixtureMessage = FixtureReply | EventsMessage;
