/** A fixture for tests, written by hand from PROTOCOL.md with string arithmetic of its own: shares no line of code with the codec. */

import type { Peer } from './memory-binding.ts';
import type { VirtualTime } from './virtual-time.ts';

export const upperHex = (value: number, width: number): string =>
  (value >>> 0).toString(16).toUpperCase().padStart(width, '0').slice(-width);

/** CRC-16/MCRF4XX bit by bit: what `_crc_ccitt_update` computes. */
export const bitwiseCrc = (text: string): number => {
  let crc = 0xffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0);
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
};

export const line = (body: string): string => `${body}*${upperHex(bitwiseCrc(body), 4)}\n`;

export interface ScriptedOptions {
  readonly version?: number;
  readonly table: number;
  readonly boot?: number;
  /** Error of the resonator. */
  readonly rate_ppm?: number;
  /** Tick at boot. */
  readonly firstTick?: number;
  readonly queue?: number;
  /** The bootloader eats what comes in the first milliseconds after a reset. */
  readonly deaf_ms?: number;
  /** Called at a tick when an entry is executed; may make edges. */
  readonly onDone?: (id: number, fixture: ScriptedFixture) => void;
}

interface Entry {
  readonly id: number;
  readonly type: string;
  readonly when: string;
  readonly rest: string;
  pending: boolean;
}

export class ScriptedFixture implements Peer {
  readonly #time: VirtualTime;
  readonly #say: (text: string) => void;
  readonly #options: ScriptedOptions;
  boot: number;
  #boot_ms = 0;
  #rest = '';
  #heardHello = false;
  #expected = 0;
  #running = false;
  /** Of the drives, as sets leave it. */
  #word = 0;
  #entries: Entry[] = [];
  #done = new Map<number, number>();
  #edges: { readonly code: number; readonly tick: number }[] = [];
  #events: string[] = [];
  #eventCount = 0;
  #generation = 0;
  lineErrors = 0;
  silent = false;
  /** Bodies of sequenced commands in the order executed. */
  readonly executed: string[] = [];
  readonly stops: number[] = [];

  constructor(time: VirtualTime, say: (text: string) => void, options: ScriptedOptions) {
    this.#time = time;
    this.#say = say;
    this.#options = options;
    this.boot = options.boot ?? 0x1234;
  }

  opened(): void {
    this.reset();
  }

  /** What the board does at a reset: another boot id, everything forgotten, deaf for a while. */
  reset(): void {
    this.boot += 1;
    this.#boot_ms = this.#time.now_ms;
    this.#rest = '';
    this.#heardHello = false;
    this.#forget();
    this.#expected = 0;
  }

  /** 53-bit tick now. */
  get tick(): number {
    return (
      (this.#options.firstTick ?? 0) + Math.floor((this.#time.now_ms - this.#boot_ms) * 2000 * (1 + (this.#options.rate_ppm ?? 0) / 1e6))
    );
  }

  hear(text: string): void {
    if (this.silent || this.#time.now_ms < this.#boot_ms + (this.#options.deaf_ms ?? 0)) return;
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const one of lines) {
      const body = one.slice(0, -5);
      if (one.slice(-5) !== `*${upperHex(bitwiseCrc(body), 4)}`) this.lineErrors += 1;
      else this.#obey(body);
    }
  }

  /** Makes an event; `body` as after the number of an `e` line. */
  event(body: string): void {
    this.#events.push(body);
    this.#reply(`e${upperHex(this.#eventCount++, 4)}${body}`);
  }

  /** An edge of a sense now, or at a given tick. */
  edge(sense: number, level: number, via = 1, tick = this.tick): void {
    this.#edges.push({ code: sense * 2 + level, tick });
    this.event(`E${sense}${level}${upperHex(tick, 8)}${via}`);
    this.#arm();
  }

  at(tick: number, action: () => void): void {
    const generation = this.#generation;
    const at_ms = this.#boot_ms + (tick - (this.#options.firstTick ?? 0)) / (2000 * (1 + (this.#options.rate_ppm ?? 0) / 1e6));
    this.#time.at(at_ms + 1e-6, () => generation === this.#generation && action());
  }

  #reply(body: string): void {
    if (!this.silent) this.#say(line(body));
  }

  #forget(): void {
    this.#word = 0;
    this.#generation += 1;
    this.#running = false;
    this.#entries = [];
    this.#done = new Map();
    this.#edges = [];
    this.#events = [];
    this.#eventCount = 0;
  }

  get #free(): number {
    return (this.#options.queue ?? 64) - this.#entries.length;
  }

  #obey(body: string): void {
    const tick = upperHex(this.tick, 8);
    if (body[0] === 'H') {
      this.#heardHello = true;
      this.#forget();
      this.#expected = 0;
      const { version = 1, table, queue = 64 } = this.#options;
      this.#reply(
        `h${upperHex(version, 2)}${body.slice(3, 7)}${upperHex(this.boot, 8)}0000BEEF${upperHex(table, 8)}000000B1001E84800200${upperHex(queue, 2)}00A0${tick}`,
      );
    } else if (body[0] === 'P') {
      const state = (this.#running ? 1 : 0) + (this.#heardHello ? 0 : 16);
      this.#reply(
        `p${body.slice(1, 5)}${tick}${upperHex(this.#expected, 2)}${upperHex(this.#free, 2)}${upperHex(this.#eventCount, 4)}${upperHex(this.lineErrors, 4)}0000${upperHex(state, 2)}`,
      );
    } else if (body[0] === 'R') {
      const from = parseInt(body.slice(1), 16);
      for (let number = from; number < this.#eventCount; number += 1) this.#reply(`e${upperHex(number, 4)}${this.#events[number]}`);
    } else if (body[0] === 'X') {
      this.stops.push(this.tick);
      if (this.#running) {
        this.event(`S1${tick}`);
        this.event(`Z2${tick}`);
      }
      this.#running = false;
      this.#entries = [];
      this.#generation += 1;
      this.#reply(`x${tick}`);
    } else if (body[0] !== 'K') this.#sequenced(body);
  }

  #sequenced(body: string): void {
    const code = this.#heardHello && parseInt(body.slice(1, 3), 16) === this.#expected ? this.#take(body) : null;
    const id = body[0] === 'B' ? '0000' : body.slice(3, 7);
    const answer = `${upperHex(this.#expected, 2)}${upperHex(this.#free, 2)}`;
    this.#reply(code === null || code === '' ? `a${answer}` : `n${answer}${code}${id}`);
  }

  /** Executes the expected command; returns a refusal code or ''. */
  #take(body: string): string {
    this.#expected = (this.#expected + 1) & 0xff;
    this.executed.push(body);
    if (body[0] === 'B') {
      this.#running = true;
      this.#done = new Map();
      this.#edges = [];
      this.#done.set(0, this.tick);
      this.event(`I00${upperHex(this.tick, 8)}`);
      return '';
    }
    const letter = body[7]!;
    const length = { T: 9, D: 13, E: 23 }[letter]!;
    const entry: Entry = {
      id: parseInt(body.slice(3, 7), 16),
      type: body[0]!,
      when: body.slice(7, 7 + length),
      rest: body.slice(7 + length),
      pending: true,
    };
    if (!this.#running) return '8';
    if (this.#free === 0) return '4';
    if (letter === 'T' && this.#extend(parseInt(entry.when.slice(1), 16)) < this.tick + 2000) return '2';
    this.#entries.push(entry);
    this.#arm();
    return '';
  }

  #extend(tick: number): number {
    const now = this.tick;
    const ahead = (tick - (now % 2 ** 32) + 2 ** 32) % 2 ** 32;
    return now + (ahead < 2 ** 31 ? ahead : ahead - 2 ** 32);
  }

  /** Sets every entry off whose instant is known by now. */
  #arm(): void {
    for (const entry of this.#entries.filter(({ pending }) => pending)) {
      const [letter, numbers] = [entry.when[0], entry.when.slice(1)];
      const word = (from: number, to: number): number => parseInt(numbers.slice(from, to), 16);
      let due: number | undefined;
      if (letter === 'T') due = this.#extend(word(0, 8));
      else if (letter === 'D') {
        const after = this.#done.get(word(0, 4));
        if (after !== undefined) due = after + word(4, 12);
      } else {
        const armed = this.#done.get(word(2, 6));
        const edge = armed === undefined ? undefined : this.#edges.find(({ code, tick }) => code === word(0, 2) && tick >= armed);
        if (edge) due = edge.tick + word(6, 14);
        else if (armed !== undefined) this.at(armed + word(14, 22), () => entry.pending && this.#timedOut(entry));
      }
      if (due === undefined) continue;
      entry.pending = false;
      this.at(Math.max(due, this.tick), () => this.#execute(entry, due));
    }
  }

  #timedOut(entry: Entry): void {
    const tick = upperHex(this.tick, 8);
    this.event(`T${upperHex(entry.id, 4)}${tick}`);
    this.event(`Z1${tick}`);
    this.#running = false;
    this.#generation += 1;
  }

  #execute(entry: Entry, due: number): void {
    const [id, tick] = [upperHex(entry.id, 4), upperHex(due, 8)];
    if (entry.type === 'Z') {
      this.event(`Z0${tick}`);
      this.#running = false;
      this.#generation += 1;
      this.#entries = [];
      return;
    }
    this.event(`D${id}${tick}`);
    this.#done.set(entry.id, due);
    if (entry.type === 'U') this.event(`F${id}${upperHex(due + parseInt(entry.rest.slice(8, 16), 16), 8)}`);
    if (entry.type === 'M') this.event(`F${id}${upperHex(due + parseInt(entry.rest.slice(5, 13), 16), 8)}`);
    // Before a case, asked for with the contacts, the supply is off, and both light sensors are alive in the dark: 110 mV.
    const code = ({ '0004': 0, '0D04': 0x00c, '0E04': 0x00c } as Readonly<Record<string, number>>)[entry.rest] ?? 0x100;
    if (entry.type === 'A') this.event(`A${id}${tick}${entry.rest}${upperHex(parseInt(entry.rest.slice(2), 16) * code, 6)}10010008000000`);
    // Contacts of 0.1 Ohm, and the 10 Ohm behind line 0F; both with the 0.2 Ohm of the switches.
    // Lines 10 to 13 lie across switches: 47 Ohm at most while closed, the end of the range while open.
    if (entry.type === 'S') this.#word = (this.#word & ~parseInt(entry.rest.slice(0, 4), 16)) | parseInt(entry.rest.slice(4, 8), 16);
    const across = parseInt(entry.rest, 16) - 0x10;
    const open = across >= 0 && ((this.#word >> across) & 1) === 0;
    if (entry.type === 'C')
      this.event(`A${id}${tick}1304${entry.rest === '0F' ? '000344000000' : open ? '000FFC3FF3FF' : '000018000000'}0E640000`);
    if (entry.type === 'V') this.event(`P${id}${entry.rest}${tick}${upperHex(due + 6000, 8)}0051291470`);
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#options.onDone?.(entry.id, this);
    this.#arm();
  }
}
