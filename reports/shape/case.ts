/** The compiled case as it is recorded, so that a record can be read and judged again without the scenario file. */

import { z } from 'zod';
import type { Case } from '../../scenarios/contracts/case.ts';
import { CHAIN_ENDS, PLUG_STATES } from '../../scenarios/contracts/timeline.ts';
import { ANALOG_SIGNALS, DRIVE_SIGNALS, OUTPUTS } from '../../scenarios/signals.ts';
import { measure, type Plain } from './plain.ts';
import { level, sense, senseLevel } from './trace.ts';

const drive = z.enum(DRIVE_SIGNALS as readonly [(typeof DRIVE_SIGNALS)[number]]);
const analog = z.enum(ANALOG_SIGNALS as readonly [(typeof ANALOG_SIGNALS)[number]]);
const word = z.enum(['open', 'closed', 'battery', 'minus', 'off', 'on', '1A', '1mA', '10mA']);
const place = z.strictObject({ file: z.string(), line: measure, col: measure });
const changes = z.array(z.strictObject({ signal: drive, value: z.union([word, z.strictObject({ mV: measure })]) }));

/** Pictures alone: a record may come from anywhere, and its report shows them. */
const IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;

const when = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('at'), at_us: measure }),
  z.strictObject({
    kind: z.literal('afterEdge'),
    signal: sense,
    level: senseLevel,
    armedBy: z.string(),
    delay_us: measure,
    timeout_us: measure,
  }),
  z.strictObject({ kind: z.literal('afterEntry'), entry: z.string(), delay_us: measure }),
  z.strictObject({ kind: z.literal('released'), entry: z.string(), delay_us: measure, timeout_us: measure }),
]);
const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), changes, bypass: z.enum(['closed', 'open']).exactOptional() }),
  z.strictObject({
    kind: z.literal('ramp'),
    signal: z.enum(['supply', 'remoteH', 'remoteL']),
    from_mV: measure,
    to_mV: measure,
    over_us: measure,
  }),
  z.strictObject({ kind: z.literal('pulse'), changes, for_us: measure }),
  z.strictObject({ kind: z.literal('sample'), analog, count: measure }),
  z.strictObject({ kind: z.literal('probe'), output: z.enum(OUTPUTS) }),
  z.strictObject({
    kind: z.literal('barrier'),
    prompt: z.strictObject({
      text: z.string(),
      picture: z.string().nullable(),
      image: z.string().regex(IMAGE).nullable().default(null),
      choices: z.array(z.string()),
      right: z.array(z.string()),
      step: z.string(),
    }),
    deed: z
      .strictObject({ end: z.enum(CHAIN_ENDS), to: z.enum(PLUG_STATES) })
      .nullable()
      .default(null),
  }),
]);
const anchor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time'), at_us: measure }),
  z.strictObject({ kind: z.literal('entry'), entry: z.string(), delay_us: measure }),
  z.strictObject({ kind: z.literal('edge'), signal: sense, level, delay_us: measure }),
]);
const attached = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('remoteInput') }),
  z.strictObject({ kind: z.literal('resistor'), resistance_mOhm: measure }),
  z.strictObject({ kind: z.literal('coil'), resistance_mOhm: measure, inductance_uH: measure }),
]);
const framed = { id: z.string(), text: z.string(), place };
const demand = { ...framed, signal: sense, level };
const edgeKind = { signal: sense, level: senseLevel };
const overSpan = { ...framed, from: anchor, to: anchor };

const timeline = z.strictObject({
  entries: z.array(z.strictObject({ id: z.string(), when, do: action, bounds_us: z.tuple([measure, measure]), place })),
  captures: z.array(z.strictObject({ signal: sense, from_us: measure, to_us: measure })),
  end: when,
  endBounds_us: z.tuple([measure, measure]),
});

export const caseShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  place,
  parameters: z.record(z.string(), z.string()),
  covers: z.array(z.string()),
  coversPlace: place,
  tags: z.array(z.string()),
  attached: z.partialRecord(z.enum(OUTPUTS), attached).default({}),
  decided: z.array(z.strictObject({ requirement: z.string(), entry: z.string(), what: z.string() })).default([]),
  timeline,
  expectations: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ ...demand, kind: z.literal('level'), at: anchor }),
      z.strictObject({ ...demand, kind: z.literal('stays'), from: anchor, to: anchor }),
      z.strictObject({ ...demand, kind: z.literal('edge'), after: anchor, notBefore_us: measure, within_us: measure }),
      z.strictObject({ ...overSpan, ...edgeKind, kind: z.literal('never') }),
      z.strictObject({ ...overSpan, ...edgeKind, kind: z.literal('eventually') }),
      z.strictObject({ ...overSpan, kind: z.literal('order'), signal: sense, edges: z.array(z.strictObject(edgeKind)) }),
      z.strictObject({
        ...framed,
        kind: z.literal('answer'),
        signal: z.literal('operator'),
        entry: z.string(),
        right: z.array(z.string()),
      }),
    ]),
  ),
  measurements: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      analog,
      entry: z.string(),
      unit: z.enum(['mV', 'uA']),
      low: measure,
      high: measure,
      margin: measure.default(0),
      place,
      switching: z
        .strictObject({ edge: z.strictObject(edgeKind), checks: z.array(z.string()) })
        .nullable()
        .default(null),
    }),
  ),
  planned: z.array(z.string()),
  scenarioHash: z.string(),
});

/** Fails to compile when the contract and this shape part ways. */
export const caseIsContract = (value: z.infer<typeof caseShape>): Plain<Case> => value;
export const contractIsCase = (value: Plain<Case>): z.infer<typeof caseShape> => value;
