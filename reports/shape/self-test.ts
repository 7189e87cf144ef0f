/** The shape of a self-test's result: as `rig selftest` prints and stores it, and whoever asks for it reads it. */

import { z } from 'zod';

const value = z.number().nullable();

const check = z.strictObject({
  /** `<what was driven>.<what was looked at>`. */
  id: z.string(),
  driven: z.string(),
  channel: z.string(),
  unit: z.enum(['mV', 'uA', 'mOhm', 'us', 'code', 'level']),
  /** Null: no value came, as where an edge is missing. */
  value,
  min: z.number(),
  /** Null: anything above `min`. */
  max: value,
  ok: z.boolean(),
});
export type SelfTestCheck = z.infer<typeof check>;

const delays = z.strictObject({ min_us: z.number(), max_us: z.number() });

export const selfTestDocument = z.strictObject({
  schema: z.literal('bms-rig/selftest/1'),
  exit: z.union([z.literal(0), z.literal(3)]),
  simulated: z.boolean(),
  board: z.string().regex(/^[0-9A-F]{8}$/),
  /** Build of the fixture's firmware. */
  build: z.string(),
  made: z.iso.datetime(),
  passed: z.boolean(),
  /** Of the netlist and the program the ranges were worked out from. */
  netlist: z.string(),
  counts: z.strictObject({ checks: z.number().int(), failed: z.number().int() }),
  /** From the switching of a drive, through the plug, to the edge of a sense; as measured. */
  paths: z.array(z.strictObject({ sense: z.string(), from: z.string(), rise: delays.nullable(), fall: delays.nullable() })),
  /** What ended it before its time; null = nothing. What was not looked at has failed. */
  ended: z.strictObject({ step: z.string(), code: z.string(), message: z.string() }).nullable(),
  /** Single wiring mistakes that would fail these checks, most likely first. */
  suspects: z.array(z.strictObject({ channels: z.array(z.string()), mistake: z.string(), text: z.string() })),
  checks: z.array(check),
});
export type SelfTestDocument = z.infer<typeof selfTestDocument>;
