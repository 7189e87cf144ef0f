/** What an editor says of each key of a scenario when it is pointed at, and what `rig new` writes beside it: one sentence a key, by the place it stands at. */

import type { given, scenarioShape, step } from './shape.ts';

type Keys<T extends { readonly shape: object }> = keyof T['shape'] & string;
type Help<K extends string> = Readonly<Record<K, string>>;

export const SCENARIO_HELP: Help<Keys<typeof scenarioShape>> = {
  scenario: 'What the scenario shows, in one sentence.',
  covers: 'The requirements it shows: ids of scenarios/requirements/, at least one.',
  tags: 'Free words to select by (`rig run --tags`).',
  parameters: 'Names and usual values; `$name` stands for the value wherever one is written. One left empty gets it from the sweep.',
  sweep: 'A case for each point: a mapping of parameters to values gives every combination, a list gives its points one by one.',
  benches: 'Other values of parameters on one kind of bench: sim, reference, port.',
  fragments: 'Pieces with a name, put in place by `include`.',
  given:
    'The state before the supply comes at 0 s. What is not named is healthy and switched on: 12.8 V, remote link, cells at 3.30 V, 25 °C.',
  steps: 'What happens, and when: each has one of at, after and wait, and at least one thing that changes.',
  until: 'The end of the capture: `60 s`, or `{ wait: 1 s }` after the last step. 3 s after the last step is over, unless told.',
  expect: 'Demands beyond the reference model, which judges every scenario by itself.',
  measure: 'Values against limits.',
};

export const GIVEN_HELP: Help<Keys<typeof given>> = {
  supply: 'Battery voltage that is switched on at 0 s: 0 V to 70 V.',
  remote: 'How the remote terminals are wired: link, off, H to battery, L to minus, or voltages at the terminals.',
  battery: 'Settings of the bank, within their published ranges.',
  bank: 'How many batteries (1 to 20), and how many cells each has (4 or 8).',
  cells: 'Voltage of all cells, { lowest, highest }, or by number: 0 V to 4.0 V.',
  temperature: 'Temperature of the bank, or by battery: -40 °C to 85 °C.',
  cable: 'The M8 chain: connected or broken. Broken opens all three poles.',
  poles: 'The switches in the M8 chain, instead of the bank: all at once, or { 1: closed, 3: closed, 4: open }.',
  attached: 'What hangs on the outputs: nothing, remote input, { resistor: 24 Ohm } or { coil: 48 Ohm }.',
};

export const STEP_HELP: Help<Keys<typeof step>> = {
  name: 'A word to refer to the step by, in moments and expectations.',
  at: 'When: since the supply came.',
  after: 'When: after an edge of the unit, timed by the fixture itself; watched from the instant of the step before.',
  delay: 'From the edge to this step: 10 ms unless told, 5 ms at least.',
  timeout: 'How long the edge is waited for, from the step before: 3 s unless told. No edge until then is a difference.',
  wait: 'When: after the step before is over.',
  every: 'From one start to the next of a step or block that is repeated.',
  times: 'How often, the first time included.',
  for: 'How long; then everything the step changed goes back.',
  supply: 'Battery voltage: at once, { ramp to, over }, { dip to, for }, { pulse to, for } or { noise, every, for, seed }.',
  remote: 'link, off, H to battery, L to minus, or voltages at the terminals (not below a supply of 8 V).',
  cells: 'All cells, { lowest, highest }, or by number; at once, { ramp to, over } or { noise, every, for, seed }.',
  temperature: 'Of the bank or by battery; at once, { ramp to, over } or { noise, every, for, seed }.',
  cable: 'The M8 chain: connected or broken.',
  poles: 'The switches in the M8 chain: open, closed, or by number.',
  sink: 'A current drawn from an output while it is high, for at most 50 ms: { load: 1 A }, { preAlarm: 1 A }, { charger: 10 mA }.',
  ask: 'What no sensor sees, or what only hands can do: { text, choices, right, within, picture, does }. Everything stays as it is until an operator has answered.',
  short: 'CHARGER to minus, for at most 100 ms. The other outputs are not proof against it.',
};

/** Of one output or LED in a line of `expect`. */
const OUTPUT = 'high, floating, low, or notHigh (floating or low, either)';
export const EXPECT_HELP = {
  at: 'Levels at a moment: a time, a step, an edge or end; `+ 0.5 s` may follow.',
  from: 'The first moment of a span: 0 s unless told, beside `never` and `in this order`.',
  to: 'The last moment of a span: the end unless told, beside `never` and `in this order`.',
  edge: 'An edge in a window.',
  after: 'What the window counts from; beside `eventually` 0 s unless told.',
  'not before': 'The earliest the edge may come, counted from `after`.',
  within: 'The latest the edge may come, counted from `after`.',
  never: 'An edge that does not come, from `from` to `to`.',
  eventually: 'An edge that comes some time after `after`, at the latest at `by`.',
  by: 'The latest moment for what comes eventually: the end unless told.',
  'in this order': 'Two edges or more: of these kinds exactly these come, one after the other.',
  load: `LOAD, the load disconnect output: ${OUTPUT}.`,
  preAlarm: `PRE-ALARM: ${OUTPUT}.`,
  charger: `CHARGER, the charge disconnect output: ${OUTPUT}.`,
  ledBlue: 'The blue LED: on or off.',
  ledRed: 'The red LED: on or off.',
} as const;

export const MEASURE_HELP = {
  at: 'When: a time, a step, an edge or end; `+ 0.5 s` may follow.',
  what: 'What is measured; or `switching point`, found along a ramp: the voltage at which an output switches.',
  edge: 'Of a switching point: the edge of an output that comes there.',
  along: 'Of a switching point: the step that ramps the supply or a remote terminal.',
  name: 'What the report calls it.',
  sink: 'A load for the time of the measurement.',
  low: 'The least it may be.',
  high: 'The most it may be.',
  margin: 'Inside a limit by less than this is marginal, which is inconclusive.',
} as const;

export const REUSE_HELP = {
  include: 'The name of a fragment: `trip` of this file, or `fragments/trip.yaml#trip`, relative to this file.',
  with: 'Values of its parameters.',
  steps: 'The steps of a block that `every` and `times` repeat.',
} as const;
