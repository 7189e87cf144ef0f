/** The blue LED over a planned timeline: it follows or leads LOAD by one reaction, and is dark where the unit is off (R17, R11). */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { CITES } from '../rules/cites.ts';
import type { Reach } from './reach.ts';
import { around, type Holding, type Stretch } from './spans.ts';

interface Lightable extends Pick<Segment, 'cause' | 'cause_us'> {
  readonly from_us: number;
  readonly to_us: number;
  readonly free: boolean;
}

/** When the LED may be lit at all, and when it may be anything. */
function lightable(segments: readonly Segment[]): readonly Lightable[] {
  return segments.flatMap((segment, index) => {
    const { kind, inputs, from_us } = segment;
    const free = kind === 'free' || kind === 'resume' || kind === 'restart' || (kind !== 'off' && inputs.remote === 'either');
    const to_us = segments[index + 1]?.due_us ?? Infinity;
    return kind === 'off' || (!free && inputs.remote === 'off')
      ? []
      : [{ from_us: from_us[0], to_us, free, cause: segment.cause, cause_us: segment.cause_us }];
  });
}

export function blueHoldings(load: Reach, segments: readonly Segment[], numbers: Numbers): readonly Holding[] {
  const spans = lightable(segments);
  const wide = load.nodes.map((node) => ({
    high: node.high,
    from_us: node.from_us - numbers.reaction_us,
    to_us: node.to_us + numbers.reaction_us,
  }));
  const lit = wide
    .filter(({ high }) => high)
    .flatMap((holding) =>
      spans.flatMap((span): readonly Holding[] => {
        const [from_us, to_us] = [Math.max(holding.from_us, span.from_us), Math.min(holding.to_us, span.to_us)];
        return from_us <= to_us ? [{ high: true, from_us, to_us, cite: 'blue' }] : [];
      }),
    );
  const dark = wide.filter(({ high }) => !high).map((holding): Holding => ({ ...holding, cite: 'blue' }));
  const free = spans
    .filter((span) => span.free)
    .flatMap(({ from_us, to_us }): readonly Holding[] => [true, false].map((high) => ({ high, from_us, to_us, cite: 'ledStart' })));
  return [...lit, ...dark, ...free];
}

/** While the unit starts, or the supply is where anything may happen, the LED may go on and off. */
export function freeEdges(segments: readonly Segment[]): readonly PredictedEdge[] {
  const { rule, requirement, parameters, certainty, why } = CITES.ledStart;
  return lightable(segments)
    .filter(({ free, from_us, to_us }) => free && to_us > from_us)
    .flatMap(({ from_us, to_us, cause, cause_us }, index) =>
      (['on', 'off'] as const).map((level): PredictedEdge => ({
        id: `ledBlue-free-${index + 1}-${level}`,
        signal: 'ledBlue',
        level,
        combine: 'all',
        causes:
          cause === null
            ? []
            : [
                {
                  ref: cause,
                  min_us: from_us - cause_us,
                  max_us: to_us - cause_us,
                },
              ],
        window_us: [scenarioTime(from_us), scenarioTime(to_us)],
        required: false,
        observed: null,
        consequence: false,
        rule,
        requirement,
        parameters,
        certainty,
        why,
      })),
    );
}

/** One edge for each of LOAD, where the LED may still do it. */
export function blueEdges(loadEdges: readonly PredictedEdge[], stretches: readonly Stretch[], numbers: Numbers): readonly PredictedEdge[] {
  const { rule, requirement, parameters, certainty, why } = CITES.blue;
  return loadEdges.flatMap((edge, index): readonly PredictedEdge[] => {
    const high = edge.level === 'high';
    const wide = [edge.window_us[0] - numbers.reaction_us, edge.window_us[1] + numbers.reaction_us] as const;
    const both = stretches.flatMap((one, at) => (one.levels === 3 ? [[one.from_us, stretches[at + 1]?.from_us ?? Infinity] as const] : []));
    const overlap = ([from, to]: readonly [number, number]): number => Math.min(to, wide[1]) - Math.max(from, wide[0]);
    const room = both.toSorted((a, b) => overlap(b) - overlap(a))[0];
    if (room === undefined || overlap(room) < 0) return [];
    const [from_us, to_us] = [Math.max(wide[0], room[0]), Math.min(wide[1], room[1])];
    const { before, after } = around(stretches, from_us, to_us);
    const max_us = numbers.reaction_us;
    return [
      {
        id: `ledBlue-${index + 1}`,
        signal: 'ledBlue',
        level: high ? 'on' : 'off',
        combine: 'all',
        causes: [
          {
            ref: {
              kind: 'predicted',
              edge: edge.id,
            },
            min_us: -max_us,
            max_us,
          },
        ],
        window_us: [scenarioTime(from_us), scenarioTime(to_us)],
        required: edge.required && after === (high ? 2 : 1) && (before === (high ? 1 : 2) || before === 3 || before === 0),
        observed: null,
        consequence: false,
        rule,
        requirement,
        parameters,
        certainty,
        why,
      },
    ];
  });
}
