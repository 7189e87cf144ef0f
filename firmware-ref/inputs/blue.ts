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

type Event =
  | { readonly at_us: number; readonly segment: Segment; readonly edge: null }
  | { readonly at_us: number; readonly segment: null; readonly edge: LoadEdge };

const seesChange = (a: Segment, b: Segment): boolean => b.kind !== a.kind || b.kind !== 'steady' || a.inputs.remote !== b.inputs.remote;

/** The states since the supply is full, one for each change of the remote. */
function follow(run: readonly Segment[], next: Segment): readonly Segment[] {
  if (next.kind !== 'steady') return [];
  return run.at(-1)?.inputs.remote === next.inputs.remote ? run : [...run, next];
}

const NONE: readonly Segment[] = [];

/** Those that the LED may still see, because the next one is due only after `at_us`. */
const stillSeen = (run: readonly Segment[], at_us: number): readonly Segment[] =>
  run.length < 2 ? NONE : run.filter((_, index) => index + 1 < run.length && run[index + 1]!.due_us > at_us);

/** What an edge of LOAD makes of a state. */
type Shown = Pick<Segment, 'load' | 'from_us' | 'due_us' | 'tolerance_us' | 'cause' | 'cause_us' | 'since'>;

const withLoad = (one: Segment, index: number, edge: Shown, kind: Segment['kind'], changed: number): Segment =>
  segmentOf({
    index,
    kind,
    inputs: one.inputs,
    from_us: edge.from_us,
    due_us: edge.due_us,
    lag_us: one.lag_us,
    tolerance_us: edge.tolerance_us,
    lost: one.lost,
    cause: edge.cause,
    cause_us: edge.cause_us,
    changed,
    write: one.write,
    pole1_us: one.pole1_us,
    pole1Entry: one.pole1Entry,
    gap_us: one.gap_us,
    load: edge.load,
    since: edge.since,
  });

/** More than any stamp error. */
const PAST_us = 1_000;

export function blueSegments(segments: readonly Segment[], edges: readonly LoadEdge[], numbers: Numbers): readonly Segment[] {
  const events: Event[] = [];
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index]!;
    if (segment.kind !== 'between' && (index === 0 || seesChange(segments[index - 1]!, segment)))
      events.push({ at_us: segment.from_us[0], segment, edge: null });
  }
  for (const edge of edges) events.push({ at_us: edge.at_us[0], segment: null, edge });
  const list: Segment[] = [];
  let run: readonly Segment[] = [];
  let load = false;
  let changed_us = -Infinity;
  let startDue_us = -Infinity;
  for (const event of events.toSorted((a, b) => a.at_us - b.at_us)) {
    const index = list.length;
    const last = list.at(-1);
    if (event.segment !== null) {
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
      const edge: Shown = { load, from_us, due_us, tolerance_us, cause, cause_us: at_us[0], since };
      // Remote and LOAD reach it on different ways: it may see the new LOAD with a remote that has gone, but no longer than it may see that remote.
      const stale = stillSeen(run, at_us[0]);
      for (const one of stale) list.push(withLoad(one, list.length, edge, 'between', 0));
      if (stale.length > 0) list.push(segmentOf({ ...last, index: list.length, due_us: run.at(-1)!.due_us }));
      list.push(withLoad(last, list.length, edge, last.kind, last.changed));
    }
  }
  return inOrderOfDue(list);
}
