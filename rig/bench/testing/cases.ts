/** Cases written out for tests of the bench, without the scenario compiler. */

import type { Case } from '../../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../../scenarios/contracts/clocks.ts';
import type { Action, DriveChange, Timeline, TimelineEntry, When } from '../../../scenarios/contracts/timeline.ts';
import type { DriveSignal, DriveValue, SenseLevel, SenseSignal } from '../../../scenarios/signals.ts';

const PLACE = { file: 'bench.test.yaml', line: 1, col: 1 };

export const set = (changes: Partial<Record<DriveSignal, DriveValue>>): Action => ({
  kind: 'set',
  changes: Object.entries(changes).map(([signal, value]) => ({ signal, value }) as DriveChange),
});

const entry = (id: string, when: When, action: Action, from_us: number, to_us: number): TimelineEntry => ({
  id,
  when,
  do: action,
  bounds_us: [scenarioTime(from_us), scenarioTime(to_us)],
  place: PLACE,
});

export const at = (id: string, at_us: number, action: Action): TimelineEntry =>
  entry(id, { kind: 'at', at_us: scenarioTime(at_us) }, action, at_us, at_us);

export const after = (id: string, parent: TimelineEntry, delay_us: number, action: Action): TimelineEntry =>
  entry(id, { kind: 'afterEntry', entry: parent.id, delay_us }, action, parent.bounds_us[0] + delay_us, parent.bounds_us[1] + delay_us);

export const afterEdge = (
  id: string,
  parent: TimelineEntry,
  edge: readonly [SenseSignal, SenseLevel],
  delay_us: number,
  timeout_us: number,
  action: Action,
): TimelineEntry =>
  entry(
    id,
    { kind: 'afterEdge', signal: edge[0], level: edge[1], armedBy: parent.id, delay_us, timeout_us },
    action,
    parent.bounds_us[0] + delay_us,
    parent.bounds_us[1] + timeout_us + delay_us,
  );

export const timeline = (end_us: number, entries: readonly TimelineEntry[], end?: When): Timeline => ({
  entries,
  captures: [],
  end: end ?? { kind: 'at', at_us: scenarioTime(end_us) },
  endBounds_us: [scenarioTime(end_us), scenarioTime(end_us)],
});

export const caseOf = (plan: Timeline): Case => ({
  id: 'bench/test',
  title: 'a test of the bench',
  place: PLACE,
  parameters: {},
  covers: [],
  coversPlace: PLACE,
  tags: [],
  attached: {},
  decided: [],
  timeline: plan,
  expectations: [],
  measurements: [],
  planned: ['reference'],
  scenarioHash: '0'.repeat(64),
});

/** Poles closed, link closed, then 26 V at 0. */
export const POWERED: readonly TimelineEntry[] = [
  at('given', -100_000, set({ pole1: 'closed', pole3: 'closed', pole4: 'closed', remoteLink: 'closed' })),
  at('power', 0, set({ supply: { mV: 26_000 } })),
];
