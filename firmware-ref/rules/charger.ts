/** CHARGER follows the remote and pole 3 alone (R7, R11); a broken chain has pole 3 open (R2). */

import { chainBroken } from '../inputs/inputs.ts';
import { choice, either, level, never, NO_CHOICE, type Choice, type SignalRules } from './rule.ts';
import type { Segment } from '../inputs/segments.ts';

function react(from: Segment, { kind, inputs }: Segment, high: boolean): readonly Choice[] {
  if (kind === 'free') return either('unjudged');
  if (kind === 'off') return level(false, 'supplyLow');
  if (kind === 'resume') return [choice(high, 'plain', 'powerUp')];
  if (kind === 'restart') return level(false, 'restart');
  if (inputs.remote === 'off') return level(false, 'remoteOff');
  if (inputs.pole3Open) return level(false, chainBroken(inputs) ? 'chainBroken' : 'noCharge');
  if (inputs.chargerShorted) return either('chargerShorted');
  if (inputs.remote === 'either') return either('remoteEither');
  if (from.kind !== 'steady' && from.kind !== 'between') return level(true, 'powerUp');
  return level(true, from.inputs.pole3Open ? 'charge' : 'serviceCharge');
}

const loose = ({ kind, inputs }: Segment): boolean =>
  kind === 'free' ||
  (kind !== 'off' && kind !== 'resume' && kind !== 'restart' && !inputs.pole3Open && (inputs.chargerShorted || inputs.remote === 'either'));

export const charger: SignalRules = {
  forgets: 'levels',
  react: (_memo, from, to, high) => react(from, to, high),
  alone: (_memo, seen) => (loose(seen) ? either(seen.kind === 'free' ? 'unjudged' : 'remoteEither') : NO_CHOICE),
  until_us: never,
  loose,
};
