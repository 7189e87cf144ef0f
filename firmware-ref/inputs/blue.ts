/** What the blue LED sees: supply and remote as everyone, and LOAD, whose edges it follows or leads by one reaction (R17, R16). */

import type { CauseRef } from '../../scenarios/contracts/prediction.ts';
import type { Numbers } from '../parameters.ts';
import { faceOf } from './face.ts';
import { inOrderOfDue, type Segment } from './segments.ts';
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

/** States in which the remote was another one than now, and that the LED may still see: until later than `after_us`. */
function unseen(list: readonly Segment[], after_us: number): readonly Segment[] {
  const last = list.at(-1);
  const found: Segment[] = [];
  for (let index = list.length - 2; index >= 0 && list[index + 1]!.from_us[1] > after_us; index--) {
    const one = list[index]!;
    if (one.kind !== 'steady' || last?.kind !== 'steady') break;
    const { remote } = one.inputs;
    if (remote !== last.inputs.remote && found.every(({ inputs }) => inputs.remote !== remote)) found.push(one);
  }
  return found;
}

const faced = (segment: Segment): Segment => ({ ...segment, face: faceOf(segment) });

/** More than any stamp error. */
const PAST_us = 1_000;

export function blueSegments(segments: readonly Segment[], edges: readonly LoadEdge[], numbers: Numbers): readonly Segment[] {
  const own = segments.filter((segment, index) => seesChange(segments[index - 1], segment) && segment.kind !== 'between');
  const events: readonly Event[] = [...own.map((segment) => ({ segment })), ...edges.map((edge) => ({ edge }))];
  const list: Segment[] = [];
  let load = false;
  let changed_us = -Infinity;
  let startDue_us = -Infinity;
  for (const event of events.toSorted((a, b) => time_us(a) - time_us(b))) {
    const index = list.length;
    const last = list.at(-1);
    if ('segment' in event) {
      if (event.segment.kind === 'restart') startDue_us = event.segment.due_us;
      list.push(faced({ ...event.segment, index, load }));
    } else if (last !== undefined) {
      const { at_us, cause } = event.edge;
      load = event.edge.high;
      // Leading by a whole reaction it could skip a state that lasts longer than one (R16).
      const shown_us = at_us[0] - changed_us > numbers.reaction_us ? changed_us + numbers.reaction_us + PAST_us : -Infinity;
      const ahead_us = Math.max(at_us[0] - numbers.reaction_us, last.from_us[0], shown_us);
      const since = event.edge.since !== null && event.edge.since.at_us >= ahead_us ? event.edge.since : null;
      const from_us: Interval = [since?.at_us ?? ahead_us, at_us[1]];
      const tolerance_us = Math.max(event.edge.tolerance_us, since?.tolerance_us ?? 0);
      changed_us = at_us[1];
      // While the supply is away LOAD means nothing to it; a blue LED that starts has its own time.
      const due_us = last.kind === 'steady' ? Math.max(at_us[1] + numbers.reaction_us, startDue_us) : last.due_us;
      const edge = { load, from_us, due_us, tolerance_us, cause, cause_us: at_us[0], since };
      for (const one of unseen(list, at_us[0] - numbers.reaction_us))
        list.push(faced({ ...one, ...edge, kind: 'between', index: list.length, changed: 0 }));
      list.push(faced({ ...last, ...edge, index: list.length }));
    }
  }
  return inOrderOfDue(list);
}
