/** PostgreSQL's COPY, the way in that costs a server least: rows as its binary format, and a statement that hands them over. */

import { Query } from 'pg';
import type { Value } from './rows.ts';
import { COLUMNS, type Kind, kindOf, type WrittenTable } from './tables.ts';

/** Source: PostgreSQL's manual, "COPY", Binary Format. */
const SIGNATURE = Buffer.from('PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const NULL_LENGTH = -1;
const END = -1;
/** What the buffer begins with for each value; it grows. */
const USUAL_bytes = 16;
const MOST_bytes_PER_UNIT = 3;

/** PostgreSQL's text holds no NUL. */
export const storable = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);

const WORD = 2 ** 32;

/** A value with its length before it. Throws TypeError for one that is not of its column's kind. */
const number = (view: DataView, at: number, kind: Kind, value: Value): void => {
  if (typeof value !== 'number') throw new TypeError(`${value} is no number`);
  view.setInt32(at, 8);
  if (kind === 'int') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is no whole number`);
    const high = Math.floor(value / WORD);
    view.setInt32(at + 4, high);
    view.setUint32(at + 8, value - high * WORD);
  } else view.setFloat64(at + 4, value);
};

/** Numbers of PostgreSQL's types, and where in its array each begins. Source: its catalogue pg_type, and array_recv. */
const TYPES = { int: 20, real: 701 } as const;
const ARRAY_HEAD_bytes = 20;

/** One column of a list of rows as an array, for a column of numbers. Throws TypeError for what is none. */
export const numberArray = (kind: 'int' | 'real', list: readonly Value[], place = 0, width = 1): Buffer => {
  const length = Math.ceil((list.length - place) / width);
  const bytes = Buffer.allocUnsafe(ARRAY_HEAD_bytes + length * 12);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // One dimension, with NULLs, of this type, so long, counted from 1.
  for (const [index, word] of [1, 1, TYPES[kind], length, 1].entries()) view.setInt32(index * 4, word);
  let at = ARRAY_HEAD_bytes;
  for (let from = place; from < list.length; from += width) {
    const value = list[from]!;
    if (value === null) view.setInt32(at, NULL_LENGTH);
    else number(view, at, kind, value);
    at += value === null ? 4 : 12;
  }
  return bytes.subarray(0, at);
};

/** Throws TypeError for a value that is not of its column's kind. */
export const copyRows = (table: WrittenTable, list: readonly Value[]): Buffer => {
  const kinds = COLUMNS[table].map(kindOf);
  let bytes = Buffer.allocUnsafe(SIGNATURE.length + 2 + list.length * USUAL_bytes);
  let view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = SIGNATURE.copy(bytes);
  const need = (more: number): void => {
    if (at + more <= bytes.length) return;
    const larger = Buffer.allocUnsafe((at + more) * 2);
    bytes.copy(larger, 0, 0, at);
    bytes = larger;
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  };
  const text = (value: Value): void => {
    if (typeof value !== 'string') throw new TypeError(`${value} is no text`);
    need(4 + value.length * MOST_bytes_PER_UNIT);
    const length = bytes.write(storable(value), at + 4);
    view.setInt32(at, length);
    at += 4 + length;
  };
  for (let from = 0; from < list.length; from += kinds.length) {
    need(2 + kinds.length * 12);
    view.setInt16(at, kinds.length);
    at += 2;
    for (let place = 0; place < kinds.length; place += 1) {
      const value = list[from + place]!;
      const kind = kinds[place];
      if (value === null) {
        need(4);
        view.setInt32(at, NULL_LENGTH);
        at += 4;
      } else if (kind === 'text') text(value);
      else {
        need(12);
        number(view, at, kind!, value);
        at += 12;
      }
    }
  }
  need(2);
  view.setInt16(at, END);
  return bytes.subarray(0, at + 2);
};

/** What the library's connection can do and its types do not say. */
interface Taking {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A COPY with its rows, to be given to `query` of a client. */
export class CopyIn extends Query {
  readonly #rows: Buffer;

  constructor(table: WrittenTable, rows: Buffer, done: (cause: Error | null | undefined) => void) {
    super(`copy ${table} (${COLUMNS[table].join(', ')}) from stdin (format binary)`, done);
    this.#rows = rows;
  }

  handleCopyInResponse(connection: Taking): void {
    connection.sendCopyFromChunk(this.#rows);
    connection.endCopyFrom();
  }
}
