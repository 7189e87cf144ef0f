/** A sink that the fixture did not switch on because its output was not high, or let go of because it broke down under it: the unit's doing. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import type { OutputSignal } from '../../scenarios/signals.ts';
import { brokeDown, refusedSink } from './differences.ts';
import type { Evidence } from './findings.ts';
import { heldOutput } from './held.ts';
import type { Difference } from './result.ts';

export interface Refusal {
  readonly entry: string;
  readonly output: OutputSignal;
  /** The fixture's tick of the refusal, or where it does not say, when the sink was asked for. */
  readonly at_us: number;
  readonly uncertainty_us: number;
  /** The sink had been on: the output did not hold under it. */
  readonly letGo: boolean;
}

export const refusals = (testCase: Case, trace: Trace): readonly Refusal[] =>
  trace.stimuli.flatMap(({ entry: id, outcome, done_us, asked_us, uncertainty_us, letGo_us }): Refusal[] => {
    if (outcome !== 'refused' && letGo_us === undefined) return [];
    const action = testCase.timeline.entries.find((entry) => entry.id === id)?.do;
    if (action === undefined || (action.kind !== 'set' && action.kind !== 'pulse')) return [];
    const at_us = letGo_us ?? done_us ?? asked_us;
    const letGo = letGo_us !== undefined;
    const outputs = action.changes.filter(({ value }) => value !== 'off').map(({ signal }) => heldOutput(signal));
    return outputs.flatMap((output) =>
      output === undefined || at_us === null ? [] : [{ entry: id, output, at_us, uncertainty_us, letGo }],
    );
  });

/** The unit is blamed where nothing but high was allowed then, give or take the stamp; elsewhere the scenario asked for a sink too soon. */
export function refusalDifference({ prediction }: Evidence, { output, at_us, uncertainty_us, letGo }: Refusal): Difference {
  const spans = prediction.allowed.filter(
    ({ signal, from_us, to_us }) => signal === output && from_us <= at_us + uncertainty_us && to_us >= at_us - uncertainty_us,
  );
  const demanded = spans.length > 0 && spans.every(({ levels }) => levels.every((level) => level === 'high'));
  if (demanded && letGo) return brokeDown(output, at_us, uncertainty_us);
  return refusedSink(output, at_us, uncertainty_us, demanded ? spans[0] : undefined);
}

/** A sample this near to a refused sink was to be taken under it: a pulse lasts 50 ms at most. */
const UNDER_SINK_us = 50_000;

/** True where the quantity was to be measured under a sink that never came on, or was let go of before. */
export const withoutSink = (list: readonly Refusal[], analog: string, at_us: number): boolean =>
  list.some((one) => analog === `${one.output}Drop` && at_us >= one.at_us - one.uncertainty_us && at_us - one.at_us <= UNDER_SINK_us);
