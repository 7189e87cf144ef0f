/** Rules on the order of steps and on moments after the end: what cannot happen in the order written is refused before it runs. */

import {
  MIN_SPACING_us,
  Windows,
  duration_us,
  endInstant,
  hasUnknownTime,
  isRepetition,
  later,
  momentInstant,
  origin,
  separation_us,
  stepInstants,
} from '../instants.ts';
import type { Instant } from '../instants.ts';
import type { Moment } from '../moments.ts';
import { formatQuantity } from '../quantity.ts';
import { type Path, stepLabel } from '../scenario.ts';
import type { ScenarioContent, Step } from '../shape.ts';
import { spanKeys } from '../shape-checks.ts';
import { atValue } from './finding.ts';
import type { Finding } from './finding.ts';

const seconds = (us: number): string => formatQuantity(us, 'time');

const between = ({ bounds_us: [earliest, latest] }: Instant): string =>
  earliest === latest ? `at ${seconds(earliest)}` : `between ${seconds(earliest)} and ${seconds(latest)}`;

/** A repetition that would begin before the round before it is over. */
const tooOften = (content: ScenarioContent, windows: Windows, own: Instant, index: number): readonly Finding[] => {
  const every_us = content.steps[index]?.every;
  if (every_us === undefined) return [];
  const [, latest] = windows.of(own.base)[index - 1] ?? [0, 0];
  const lacks_us = latest + MIN_SPACING_us - own.offset_us;
  if (lacks_us <= 0) return [];
  const message = `this is to come again every ${seconds(every_us)}, but its last step may be as late as ${seconds(every_us + lacks_us - MIN_SPACING_us)} after its first`;
  return [atValue('too-often', ['steps', index, 'every'], message, `give it ${seconds(every_us + lacks_us)} or more`)];
};

const order = (content: ScenarioContent, instants: readonly Instant[], windows: Windows): readonly Finding[] =>
  content.steps.flatMap((step, index): readonly Finding[] => {
    const own = instants[index];
    if (isRepetition(step) && own !== undefined) return tooOften(content, windows, own, index);
    const previous = instants[index - 1] ?? origin(content.given);
    const before = index === 0 ? 'the start' : stepLabel(content, index - 1);
    const path = ['steps', index, step.at === undefined ? 'wait' : 'at'];
    if (step.wait !== undefined && step.wait < MIN_SPACING_us) {
      return [
        atValue(
          'too-close',
          path,
          `${seconds(step.wait)} is less than the ${MIN_SPACING_us} us between two instants`,
          'join the steps, or wait longer',
        ),
      ];
    }
    if (step.at === undefined) return [];
    const [, latest] = previous.bounds_us;
    const gap = step.at - latest;
    const when = `${stepLabel(content, index)} at ${seconds(step.at)}`;
    if (gap >= MIN_SPACING_us) return [];
    if (previous.base !== null) {
      const message = `${when} may come before ${before}, which comes ${between(previous)}`;
      return [atValue('unreachable', path, message, `use wait:, or a time after ${seconds(latest)}`)];
    }
    if (gap < 0)
      return [atValue('backwards', path, `${when} comes before ${before} at ${seconds(latest)}`, 'write steps in the order of time')];
    if (gap === 0 && index > 0)
      return [atValue('same-time', path, `${when} is at the same instant as ${before}`, 'one step takes several words')];
    const message = `${when} is less than ${MIN_SPACING_us} us after ${before} at ${seconds(latest)}`;
    return [atValue('too-close', path, message, index === 0 ? 'what holds from the start belongs to given' : 'move one of them')];
  });

/** A step, or the end of one that takes back what it did. */
interface Mark {
  readonly instant: Instant;
  readonly step: number;
  readonly isEnd: boolean;
}

/** Whether the step is over with a change of its own: a ramp only stops. */
const takesBack = ({ supply, for: for_us }: Step): boolean => for_us !== undefined || supply?.kind === 'dip' || supply?.kind === 'pulse';

/** What would happen in one tick, or nearly so, with what a step takes back: nothing that follows could be told to come from either. */
const onEnds = (content: ScenarioContent, instants: readonly Instant[]): readonly Finding[] => {
  if (!content.steps.some(takesBack)) return [];
  const marks = content.steps.flatMap((step, index): readonly Mark[] => {
    const instant = instants[index];
    if (instant === undefined) return [];
    const own: Mark = { instant, step: index, isEnd: false };
    return takesBack(step) ? [own, { instant: later(instant, duration_us(step)), step: index, isEnd: true }] : [own];
  });
  const found: Finding[] = [];
  for (const together of Map.groupBy(marks, ({ instant }) => instant.base).values()) {
    const sorted = together.toSorted((a, b) => a.instant.offset_us - b.instant.offset_us);
    for (const [position, mark] of sorted.entries()) {
      const before = sorted[position - 1];
      if (before === undefined || before.step === mark.step || !(before.isEnd || mark.isEnd)) continue;
      if (mark.instant.offset_us - before.instant.offset_us >= MIN_SPACING_us) continue;
      const finding = onEnd(content, before, mark);
      // Every round does what the second one does.
      if (finding.id !== 'too-often' || !found.some(({ id }) => id === 'too-often')) found.push(finding);
    }
  }
  return found;
};

const onEnd = (content: ScenarioContent, a: Mark, b: Mark): Finding => {
  const [ends, meets] = a.isEnd ? [a, b] : [b, a];
  const own = content.steps[meets.step] ?? {};
  const what = meets.isEnd ? 'is over' : 'comes';
  const message = `${stepLabel(content, meets.step)} ${what} in the instant in which ${stepLabel(content, ends.step)} is over`;
  const isRound = own.repeat?.first !== undefined && isRepetition(own);
  const hint = `leave more than 2 s between them where the unit is to answer to each, ${MIN_SPACING_us} us at the least`;
  if (isRound && !meets.isEnd) return atValue('too-often', ['steps', meets.step, 'every'], message, hint);
  const key = meets.isEnd ? 'for' : (['at', 'wait'] as const).find((word) => own[word] !== undefined);
  return atValue('too-close', ['steps', meets.step, ...(key === undefined ? [] : [key])], message, hint);
};

interface Judged {
  readonly path: Path;
  readonly moment: Moment;
  /** How long after the moment it is judged. */
  readonly plus_us: number;
  /** False where a limit merely may lie behind the end: an edge that came before it is judged all the same. */
  readonly always: boolean;
}

/** Every moment of the checks, with its path. */
const moments = ({ expect, measure }: ScenarioContent, dropped: ReadonlySet<string>): readonly Judged[] => [
  ...expect.flatMap((line, index): readonly Judged[] => {
    if (dropped.has(`expect.${index}`)) return [];
    const at = (key: string, moment: Moment) => ({ path: ['expect', index, key], moment, plus_us: 0, always: true });
    if (line.kind === 'at') return [at('at', line.at)];
    if (line.kind !== 'edge') {
      const [from, to] = spanKeys(line);
      return [at(from, line.from), at(to, line.to)];
    }
    return [{ ...at('after', line.after), plus_us: Math.max(line.within_us ?? 0, line.notBefore_us ?? 0), always: false }];
  }),
  ...measure.flatMap((line, index) =>
    dropped.has(`measure.${index}`) || line.kind === 'switching'
      ? []
      : [{ path: ['measure', index, 'at'], moment: line.at, plus_us: 0, always: true }],
  ),
];

const afterEnd = (
  content: ScenarioContent,
  instants: readonly Instant[],
  end: Instant,
  dropped: ReadonlySet<string>,
  windows: Windows,
): readonly Finding[] => {
  return moments(content, dropped).flatMap(({ path, moment, plus_us, always }) => {
    const instant = moment.kind === 'end' ? null : momentInstant(moment, content, instants, end);
    if (instant === null) return [];
    const due = later(instant, plus_us);
    const [earliest, latest] = windows.ofEnd(due.base, end);
    if ((always ? earliest : latest) >= due.offset_us) return [];
    const message = `this is judged ${between(due)}, the scenario ends ${between(end)}`;
    return [atValue('after-end', path, message, 'lengthen it with until:')];
  });
};

const spans = (content: ScenarioContent, instants: readonly Instant[], end: Instant): readonly Finding[] =>
  content.expect.flatMap((line, index) => {
    if (line.kind === 'edge' && line.notBefore_us !== null && line.within_us !== null && line.notBefore_us > line.within_us) {
      return [atValue('backwards', ['expect', index, 'within'], '"within" is shorter than "not before"', 'the edge comes between the two')];
    }
    if (line.kind === 'at' || line.kind === 'edge' || (line.kind !== 'stays' && line.from.kind === 'end')) return [];
    const from = momentInstant(line.from, content, instants, end);
    const to = momentInstant(line.to, content, instants, end);
    if (from === null || to === null || separation_us(from, to)[1] > 0) return [];
    const [first, last] = spanKeys(line);
    return [atValue('backwards', ['expect', index, last], 'this span ends before it starts', `${first} comes before ${last}`)];
  });

const until = (content: ScenarioContent, instants: readonly Instant[]): readonly Finding[] => {
  const last = content.steps.at(-1);
  if (content.until?.kind !== 'at') return [];
  const over = later(instants.at(-1) ?? origin(content.given), last === undefined ? 0 : duration_us(last));
  const [, latest] = over.bounds_us;
  if (content.until.at_us >= latest + MIN_SPACING_us) return [];
  const message = `the scenario ends at ${seconds(content.until.at_us)}, its last step is over ${between(over)}`;
  return [atValue('until-too-early', ['until'], message, `end after ${seconds(latest)}, or use until: { wait: 3 s }`)];
};

/** `dropped` names checks (`expect.2`) that could not be read. */
export const timeFindings = (content: ScenarioContent, dropped: ReadonlySet<string>): readonly Finding[] => {
  const instants = stepInstants(content);
  const end = endInstant(content, instants);
  const windows = new Windows(content, instants);
  const inOrder = order(content, instants, windows);
  const sure = [...(inOrder.length > 0 ? inOrder : onEnds(content, instants)), ...until(content, instants)];
  // With a step of unknown time nothing after it has a known place.
  return hasUnknownTime(content)
    ? sure
    : [...sure, ...afterEnd(content, instants, end, dropped, windows), ...spans(content, instants, end)];
};
