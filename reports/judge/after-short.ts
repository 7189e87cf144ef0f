/** Whether CHARGER comes back after the fixture has shorted it. */

import type { DriveSignal } from '../../scenarios/signals.ts';
import { atMost, intervalUncertainty_us } from './decision.ts';
import { notBack } from './differences.ts';
import { doubt, edgesOf, NOTHING, together, type Evidence, type Findings } from './findings.ts';
import type { Held } from './held.ts';
import { seconds } from './wording.ts';

/** What decides whether CHARGER is to be high; where one of them changes meanwhile the reference's windows judge alone. */
const ASKS: readonly DriveSignal[] = ['supply', 'pole1', 'pole3', 'pole4', 'remoteLink', 'remoteH', 'remoteL'];

function disturbed({ testCase, trace }: Evidence, { from_us, to_us }: Held): boolean {
  const busy = testCase.timeline.entries.filter(({ do: action }) => {
    if (action.kind === 'ramp') return true;
    return (action.kind === 'set' || action.kind === 'pulse') && action.changes.some(({ signal }) => ASKS.includes(signal));
  });
  return busy.some(({ id }) => {
    const stimulus = trace.stimuli.find(({ entry }) => entry === id);
    const begin_us = stimulus?.done_us ?? Infinity;
    return begin_us <= to_us && Math.max(begin_us, stimulus?.ended_us ?? begin_us) >= from_us;
  });
}

/** "Not judged while shorted and for 100 ms after, then must be high" (electrical.md, "Sinks"), where it had to be high before. */
function judgeOne(evidence: Evidence, held: Held): Partial<Findings> {
  const { prediction, trace } = evidence;
  const before = prediction.allowed.filter(
    ({ signal, from_us, to_us }) => signal === held.output && from_us < held.from_us && to_us >= held.from_us - 1,
  );
  const span = before.find(({ levels }) => levels.every((level) => level === 'high'));
  if (span === undefined || before.length > 1 || held.to_us >= trace.ended_us || disturbed(evidence, held)) return NOTHING;
  const own = edgesOf(trace.edges, held.output);
  const level = own.findLast(({ at_us }) => at_us <= held.to_us)?.level ?? trace.initial[held.output];
  if (level === 'high') return NOTHING;
  const limit = { at_us: held.to_us, uncertainty_us: 0 };
  const back = own.find(({ at_us }) => at_us > held.to_us);
  const decision = back === undefined ? 'fail' : atMost(back.at_us, held.to_us, intervalUncertainty_us(limit, back, trace.clock));
  if (decision === 'pass') return NOTHING;
  if (decision === 'fail') return { differences: [notBack(held, span, back)] };
  const text = `CHARGER came back ${seconds(held.to_us, 1)} after the fixture's short: too near to the 100 ms it may take to decide.`;
  return { marginal: [doubt('reference', held.output, text)] };
}

export const judgeAfterShort = (evidence: Evidence): Findings =>
  together(...evidence.held.filter(({ drive }) => drive === 'chargerShort').map((held) => judgeOne(evidence, held)));
