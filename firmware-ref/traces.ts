/** Writes cases and traces for tests in one line each: what was done when, and which edges came. */

import type { Case } from '../scenarios/contracts/case.ts';
import { fixtureTicks, scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { Action, DriveChange, TimelineEntry, When } from '../scenarios/contracts/timeline.ts';
import type { Edge, Trace } from '../scenarios/contracts/trace.ts';
import { SENSES, type DriveSignal, type DriveValue, type SenseLevel, type SenseSignal } from '../scenarios/signals.ts';

const us = (s: number) => scenarioTime(Math.round(s * 1e6));
const place = { file: 'scenarios/test.yaml', line: 1, col: 1 };

/** `o` or `c` for poles 1, 3, 4 in this order: `ooc` = low cell and charge alarm. */
export type PolesWord = `${'o' | 'c'}${'o' | 'c'}${'o' | 'c'}`;
/** What is done at an instant: poles, `link`/`unlink`, a supply in volts, drives by name, or a ready action. */
export type Deed = PolesWord | 'link' | 'unlink' | { readonly supply_V: number } | Partial<Record<DriveSignal, DriveValue>> | Action;
export type Deeds = readonly (readonly [at_s: number, deed: Deed, bounds_s?: readonly [number, number], when?: When])[];

const poleChanges = (word: string): readonly DriveChange[] =>
  (['pole1', 'pole3', 'pole4'] as const).map((signal, index) => ({ signal, value: word[index] === 'o' ? 'open' : 'closed' }));

function actionOf(deed: Deed): Action {
  if (typeof deed === 'string') {
    const changes: readonly DriveChange[] =
      deed === 'link'
        ? [{ signal: 'remoteLink', value: 'closed' }]
        : deed === 'unlink'
          ? [{ signal: 'remoteLink', value: 'open' }]
          : poleChanges(deed);
    return { kind: 'set', changes };
  }
  if ('kind' in deed) return deed;
  if ('supply_V' in deed) return { kind: 'set', changes: [{ signal: 'supply', value: { mV: Math.round(deed.supply_V * 1000) } }] };
  return { kind: 'set', changes: Object.entries(deed).map(([signal, value]) => ({ signal: signal as DriveSignal, value })) };
}

/** Supply ramp as a deed. */
export const ramp = (from_V: number, to_V: number, over_s: number): Action => ({
  kind: 'ramp',
  signal: 'supply',
  from_mV: Math.round(from_V * 1e3),
  to_mV: Math.round(to_V * 1e3),
  over_us: Math.round(over_s * 1e6),
});

/** A case from deeds. `given` are the poles before power, the link is closed unless `given` is followed by `unlinked`. */
export function caseOf(deeds: Deeds, end_s: number, given: PolesWord = 'ccc', linked = true, supply_V = 13): Case {
  const first: Action = { kind: 'set', changes: [...poleChanges(given), { signal: 'remoteLink', value: linked ? 'closed' : 'open' }] };
  const all: Deeds = [[-0.5, first], [0, { supply_V }], ...deeds];
  const entries = all.map(([at_s, deed, bounds_s, when], index): TimelineEntry => ({
    id: index === 0 ? 'given' : index === 1 ? 'power' : `step-${index - 1}`,
    when: when ?? { kind: 'at', at_us: us(at_s) },
    do: actionOf(deed),
    bounds_us: bounds_s === undefined ? [us(at_s), us(at_s)] : [us(bounds_s[0]), us(bounds_s[1])],
    place,
  }));
  return {
    id: 'test',
    title: 'test',
    place,
    parameters: {},
    covers: [],
    coversPlace: place,
    tags: [],
    expectations: [],
    measurements: [],
    planned: ['reference'],
    scenarioHash: '0'.repeat(64),
    attached: {},
    decided: [],
    timeline: {
      entries,
      captures: [],
      end: {
        kind: 'at',
        at_us: us(end_s),
      },
      endBounds_us: [us(end_s), us(end_s)],
    },
  };
}

const NAMES: Readonly<Record<string, SenseSignal>> = { load: 'load', pre: 'preAlarm', charger: 'charger', blue: 'ledBlue', red: 'ledRed' };

/** Edges from words like `load+@0.4 pre-@35.2`, in any order. */
export function edgesOf(words: string): readonly Edge[] {
  const parsed = words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const match = /^(load|pre|charger|blue|red)([+-])@(-?[\d.]+)$/.exec(word);
      const signal = NAMES[match?.[1] ?? ''];
      if (match === null || signal === undefined) throw new SyntaxError(`Not an edge: ${word}`);
      const output = signal === 'load' || signal === 'preAlarm' || signal === 'charger';
      const level: SenseLevel = match[2] === '+' ? (output ? 'high' : 'on') : output ? 'notHigh' : 'off';
      return { signal, level, at_s: Number(match[3]) };
    });
  return parsed
    .toSorted((a, b) => a.at_s - b.at_s)
    .map(({ signal, level, at_s }, seq) => ({
      seq,
      signal,
      level,
      at_us: us(at_s),
      uncertainty_us: 2,
      via: 'comparator',
      ticks: fixtureTicks(Math.round(at_s * 2e6)),
    }));
}

/** The trace of a bench that did all deeds on time and saw these edges. */
export function traceOf(testCase: Case, edges: readonly Edge[]): Trace {
  const { entries, endBounds_us } = testCase.timeline;
  const ended_us = endBounds_us[1];
  return {
    bench: { simulated: true, board: 'b', firmware: 'f', unitImage: null },
    calibration: { id: 'c0ffee', fault: null },
    contacts: [],
    ramps: [],
    operator: [],
    case: testCase.id,
    stimuli: entries.map(({ id, do: action, bounds_us: [at_us] }) => ({
      entry: id,
      outcome: 'done',
      asked_us: at_us,
      done_us: at_us,
      uncertainty_us: 2,
      ended_us:
        action.kind === 'ramp'
          ? scenarioTime(at_us + action.over_us)
          : action.kind === 'pulse'
            ? scenarioTime(at_us + action.for_us)
            : null,
    })),
    initial: { load: 'notHigh', preAlarm: 'notHigh', charger: 'notHigh', ledBlue: 'off', ledRed: 'off' },
    edges,
    samples: [],
    probes: [],
    captured: SENSES.map((signal) => ({ signal, from_us: us(-0.5), to_us: ended_us })),
    blind: [],
    clock: { rate_ppm: 0, bound_ppm: 0, jump_us: 0, samples: 40 },
    link: { linesSent: 1, linesReceived: 1, resent: 0, crcErrors: 0, overflow: 0, lost: 0, stalled_ms: 0 },
    boots: ['b'],
    end: 'complete',
    reason: null,
    endedBy: null,
    ended_us,
    seed: null,
  };
}

const sign = (level: string): string => (level === 'high' || level === 'on' ? '+' : '-');

/** Every difference that does not only follow from another, in words like `load- early`, `preAlarm+ missing`, `charger- extra`. */
export function differencesOf(prediction: Prediction, { edges, ended_us }: Trace): readonly string[] {
  const bySeq = new Map(edges.map((edge) => [edge.seq, edge]));
  const timed = prediction.edges.flatMap(({ signal, level, consequence, observed, required, window_us }) => {
    if (consequence) return [];
    const name = `${signal}${sign(level)}`;
    if (observed === null) return required && window_us[1] <= ended_us ? [{ at_us: window_us[1], text: `${name} missing` }] : [];
    const at_us = bySeq.get(observed)?.at_us ?? NaN;
    if (at_us < window_us[0]) return [{ at_us, text: `${name} early` }];
    return at_us <= window_us[1] ? [] : [{ at_us: window_us[1], text: `${name} late` }];
  });
  const extra = prediction.unexplained.flatMap(({ signal, level, at_us, consequence }) =>
    consequence ? [] : [{ at_us, text: `${signal}${sign(level)} extra` }],
  );
  return [...timed, ...extra].toSorted((a, b) => a.at_us - b.at_us).map(({ text }) => text);
}
