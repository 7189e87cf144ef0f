/** PRE-ALARM: high on a warning or a low cell until LOAD floats (R2, R5, R8-R12). */

import type { Segment } from '../inputs/segments.ts';
import { choice, either, never, NO_CHOICE, outBecause, withoutSupply, type Choice, type Memo, type SignalRules } from './rule.ts';

/** After these the warning that led to a trip has not cleared: out of service that may be remembered, as the trip itself may (R12). */
const AFTER_TRIP: readonly Memo[] = ['quiet', 'tripping', 'loose', 'recovered', 'spent'];

/** Cell not low: PRE-ALARM follows the warning; after a trip it may keep off until the warning has cleared (R10). */
function cellFine(memo: Memo, { inputs }: Segment, high: boolean): readonly Choice[] {
  if (!inputs.pole4Open) return [choice(false, 'plain', 'warningCleared')];
  if (memo === 'tripping') return [choice(false, 'recovered', 'preWithTrip')];
  if (memo === 'recovered' && !high) return [choice(false, 'recovered', 'preRecovered')];
  if (memo === 'quiet' || memo === 'loose' || memo === 'spent')
    return [choice(true, 'plain', 'preRecovered'), choice(false, 'recovered', 'preRecovered')];
  return [choice(true, 'plain', 'warning')];
}

function cellLow(memo: Memo, from: Segment, { inputs }: Segment, high: boolean): readonly Choice[] {
  switch (memo) {
    case 'out':
    case 'spent':
      return [choice(true, 'plain', 'serviceLowCell'), choice(false, 'quiet', 'serviceLowCell')];
    case 'quiet':
      return [choice(false, 'quiet', 'preQuiet')];
    case 'tripping':
      return [choice(false, 'quiet', 'preWithTrip')];
    case 'loose':
      return either('preWithTrip', 'loose');
    case 'recovered':
      return [choice(true, 'plain', 'newLowCell')];
    default:
      break;
  }
  if (inputs.pole4Open) return [choice(true, 'plain', 'warning')];
  if (memo === 'soft') return [choice(high, 'soft', 'warningGone')];
  // The warning ended in the low cell: stays or falls. Where it never showed before, it rises or is taken for over.
  if (from.inputs.pole1Open && from.inputs.pole4Open && outBecause(from.inputs) === null) return either('warningGone', 'soft');
  return [choice(true, 'plain', 'noWarning')];
}

function react(memo: Memo, from: Segment, to: Segment, high: boolean): readonly Choice[] {
  const unsupplied = withoutSupply(memo, to, high);
  if (unsupplied !== null) return unsupplied;
  const out = outBecause(to.inputs);
  if (out !== null) return [choice(false, AFTER_TRIP.includes(memo) && to.inputs.pole4Open ? 'spent' : 'out', out)];
  const served = to.inputs.pole1Open ? cellLow(memo, from, to, high) : cellFine(memo, to, high);
  return to.inputs.remote === 'on' ? served : [...served, choice(false, 'out', 'remoteEither')];
}

const loose = ({ kind, inputs }: Segment): boolean =>
  kind === 'free' || ((kind === 'steady' || kind === 'between') && inputs.remote === 'either' && outBecause(inputs) === null);

export const preAlarm: SignalRules = {
  forgets: 'nothing',
  react,
  alone: (memo, seen, high) => {
    if (loose(seen)) return react(memo, seen, seen, high);
    if (memo === 'tripping') return [choice(false, seen.inputs.pole1Open ? 'quiet' : 'recovered', 'preWithTrip')];
    return memo === 'loose' ? either('preWithTrip', 'loose') : NO_CHOICE;
  },
  until_us: never,
  loose,
};
