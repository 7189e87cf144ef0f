/** The LEDs (R17): blue follows LOAD, red shows that bank or chain forbid charging; both are dark at remote off and free while the unit starts (R15). */

import type { Segment } from '../inputs/segments.ts';
import type { CiteId } from './cites.ts';
import { either, level, never, NO_CHOICE, type Choice, type SignalRules } from './rule.ts';

function led(lit: (seen: Segment) => boolean, cite: CiteId): SignalRules {
  const loose = (seen: Segment): boolean =>
    seen.kind === 'free' ||
    seen.kind === 'resume' ||
    seen.kind === 'restart' ||
    (seen.kind !== 'off' && seen.inputs.remote === 'either' && lit(seen));
  const react = (seen: Segment): readonly Choice[] => {
    const { kind, inputs } = seen;
    if (kind === 'free') return either('unjudged');
    if (kind === 'off') return level(false, 'supplyLow');
    if (kind === 'resume' || kind === 'restart') return either('ledStart');
    if (inputs.remote === 'off') return level(false, 'ledsDark');
    if (inputs.remote === 'either' && lit(seen)) return either('remoteEither');
    return level(lit(seen), cite);
  };
  return {
    forgets: 'all',
    react: (_memo, _from, to) => react(to),
    alone: (_memo, seen) => (loose(seen) ? react(seen) : NO_CHOICE),
    until_us: never,
    loose,
  };
}

export const ledRed = led(({ inputs }) => inputs.pole3Open, 'red');
export const ledBlue = led(({ load }) => load, 'blue');
