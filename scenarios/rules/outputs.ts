/** Rules on what is done to the unit's outputs: sinks, shorts and what hangs on them. */

import { body, steps } from './rule.ts';

export const OUTPUTS = {
  'sink-on-floating': steps(
    'A sink pulls at an output that no good unit has high there: the fixture refuses it, and nothing is measured.',
    'let the output be high first, or take the sink out',
    '{ at: 4 s, remote: off }',
    '«sink-on-floating»{ wait: 3 s, sink: { load: 1 A }, for: 20 ms }',
  ),
  'drop-of-floating': steps(
    'A drop, or a voltage of an output that is high, is measured where no good unit has that output high.',
    'measure it while the output is high',
    '{ at: 4 s, remote: off }\nuntil: 8 s\nmeasure:\n  - «drop-of-floating»{ at: 7 s, what: loadDrop, high: 0.15 V }',
  ),
  'drop-unsure': body(
    'A drop, or a voltage of an output that is high, is measured where a good unit may not have that output high yet, or any more.',
    'measure it once the unit has started (3 s) or has reacted (2 s)',
    'until: 5 s\nmeasure:\n  - «drop-unsure»{ at: 2 s, what: loadDrop, high: 0.15 V }',
  ),
  unprotected: steps(
    'A short on an output that is not proof against it.',
    'CHARGER alone may be shorted',
    '{ at: 4 s, short: «unprotected»load, for: 50 ms }',
  ),
  'pulse-too-long': steps(
    'A sink or short is on for longer than the fixture allows: 50 ms and 100 ms.',
    'shorten it',
    '{ at: 4 s, sink: { load: 1 A }, for: «pulse-too-long»51 ms }',
  ),
  'no-duration': steps('A sink or short does not say how long.', 'add for: 20 ms', '{ at: 4 s, «no-duration»sink: { load: 1 A } }'),
  'two-sinks': steps(
    'Two sinks at once.',
    'one output at a time',
    '{ at: 4 s, «two-sinks»sink: { load: 1 A, preAlarm: 1 A }, for: 20 ms }',
  ),
  'sink-rest': steps(
    'A 1 A sink is on again before it has rested for its energy divided by 3 W.',
    'let more time pass between the pulses',
    '{ at: 4 s, sink: { load: 1 A }, for: 40 ms }',
    '«sink-rest»{ wait: 100 ms, sink: { load: 1 A }, for: 20 ms }',
  ),
  'wrong-sink': body(
    'A drop is measured with a sink that its output does not have.',
    'loadDrop and preAlarmDrop with 1 A, chargerDrop with 1 mA or 10 mA',
    'measure:\n  - { at: 1 s, what: chargerDrop, sink: «wrong-sink»1 A, high: 1 V }',
  ),
  'over-rating': body(
    'What hangs on the outputs, or what a bench file allows, is less than what is asked for.',
    'attach less, or ask for less',
    'given: { attached: { load: «over-rating»{ resistor: 12 Ohm } } }',
  ),
  'coil-on-charger': body(
    'A coil on CHARGER, which no inductive load may hang on.',
    'attach it to LOAD or PRE-ALARM',
    'given: { attached: { charger: «coil-on-charger»{ coil: 10 kOhm } } }',
  ),
  'coil-not-probed': body(
    'A float or a low is asked of an output with a coil, whose current may not be interrupted.',
    'ask for notHigh',
    'given: { remote: off, attached: { load: { coil: 48 Ohm } } }\nexpect:\n  - { at: 2 s, load: «coil-not-probed»floating }',
  ),
  'attached-current': body(
    'The consumption is measured while something is attached that draws a current of its own.',
    'measure it in a scenario without',
    'given: { attached: { load: { resistor: 24 Ohm } } }\nmeasure:\n  - { at: 2 s, what: «attached-current»supplyCurrent, high: 3 mA }',
  ),
} as const;
