/** A timeline as text that a page carries: columns of whole numbers, deflated. Times are kept to a tenth of a microsecond. */

import { deflateRawSync } from 'node:zlib';
import { instantsOf } from './unpack.ts';
import type { TimelineModel } from './model.ts';

/** What of a model is told as it is; the columns are in the bytes behind it. */
export type Header = Pick<
  TimelineModel,
  | 'from_us'
  | 'to_us'
  | 'ended_us'
  | 'bound_ppm'
  | 'marks'
  | 'samples'
  | 'flags'
  | 'stamps'
  | 'allowances'
  | 'expected'
  | 'driveStates'
  | 'probeResults'
> & {
  readonly senses: readonly {
    readonly label: string;
    readonly initialUp: boolean;
    readonly edges: number;
    readonly allowed: number;
    readonly probes: number;
  }[];
  readonly drives: readonly { readonly label: string; readonly points: number }[];
  readonly windows: number;
  /** Lengths, in tenths of a microsecond, by which bounds follow known instants. */
  readonly offsets: readonly number[];
};

const tenths = (us: number): number => Math.round(us * 10);

/** Whole numbers in as few bytes as they need, the lowest seven bits first. */
class Bytes {
  private bytes = new Uint8Array(1 << 12);
  private used = 0;
  /** At least 0 and at most 2^53 - 1. */
  natural(value: number): void {
    if (this.used + 8 > this.bytes.length) {
      const more = new Uint8Array(this.bytes.length * 2);
      more.set(this.bytes);
      this.bytes = more;
    }
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.used++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.used++] = rest;
  }
  /** From -2^52 to 2^52. */
  whole(value: number): void {
    this.natural(value < 0 ? -2 * value - 1 : 2 * value);
  }
  done(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }
}

/** A bound is mostly an instant of the trace and a length of the rules behind it: told so it takes a byte or two. */
class Bounds {
  private readonly index: ReadonlyMap<number, number>;
  private readonly offsets: readonly number[];
  private last = 0;
  private lastLiteral = 0;
  constructor(instants: Float64Array, offsets: readonly number[]) {
    this.index = new Map(Array.from(instants, (at, number) => [at, number]));
    this.offsets = offsets;
  }
  write(bytes: Bytes, at_us: number): void {
    if (!Number.isFinite(at_us)) return bytes.natural(1);
    const at = tenths(at_us);
    for (const [number, offset] of this.offsets.entries()) {
      const known = this.index.get(at - offset);
      if (known === undefined) continue;
      bytes.natural(number + 2);
      bytes.whole(known - this.last);
      this.last = known;
      return;
    }
    bytes.natural(0);
    bytes.whole(at - this.lastLiteral);
    this.lastLiteral = at;
  }
}

/** Lengths that windows are known to follow instants by; not more than a bound is worth looking up for. */
const MOST_OFFSETS = 48;

/** `lengths_us`: how long after its causes an edge may come. */
export function packTimeline(model: TimelineModel, lengths_us: readonly number[]): string {
  const offsets = [0, ...new Set(lengths_us.filter((length) => Number.isFinite(length)).map(tenths))].slice(0, MOST_OFFSETS);
  const { senses, drives, windows, ...told } = model;
  const header: Header = {
    ...told,
    senses: senses.map(({ label, initialUp, at_us, allowance, probeResult }) => ({
      label,
      initialUp,
      edges: at_us.length,
      allowed: allowance.length,
      probes: probeResult.length,
    })),
    drives: drives.map(({ label, at_us }) => ({ label, points: at_us.length })),
    windows: windows.lane.length,
    offsets,
  };
  const bytes = new Bytes();
  const ascending = (column: Float64Array): void => {
    let last = 0;
    for (const us of column) {
      bytes.whole(tenths(us) - last);
      last = tenths(us);
    }
  };
  const naturals = (column: Iterable<number>): void => {
    for (const value of column) bytes.natural(value);
  };
  for (const lane of senses) {
    ascending(lane.at_us);
    naturals(lane.up);
    naturals(lane.stamp);
  }
  for (const lane of drives) {
    ascending(lane.at_us);
    naturals(lane.state);
    naturals(lane.ramp);
  }
  const bounds = new Bounds(instantsOf([...senses.map(({ at_us }) => at_us), ...drives.map(({ at_us }) => at_us)]), offsets);
  for (const lane of senses) {
    for (const from_us of lane.allowedFrom_us) bounds.write(bytes, from_us);
    naturals(lane.allowance);
    ascending(lane.probeFrom_us);
    naturals(lane.probeTo_us.map((to_us, index) => Math.max(0, tenths(to_us) - tenths(lane.probeFrom_us[index]!))));
    naturals(lane.probeResult);
  }
  for (const from_us of windows.from_us) bounds.write(bytes, from_us);
  for (const to_us of windows.to_us) bounds.write(bytes, to_us);
  naturals(windows.lane);
  naturals(windows.expected);
  let last = 0;
  for (const edge of windows.edge) {
    bytes.whole(edge - last);
    last = edge;
  }
  const head = new TextEncoder().encode(JSON.stringify(header));
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, head.length);
  return deflateRawSync(Buffer.concat([size, head, bytes.done()]), { level: 9 }).toString('base64');
}
