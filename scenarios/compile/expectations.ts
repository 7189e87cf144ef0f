/** From the lines of `expect` to expectations, with the probes that a floating or low output needs. */

import { scenarioTime } from '../contracts/clocks.ts';
import type { Anchor, Expectation } from '../contracts/expectation.ts';
import { later, momentInstant, stepIndex } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { edgeText } from '../language/moments.ts';
import type { Moment } from '../language/moments.ts';
import { formatQuantity } from '../language/quantity.ts';
import { placeOf } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { ExpectLine } from '../language/shape-checks.ts';
import { isOutput } from '../signals.ts';
import type { Level, OutputSignal, SenseSignal } from '../signals.ts';
import { stepId } from './draft.ts';
import type { Draft } from './draft.ts';

/** A span's probe comes this long after its start, so that it is never at the instant of the step the span starts with. */
const SPAN_PROBE_us = 5_000;

export interface Instants {
  readonly steps: readonly Instant[];
  readonly end: Instant;
}

/** A probe the fixture is to make for an expectation. */
export interface WantedProbe {
  readonly output: OutputSignal;
  readonly instant: Instant;
  readonly path: Path;
}

const anchorOf = (moment: Moment, draft: Draft, { end }: Instants): Anchor => {
  switch (moment.kind) {
    case 'time':
      return { kind: 'time', at_us: scenarioTime(moment.at_us) };
    case 'edge':
      return { kind: 'edge', ...moment.edge, delay_us: moment.delay_us };
    case 'step':
      return { kind: 'entry', entry: stepId(draft.scenario, stepIndex(draft.scenario.steps, moment.step) ?? 0), delay_us: moment.delay_us };
    case 'end':
      return end.base === null
        ? { kind: 'time', at_us: scenarioTime(end.offset_us) }
        : { kind: 'entry', entry: stepId(draft.scenario, end.base), delay_us: end.offset_us };
  }
};

const momentText = (moment: Moment): string => {
  if (moment.kind === 'end') return 'the end';
  if (moment.kind === 'time') return formatQuantity(moment.at_us, 'time');
  const base = moment.kind === 'edge' ? edgeText(moment.edge) : typeof moment.step === 'number' ? `step ${moment.step}` : moment.step;
  return moment.delay_us === 0 ? base : `${base} + ${formatQuantity(moment.delay_us, 'time')}`;
};

const windowText = (notBefore_us: number | null, within_us: number | null): string => {
  const bounds = [
    ...(notBefore_us === null ? [] : [`not before ${formatQuantity(notBefore_us, 'time')}`]),
    ...(within_us === null ? [] : [`within ${formatQuantity(within_us, 'time')}`]),
  ];
  return bounds.join(', ');
};

const isProbed = (signal: SenseSignal, level: Level): signal is OutputSignal =>
  isOutput(signal) && (level === 'floating' || level === 'low');

/** The expectations of one line: one for each signal it names. */
const ofLine = (line: ExpectLine, index: number, draft: Draft, instants: Instants, probes: WantedProbe[]): readonly Expectation[] => {
  const path: Path = ['expect', index];
  const place = placeOf(draft.scenario, ...path);
  const id = `expect-${index + 1}`;
  if (line.kind === 'edge') {
    const { edge, notBefore_us, within_us } = line;
    const text = `${edgeText(edge)} after ${momentText(line.after)}, ${windowText(notBefore_us, within_us)}`;
    return [
      {
        kind: 'edge',
        id,
        text,
        place,
        signal: edge.signal,
        level: edge.level,
        after: anchorOf(line.after, draft, instants),
        notBefore_us,
        within_us,
      },
    ];
  }
  if (line.kind === 'never' || line.kind === 'eventually' || line.kind === 'order') {
    const frame = { id, place, from: anchorOf(line.from, draft, instants), to: anchorOf(line.to, draft, instants) };
    const over = `from ${momentText(line.from)} to ${momentText(line.to)}`;
    if (line.kind === 'order') {
      const { edges } = line;
      const [first] = edges;
      // A list without one is refused.
      if (first === undefined) return [];
      return [{ ...frame, kind: 'order', text: `in this order ${edges.map(edgeText).join(', ')} ${over}`, signal: first.signal, edges }];
    }
    if (line.kind === 'never') return [{ ...frame, kind: 'never', text: `never ${edgeText(line.edge)} ${over}`, ...line.edge }];
    const text = `eventually ${edgeText(line.edge)} after ${momentText(line.from)}, by ${momentText(line.to)}`;
    return [{ ...frame, kind: 'eventually', text, ...line.edge }];
  }
  const named = Object.entries(line.levels).filter((entry): entry is [SenseSignal, Level] => entry[1] !== undefined);
  return named.map(([signal, level]) => {
    const own = named.length === 1 ? id : `${id}-${signal}`;
    if (isProbed(signal, level)) {
      const instant = momentInstant(line.kind === 'at' ? line.at : line.from, draft.scenario, instants.steps, instants.end);
      if (instant !== null) probes.push({ output: signal, instant: line.kind === 'at' ? instant : later(instant, SPAN_PROBE_us), path });
    }
    if (line.kind === 'at') {
      return {
        kind: 'level',
        id: own,
        text: `${signal} is ${level} at ${momentText(line.at)}`,
        place,
        signal,
        level,
        at: anchorOf(line.at, draft, instants),
      };
    }
    const text = `${signal} stays ${level} from ${momentText(line.from)} to ${momentText(line.to)}`;
    return {
      kind: 'stays',
      id: own,
      text,
      place,
      signal,
      level,
      from: anchorOf(line.from, draft, instants),
      to: anchorOf(line.to, draft, instants),
    };
  });
};

export const compileExpectations = (
  draft: Draft,
  instants: Instants,
): { readonly expectations: readonly Expectation[]; readonly probes: readonly WantedProbe[] } => {
  const probes: WantedProbe[] = [];
  const expectations = draft.scenario.expect.flatMap((line, index) => ofLine(line, index, draft, instants, probes));
  return { expectations, probes };
};
