/** How a scenario writes what it demands beyond the reference: levels at moments, levels over spans, edges in windows and over spans, measurements. */

import { z } from 'zod';
import { ANALOG_SIGNALS, OUTPUTS, isOutput } from '../signals.ts';
import type { AnalogSignal, Level, SenseSignal } from '../signals.ts';
import { leaf, mapping, quantity, word } from './fields.ts';
import { EDGE_WORDS, TIME_RANGE, readEdge, readMoment } from './moments.ts';
import type { EdgeWords, Moment } from './moments.ts';
import { wordHint } from './nearest.ts';
import { readQuantity } from './quantity.ts';
import type { Dimension } from './quantity.ts';

export const moment = leaf<Moment>(readMoment, {
  type: 'string',
  description: 'A time since 0 s, a step (`step 3` or its name), an edge, or `end`; `+ 0.5 s` may follow.',
  examples: ['5 s', 'step 3 + 0.5 s', 'preAlarm rises'],
});
export const edge = leaf<EdgeWords>(readEdge, { enum: [...EDGE_WORDS] });

const outputLevel = () => z.optional(word(['high', 'floating', 'low', 'notHigh'], 'unknown-level', 'a level of an output'));
const ledLevel = () => z.optional(word(['on', 'off'], 'unknown-level', 'a state of a LED'));

const levels = {
  load: outputLevel(),
  preAlarm: outputLevel(),
  charger: outputLevel(),
  ledBlue: ledLevel(),
  ledRed: ledLevel(),
} satisfies Record<SenseSignal, unknown>;

type Levels = Readonly<Partial<Record<SenseSignal, Level | undefined>>>;

export type ExpectLine =
  | { readonly kind: 'at'; readonly at: Moment; readonly levels: Levels }
  | { readonly kind: 'stays'; readonly from: Moment; readonly to: Moment; readonly levels: Levels }
  | {
      readonly kind: 'edge';
      readonly edge: EdgeWords;
      readonly after: Moment;
      readonly notBefore_us: number | null;
      readonly within_us: number | null;
    }
  | { readonly kind: 'never'; readonly edge: EdgeWords; readonly from: Moment; readonly to: Moment }
  | { readonly kind: 'eventually'; readonly edge: EdgeWords; readonly from: Moment; readonly to: Moment }
  | { readonly kind: 'order'; readonly edges: readonly EdgeWords[]; readonly from: Moment; readonly to: Moment };

const START: Moment = { kind: 'time', at_us: 0 };
const END: Moment = { kind: 'end' };
const span = { from: z.optional(moment), to: z.optional(moment) };

export const expectLine = z.union([
  mapping({ at: moment, ...levels }).transform(({ at, ...rest }): ExpectLine => ({ kind: 'at', at, levels: rest })),
  mapping({ from: moment, to: moment, ...levels }).transform(({ from, to, ...rest }): ExpectLine => ({
    kind: 'stays',
    from,
    to,
    levels: rest,
  })),
  mapping({
    edge,
    after: moment,
    'not before': z.optional(quantity('time', TIME_RANGE)),
    within: z.optional(quantity('time', TIME_RANGE)),
  }).transform((line): ExpectLine => ({
    kind: 'edge',
    edge: line.edge,
    after: line.after,
    notBefore_us: line['not before'] ?? null,
    within_us: line.within ?? null,
  })),
  mapping({ never: edge, ...span }).transform(({ never, from = START, to = END }): ExpectLine => ({
    kind: 'never',
    edge: never,
    from,
    to,
  })),
  mapping({ eventually: edge, after: z.optional(moment), by: z.optional(moment) }).transform(
    ({ eventually, after = START, by = END }): ExpectLine => ({ kind: 'eventually', edge: eventually, from: after, to: by }),
  ),
  mapping({ 'in this order': z.array(edge), ...span }).transform(({ from = START, to = END, ...line }): ExpectLine => ({
    kind: 'order',
    edges: line['in this order'],
    from,
    to,
  })),
]);

/** Under which keys the two ends of a line's span stand. */
export const spanKeys = ({ kind }: ExpectLine): readonly [from: string, to: string] =>
  kind === 'eventually' ? ['after', 'by'] : ['from', 'to'];

/** A limit of a measurement, before it is known whether its dimension fits what is measured. */
export interface LimitValue {
  readonly value: number;
  readonly dimension: Dimension;
}
const limit = leaf<LimitValue>(
  (input) => {
    const read = readQuantity(input, ['voltage', 'current']);
    return read.ok ? { ok: true, value: { value: read.value, dimension: read.dimension ?? 'voltage' } } : read;
  },
  { type: 'string', examples: ['1.1 mA', '0.15 V'] },
);

/** What a measurement may be of that no converter reads. */
export const SWITCHING_POINT = 'switching point';

const what = leaf<AnalogSignal>(
  (input) => {
    if (input === SWITCHING_POINT)
      return { ok: false, id: 'unknown-signal', message: 'a switching point is found along a ramp', hint: SWITCHING_HINT, elsewhere: true };
    const known = ANALOG_SIGNALS.find((signal) => signal === input);
    if (known !== undefined) return { ok: true, value: known };
    const said = typeof input === 'string' ? input : '';
    const hint = wordHint(said, [...ANALOG_SIGNALS, SWITCHING_POINT]);
    const message = `${said === '' ? 'this' : `"${said}"`} is not something the bench measures`;
    return { ok: false, id: 'unknown-signal', message, hint };
  },
  { enum: [...ANALOG_SIGNALS] },
);
const SWITCHING_HINT = 'e.g. { what: switching point, edge: load rises, along: step 1, low: 2.0 V, high: 2.9 V }';
const switchingPoint = leaf<typeof SWITCHING_POINT>(
  (input) =>
    input === SWITCHING_POINT
      ? { ok: true, value: input }
      : { ok: false, id: 'unknown-signal', message: 'this is no switching point', hint: SWITCHING_HINT, elsewhere: true },
  { enum: [SWITCHING_POINT] },
);
const outputEdge = leaf<EdgeWords>(
  (input) => {
    const read = readEdge(input);
    if (!read.ok || isOutput(read.value.signal)) return read;
    return { ok: false, id: 'unknown-edge', message: 'a switching point is that of an output', hint: 'e.g. load rises' };
  },
  { enum: EDGE_WORDS.filter((words) => OUTPUTS.some((output) => words.startsWith(output))) },
);
const stepOnly = leaf<number | string>(
  (input) => {
    const read = readMoment(input);
    if (!read.ok) return read;
    if (read.value.kind === 'step' && read.value.delay_us === 0) return { ok: true, value: read.value.step };
    return { ok: false, id: 'needs-a-step', message: 'a step is expected here, the one that ramps', hint: 'its name, or step 3' };
  },
  { type: 'string', description: 'The step that ramps: its name, or `step 3`.', examples: ['step 3'] },
);

const limits = { name: z.optional(z.string()), low: z.optional(limit), high: z.optional(limit), margin: z.optional(limit) };

export const measureLine = z.union([
  mapping({
    at: moment,
    what,
    sink: z.optional(word(['1 A', '1 mA', '10 mA'], 'unknown-word', 'a load the bench can attach')),
    ...limits,
  }).transform((line) => ({
    kind: 'value' as const,
    ...line,
    low: line.low ?? null,
    high: line.high ?? null,
    margin: line.margin ?? null,
  })),
  mapping({ what: switchingPoint, edge: outputEdge, along: stepOnly, ...limits }).transform(({ what: _what, ...line }) => ({
    kind: 'switching' as const,
    ...line,
    low: line.low ?? null,
    high: line.high ?? null,
    margin: line.margin ?? null,
  })),
]);
export type MeasureLine = z.output<typeof measureLine>;
export type ValueLine = MeasureLine & { readonly kind: 'value' };
export type SwitchingLine = MeasureLine & { readonly kind: 'switching' };
