/** Rules on what is demanded: lines that demand nothing, limits that cannot be told, and demands set against reference and requirements. */

import { body, rule, steps } from './rule.ts';

export const DEMANDS = {
  'unknown-level': body(
    'A level that this signal does not have.',
    'outputs are high, floating, low or notHigh; LEDs are on or off',
    'expect:\n  - { at: 2 s, load: «unknown-level»on }',
  ),
  'nothing-expected': body(
    'A line of expect without a level.',
    'name a signal and its level',
    'expect:\n  - «nothing-expected»{ at: 2 s }',
  ),
  'no-limit': body(
    'An edge or a measurement without a limit.',
    'add within: or not before:, low: or high:',
    'measure:\n  - «no-limit»{ at: 1 s, what: loadDrop }',
  ),
  'no-such-choice': steps(
    'A right answer that is not among the choices.',
    'name one of the choices',
    '{ at: 4 s, ask: { text: Is the LED lit?, choices: [yes, no], right: «no-such-choice»lit } }',
  ),
  'no-ramp': steps(
    'A switching point along a step that ramps neither the supply nor a remote terminal.',
    'name the step that ramps',
    '{ name: low, at: 4 s, poles: { 1: open } }\nmeasure:\n  - { what: switching point, edge: load falls, along: «no-ramp»low, high: 8 V }',
  ),
  'off-the-ramp': steps(
    'A limit of a switching point that the ramp does not pass, so that every unit would keep it.',
    'let the ramp pass the limit on both sides',
    '{ name: down, at: 4 s, supply: { ramp to: 9 V, over: 60 s } }\nmeasure:\n  - { what: switching point, edge: load falls, along: down, high: «off-the-ramp»8 V }',
  ),
  'no-order': body(
    'A list `in this order` with less than two edges.',
    'name two edges or more',
    'expect:\n  - { in this order: «no-order»[load rises] }',
  ),
  'limit-too-fine': body(
    'A window narrower than ten times what the bench is uncertain by, or a limit where its range ends.',
    'widen the window',
    'measure:\n  - «limit-too-fine»{ at: 2 s, what: supplyVoltage, low: 12.7 V, high: 12.9 V }',
  ),
  contradicted: steps(
    'A demand that no allowed behaviour of the reference keeps.',
    'rig predict shows what the reference allows',
    '{ at: 4 s, poles: { 4: open } }\nexpect:\n  - «contradicted»{ at: 6.5 s, load: notHigh }',
  ),
  'never-comes': steps(
    'A step or a demand counts from an edge that no good unit shows there, so it cannot be reached.',
    'rig predict shows which edges come',
    '{ at: 4 s, poles: { 4: open } }',
    '«never-comes»{ after: load falls, timeout: 40 s, poles: closed }',
  ),
  stricter: steps(
    'A demand that surely forbids what the reference allows. A warning.',
    'loosen it, or keep it as a limit of your own',
    '{ name: warn, at: 4 s, poles: { 4: open } }\nexpect:\n  - «stricter»{ edge: preAlarm rises, after: warn, within: 1 s }',
  ),
  'covers-no-test': rule(
    '`covers` names a requirement that no test on this bench can show.',
    'take it out of covers',
    'scenario: A title\ncovers: «covers-no-test»[AMBIENT]\n',
  ),
  'covers-not-shown': rule(
    'Nothing in the scenario shows a requirement under `covers`. A warning.',
    'let it happen, or take it out of covers',
    'scenario: A title\ncovers: «covers-not-shown»[PRE-30S]\n',
  ),
  'covers-not-proven': rule(
    'The scenario has not caught a unit that breaks a requirement under `covers`. A warning.',
    'rig coverage FILE --prove looks for one',
    'scenario: A title\ncovers: «covers-not-proven»[CHG-OV]\nsteps:\n  - { at: 4 s, poles: { 3: open } }\n',
  ),
} as const;
