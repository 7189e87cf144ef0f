/** Faults of the cable and its bridge. */

import { type Act, breaking, type Fault, harmless, type Spoiling, type Way } from './fault.ts';

const WAYS: readonly (readonly [Way, string, string])[] = [
  ['toFixture', 'to-fixture', 'towards the fixture'],
  ['toHost', 'to-host', 'towards the host'],
];

/** The same in both directions. */
const bothWays = (spoiling: Spoiling, when: Pick<Extract<Act, { do: 'spoil' }>, 'from_s' | 'for_s'> = {}): readonly Act[] =>
  WAYS.map(([way]) => ({ do: 'spoil', way, ...spoiling, ...when }));

/** The same fault in either direction, from the first hello on. */
const eachWay = (name: string, summary: (way: string) => string, spoiling: Spoiling): readonly Fault[] =>
  WAYS.map(([way, suffix, words]) => harmless('link', `${name}-${suffix}`, summary(words), { do: 'spoil', way, ...spoiling }));

const ALL: Spoiling = { how: 'drop', share: 1 };

/** What gets lost or spoiled is asked for again: the unit is judged all the same, and the counters tell what it took. */
const MADE_GOOD: readonly Fault[] = [
  ...eachWay('bytes-dropped', (way) => `One byte in 500 ${way} is lost.`, { how: 'drop', share: 1 / 500 }),
  ...eachWay('bytes-doubled', (way) => `One byte in 500 ${way} arrives twice.`, { how: 'duplicate', share: 1 / 500 }),
  ...eachWay('bytes-corrupted', (way) => `One byte in 500 ${way} arrives with one bit turned.`, { how: 'flip', share: 1 / 500 }),
  ...eachWay('bytes-exchanged', (way) => `One byte in 500 ${way} arrives after the one behind it.`, { how: 'swap', share: 1 / 500 }),
  ...eachWay('noise', (way) => `Random bytes, newlines among them, get in between the others ${way}, once in 500.`, {
    how: 'noise',
    share: 1 / 500,
  }),
  ...eachWay('lines-lost', (way) => `One line in 50 ${way} is lost as a whole.`, { how: 'dropLine', share: 1 / 50 }),
  ...eachWay('lines-doubled', (way) => `One line in 20 ${way} arrives twice.`, { how: 'doubleLine', share: 1 / 20 }),
  ...eachWay('transfers-delayed', (way) => `One transfer in 20 ${way} comes 20 to 150 ms late, and what follows waits behind it.`, {
    how: 'hold',
    share: 1 / 20,
    late_ms: [20, 150],
  }),
  ...eachWay('transfers-overtaken', (way) => `One transfer in 20 ${way} comes 20 to 150 ms late, after what was sent later.`, {
    how: 'overtaken',
    share: 1 / 20,
    late_ms: [20, 150],
  }),
  harmless('link', 'echo-to-host', 'The cable sends the words of the host back to it as well.', {
    do: 'spoil',
    way: 'toFixture',
    how: 'echo',
  }),
  harmless('link', 'echo-to-fixture', 'The cable sends the words of the fixture back to it as well.', {
    do: 'spoil',
    way: 'toHost',
    how: 'echo',
  }),
  harmless(
    'link',
    'slow-bridge',
    'Every transfer takes 30 to 40 ms longer than it should, both ways.',
    ...bothWays({ how: 'hold', share: 1, late_ms: [30, 40] }),
  ),
  harmless('link', 'blackout-300ms', 'The cable carries nothing for 0.3 s, both ways.', ...bothWays(ALL, { from_s: 20, for_s: 0.3 })),
  harmless(
    'link',
    'loose-contact',
    'A contact of the cable opens for 0.1 s five times within 3 s.',
    ...[10, 10.4, 11.1, 11.9, 12.8].flatMap((from_s) => bothWays(ALL, { from_s, for_s: 0.1 })),
  ),
];

const BROKEN: readonly Fault[] = [
  breaking('link', 'link', 'blackout-3s', 'The cable carries nothing for 3 s, both ways.', ...bothWays(ALL, { from_s: [1, 3], for_s: 3 })),
  breaking('link', 'link', 'wire-to-fixture-broken', 'The wire towards the fixture breaks while the case runs.', {
    do: 'spoil',
    way: 'toFixture',
    from_s: [1, 3],
    ...ALL,
  }),
  breaking('link', 'link', 'wire-to-host-broken', 'The wire towards the host breaks while the case runs.', {
    do: 'spoil',
    way: 'toHost',
    from_s: [1, 3],
    ...ALL,
  }),
  breaking(
    'link',
    'link',
    'nearly-dead',
    'While the case runs every third byte begins to arrive wrong, both ways.',
    ...bothWays({ how: 'flip', share: 1 / 3 }, { from_s: [1, 3] }),
  ),
  breaking('link', 'link', 'unplugged', 'The USB plug is pulled while the case runs.', { do: 'unplug', at_s: [0.5, 3] }),
  breaking('link', 'link', 'unplugged-and-back', 'The USB plug is pulled while the case runs, and put back after half a second.', {
    do: 'unplug',
    at_s: [0.5, 3],
    for_s: 0.5,
  }),
  breaking('link', 'operator', 'wrong-baud-rate', 'The bridge runs 4 % fast, so that both sides hear other bytes than were said.', {
    do: 'baud',
    factor: 1.04,
  }),
];

export const LINK_FAULTS: readonly Fault[] = [...MADE_GOOD, ...BROKEN];
