/** The stories of `rig new`: for each requirement steps, and demands on them, that make a unit show it. Each begins and ends with a healthy unit. */

import type { RequirementId } from '../../scenarios/requirements.ts';

/** How the bank is spoken of: by its cells, or by the poles behind it where a story needs what no bank does. */
export interface Words {
  readonly healthy: string;
  readonly low: string;
  readonly warned: string;
  readonly full: string;
  readonly hot: string;
  readonly warm: string;
  readonly broken: string;
  readonly whole: string;
}

export const BANK: Words = {
  healthy: 'cells: 3.30 V',
  low: 'cells: 2.7 V',
  warned: 'cells: 3.0 V',
  full: 'cells: { lowest: 3.30 V, highest: 3.8 V }',
  hot: 'temperature: 55 °C',
  warm: 'temperature: 25 °C',
  broken: 'cable: broken',
  whole: 'cable: connected',
};

export const POLES: Words = {
  healthy: 'poles: closed',
  low: 'poles: { 1: open, 4: open }',
  warned: 'poles: { 4: open }',
  full: 'poles: { 3: open }',
  hot: 'poles: { 3: open }',
  warm: 'poles: closed',
  broken: 'poles: open',
  whole: 'poles: closed',
};

export interface Story {
  readonly title: string;
  readonly shows: readonly RequirementId[];
  /** Lines of YAML, without the dash; `$begin` stands for the time word of the first step. */
  readonly steps: (words: Words) => readonly string[];
  readonly expect?: readonly string[];
  readonly measure?: readonly string[];
  /** What hangs on an output: a line of `attached`. */
  readonly attached?: string;
  /** No bank does this: the file speaks of poles. */
  readonly poles?: true;
}

/** The story of a scenario of which nothing is asked. */
export const LOW_CELL: Story = {
  title: 'A low cell is warned of, and disconnects the load at least 30 s later',
  shows: [
    ...(['LOAD-UV', 'PRE-30S', 'PRE-OWN-30S', 'PRE-LATEST', 'PRE-OFF-ON-TRIP', 'LOAD-RECOVERY'] as const),
    ...(['CHG-AT-LOW-CELL', 'REACTION', 'FLOATING', 'LEAKAGE', 'LED-BLUE'] as const),
  ],
  steps: ({ low, healthy }) => [
    `{ name: low, $begin, ${low} }`,
    '{ name: tripped, after: load falls, timeout: 39 s } # a step with a name and no change marks an instant, timed by the fixture itself',
    `{ name: recovered, wait: 4.5 s, ${healthy} } # after the step before`,
  ],
  expect: [
    '{ edge: load falls, after: low, not before: 30 s, within: 37 s }',
    '{ from: low + 2 s, to: tripped, charger: high }',
    '{ at: tripped + 4.2 s, load: floating, charger: high, ledBlue: off }',
    '{ edge: load rises, after: recovered, within: 2.1 s }',
  ],
  measure: ['{ at: tripped + 2.2 s, what: loadVoltage, high: 1 V }'],
};

const BY_BANK: readonly Story[] = [
  {
    title: 'A bank that is warned of recovers in time',
    shows: ['PRE-UV', 'PRE-RECOVERY', 'PRE-STEADY'],
    steps: ({ warned, healthy }) => [`{ name: warned, $begin, ${warned} }`, `{ name: in-time, wait: 10 s, ${healthy} }`],
    expect: [
      '{ edge: preAlarm rises, after: warned, within: 2.1 s }',
      '{ from: warned + 2.1 s, to: in-time, preAlarm: high, load: high }',
      '{ edge: preAlarm falls, after: in-time, within: 2.1 s }',
    ],
  },
  {
    title: 'A second warning starts a whole wait',
    shows: ['PRE-WHOLE-WAIT'],
    steps: ({ warned, healthy, low }) => [
      `{ name: first-warning, $begin, ${warned} }`,
      `{ wait: 10 s, ${healthy} }`,
      `{ name: second-warning, wait: 4 s, ${low} }`,
      '{ name: whole-wait, after: load falls, timeout: 39 s }',
      `{ wait: 2.5 s, ${healthy} }`,
    ],
    expect: ['{ edge: load falls, after: second-warning, not before: 30 s, within: 37 s }'],
  },
  {
    title: 'A low cell without a warning, and a charge alarm beside it',
    shows: ['PRE-NO-WARNING', 'BOTH-ALARMS'],
    poles: true,
    steps: () => [
      '{ name: unwarned, $begin, poles: { 1: open } }',
      '{ name: both, wait: 3 s, poles: { 3: open } }',
      '{ name: unwarned-trip, after: load falls, timeout: 39 s }',
      '{ wait: 2.5 s, poles: closed }',
    ],
    expect: ['{ edge: preAlarm rises, after: unwarned, within: 2.1 s }', '{ edge: charger falls, after: both, within: 2.1 s }'],
  },
  {
    title: 'A high cell disconnects the charger alone',
    shows: ['CHG-OV', 'CHG-RECOVERY', 'CHG-INDEPENDENT', 'LED-RED'],
    steps: ({ full, healthy }) => [`{ name: full, $begin, ${full} }`, `{ name: not-full, wait: 4 s, ${healthy} }`],
    expect: [
      '{ edge: charger falls, after: full, within: 2.1 s }',
      '{ at: full + 3 s, charger: floating, load: high, ledRed: on }',
      '{ edge: charger rises, after: not-full, within: 2.1 s }',
    ],
  },
  {
    title: 'A hot bank disconnects the charger',
    shows: ['CHG-TEMP', 'LED-RED'],
    steps: ({ hot, warm }) => [`{ name: hot, $begin, ${hot} }`, `{ name: warm, wait: 4 s, ${warm} }`],
    expect: [
      '{ edge: charger falls, after: hot, within: 2.1 s }',
      '{ at: hot + 3 s, charger: floating, load: high, ledRed: on }',
      '{ edge: charger rises, after: warm, within: 2.1 s }',
    ],
  },
  {
    title: 'The charger returns as often as it was disconnected',
    shows: ['NO-LATCH'],
    steps: ({ full }) => [`{ name: again, $begin, every: 6 s, times: 4, ${full}, for: 3 s }`],
    expect: ['{ at: again-4 + 5.5 s, charger: high, ledRed: off }'],
  },
  {
    title: 'A broken chain disconnects loads and chargers, and ends a pre-alarm',
    shows: ['CHAIN-BREAK', 'PRE-OUT-OF-SERVICE', 'CHAIN-LOOP', 'LOAD-HEALTHY'],
    // The bank is healthy again before the chain is mended, so that mending it shows the load at once.
    steps: ({ warned, broken, whole, healthy }) => [
      `{ $begin, ${warned} }`,
      `{ name: broken, wait: 3 s, ${broken} }`,
      ...(whole === healthy ? [] : [`{ wait: 2.5 s, ${healthy} }`]),
      `{ name: whole, wait: 3 s, ${whole} }`,
    ],
    expect: [
      '{ at: broken + 2.1 s, load: floating, charger: floating, preAlarm: floating }',
      '{ at: whole + 2.2 s, load: high, charger: high }',
    ],
  },
  {
    title: 'The plug and the socket of the chain are pulled by hand',
    shows: ['CHAIN-EITHER-END'],
    steps: () => [
      "{ name: pull-male, $begin, ask: { text: Pull the plug out of the unit's male connector., does: male end apart } }",
      '{ name: male-out, wait: 4 s }',
      '{ name: male-in, wait: 1 s, ask: { text: Push it in again., does: male end together } }',
      "{ name: pull-female, wait: 4 s, ask: { text: Pull the plug out of the unit's female connector., does: female end apart } }",
      '{ name: female-out, wait: 4 s }',
      '{ name: female-in, wait: 1 s, ask: { text: Push it in again., does: female end together } }',
    ],
    expect: ['{ at: male-out, load: notHigh, charger: notHigh }', '{ at: female-out, load: notHigh, charger: notHigh }'],
  },
];

const BY_SWITCHES: readonly Story[] = [
  {
    title: 'The remote switches the unit off, and a link on again',
    shows: ['REMOTE-OFF', 'REMOTE-LINK', 'LED-DARK', 'CURRENT-OFF'],
    steps: () => ['{ name: off, $begin, remote: off }', '{ name: linked, wait: 5 s, remote: link }'],
    expect: [
      '{ edge: load falls, after: off, within: 2.1 s }',
      '{ at: off + 4.2 s, load: floating, charger: floating, ledBlue: off, ledRed: off }',
      '{ edge: load rises, after: linked, within: 2.1 s }',
    ],
    measure: ['{ at: off + 4.5 s, what: supplyCurrent, name: current switched off, low: 0.6 mA, high: 1.8 mA }'],
  },
  {
    title: 'L low switches the unit on',
    shows: ['REMOTE-L'],
    steps: () => [
      '{ $begin, remote: off }',
      '{ name: l-low, wait: 3 s, remote: { L: 3.3 V } }',
      '{ wait: 3 s, remote: off }',
      '{ wait: 3 s, remote: link }',
    ],
    expect: ['{ edge: load rises, after: l-low, within: 2.1 s }'],
  },
  {
    title: 'H high switches the unit on',
    shows: ['REMOTE-H'],
    steps: () => [
      '{ $begin, remote: off }',
      '{ name: h-high, wait: 3 s, remote: { H: 3.1 V } }',
      '{ wait: 3 s, remote: off }',
      '{ wait: 3 s, remote: link }',
    ],
    expect: ['{ edge: load rises, after: h-high, within: 2.1 s }'],
  },
  {
    title: 'With nothing on the remote terminals the unit stays off when its supply comes',
    shows: ['REMOTE-FITTED'],
    steps: () => [
      '{ $begin, supply: 0 V }',
      '{ wait: 2 s, remote: off }',
      '{ name: supplied-off, wait: 1 s, supply: 12.8 V }',
      '{ wait: 4 s, remote: link }',
    ],
    expect: ['{ at: supplied-off + 3.2 s, load: floating, charger: floating, ledBlue: off }'],
  },
  {
    title: 'The unit enters service with a low cell',
    shows: ['ENTER-SERVICE'],
    steps: ({ low, healthy }) => [
      '{ $begin, supply: 0 V }',
      `{ wait: 2 s, ${low} }`,
      '{ name: supplied-low, wait: 1 s, supply: 12.8 V }',
      `{ wait: 6 s, ${healthy} }`,
    ],
    expect: ['{ at: supplied-low + 3.2 s, charger: high }'],
  },
  {
    title: 'A supply within its range disturbs nothing',
    shows: ['SUPPLY-RANGE', 'SUPPLY-DIP'],
    steps: () => [
      '{ name: highest, $begin, supply: 60 V }',
      '{ wait: 3 s, supply: { ramp to: 8.2 V, over: 1 s } }',
      '{ wait: 3 s, supply: 12.8 V }',
      '{ name: dip, wait: 3 s, supply: { dip to: 8.5 V, for: 20 ms } }',
    ],
    expect: ['{ from: highest, to: dip + 2 s, load: high, charger: high }'],
  },
  {
    title: 'Without a supply the unit is dark, and comes back by itself',
    shows: ['SUPPLY-LOW', 'SUPPLY-SWITCH', 'POWER-UP'],
    steps: () => ['{ name: gone, $begin, supply: 5 V }', '{ name: back, wait: 3 s, supply: 12.8 V }'],
    expect: [
      '{ from: gone + 1.1 s, to: gone + 2.5 s, load: notHigh, charger: notHigh, ledBlue: off, ledRed: off }',
      '{ edge: load rises, after: back, within: 3.1 s }',
    ],
  },
  {
    title: 'Nothing happens without a cause',
    shows: ['NO-GLITCH', 'LED-STEADY'],
    steps: () => ['{ name: calm, $begin }', '{ name: still-calm, wait: 10 s }'],
    expect: ['{ from: calm, to: still-calm, load: high, charger: high, ledBlue: on, ledRed: off }'],
  },
];

const LIMIT = { load: '0.15 V', preAlarm: '0.15 V', charger: '0.7 V' } as const;
type Output = keyof typeof LIMIT;

/** What an output loses at a moment at which it is high; `warned` where that needs a warning. */
const drop = (output: Output, title: string, shows: readonly RequirementId[], how: string, most: string, attached?: string): Story => {
  const name = `${output.toLowerCase()}-${attached === undefined ? (how === '' ? 'drop' : 'rated') : 'driving'}`;
  return {
    title,
    shows,
    steps: ({ warned, healthy }) =>
      output === 'preAlarm' ? [`{ name: ${name}, $begin, ${warned} }`, `{ wait: 5 s, ${healthy} }`] : [`{ name: ${name}, $begin }`],
    measure: [`{ at: ${name} + 3 s, what: ${output}Drop, name: ${name.replace('-', ' ')},${how} high: ${most} }`],
    ...(attached === undefined ? {} : { attached: `${output}: ${attached}` }),
  };
};

const BY_MEASUREMENT: readonly Story[] = [
  {
    title: 'Switched on the unit draws what it may',
    shows: ['CURRENT-ON'],
    steps: () => ['{ name: drawing, $begin }'],
    measure: ['{ at: drawing + 1 s, what: supplyCurrent, name: current switched on, low: 1.1 mA, high: 3.3 mA }'],
  },
  {
    title: 'Tripped the unit draws what it may',
    shows: ['CURRENT-LOW-CELL'],
    steps: ({ low, healthy }) => [
      `{ $begin, ${low} }`,
      '{ name: tripped-current, after: load falls, timeout: 39 s }',
      `{ wait: 5 s, ${healthy} }`,
    ],
    measure: ['{ at: tripped-current + 3 s, what: supplyCurrent, name: current at a low cell, low: 0.6 mA, high: 1.8 mA }'],
  },
  drop('load', 'LOAD loses little without a load', ['LOAD-DROP'], '', LIMIT.load),
  drop('load', 'LOAD carries 1 A', ['LOAD-RATED'], ' sink: 1 A,', '0.30 V'),
  drop('load', 'LOAD drives a remote input', ['LOAD-RECEIVERS'], '', LIMIT.load, 'remote input'),
  drop('preAlarm', 'PRE-ALARM loses little without a load', ['PRE-DROP'], '', LIMIT.preAlarm),
  drop('preAlarm', 'PRE-ALARM carries 1 A', ['PRE-RATED'], ' sink: 1 A,', '0.30 V'),
  drop('preAlarm', 'PRE-ALARM drives a buzzer', ['PRE-RECEIVERS'], '', '0.30 V', '{ resistor: 1 kOhm }'),
  drop('charger', 'CHARGER loses little without a load', ['CHG-DROP'], '', LIMIT.charger),
  drop('charger', 'CHARGER carries 10 mA', ['CHG-RATED'], ' sink: 10 mA,', LIMIT.charger),
  drop('charger', 'CHARGER drives a remote input', ['CHG-RECEIVERS'], '', LIMIT.charger, 'remote input'),
  {
    title: 'CHARGER survives a short',
    shows: ['CHG-SHORT'],
    steps: () => ['{ name: short, $begin, short: charger, for: 90 ms }'],
    expect: ['{ at: short + 1 s, charger: high, load: high }'],
  },
];

/** In the order in which they are told: what takes the supply away comes before what waits for an edge, as then all of its times are known. */
export const STORIES: readonly Story[] = [...BY_SWITCHES, LOW_CELL, ...BY_BANK, ...BY_MEASUREMENT];
