/** LOAD: high in service, floating after the pre-alarm wait with a low cell until the cell recovers (R2, R3, R4, R6, R9-R12). */

import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { choice, NO_CHOICE, outBecause, withoutSupply, type Choice, type Memo, type SignalRules, type Situation } from './rule.ts';

/** In service, with what the unit remembers. */
function inService(memo: Memo, from: Segment, { inputs }: Segment): readonly Choice[] {
  const started = from.kind !== 'steady' && from.kind !== 'between';
  if (!inputs.pole1Open) return [choice(true, 'up', memo === 'down' ? 'recovery' : started ? 'powerUp' : 'serviceHealthy')];
  if (memo === 'out') return [choice(true, 'up', 'serviceLowCell'), choice(false, 'down', 'serviceLowCell')];
  // PRE-ALARM has gone off already, which does not make the wait shorter (R3): the trip itself is `alone`.
  if (memo === 'tripping') return [choice(true, 'tripping', 'waiting')];
  return memo === 'up' ? [choice(true, 'up', started ? 'powerUp' : 'waiting')] : [choice(false, 'down', 'tripped')];
}

function react(memo: Memo, from: Segment, to: Segment, high: boolean): readonly Choice[] {
  const unsupplied = withoutSupply(memo, to, high);
  if (unsupplied !== null) return unsupplied;
  const out = outBecause(to.inputs);
  if (out !== null) return [choice(false, 'out', out)];
  if (to.inputs.remote === 'on') return inService(memo, from, to);
  return [...inService(memo, from, to), choice(false, 'out', 'remoteEither')];
}

const loose = ({ kind, inputs }: Segment): boolean =>
  kind === 'free' || ((kind === 'steady' || kind === 'between') && inputs.remote === 'either' && outBecause(inputs) === null);

/** True where a trip is up to the wait alone. */
export const mayTrip = (memo: Memo, { kind, inputs }: Segment): boolean =>
  (memo === 'up' || memo === 'tripping') && (kind === 'steady' || kind === 'between') && inputs.pole1Open && outBecause(inputs) === null;

function alone(memo: Memo, seen: Segment, high: boolean, { at_us, wait }: Situation, numbers: Numbers): readonly Choice[] {
  if (loose(seen)) return react(memo, seen, seen, high);
  const over = wait !== null && wait.running && at_us >= wait.from_us + numbers.waitLeast_us;
  return over && mayTrip(memo, seen) ? [choice(false, 'down', memo === 'tripping' ? 'tripWithPre' : 'trip')] : NO_CHOICE;
}

/** R4: rests while PRE-ALARM is off. */
function until_us(memo: Memo, seen: Segment, { wait }: Situation, numbers: Numbers): number {
  if (memo !== 'up' || wait === null || !wait.running || seen.inputs.remote !== 'on' || !mayTrip(memo, seen)) return Infinity;
  return Math.max(wait.to_us + numbers.waitMost_us, seen.pole1_us[1] + numbers.reaction_us);
}

export const load: SignalRules = { forgets: 'nothing', react, alone, until_us, loose };
