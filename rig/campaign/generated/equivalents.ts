/** Mutants that no suite can kill, because a good unit may do as they do: each with the reason. */

import { FREE_CONSTANTS } from './free-constants.ts';
import type { Mutant } from './mutants.ts';

interface Group {
  readonly why: string;
  readonly ids: readonly string[];
}

/** By name, never by pattern: a mutant that is new is nobody's equivalent. */
export const EQUIVALENTS: readonly Group[] = [
  {
    why: 'The register holds that after a reset, and nothing has written it before.',
    ids: [
      'clock.c:14:3 without `TCCR1A = 0;`',
      'outputs.c:7:3 without `PORTB = 0;`',
      'main.c:85:3 without `set_sleep_mode(SLEEP_MODE_IDLE);`',
    ],
  },
  {
    why: 'poles_begin() follows at once, and the alarm that it sets enables the same interrupt.',
    ids: ['clock.c:16:3 without `TIMSK1 = _BV(OCIE1A);`'],
  },
  {
    why: 'The divider of a converter that is off means nothing, and each start writes the register anew.',
    ids: ['adc.c:18:12 `0` is `1`'],
  },
  {
    why: 'Digital input buffers of pins that are only measured: nobody reads them, and what they draw is far below the half of 1.2 mA that A-CURRENT leaves.',
    ids: [
      'adc.c:23:3 without `DIDR0 = _BV(CHANNEL_SUPPLY) | _BV(CHANNEL_H) | _BV(CHANNEL_L);`',
      'adc.c:23:31 `|` is `&`',
      'adc.c:23:48 `|` is `&`',
      'main.c:84:3 without `adc_begin();`',
    ],
  },
  {
    why: 'The alarm only makes the poles count early: each sweep, every 64 ms, settles and decides as well (R16: 2 s), and a decision more, or a sweep less, changes nothing.',
    ids: [
      'clock.c:28:3 without `TIMSK1 = _BV(OCIE1A);`',
      'clock.c:29:3 without `events |= EVENT_ALARM;`',
      'clock.c:29:10 `|=` is `&=`',
      'clock.c:47:3 without `OCR1B = at;`',
      'clock.c:48:3 without `TIFR1 = _BV(OCF1B);`',
      'clock.c:49:3 without `TIMSK1 = _BV(OCIE1A) | _BV(OCIE1B);`',
      'events.h:8:21 `0x02` is `0`',
      'main.c:93:8 `(swept || (taken & EVENT_ALARM))` is `(!(swept || (taken & EVENT_ALARM)))`',
      'main.c:93:25 `&` is `|`',
      'poles.c:29:3 without `clock_alarm(now + SETTLE);`',
      'poles.c:29:19 `+` is `-`',
      'poles.c:50:41 `>=` is `>`',
    ],
  },
  {
    why: 'An event that comes between the look for it and the sleep, or is lost, is made good by the next tick, 64 ms later (R16).',
    ids: ['main.c:68:3 without `cli();`', 'main.c:72:5 without `cli();`', 'main.c:76:3 without `sei();`'],
  },
  { why: 'Any bit that no other event has will do.', ids: ['events.h:9:19 `0x04` is `8`'] },
  { why: 'The first sweep begins with the first tick, 64 ms later (R15: 3 s).', ids: ['main.c:87:3 without `adc_start(CHANNEL_L);`'] },
  {
    why: 'The supply is read in seven of eight sweeps instead of one (R16).',
    ids: ['main.c:39:34 `==` is `!=`', 'main.c:62:6 `(!supply_due())` is `(!(!supply_due()))`', 'main.c:62:7 `!` is ``'],
  },
  {
    why: 'After a trip, who enters service with the cell still low finds LOAD and PRE-ALARM floating until it recovers: R12 (b).',
    ids: ['logic.c:21:3 without `tripped = false;`'],
  },
  {
    why: 'One count of the clock, 64 us, or one code of the converter, well inside what is left free (R3, R13, R14).',
    ids: [
      'logic.c:28:36 `>=` is `>`',
      'remote.c:21:17 `<` is `<=`',
      'remote.c:26:17 `>` is `>=`',
      'supply.c:12:22 `>=` is `>`',
      'supply.c:12:42 `>` is `>=`',
    ],
  },
  {
    why: 'One sample more has to agree before the remote counts, which stays within the reaction.',
    ids: ['remote.c:33:28 `>=` is `>`'],
  },
  {
    why: 'The sweep after a change of the remote agrees with it and forgets the count; where it does not, a state of one sweep is seen (R16).',
    ids: ['remote.c:34:5 without `disagreeing = 0;`', 'remote.c:34:19 `0` is `1`'],
  },
  {
    why: 'Of two glitches of the remote far apart the second counts as soon as it is seen, and either may be acted on (R16); a change that stays is believed a sweep earlier.',
    ids: ['remote.c:32:5 without `disagreeing = 0;`'],
  },
  {
    why: 'The converter at 1 MHz, the most it may have, is off by 4.5 codes instead of 2 (ATmega328P datasheet, ADC characteristics): 0.2 V of supply and 0.05 V of the remote, which the free bands have left beside the spread of parts (R13, R14).',
    ids: ['adc.c:29:72 `|` is `&`'],
  },
  {
    why: 'Poles are held to be quiet by an older time than that of their change: believed up to 20 ms earlier (R1: a state between may be seen) or a sweep or two later (R16).',
    ids: [
      'poles.c:26:20 `0` is `1`',
      'poles.c:26:25 `<` is `>=`',
      'poles.c:27:33 `+` is `-`',
      'poles.c:27:39 without `changed_at[i] = now;`',
      'poles.c:50:24 `-` is `+`',
    ],
  },
  {
    why: 'While another pole chatters, a pole is believed earlier than after 128 ms, or one count later (R1, R16).',
    ids: [
      'poles.c:57:8 `(!(moving & pole) && (uint16_t)(now - changed_at[i]) >= PATIENCE)` is `(!(!(moving & pole) && (uint16_t)(now - changed_at[i]) >= PATIENCE))`',
      'poles.c:57:26 `&&` is `||`',
      'poles.c:57:44 `-` is `+`',
      'poles.c:57:61 `>=` is `>`',
      'poles.c:57:61 `>=` is `<`',
    ],
  },
  {
    why: 'One pole more than there are: PD5 is not among POLES, so its bit is never set and nothing is written.',
    ids: ['poles.c:26:25 `<` is `<=`', 'poles.c:49:25 `<` is `<=`', 'poles.c:55:25 `<` is `<=`'],
  },
  {
    why: "The board's own pull-ups hold the poles (`unit.R.pole1.pullUp` and its like), and the unused pins lead nowhere.",
    ids: [
      'poles.c:40:3 without `PORTD = 0xff;`',
      'poles.c:40:11 `0xff` is `256`',
      'poles.c:40:11 `0xff` is `254`',
      'poles.c:40:11 `0xff` is `510`',
      'poles.c:40:11 `0xff` is `0`',
    ],
  },
];

const WHY: ReadonlyMap<string, string> = new Map(EQUIVALENTS.flatMap(({ why, ids }) => ids.map((id) => [id, why] as const)));

const placeOf = ({ id }: Pick<Mutant, 'id'>): string => id.slice(0, id.indexOf(' '));

/** Why a good unit may do as this mutant does; null where nobody has shown that it may. */
export const equivalence = (mutant: Pick<Mutant, 'id' | 'kind' | 'text' | 'instead'>): string | null => {
  const { kind, text, instead } = mutant;
  const listed = WHY.get(mutant.id);
  if (listed !== undefined || kind !== 'constant') return listed ?? null;
  const constant = FREE_CONSTANTS.find((one) => one.at === placeOf(mutant) && one.text === text);
  if (constant === undefined || Number(instead) < constant.least || Number(instead) > constant.most) return null;
  return `${constant.at} may be ${constant.least} to ${constant.most}: ${constant.why}`;
};

/** What the tables name and no mutant is: the sources have changed below them. */
export const staleEntries = (mutants: readonly Mutant[]): readonly string[] => {
  const ids = new Set(mutants.map(({ id }) => id));
  const constants = new Set(mutants.map((one) => `${placeOf(one)} ${one.text}`));
  return [
    ...EQUIVALENTS.flatMap((group) => group.ids.filter((id) => !ids.has(id))),
    ...FREE_CONSTANTS.map(({ at, text }) => `${at} ${text}`).filter((one) => !constants.has(one)),
  ];
};
