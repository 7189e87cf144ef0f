/** Builds cases, traces and predictions for tests of the judge and the pages: a good unit through a low-cell trip, to be spoilt one thing at a time. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { fixtureTicks, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { AllowedSpan, Cause, PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Action, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Probe, Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import { SENSES, TERMINAL_NAMES, type Level, type OutputSignal, type SenseLevel, type SenseSignal } from '../../scenarios/signals.ts';

export const CASE = 'regression/low-cell';
const FILE = 'scenarios/regression/low-cell.yaml';
const place = (line: number) => ({ file: FILE, line, col: 3 });
const us = (s: number) => scenarioTime(Math.round(s * 1e6));

export const entry = (id: string, at_s: number, action: Action, line = 1): TimelineEntry => ({
  id,
  when: { kind: 'at', at_us: us(at_s) },
  do: action,
  bounds_us: [us(at_s), us(at_s)],
  place: place(line),
});
export const pole = (signal: 'pole1' | 'pole3' | 'pole4', value: 'open' | 'closed'): Action => ({
  kind: 'set',
  changes: [{ signal, value }],
});
export const done = (id: string, at_s: number, uncertainty_us = 2): Stimulus => ({
  entry: id,
  outcome: 'done',
  asked_us: us(at_s),
  done_us: us(at_s),
  ended_us: null,
  uncertainty_us,
});
export const edge = (seq: number, signal: SenseSignal, level: SenseLevel, at_s: number, uncertainty_us = 2): Edge => ({
  seq,
  signal,
  level,
  at_us: us(at_s),
  uncertainty_us,
  via: 'comparator',
  ticks: fixtureTicks(Math.round(at_s * 2e6)),
});
export const probe = (output: OutputSignal, at_s: number, result: Probe['result'] = 'floating', id: string | null = null): Probe => ({
  entry: id,
  output,
  from_us: us(at_s),
  to_us: us(at_s + 0.0025),
  result,
  biasOff_mV: result === 'floating' ? 20 : 300,
  biasOn_mV: 11800,
  supply_mV: 13e3,
});

export const cause = (ref: Cause['ref'], min_s: number, max_s: number): Cause => ({ ref, min_us: min_s * 1e6, max_us: max_s * 1e6 });
export const byEntry = (id: string, min_s = 0, max_s = 2): Cause => cause({ kind: 'entry', entry: id }, min_s, max_s);
export const byEdge = (seq: number, min_s: number, max_s: number): Cause => cause({ kind: 'observed', seq }, min_s, max_s);

export const predicted = (
  id: string,
  signal: SenseSignal,
  level: Level,
  window_s: readonly [number, number],
  causes: readonly Cause[],
  observed: number | null,
  more: Partial<PredictedEdge> = {},
): PredictedEdge => ({
  id,
  signal,
  level,
  causes,
  combine: 'all',
  required: true,
  observed,
  consequence: false,
  rule: 'R16',
  requirement: 'REACTION',
  parameters: [],
  certainty: 'I',
  why: 'the inputs ask for it',
  window_us: [us(window_s[0]), scenarioTime(window_s[1] * 1e6)],
  ...more,
});

export const span = (signal: SenseSignal, from_s: number, to_s: number, levels: readonly Level[]): AllowedSpan => ({
  signal,
  from_us: us(from_s),
  to_us: us(to_s),
  levels,
  rule: 'R16',
  requirement: 'REACTION',
  certainty: 'I',
});

const END_s = 40;

export const goodCase: Case = {
  id: CASE,
  title: 'Low cell after a warning',
  place: place(1),
  parameters: { supply: '13 V' },
  covers: ['PRE-30S', 'LOAD-UV'],
  coversPlace: place(2),
  tags: [],
  attached: {},
  decided: [],
  timeline: {
    entries: [
      entry('given', -0.5, pole('pole1', 'closed')),
      entry('power', 0, { kind: 'set', changes: [{ signal: 'supply', value: { mV: 13_000 } }] }),
      entry('probe-preAlarm-1', 3.5, { kind: 'probe', output: 'preAlarm' }),
      entry('measure-1', 4, { kind: 'sample', analog: 'supplyCurrent', count: 16 }, 9),
      entry('step-1', 5, pole('pole4', 'open'), 11),
      entry('step-2', 6, pole('pole1', 'open'), 12),
    ],
    captures: SENSES.map((signal) => ({ signal, from_us: us(-0.5), to_us: null })),
    end: { kind: 'at', at_us: us(END_s) },
    endBounds_us: [us(END_s), us(END_s)],
  },
  expectations: [
    {
      id: 'expect-1',
      text: 'load not high, not before 30 s after preAlarm high',
      place: place(15),
      kind: 'edge',
      signal: 'load',
      level: 'notHigh',
      after: {
        kind: 'edge',
        signal: 'preAlarm',
        level: 'high',
        delay_us: 0,
      },
      notBefore_us: 3e7,
      within_us: 35e6,
    },
    {
      id: 'expect-2',
      text: 'charger stays high',
      place: place(16),
      kind: 'stays',
      signal: 'charger',
      level: 'high',
      from: {
        kind: 'time',
        at_us: us(3),
      },
      to: {
        kind: 'time',
        at_us: us(39),
      },
    },
  ],
  measurements: [
    {
      id: 'measure-1',
      name: 'CURRENT-ON',
      analog: 'supplyCurrent',
      entry: 'measure-1',
      unit: 'uA',
      low: 1100,
      high: 3300,
      margin: 0,
      place: place(9),
      switching: null,
    },
  ],
  planned: ['reference', 'expect-1', 'expect-2', 'measure-1'],
  scenarioHash: 'a'.repeat(64),
};

const edges = [
  edge(0, 'load', 'high', 0.4),
  edge(1, 'charger', 'high', 0.401),
  edge(2, 'ledBlue', 'on', 0.402, 20),
  edge(3, 'preAlarm', 'high', 5.1),
  edge(4, 'load', 'notHigh', 37.5),
  edge(5, 'ledBlue', 'off', 37.501, 20),
  edge(6, 'preAlarm', 'notHigh', 37.502),
];

export const goodTrace: Trace = {
  bench: { simulated: true, board: 'mega-sim-1', firmware: 'f1', unitImage: 'u1' },
  calibration: { id: 'c0ffee', fault: null },
  contacts: TERMINAL_NAMES.map((terminal) => ({ terminal, value_mOhm: 120, uncertainty_mOhm: 420 })),
  case: CASE,
  stimuli: goodCase.timeline.entries.map((one) => done(one.id, one.bounds_us[0] / 1e6)),
  initial: { load: 'notHigh', preAlarm: 'notHigh', charger: 'notHigh', ledBlue: 'off', ledRed: 'off' },
  edges,
  samples: [{ entry: 'measure-1', analog: 'supplyCurrent', at_us: us(4), value: 2_200, unit: 'uA', uncertainty: 40, count: 16 }],
  ramps: [],
  operator: [],
  probes: [probe('preAlarm', 3.5, 'floating', 'probe-preAlarm-1'), probe('load', 37.51), probe('preAlarm', 37.512)],
  captured: SENSES.map((signal) => ({ signal, from_us: us(-0.5), to_us: us(END_s) })),
  blind: [{ signal: 'preAlarm', from_us: us(3.5), to_us: us(3.5025) }],
  clock: { rate_ppm: 120, bound_ppm: 3, jump_us: 0, samples: 40 },
  link: { linesSent: 90, linesReceived: 120, resent: 0, crcErrors: 0, overflow: 0, lost: 0, stalled_ms: 0 },
  boots: ['b1'],
  end: 'complete',
  reason: null,
  endedBy: null,
  ended_us: us(END_s),
  seed: 7,
};

export const goodPrediction: Prediction = {
  case: CASE,
  basis: 'executed',
  initial: { load: 'floating', preAlarm: 'floating', charger: 'floating', ledBlue: 'off', ledRed: 'off' },
  edges: [
    predicted('load-1', 'load', 'high', [0, 3], [byEntry('power', 0, 3)], 0, { rule: 'R15', requirement: 'POWER-UP' }),
    predicted('charger-1', 'charger', 'high', [0, 3], [byEntry('power', 0, 3)], 1, { rule: 'R15', requirement: 'POWER-UP' }),
    predicted('blue-1', 'ledBlue', 'on', [0, 3], [byEntry('power', 0, 3)], 2, { rule: 'R17', requirement: 'LED-BLUE', certainty: 'R' }),
    predicted('pre-1', 'preAlarm', 'high', [5, 7], [byEntry('step-1')], 3),
    predicted('load-2', 'load', 'floating', [35.1, 40.1], [byEdge(3, 30, 35)], 4, { rule: 'R3', requirement: 'PRE-30S', certainty: 'O' }),
    predicted('blue-2', 'ledBlue', 'off', [37.5, 39.5], [byEdge(4, 0, 2)], 5, { rule: 'R17', requirement: 'LED-BLUE', certainty: 'R' }),
    predicted('pre-2', 'preAlarm', 'floating', [37.5, 38], [byEdge(4, 0, 0.5)], 6, {
      rule: 'R9',
      requirement: 'PRE-OFF-ON-TRIP',
      certainty: 'O',
    }),
  ],
  allowed: [
    span('load', -1, 0, ['floating']),
    span('load', 0, 3, ['floating', 'high']),
    span('load', 3, 35.1, ['high']),
    span('load', 35.1, 40, ['high', 'floating']),
    span('preAlarm', -1, 5, ['floating']),
    span('preAlarm', 5, 7, ['floating', 'high']),
    span('preAlarm', 7, 37.5, ['high']),
    span('preAlarm', 37.5, 38, ['high', 'floating']),
    span('preAlarm', 38, 40, ['floating']),
    span('charger', -1, 0, ['floating']),
    span('charger', 0, 3, ['floating', 'high']),
    span('charger', 3, 40, ['high']),
    span('ledBlue', -1, 0, ['off']),
    span('ledBlue', 0, 3, ['on', 'off']),
    span('ledBlue', 3, 37.5, ['on']),
    span('ledBlue', 37.5, 40, ['on', 'off']),
    span('ledRed', -1, 40, ['off']),
  ],
  unexplained: [],
  readings: [],
  states: { most: 3, bound: 256 },
  complete: true,
  parameters: { wait: { value: 30, unit: 's', source: 'datasheet S4', certainty: 'O' } },
};

/** The good trace with other edges, renumbered in order of time. */
export const withEdges = (list: readonly Edge[], more: Partial<Trace> = {}): Trace => ({
  ...goodTrace,
  edges: list.toSorted((a, b) => a.at_us - b.at_us).map((one, seq) => ({ ...one, seq })),
  ...more,
});
