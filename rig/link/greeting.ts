/** The first exchange with whatever sits at a port: hello until answered, and in plain words what it is when it is no fixture of ours. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { NOMINAL_TICK_Hz } from '../fixture/channels.ts';
import { decodeLine, encodeCommand } from '../wire/codec.ts';
import { EVENT_RING, MAX_LINE_TO_HOST, NONCE_OF_START, PROTOCOL_VERSION, QUEUE_ENTRIES, RX_RING } from '../wire/limits.ts';
import { hex, unframe } from '../wire/lines.ts';
import type { FixtureReply } from '../wire/messages.ts';
import { signalTableHash } from '../wire/signal-table.ts';
import { within } from './waiting.ts';

export type Hello = Extract<FixtureReply, { readonly kind: 'hello' }>;

/** A board resets when its port opens and its bootloader eats bytes for 0.5-2 s. Source: ELECTRICS.md, "Mega"; BENCH.md B-BOOT. */
export const GREETING_PATIENCE_ms = 5_000;
/** The waits between hellos grow: each byte may prolong a bootloader's stay, and an answer to an earlier hello must have time to come. */
const PAUSES_ms = [150, 300, 500, 750, 1_000];

export interface Greeter {
  readonly path: string;
  readonly clock: Clock;
  /** Sends a whole line. */
  readonly send: (line: string) => void;
  /** Hears every line until the returned function is called. */
  readonly hear: (listener: (line: string) => void) => () => void;
  /** Rejects when the port is lost. */
  readonly lost: Promise<never>;
  /** The last bytes received, whole lines or not. */
  readonly glimpse: () => string;
}

export interface GreetingOptions {
  readonly patience_ms?: number;
  /** Hash of the signal table of this host; null: not compared (`rig ports` greets any fixture). */
  readonly signalTable: number | null;
  /** Number of the first hello; each hello counts on, so that an answer belongs to the last one sent. */
  readonly nonce: number;
}

const printable = (text: string): string =>
  JSON.stringify(text.replace(/[^\x20-\x7e]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)).replaceAll(
    '\\\\x',
    '\\x',
  );
/** The version a hello's answer carries, also where the rest of it is of another version's shape. */
const versionOf = (line: string): number | null => {
  const unframed = unframe(line, MAX_LINE_TO_HOST);
  if (!unframed.ok) return null;
  const found = /^h([0-9A-F]{2})/.exec(unframed.body);
  return found ? parseInt(found[1]!, 16) : null;
};

const versionFault = (path: string, version: number): RigError =>
  new RigError('protocolVersion', `The fixture at ${path} speaks protocol version ${version}, this host version ${PROTOCOL_VERSION}.`, {
    hint:
      version < PROTOCOL_VERSION
        ? 'Bring the fixture up to date with `rig flash`.'
        : 'Use the bms-rig that the fixture was flashed from, or flash the fixture with this one (`rig flash`).',
  });

const tableFault = (path: string, theirs: number, ours: number): RigError =>
  new RigError(
    'signalTable',
    `The fixture at ${path} was built with another signal table (${hex(theirs, 8)}; this host has ${hex(ours, 8)}).`,
    {
      hint: 'Flash the fixture with this version (`rig flash`).',
    },
  );

/** Devices that often sit at a neighbouring port, by what their firmware says. A printer quotes what it does not know, so it is asked for before an echo is. */
const STRANGERS: readonly { readonly says: RegExp; readonly words: string }[] = [
  {
    says: /^(echo:|Error:|start$|ok( |$)|Marlin|FIRMWARE_NAME:|\/\/ (Klipper|action:)|Grbl |error:\d|Smoothie)/,
    words: 'it sounds like the firmware of a 3D printer or a milling machine',
  },
  { says: /^(OK|ERROR|NO CARRIER|AT\b)/, words: 'it sounds like a modem' },
];

/** What answered instead, told from what it said. */
const foreignFault = (path: string, lines: readonly string[], sent: ReadonlySet<string>, glimpse: string): RigError => {
  const known = STRANGERS.flatMap(({ says, words }) => lines.filter((line) => says.test(line.trim())).map((line) => ({ line, words })))[0];
  const echoes = known === undefined && (lines.some((line) => sent.has(line)) || [...sent].some((line) => glimpse.includes(line)));
  const got = echoes ? 'got its own words back' : `got ${printable((known?.line ?? lines.at(-1) ?? glimpse).trim().slice(0, 40))}`;
  const kind = echoes ? ' (a port that echoes, or a loop-back plug)' : known === undefined ? '' : ` (${known.words})`;
  return new RigError('portForeign', `${path} answers, but not as a bms-rig fixture: ${got}${kind}.`, {
    hint: 'Choose another port (`rig ports`), or flash the board there with `rig flash --replace`.',
    blame: 'operator',
  });
};

/** What every hello of our fixture holds, whatever board it is. */
const ALWAYS_SAID = [
  hex(signalTableHash(), 8),
  [hex(NOMINAL_TICK_Hz, 8), hex(RX_RING, 4), hex(QUEUE_ENTRIES, 2), hex(EVENT_RING, 4)].join(''),
];
/** So many characters of it in a row are no chance: 1 in 16^5 for other hex, none for text. */
const TELLING = 5;
const TELLTALES: readonly string[] = ALWAYS_SAID.flatMap((text) =>
  Array.from({ length: text.length - TELLING + 1 }, (_, at) => text.slice(at, at + TELLING)),
);
/** A run of one digit is also what a stuck line sends. */
const isTelling = (text: string): boolean => new Set(text).size > 3;

/** A hello is 70 characters long and, but for two, of upper-case digits. */
const LIKE_HELLO = { least: 56, most: 84, digits: 0.75 };
const digitsOf = (text: string): string => text.replace(/[^0-9A-F]/g, '');
const looksLikeHello = (line: string): boolean =>
  line.length >= LIKE_HELLO.least && line.length <= LIKE_HELLO.most && digitsOf(line).length >= LIKE_HELLO.digits * line.length;

/** One that lost many of its bytes, by its first letter: few texts have so many such digits behind it. */
const BEGUN_LEAST = 24;
const isBegunHello = (line: string): boolean =>
  line.startsWith('h') && line.length >= BEGUN_LEAST && digitsOf(line).length >= LIKE_HELLO.digits * line.length;

/** A hello that no line brought over whole: pieces of it, with noise in between, or lines of its shape. */
const isGarbledHello = (lines: readonly string[], glimpse: string): boolean => {
  const digits = digitsOf([...lines, glimpse].join(''));
  return (
    lines.some((line) => looksLikeHello(line) || isBegunHello(line)) ||
    TELLTALES.some((piece) => isTelling(piece) && digits.includes(piece))
  );
};

const garbledFault = (path: string): RigError =>
  new RigError('fixtureGarbled', `A bms-rig fixture answers at ${path}, but no hello arrives whole.`, {
    hint: 'Check or change the USB cable, and keep it away from what switches currents.',
    blame: 'link',
  });

const silentFault = (path: string, patience_ms: number): RigError =>
  new RigError('fixtureSilent', `Nothing answers at ${path}: hello was repeated for ${patience_ms / 1000} s.`, {
    hint: 'Check that the fixture has power and that this is its port (`rig ports`).',
    blame: 'link',
  });

/** Says hello until a fixture answers the last one. Throws RigError `protocolVersion`, `signalTable`, `portForeign`, `fixtureGarbled`, `fixtureSilent` or `portClosed`. */
export const greet = async (
  greeter: Greeter,
  { patience_ms = GREETING_PATIENCE_ms, signalTable, nonce }: GreetingOptions,
): Promise<Hello> => {
  const { clock, path } = greeter;
  const answered = Promise.withResolvers<Hello>();
  const heard: string[] = [];
  const sent = new Set<string>();
  let current = nonce;
  let fixtureHeard = false;
  const stopHearing = greeter.hear((line) => {
    const decoded = decodeLine(line);
    const version = versionOf(line);
    if (decoded.ok) fixtureHeard = true;
    else if (heard.length < 100) heard.push(line);
    if (version !== null && version !== PROTOCOL_VERSION) answered.reject(versionFault(path, version));
    else if (decoded.ok && decoded.message.kind === 'hello' && decoded.message.nonce === current) answered.resolve(decoded.message);
  });
  answered.promise.catch(() => undefined); // may be rejected between two waits
  try {
    const until_ms = clock.now() + patience_ms;
    for (let attempt = 0; clock.now() < until_ms; attempt += 1) {
      current = (nonce + attempt) % NONCE_OF_START;
      const line = encodeCommand({ kind: 'hello', version: PROTOCOL_VERSION, nonce: current });
      sent.add(line.trimEnd());
      greeter.send(line);
      const pause_ms = Math.min(PAUSES_ms[Math.min(attempt, PAUSES_ms.length - 1)]!, until_ms - clock.now());
      const hello = await within(clock, pause_ms, Promise.race([answered.promise, greeter.lost]), null);
      if (hello === null) continue;
      if (signalTable !== null && hello.table !== signalTable) throw tableFault(path, hello.table, signalTable);
      return hello;
    }
  } finally {
    stopHearing();
  }
  if (!fixtureHeard && isGarbledHello(heard, greeter.glimpse())) throw garbledFault(path);
  if (!fixtureHeard && (heard.length > 0 || greeter.glimpse() !== '')) throw foreignFault(path, heard, sent, greeter.glimpse());
  throw silentFault(path, patience_ms);
};
