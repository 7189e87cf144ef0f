/** Draws one behaviour that the reference allows, for tests and for scenarios that want a unit without a bench. */

import type { Case } from '../scenarios/contracts/case.ts';
import { fixtureTicks, scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Edge, Stimulus, Trace } from '../scenarios/contracts/trace.ts';
import { isOutput, SENSES, type SenseLevel, type SenseSignal } from '../scenarios/signals.ts';
import { blueSegments } from './inputs/blue.ts';
import { segmentsOf } from './inputs/segments.ts';
import { lengthOf_us, stepsOf, type Happening } from './inputs/steps.ts';
import { numbersOf, PARAMETERS, type Numbers, type Parameters } from './parameters.ts';
import { chanceOf } from './walked/chance.ts';
import { pairWalk } from './walked/pair.ts';
import { follow, type Flip } from './walked/sight.ts';

interface Drawn {
  readonly happenings: readonly Happening[];
  readonly edges: readonly Edge[];
  readonly end_us: number;
}

const levelOf = (signal: SenseSignal, high: boolean): SenseLevel => (isOutput(signal) ? (high ? 'high' : 'notHigh') : high ? 'on' : 'off');

function edgesFor(happenings: readonly Happening[], end_us: number, seed: number, numbers: Numbers): readonly Edge[] {
  const segments = segmentsOf(stepsOf(happenings, numbers), end_us, numbers);
  const chance = (signal: string) => chanceOf(seed, signal);
  const { load, preAlarm } = pairWalk(segments, numbers, chance('unit'));
  const blue = blueSegments(
    segments,
    load.map(({ at_us, high }, seq) => ({ high, at_us: [at_us, at_us], tolerance_us: 0, cause: { kind: 'observed', seq }, since: null })),
    numbers,
  );
  const flips: readonly (readonly [SenseSignal, readonly Flip[]])[] = [
    ['load', load],
    ['preAlarm', preAlarm],
    ['charger', follow('charger', segments, chance('charger'))],
    ['ledRed', follow('ledRed', segments, chance('ledRed'))],
    ['ledBlue', follow('ledBlue', blue, chance('ledBlue'))],
  ];
  return flips
    .flatMap(([signal, list]) => list.map(({ at_us, high }) => ({ signal, at_us, level: levelOf(signal, high) })))
    .filter(({ at_us }) => at_us <= end_us)
    .toSorted((a, b) => a.at_us - b.at_us)
    .map(({ signal, at_us, level }, seq) => ({
      seq,
      signal,
      level,
      at_us: scenarioTime(at_us),
      uncertainty_us: 0,
      via: 'comparator',
      ticks: fixtureTicks(Math.round(at_us * 2)),
    }));
}

/** Entries that hang on edges are placed once the edge has been drawn; what was drawn before it stays as it was. */
function draw({ timeline }: Case, seed: number, numbers: Numbers): Drawn {
  const end_us = timeline.endBounds_us[1];
  const placed = new Map<string, Happening>();
  const edges = () => edgesFor([...placed.values()], end_us, seed, numbers);
  for (const entry of timeline.entries) {
    const { when } = entry;
    const from = when.kind === 'at' ? null : placed.get(when.kind === 'afterEdge' ? when.armedBy : when.entry);
    if (from === undefined) continue;
    let at_us = when.kind === 'at' ? when.at_us : from!.begin_us[0] + when.delay_us;
    if (when.kind === 'afterEdge') {
      const edge = edges().find((one) => one.signal === when.signal && one.level === when.level && one.at_us > from!.begin_us[0]);
      if (edge === undefined || edge.at_us > from!.begin_us[0] + when.timeout_us) continue;
      at_us = Math.round(edge.at_us + when.delay_us);
    }
    const ends_us = at_us + lengthOf_us(entry.do);
    placed.set(entry.id, { entry, begin_us: [at_us, at_us], end_us: [ends_us, ends_us], tolerance_us: 0, hangsOn: null });
  }
  return { happenings: [...placed.values()], edges: edges(), end_us };
}

/** The trace of a bench with a good unit. The same seed gives the same trace. */
export function walk(testCase: Case, seed: number, parameters: Parameters = PARAMETERS): Trace {
  const { happenings, edges, end_us } = draw(testCase, seed, numbersOf(parameters));
  const done = new Map(happenings.map((one) => [one.entry.id, one]));
  const ended_us = scenarioTime(end_us);
  return {
    bench: { simulated: true, board: 'reference', firmware: 'none', unitImage: null },
    calibration: { id: 'c0ffee', fault: null },
    contacts: [],
    ramps: [],
    operator: [],
    case: testCase.id,
    stimuli: testCase.timeline.entries.map(({ id, do: action }): Stimulus => {
      const happening = done.get(id);
      if (happening === undefined)
        return { entry: id, outcome: 'notReached', asked_us: null, done_us: null, ended_us: null, uncertainty_us: 0 };
      const at_us = scenarioTime(happening.begin_us[0]);
      const lasts = action.kind === 'ramp' || action.kind === 'pulse';
      return {
        entry: id,
        outcome: 'done',
        asked_us: at_us,
        done_us: at_us,
        ended_us: lasts ? scenarioTime(happening.end_us[0]) : null,
        uncertainty_us: 0,
      };
    }),
    initial: { load: 'notHigh', preAlarm: 'notHigh', charger: 'notHigh', ledBlue: 'off', ledRed: 'off' },
    edges,
    samples: [],
    probes: [],
    captured: SENSES.map((signal) => ({ signal, from_us: scenarioTime(happenings[0]?.begin_us[0] ?? 0), to_us: ended_us })),
    blind: [],
    clock: { rate_ppm: 0, bound_ppm: 0.001, jump_us: 0, samples: 40 },
    link: { linesSent: 1, linesReceived: 1, resent: 0, crcErrors: 0, overflow: 0, lost: 0, stalled_ms: 0 },
    boots: ['reference'],
    end: 'complete',
    reason: null,
    endedBy: null,
    ended_us,
    seed,
  };
}
