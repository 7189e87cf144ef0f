/** Bodies of lines to messages and back, driven by the declarations of messages.ts alone. */

import { MAX_LINE_TO_FIXTURE, MAX_LINE_TO_HOST } from './limits.ts';
import { frame, hex, parseHex, unframe } from './lines.ts';
import type { LineFault } from './lines.ts';
import { CONVERTER_CHANNEL, EVENTS, EVENTS_LETTER, EVENT_NUMBER_WIDTH, FIXTURE_MESSAGES, HOST_MESSAGES, WHEN_KINDS } from './messages.ts';
import type { Choice, ConverterCode, Declaration, Field, FixtureEvent, FixtureMessage, HostMessage, When } from './messages.ts';

/** Why a line was not understood: a fault of the line, an unknown letter, or fields that do not fit their declaration. */
export type DecodeFault = LineFault | 'unknownType' | 'malformed';
export type Decoded<Message> = { readonly ok: true; readonly message: Message } | { readonly ok: false; readonly reason: DecodeFault };

type Values = Readonly<Record<string, unknown>>;
type Table = Readonly<Record<string, Declaration>>;

/** Signals malformed fields inside this file; never leaves it. */
class Malformed extends Error {}

interface Written {
  readonly kind: string;
  readonly letter: string;
  readonly fields: readonly (readonly [name: string, field: Field])[];
}

const writtenAs = (kind: string, { letter, fields }: Declaration): Written => ({ kind, letter, fields: Object.entries(fields) });

/** Taken apart once for each table: every line of a case asks. */
const once = <Of extends object, Value>(make: (of: Of) => Value): ((of: Of) => Value) => {
  const made = new WeakMap<Of, Value>();
  return (of) => {
    const known = made.get(of);
    if (known !== undefined) return known;
    const value = make(of);
    made.set(of, value);
    return value;
  };
};
const byKind = once((table: Table) => new Map(Object.entries(table).map(([kind, one]) => [kind, writtenAs(kind, one)])));
const byLetter = once((table: Table) => new Map(Object.entries(table).map(([kind, one]) => [one.letter, writtenAs(kind, one)])));
const byCode = once((codes: Choice['codes']) => new Map(Object.entries(codes).map(([name, code]) => [code, name])));

/** Reads fixed-width fields off a body from left to right. */
class Reader {
  readonly body: string;
  position = 0;
  constructor(body: string) {
    this.body = body;
  }
  get atEnd(): boolean {
    return this.position === this.body.length;
  }
  letter(): string {
    const letter = this.body[this.position++];
    if (letter === undefined) throw new Malformed();
    return letter;
  }
  number(width: number): number {
    const number = parseHex(this.body, this.position, width);
    if (number < 0) throw new Malformed();
    this.position += width;
    return number;
  }
  choice({ width, codes }: Choice): string {
    const found = byCode(codes).get(this.number(width));
    if (found === undefined) throw new Malformed();
    return found;
  }
  codes(): readonly ConverterCode[] {
    const converters = Array.from({ length: this.number(1) });
    return converters.map(() => ({ converter: this.choice(CONVERTER_CHANNEL), code: this.number(4) }) as ConverterCode);
  }
  field(field: Field): unknown {
    if (field === 'when') return this.message(WHEN_KINDS);
    if (field === 'codes') return this.codes();
    return typeof field === 'number' ? this.number(field) : this.choice(field);
  }
  message(table: Table): Values | null {
    const found = byLetter(table).get(this.letter());
    if (!found) {
      if (table === WHEN_KINDS || table === EVENTS) throw new Malformed();
      return null;
    }
    const values: Record<string, unknown> = { kind: found.kind };
    for (const [name, field] of found.fields) values[name] = this.field(field);
    return values;
  }
}

function writeField(field: Field, value: unknown): string {
  if (field === 'when') return writeMessage(WHEN_KINDS, value as When);
  if (field === 'codes') {
    const codes = value as readonly ConverterCode[];
    return hex(codes.length, 1) + codes.map(({ converter, code }) => writeField(CONVERTER_CHANNEL, converter) + hex(code, 4)).join('');
  }
  if (typeof field === 'number') return hex(value as number, field);
  const code = field.codes[value as string];
  if (code === undefined) throw new RangeError(`'${String(value)}' is none of ${Object.keys(field.codes).join(', ')}`);
  return hex(code, field.width);
}

function writeMessage(table: Table, message: { readonly kind: string }): string {
  const written = byKind(table).get(message.kind);
  if (!written) throw new RangeError(`'${message.kind}' is none of ${Object.keys(table).join(', ')}`);
  const values = message as Values;
  return written.fields.reduce((line, [name, field]) => line + writeField(field, values[name]), written.letter);
}

function decode(line: string, maxLength: number, read: (reader: Reader) => unknown): Decoded<unknown> {
  const unframed = unframe(line, maxLength);
  if (!unframed.ok) return unframed;
  const reader = new Reader(unframed.body);
  try {
    const message = read(reader);
    if (message === null) return { ok: false, reason: 'unknownType' };
    return reader.atEnd ? { ok: true, message } : { ok: false, reason: 'malformed' };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, reason: 'malformed' };
    throw error;
  }
}

function readEvents(reader: Reader): Values {
  reader.letter();
  const number = reader.number(EVENT_NUMBER_WIDTH);
  const events: unknown[] = [];
  do events.push(reader.message(EVENTS));
  while (!reader.atEnd);
  return { kind: 'events', number, events };
}

function writeFixtureMessage(message: FixtureMessage): string {
  if (message.kind !== 'events') return writeMessage(FIXTURE_MESSAGES, message);
  return EVENTS_LETTER + hex(message.number, EVENT_NUMBER_WIDTH) + message.events.map((event) => writeMessage(EVENTS, event)).join('');
}

function wholeLine(body: string, maxLength: number): string {
  const line = frame(body);
  if (line.length > maxLength) throw new RangeError(`a line of ${line.length} characters is longer than the ${maxLength} allowed`);
  return line;
}

/** The whole line of a command, CRC and newline included. Throws a RangeError for a value that does not fit its field. */
export const encodeCommand = (message: HostMessage): string => wholeLine(writeMessage(HOST_MESSAGES, message), MAX_LINE_TO_FIXTURE);

/** What a line from the fixture says. */
export const decodeLine = (line: string): Decoded<FixtureMessage> =>
  decode(line, MAX_LINE_TO_HOST, (reader) =>
    reader.body.startsWith(EVENTS_LETTER) ? readEvents(reader) : reader.message(FIXTURE_MESSAGES),
  ) as Decoded<FixtureMessage>;

/** The other direction of the two above, for peers that play the fixture. */
export const encodeLine = (message: FixtureMessage): string => wholeLine(writeFixtureMessage(message), MAX_LINE_TO_HOST);
export const decodeCommand = (line: string): Decoded<HostMessage> =>
  decode(line, MAX_LINE_TO_FIXTURE, (reader) => reader.message(HOST_MESSAGES)) as Decoded<HostMessage>;

/** Characters an event takes within its line. */
export const eventLength = (event: FixtureEvent): number => writeMessage(EVENTS, event).length;
