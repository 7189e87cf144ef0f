/** Faults of the cable and its bridge. */

import { breaking, type Fault, harmless, type Spoiling, type Way } from './fault.ts';

const WAYS: readonly (readonly [Way, string, string])[] = [
  ['toFixture', 'to-fixture', 'towards the fixture'],
  ['toHost', 'to-host', 'towards the host'],
];

/** The same fault in either direction, from the first hello on. */
const eachWay = (name: string, summary: (way: string) => string, spoiling: Spoiling): readonly Fault[] =>
  WAYS.map(([way, suffix, words]) => harmless('link', `${name}-${suffix}`, summary(words), { do: 'spoil', way, ...spoiling }));

export const LINK_FAULTS: readonly Fault[] = [
  ...eachWay('bytes-dropped', (way) => `One byte in 500 ${way} is lost.`, { how: 'drop', share: 1 / 500 }),
  ...eachWay('bytes-corrupted', (way) => `One byte in 500 ${way} arrives with one bit turned.`, { how: 'flip', share: 1 / 500 }),
  breaking('link', 'link', 'unplugged', 'The USB plug is pulled while the case runs.', { do: 'unplug', at_s: [0.5, 3] }),
];
