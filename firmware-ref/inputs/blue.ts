/** What the blue LED sees: supply and remote as everyone, and LOAD, whose edges it follows or leads by one reaction (R17, R16). */

import type { CauseRef } from '../../scenarios/contracts/prediction.ts';
import type { Numbers } from '../parameters.ts';
import { inOrderOfDue, segmentOf, type Segment } from './segments.ts';
import type { Since } from './since.ts';
import type { Interval } from './steps.ts';

/** An edge of LOAD, observed or predicted. */
export interface LoadEdge {
  readonly high: boolean;
  readonly at_us: Interval;
  readonly tolerance_us: number;
  readonly cause: CauseRef;
  readonly since: Since | null;
}

type Event = { readonly segment: Segment } | { readonly edge: LoadEdge };
const time_us = (event: Event): number => ('segment' in event ? event.segment.from_us[0] : event.edge.at_us[0]);

const seesChange = (a: Segment | undefined, b: Segment): boolean =>
  a === undefined || b.kind !== a.kind || b.kind !== 'steady' || a.inputs.remote !== b.inputs.remote;

/** The states since the supply is full, one for each change of the remote. */
function follow(run: readonly Segment[], next: Segment): readonly Segment[] {
  if (next.kind !== 'steady') return [];
  return run.at(-1)?.inputs.remote === next.inputs.remote ? run : [...run, next];
}

/** Those that the LED may still see, because the next one is due only after `at_us`. */
const stillSeen = (run: readonly Segment[], at_us: number): readonly Segment[] =>
  run.filter((_, index) => (run[index + 1]?.due_us ?? -Infinity) > at_us);

/** More than any stamp error. */
const PAST_us = 1_000;

export function blueSegments(segments: readonly Segment[], edges: readonly LoadEdge[], numbers: Numbers): readonly Segment[] {
  const own = segments.filter((segment, index) => seesChange(segments[index - 1], segment) && segment.kind !== 'between');
  const events: readonly Event[] = [...own.map((segment) => ({ segment })), ...edges.map((edge) => ({ edge }))];
  const list: Segment[] = [];
  let run: readonly Segment[] = [];
  let load = false;
  let changed_us = -Infinity;
  let startDue_us = -Infinity;
  for (const event of events.toSorted((a, b) => time_us(a) - time_us(b))) {
    const index = list.length;
    const last = list.at(-1);
    if ('segment' in event) {
      if (event.segment.kind === 'restart') startDue_us = event.segment.due_us;
      run = follow(run, event.segment);
      list.push(segmentOf({ ...event.segment, index, load }));
    } else if (last !== undefined) {
      const { at_us, cause } = event.edge;
      load = event.edge.high;
      // Leading by a whole reaction it could skip a state that lasts longer than one (R16). It may always light up with LOAD itself.
      const lasted = at_us[0] - changed_us > numbers.reaction_us;
      const shown_us = lasted ? Math.min(changed_us + numbers.reaction_us + PAST_us, at_us[0] - PAST_us) : -Infinity;
      const ahead_us = Math.max(at_us[0] - numbers.reaction_us, last.from_us[0], shown_us);
      const since = event.edge.since !== null && event.edge.since.at_us >= ahead_us ? event.edge.since : null;
      const from_us: Interval = [since?.at_us ?? ahead_us, at_us[1]];
      const tolerance_us = Math.max(event.edge.tolerance_us, since?.tolerance_us ?? 0);
      changed_us = at_us[1];
      // While the supply is away LOAD means nothing to it; a blue LED that starts has its own time.
      const due_us = last.kind === 'steady' ? Math.max(at_us[1] + numbers.reaction_us, startDue_us) : last.due_us;
      const edge = { load, from_us, due_us, tolerance_us, cause, cause_us: at_us[0], since };
      // Remote and LOAD reach it on different ways: it may see the new LOAD with a remote that has gone, but no longer than it may see that remote.
      const stale = stillSeen(run, at_us[0]);
      for (const one of stale) list.push(segmentOf({ ...one, ...edge, kind: 'between', index: list.length, changed: 0 }));
      if (stale.length > 0) list.push(segmentOf({ ...last, index: list.length, due_us: run.at(-1)!.due_us }));
      list.push(segmentOf({ ...last, ...edge, index: list.length }));
    }
  }
  return inOrderOfDue(list);
}
