/** What is predicted entry by entry is what would be predicted at once, and holds everything that a good unit may do. */

import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { AllowedSpan } from '../../scenarios/contracts/prediction.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { isOutput, SENSES, type SenseLevel, type SenseSignal } from '../../scenarios/signals.ts';
import { Growing } from '../inputs/growing.ts';
import { segmentsOf } from '../inputs/segments.ts';
import { stepsOf, type Happening } from '../inputs/steps.ts';
import { numbersOf, PARAMETERS } from '../parameters.ts';
import { predict } from '../predict.ts';
import { caseOf, type Deed, type PolesWord } from '../traces.ts';
import { walk } from '../walk.ts';
import { Foresight } from './foresight.ts';

const POLES: readonly PolesWord[] = ['ccc', 'oco', 'occ', 'cco', 'coc', 'ooo', 'ooc', 'coo'];
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Deed>(...POLES) },
  { weight: 2, arbitrary: fc.constantFrom<Deed>('link', 'unlink', { supply_V: 7 }, { supply_V: 0 }, { supply_V: 24 }) },
);
/** Waits in a reaction, after it, in a wait and past the longest one. */
const wait_ms = fc.oneof(
  fc.integer({ min: 30, max: 900 }),
  fc.integer({ min: 2_150, max: 2_700 }),
  fc.integer({ min: 4_000, max: 22_000 }),
  fc.integer({ min: 35_500, max: 37_500 }),
);
const trigger = fc.record({
  signal: fc.constantFrom<SenseSignal>('load', 'preAlarm', 'charger', 'ledBlue'),
  up: fc.boolean(),
  timeout_s: fc.constantFrom(2.2, 9, 36),
});
const moves = fc.array(fc.record({ deed, wait_ms, trigger: fc.option(trigger, { freq: 2 }) }), { minLength: 1, maxLength: 8 });

const levelOf = (signal: SenseSignal, up: boolean): SenseLevel => (isOutput(signal) ? (up ? 'high' : 'notHigh') : up ? 'on' : 'off');

/** Each step hangs on the one before it: by a time, or by an edge. */
function chained(
  drawn: readonly { deed: Deed; wait_ms: number; trigger: { signal: SenseSignal; up: boolean; timeout_s: number } | null }[],
): Case {
  const plain = caseOf(
    drawn.map((one, index) => [4 + index, one.deed] as const),
    1,
  );
  const entries: TimelineEntry[] = [];
  for (const [index, entry] of plain.timeline.entries.entries()) {
    const one = drawn[index - 2];
    const before = entries.at(-1);
    if (one === undefined || before === undefined) {
      entries.push(entry);
      continue;
    }
    const delay_us = one.wait_ms * 1000;
    const timeout_us = (one.trigger?.timeout_s ?? 0) * 1e6;
    const bounds_us = [before.bounds_us[0] + delay_us, before.bounds_us[1] + timeout_us + delay_us].map(scenarioTime) as [never, never];
    const { trigger: on } = one;
    const when: TimelineEntry['when'] =
      on === null
        ? { kind: 'afterEntry', entry: before.id, delay_us }
        : { kind: 'afterEdge', armedBy: before.id, signal: on.signal, level: levelOf(on.signal, on.up), delay_us, timeout_us };
    entries.push({ ...entry, when, bounds_us });
  }
  const end_us = scenarioTime(Math.max(...entries.map((entry) => entry.bounds_us[1])) + 3_000_000);
  return { ...plain, timeline: { ...plain.timeline, entries, endBounds_us: [end_us, end_us] } };
}

const isUp = (level: string): boolean => level === 'high' || level === 'on';

/** Where an observed level is none of those that the spans allow. Instants are whole microseconds, so borders are left out. */
function outside(spans: readonly AllowedSpan[], up: boolean, from_us: number, to_us: number): readonly AllowedSpan[] {
  return spans.filter(
    (span) => Math.max(span.from_us, from_us) + 2 < Math.min(span.to_us, to_us) - 2 && !span.levels.some((level) => isUp(level) === up),
  );
}

describe('foresight', () => {
  it('allows every course that the rules can take, whatever edges the steps hang on', () => {
    let checked = 0;
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 1e6 }), (drawn, seed) => {
        const testCase = chained(drawn);
        const { allowed, instants } = predict(testCase);
        const trace = walk(testCase, seed);
        // A trigger that timed out ends the case; what was planned after it is not what happened.
        if (trace.stimuli.some(({ outcome }) => outcome !== 'done')) return;
        checked++;
        for (const { entry, done_us } of trace.stimuli) {
          expect(done_us, entry).to.be.within(instants[entry]![0] - 1, instants[entry]![1] + 1);
        }
        for (const signal of SENSES) {
          const spans = allowed.filter((span) => span.signal === signal);
          let [up, from_us] = [false, -500_000];
          for (const edge of trace.edges.filter((one) => one.signal === signal)) {
            expect(outside(spans, up, from_us, edge.at_us), `${signal} until ${edge.at_us}`).to.deep.equal([]);
            [up, from_us] = [isUp(edge.level), edge.at_us];
          }
          expect(outside(spans, up, from_us, trace.ended_us), `${signal} at the end`).to.deep.equal([]);
        }
      }),
      { numRuns: 150 },
    );
    expect(checked).to.be.above(25);
  });

  it('comes to the same, whether entries become known one by one or all at once', () => {
    const numbers = numbersOf(PARAMETERS);
    fc.assert(
      fc.property(moves, (drawn) => {
        const testCase = chained(drawn.map((one) => ({ ...one, trigger: null })));
        const end_us = testCase.timeline.endBounds_us[1];
        const happenings = testCase.timeline.entries.map((entry): Happening => {
          const begin_us = entry.bounds_us;
          return { entry, begin_us, end_us: begin_us, tolerance_us: 0, hangsOn: null };
        });
        const one = new Growing(end_us, numbers);
        const growing = new Foresight(one.segments, end_us, numbers);
        for (const happening of happenings) {
          one.add(happening);
          growing.change(one.update());
          for (const signal of SENSES) growing.stretches(signal);
        }
        const segments = segmentsOf(stepsOf(happenings, numbers), end_us, numbers);
        expect(one.segments).to.deep.equal(segments);
        const whole = new Foresight(segments, end_us, numbers);
        for (const signal of SENSES) expect(growing.stretches(signal), signal).to.deep.equal(whole.stretches(signal));
        expect(growing.edges()).to.deep.equal(whole.edges());
      }),
      { numRuns: 60 },
    );
  });
});
