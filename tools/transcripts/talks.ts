/** The talks that PROTOCOL.md shows: what the host says in each, and why. */

import { CONVERTER, driveWord } from '../../rig/fixture/channels.ts';
import { PROTOCOL_VERSION } from '../../rig/wire/limits.ts';
import type { FixtureMessage, HostMessage } from '../../rig/wire/messages.ts';
import type { Talk } from './talk.ts';

export interface Told {
  readonly title: string;
  readonly about: string;
  readonly hold: (talk: Talk) => Promise<void>;
}

const ms = (value: number): number => value * 2_000;
const POLES = driveWord(['pole1', 'pole3', 'pole4', 'remoteLink']);
const supply = (mV: number) => [{ converter: 'supply', code: Math.round((mV * 65_536) / CONVERTER.supply.fullScale_mV) }] as const;
const LOAD_HIGH = 1;
const SAMPLES = 140;
const SPACING_ms = 35;
const LONGEST_wraps = 916;
/** A board's own start and its bootloader's. */
const BOOT_ms = 3_000;

const hello = async (talk: Talk, quietly = true): Promise<void> => {
  await talk.listen(BOOT_ms, (message) => message.kind === 'hello');
  if (quietly) talk.rows.length = 0;
  await talk.ask(
    { kind: 'hello', version: PROTOCOL_VERSION, nonce: 0x12ab },
    'hello',
    quietly ? '' : 'the host greets, with a nonce of its own',
  );
  if (quietly) talk.rows.length = 0;
};
const ping = (talk: Talk, id: number, events: number, note: string) => talk.ask({ kind: 'ping', id, events }, 'pong', note);

/** A case begun 0.3 s from now: poles and link closed, supply on. */
const begun = async (talk: Talk, number: number, quietly: boolean): Promise<number> => {
  const { tick } = await ping(talk, 1, 0, 'what time is it there?');
  const t0 = (tick + ms(300)) >>> 0;
  const commands: readonly (readonly [HostMessage, string])[] = [
    [{ kind: 'begin', seq: 0, case: number, t0, most_wraps: LONGEST_wraps }, 'a case of 30 s at most; scenario time 0 is 0.3 s from here'],
    [
      { kind: 'set', seq: 1, id: 1, when: { kind: 'at', tick: (t0 - ms(100)) >>> 0 }, mask: POLES, value: POLES, codes: [] },
      'entry 1: at a tick, close the three poles and the remote link',
    ],
    [{ kind: 'set', seq: 2, id: 2, when: { kind: 'at', tick: t0 }, mask: 0, value: 0, codes: supply(12_800) }, 'entry 2: supply to 12.8 V'],
  ];
  for (const [message, note] of commands) await talk.ask(message, 'ack', note);
  if (quietly) talk.rows.length = 0;
  return t0;
};

const isEnd = (message: FixtureMessage): boolean => message.kind === 'events' && message.events.some(({ kind }) => kind === 'ended');

export const TALKS: readonly Told[] = [
  {
    title: 'Hello',
    about:
      'The port was opened, so the board has reset: it says so once, unasked, with nonce FFFF. No pin has moved, and none will before the host has found version and signal table (`table`) to be its own.',
    hold: async (talk) => {
      await hello(talk, false);
      talk.say({ kind: 'keepAlive' }, 'a sign of life; none of the others is shown from here on');
      await ping(talk, 1, 0, 'ping: what time is it there, what is expected next?');
    },
  },
  {
    title: 'A case, with an entry after an edge',
    about:
      'Entry 3 hangs on the rise of LOAD, entries 4 to 6 on what was done before them: the fixture places them by itself, and tells their ticks. Edges close together share a line.',
    hold: async (talk) => {
      await hello(talk);
      await begun(talk, 1, false);
      await talk.ask(
        {
          kind: 'set',
          seq: 3,
          id: 3,
          when: { kind: 'edge', edge: LOAD_HIGH, armedBy: 2, delay_ticks: ms(100), timeout_ticks: ms(5_000) },
          mask: driveWord(['pole3']),
          value: 0,
          codes: [],
        },
        'ack',
        'entry 3: 100 ms after the first rise of LOAD once entry 2 is done, open pole 3; give up after 5 s',
      );
      await talk.ask(
        { kind: 'sample', seq: 4, id: 4, when: { kind: 'after', entry: 3, delay_ticks: ms(50) }, channel: 'loadVoltageFine', count: 8 },
        'ack',
        'entry 4: 50 ms after entry 3, eight conversions of the voltage of LOAD',
      );
      await talk.ask(
        { kind: 'probe', seq: 5, id: 5, when: { kind: 'after', entry: 4, delay_ticks: ms(50) }, output: 'charger' },
        'ack',
        'entry 5: probe CHARGER: floating or low?',
      );
      await talk.ask({ kind: 'end', seq: 6, id: 6, when: { kind: 'after', entry: 5, delay_ticks: ms(50) } }, 'ack', 'entry 6: the end');
      await talk.listen(6_000, isEnd);
      const { number, events } = talk.last('events');
      await ping(talk, 2, number + events.length, 'all events have come, and may be forgotten');
    },
  },
  {
    title: 'A line that got lost',
    about:
      'One line of events (x) does not arrive. The next one begins with a number too high, so the host asks for what is missing; nothing is judged before it is there.',
    hold: async (talk) => {
      await hello(talk);
      await begun(talk, 2, true);
      await talk.ask(
        { kind: 'end', seq: 3, id: 3, when: { kind: 'after', entry: 2, delay_ticks: ms(1_500) } },
        'ack',
        'the end, 1.5 s after the supply came',
      );
      let next = 0;
      await talk.listen(400, (message) => message.kind === 'events');
      next = talk.last('events').number + talk.last('events').events.length;
      talk.lose(1);
      const before = talk.rows.length;
      await talk.listen(4_000, (message) => message.kind === 'events' && message.number > next && talk.rows.length > before);
      talk.remark(`number ${next.toString(16).toUpperCase().padStart(4, '0')} was expected`);
      talk.say({ kind: 'resend', from: next }, 'again from there, please; all before are acknowledged');
      await talk.listen(4_000, isEnd);
    },
  },
  {
    title: 'More events than can be kept',
    about:
      'Many samples in a row, of which the host acknowledges nothing: the ring fills, the fixture goes on without keeping what there is no room for, and says how much that was. The case is invalid, its stimuli were on time all the same.',
    hold: async (talk) => {
      await hello(talk);
      const t0 = await begun(talk, 3, true);
      for (let index = 0; index < SAMPLES; index += 1) {
        const tick = (t0 + ms(500 + SPACING_ms * index)) >>> 0;
        await talk.ask(
          { kind: 'sample', seq: 3 + index, id: 10 + index, when: { kind: 'at', tick }, channel: 'supplyVoltageFine', count: 1 },
          'ack',
          `the first of ${SAMPLES} samples`,
        );
        await talk.listen(20); // no faster than they are done: 64 may wait
      }
      talk.rows.length = 2;
      talk.remark(`${SAMPLES - 1} more, and the events of all of them, none acknowledged`);
      const tick = (t0 + ms(500 + SPACING_ms * SAMPLES)) >>> 0;
      await talk.ask({ kind: 'end', seq: 3 + SAMPLES, id: 10 + SAMPLES, when: { kind: 'at', tick } }, 'ack', 'the end');
      await talk.listen(2_000);
      talk.rows.length = 3;
      const pong = await ping(talk, 9, 0, 'acknowledges nothing');
      if (pong.overflow === 0) throw new Error('nothing overflowed: more samples are needed');
      talk.remark(`overflow ${pong.overflow}: so many could not be kept`);
      talk.say({ kind: 'resend', from: pong.events - 3 }, 'the last of what there is');
      await talk.listen(300);
      const last = talk.last('events');
      await ping(talk, 10, last.number + last.events.length, 'acknowledged: there is room again, and the fixture can tell');
      await talk.listen(300);
    },
  },
  {
    title: 'Stop',
    about:
      'In the middle of a case, from Ctrl-C or whatever ends the program: one line, not sequenced, repeated until it is answered. Everything is safe from the tick in the answer on.',
    hold: async (talk) => {
      await hello(talk);
      await begun(talk, 4, true);
      await talk.ask(
        { kind: 'end', seq: 3, id: 3, when: { kind: 'after', entry: 2, delay_ticks: ms(20_000) } },
        'ack',
        'it should last 20 s',
      );
      await talk.listen(700);
      await talk.ask({ kind: 'stop' }, 'stopped');
      await talk.listen(200, isEnd);
      await ping(talk, 2, 0, 'and the state: no case runs, the supply is off (the bypass stays closed a little longer)');
    },
  },
  {
    title: 'Another protocol version',
    about:
      'A host of version 2 greets. The fixture answers with its own, 1. It is the host that refuses, in words: "The fixture at PORT speaks protocol version 1, this host version 2", and what to flash; it sends nothing but hellos before version and signal table are found to be its own.',
    hold: async (talk) => {
      await talk.listen(BOOT_ms, (message) => message.kind === 'hello');
      talk.rows.length = 0;
      await talk.ask({ kind: 'hello', version: PROTOCOL_VERSION + 1, nonce: 0xbeef }, 'hello', `hello of version ${PROTOCOL_VERSION + 1}`);
      await talk.listen(1_500);
      talk.remark('the host says nothing more, and closes the port; no pin has moved');
    },
  },
];
