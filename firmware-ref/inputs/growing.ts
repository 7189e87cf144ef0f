/** The segments of a timeline that grows at its end: what was there before is not worked out again. */

import type { Numbers } from '../parameters.ts';
import { inOrderOfDue, SegmentList, segmentsOf, type Segment } from './segments.ts';
import type { Step } from './steps.ts';

const sameStep = (a: Step, b: Step): boolean =>
  a.entry === b.entry &&
  a.at_us[0] === b.at_us[0] &&
  a.at_us[1] === b.at_us[1] &&
  a.gap_us === b.gap_us &&
  a.smooth === b.smooth &&
  a.tolerance_us === b.tolerance_us &&
  a.changes.length === b.changes.length &&
  a.changes.every(({ signal, value }, index) => b.changes[index]!.signal === signal && b.changes[index]!.value === value);

/** Like `segmentsOf` for one list of steps after the other. The same array comes back where nothing has changed. */
export function growing(end_us: number, numbers: Numbers): (steps: readonly Step[]) => readonly Segment[] {
  let known: readonly Step[] = [];
  let list = new SegmentList(numbers);
  let length = 0;
  let segments: readonly Segment[] = [];
  return (steps) => {
    if (known.length > steps.length || !known.every((step, index) => sameStep(step, steps[index]!))) {
      list = new SegmentList(numbers);
      known = [];
      length = 0;
    }
    for (const step of steps.slice(known.length)) list.add(step);
    known = steps;
    // A supply that is lost at the end adds a segment which all steps have a say in, and which must not stay in the list.
    if (list.losesSupplyBy(end_us)) {
      length = 0;
      segments = segmentsOf(steps, end_us, numbers);
    } else if (list.segments.length !== length) {
      length = list.segments.length;
      segments = inOrderOfDue(list.segments);
    }
    return segments;
  };
}
