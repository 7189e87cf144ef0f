/** Makes a timeline again from the text that a page carries. These functions run in the reader's browser: each knows the others by name and nothing else. */

import type { Header } from './pack.ts';
import type { TimelineModel } from './model.ts';

/** The instants that bounds may follow, in tenths of a microsecond, ascending, each once; writer and reader make the same list. */
export function instantsOf(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let used = 0;
  for (const column of columns) for (const us of column) all[used++] = Math.round(us * 10);
  all.sort();
  let once = 0;
  for (let index = 0; index < all.length; index += 1) {
    const at = all[index]!;
    if (once === 0 || at !== all[once - 1]) all[once++] = at;
  }
  return all.subarray(0, once);
}

/** Browsers from 2025 on do it themselves, many times as quick. */
function decoded(text: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as unknown as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (fromBase64 !== undefined) return fromBase64.call(Uint8Array, text);
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let index = 0; index < signs.length; index += 1) bytes[index] = signs.charCodeAt(index);
  return bytes;
}

async function inflated(text: string): Promise<Uint8Array> {
  // Written to it directly: a stream of a blob asks another process for each part.
  const { readable, writable } = new DecompressionStream('deflate-raw');
  const writer = writable.getWriter();
  const written = writer.write(decoded(text)).then(() => writer.close());
  // Read from it directly as well: a response gives its bytes only after the next picture.
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const reader = readable.getReader(); ;) {
    const { value } = await reader.read();
    if (value === undefined) break;
    parts.push(value);
    length += value.length;
  }
  await written;
  const bytes = new Uint8Array(length);
  let from = 0;
  for (const part of parts) {
    bytes.set(part, from);
    from += part.length;
  }
  return bytes;
}

function filled<T extends Float64Array | Uint16Array | Uint8Array | Int32Array>(column: T, next: () => number): T {
  for (let index = 0; index < column.length; index += 1) column[index] = next();
  return column;
}

function columnReader(bytes: Uint8Array, from: number) {
  let position = from;
  const natural = (): number => {
    let byte = bytes[position++] ?? 0;
    let value = byte & 127;
    for (let scale = 128; byte >= 128; scale *= 128) {
      byte = bytes[position++] ?? 0;
      value += (byte & 127) * scale;
    }
    return value;
  };
  const whole = (): number => {
    const value = natural();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const ascending = (count: number): Float64Array => {
    let last = 0;
    return filled(new Float64Array(count), () => (last += whole()) / 10);
  };
  return { natural, whole, ascending };
}

function boundReader({ natural, whole }: ReturnType<typeof columnReader>, instants: Float64Array, offsets: readonly number[]) {
  let last = 0;
  let lastLiteral = 0;
  return (): number => {
    const kind = natural();
    if (kind === 1) return Infinity;
    if (kind === 0) return (lastLiteral += whole()) / 10;
    last += whole();
    return ((instants[last] ?? 0) + (offsets[kind - 2] ?? 0)) / 10;
  };
}

export async function unpackTimeline(text: string): Promise<TimelineModel> {
  const bytes = await inflated(text);
  const length = new DataView(bytes.buffer).getUint32(0);
  const { offsets, windows: windowCount, ...header } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  const reader = columnReader(bytes, 4 + length);
  const { natural, whole, ascending } = reader;
  const words = (count: number): Uint16Array => filled(new Uint16Array(count), natural);
  const small = (count: number): Uint8Array => filled(new Uint8Array(count), natural);
  const edges = header.senses.map((lane) => ({ at_us: ascending(lane.edges), up: small(lane.edges), stamp: words(lane.edges) }));
  const drives = header.drives.map(({ label, points }) => ({ label, at_us: ascending(points), state: words(points), ramp: small(points) }));
  const bound = boundReader(reader, instantsOf([...edges.map(({ at_us }) => at_us), ...drives.map(({ at_us }) => at_us)]), offsets);
  const bounds = (count: number): Float64Array => filled(new Float64Array(count), bound);
  const senses = header.senses.map(({ label, initialUp, allowed, probes }, index) => {
    const allowedFrom_us = bounds(allowed);
    const allowance = words(allowed);
    const probeFrom_us = ascending(probes);
    const probeTo_us = Float64Array.from(probeFrom_us, (from_us) => from_us + natural() / 10);
    return { label, initialUp, ...edges[index]!, allowedFrom_us, allowance, probeFrom_us, probeTo_us, probeResult: small(probes) };
  });
  const from_us = bounds(windowCount);
  const to_us = bounds(windowCount);
  const lane = small(windowCount);
  const expected = words(windowCount);
  let last = 0;
  const edge = filled(new Int32Array(windowCount), () => (last += whole()));
  return { ...header, senses, drives, windows: { lane, from_us, to_us, expected, edge } };
}

/** In the order in which a page has to hold them. */
export const UNPACKING = [instantsOf, decoded, inflated, filled, columnReader, boundReader, unpackTimeline];
