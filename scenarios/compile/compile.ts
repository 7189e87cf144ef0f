/** From a scenario to its cases: inert timelines with everything the bench, the model and the judge need, and nothing left to decide. */

import type { Case } from '../contracts/case.ts';
import { scenarioTime } from '../contracts/clocks.ts';
import type { Issue } from '../contracts/issue.ts';
import type { TimelineEntry } from '../contracts/timeline.ts';
import { MIN_SPACING_us, endInstant, hasUnknownTime, stepInstants } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { formatQuantity } from '../language/quantity.ts';
import { findingIssue, inOrder } from '../language/rules/finding.ts';
import { placeOf } from '../language/scenario.ts';
import type { Scenario } from '../language/scenario.ts';
import { SENSES } from '../signals.ts';
import { attachedOf, checkAttached } from './attached.ts';
import { measurementsOf, placeChecks } from './checks.ts';
import { Draft } from './draft.ts';
import type { DraftEntry } from './draft.ts';
import { compileExpectations } from './expectations.ts';
import { warnIdle } from './idle.ts';
import { answersExpected } from './questions.ts';
import { checkSinks } from './sinks.ts';
import { GIVEN_us, givenEntries, stepEntries } from './steps.ts';
import { whenOf } from './triggers.ts';

/** The case is null where one of the issues is an error. */
export interface Compiled {
  readonly case: Case | null;
  readonly issues: readonly Issue[];
}

/** The last two parts of the path without the extension: `regression/r03-wait`. */
export const caseId = (file: string): string =>
  file
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .slice(-2)
    .join('/')
    .replace(/\.ya?ml$/u, '');

/** An entry that a ramp of the bank brings at a time of its own; a question's answer has none. */
const isCrossing = ({ path }: DraftEntry): boolean => path[0] === 'steps' && path.length === 3 && path[2] !== 'ask';

const isEnd = ({ path: [first, , last] }: DraftEntry): boolean => first === 'steps' && last === 'for';
const isStep = ({ path }: DraftEntry): boolean => path[0] === 'steps' && path.length === 2;
/** Of steps, and of what they take back, the rules on times have told. */
const isTold = (a: DraftEntry, b: DraftEntry): boolean => (isEnd(a) && (isEnd(b) || isStep(b))) || (isEnd(b) && isStep(a));

/** Refuses ramp crossings that lie closer to anything else than the fixture can tell apart; steps and checks have their own rules. */
const checkSpacing = (draft: Draft): void => {
  const sorted = draft.entries.toSorted(
    (a, b) => (a.instant.base ?? -1) - (b.instant.base ?? -1) || a.instant.offset_us - b.instant.offset_us,
  );
  for (const [index, entry] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before === undefined || before.instant.base !== entry.instant.base || !(isCrossing(before) || isCrossing(entry))) continue;
    if (isTold(before, entry)) continue;
    const gap_us = entry.instant.offset_us - before.instant.offset_us;
    if (gap_us >= MIN_SPACING_us) continue;
    const when = formatQuantity(entry.instant.bounds_us[0], 'time');
    const message = `${entry.id} at ${when} is ${gap_us} us after ${before.id}; the fixture keeps ${MIN_SPACING_us} us between two instants`;
    draft.refuse('too-close', isCrossing(entry) ? entry.path : before.path, message, 'move one of them, or change the slope');
  }
};

const bounds = ({ bounds_us: [earliest, latest] }: Instant) => [scenarioTime(earliest), scenarioTime(latest)] as const;

const entryOf = (draft: Draft, { id, instant, trigger, path, do: action }: DraftEntry, steps: readonly Instant[]): TimelineEntry => ({
  id,
  when: trigger ?? whenOf(draft, instant, steps, path),
  do: action,
  bounds_us: bounds(instant),
  place: placeOf(draft.scenario, ...path),
});

/** Compiles a scenario at one point of its sweep. Every Issue at once. */
export const compile = (scenario: Scenario, point = '', parameters: Case['parameters'] = {}): Compiled => {
  const draft = new Draft(scenario);
  const steps = stepInstants(scenario);
  const end = endInstant(scenario, steps);
  let stand = givenEntries(draft);
  for (const [index, step] of scenario.steps.entries()) {
    const instant = steps[index];
    if (instant !== undefined) stand = stepEntries(draft, stand, step, index, instant, steps);
  }
  warnIdle(draft);
  const { expectations: demands, probes } = compileExpectations(draft, { steps, end });
  const expectations = [...demands, ...answersExpected(draft)];
  // Compiled from the rest of a file with mistakes, a step of unknown time would only breed more of them.
  if (!hasUnknownTime(scenario)) {
    placeChecks(draft, { steps, end }, probes);
    checkSpacing(draft);
    checkAttached(draft);
    checkSinks(draft, steps);
  }
  // A stable sort by the earliest instant keeps what hangs on an entry behind it: it is added, and happens, later.
  const entries = draft.entries
    .toSorted((a, b) => a.instant.bounds_us[0] - b.instant.bounds_us[0])
    .map((entry) => entryOf(draft, entry, steps));
  const endWhen = whenOf(draft, end, steps, scenario.until === undefined ? [] : ['until']);
  const issues = inOrder(draft.findings.map((finding) => findingIssue(scenario, finding)));
  if (issues.some(({ severity }) => severity === 'error')) return { case: null, issues };

  const measurements = measurementsOf(draft);
  const only: Case = {
    id: point === '' ? caseId(scenario.path) : `${caseId(scenario.path)}[${point}]`,
    title: scenario.scenario,
    place: placeOf(scenario, 'scenario'),
    parameters,
    covers: scenario.covers,
    coversPlace: placeOf(scenario, 'covers'),
    tags: scenario.tags,
    attached: attachedOf(draft),
    decided: draft.decided,
    timeline: {
      entries,
      captures: SENSES.map((signal) => ({ signal, from_us: scenarioTime(GIVEN_us), to_us: null })),
      end: endWhen,
      endBounds_us: bounds(end),
    },
    expectations,
    measurements,
    planned: ['reference', ...expectations.map(({ id }) => id), ...measurements.map(({ id }) => id)],
    scenarioHash: scenario.hash,
  };
  return { case: only, issues };
};
