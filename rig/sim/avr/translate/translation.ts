/** Which parts of a program are translated to WebAssembly, and the module that holds them: shared by all CPUs that run the program. */

import { engine, type Module } from './engine.ts';
import { WRITE_SUM } from './flags.ts';
import { END_CELL, ENTRIES_AT, HOST, PC_CELL } from './layout.ts';
import { isTranslated, Trace } from './trace.ts';
import {
  again,
  callByNumber,
  equal,
  get,
  greater,
  isZero,
  leave,
  load16,
  load32,
  loop,
  moduleBytes,
  set,
  shiftLeft,
  UNREACHABLE,
  when,
} from './wasm.ts';
import type { Exported, ModuleParts } from './wasm.ts';
import type { Site } from './writer.ts';

/** Whether a CPU's program is translated; what happens is the same, at the same cycles. Default: what is hot. Eagerly: wherever control comes to twice. */
export type Translates = boolean | 'eagerly';

export interface Eagerness {
  /** A word of the program is worth translating from once control has come to it so often in the life of one CPU. */
  readonly hot: number;
  /** The same for the first CPU that runs the program: a process that does a thing once is not to pay for the next time. */
  readonly hotAtFirst: number;
  /** So many are translated together, and then so many more for each one there is: a module costs something by itself, at every CPU that runs it. */
  readonly first: number;
  readonly growth: number;
}

/** What is interpreted until then costs about what translating it does. */
export const WHEN_HOT: Eagerness = { hot: 60, hotAtFirst: 20_000, first: 24, growth: 0.4 };
export const EAGERLY: Eagerness = { hot: 1, hotAtFirst: 1, first: 1, growth: 0 };
/** One for each place in the table but the first, which stands for nothing. */
export const MOST_TRANSLATIONS = 1023;

/** In the order of `HOST`. */
const IMPORTS: ModuleParts['imports'] = [
  { name: 'load', signature: { parameters: 3, results: 1 } },
  { name: 'store', signature: { parameters: 5, results: 1 } },
  { name: 'enabled', signature: { parameters: 1, results: 0 } },
  { name: 'loadProgram', signature: { parameters: 1, results: 1 } },
];
/** Behind the imports and the one function beside the translations. */
const FIRST_TRANSLATION = HOST.writeSum + 1;

/** Goes from one translation to the next, until none begins where the program has come to, one has not come on, or the end is reached. */
const RUN: Exported = (() => {
  const [pc, cycles, then] = [0, 1, 2];
  const entry = load16(ENTRIES_AT, shiftLeft(get(pc), 1));
  return {
    name: 'run',
    signature: { parameters: 2, results: 1 },
    locals: 1,
    code:
      loop(
        set(then, entry) +
          when(isZero(get(then)), leave(get(cycles))) +
          set(then, callByNumber(get(then), get(cycles))) +
          when(equal(get(then), get(cycles)), leave(get(cycles))) +
          set(cycles, get(then)) +
          when(isZero(greater(load32(END_CELL), get(cycles))), leave(get(cycles))) +
          set(pc, load32(PC_CELL)) +
          again(0),
      ) + UNREACHABLE,
  };
})();

/** The same for all programs. */
export const runModule = (() => {
  let made: Module | null = null;
  return (): Module => (made ??= new engine.Module(moduleBytes({ imports: [], exported: [RUN], inTable: [], at: 1 })));
})();

export type Surroundings = Omit<Site, 'words' | 'functionAt' | 'numberOf'>;

/** What of the surroundings goes into the code: translations of one program hold for CPUs that agree in this. */
export const shapeOf = ({ wide, ramStart, ramBytes, hasRead, hasWrite, implemented }: Surroundings): string => {
  const kinds = Array.from({ length: ramStart }, (_, at) => `${(hasRead(at) ? 1 : 0) + (hasWrite(at) ? 2 : 0)}/${implemented(at)}`);
  return `${wide} ${ramStart} ${ramBytes} ${kinds.join(' ')}`;
};

/** Translations made together. */
export interface Batch {
  readonly module: Module;
  /** Where each begins; the first has the number `from`. */
  readonly starts: readonly number[];
  readonly from: number;
}

export class Translation {
  readonly #words: Uint16Array;
  readonly #eagerness: Eagerness;
  /** How often control has come to a word that is not translated. */
  readonly #heat: Uint16Array;
  /** Those that were hot once. */
  readonly #seen = new Set<number>();
  /** Where translations begin, and their numbers. */
  readonly #begun = new Map<number, number>();
  #waiting: number[] = [];
  #translated = 0;
  /** CPUs that run the program, or have run it. */
  #lives = 0;
  #shape: string | null = null;
  readonly batches: Batch[] = [];

  constructor(words: Uint16Array, eagerness: Eagerness) {
    this.#words = words;
    this.#eagerness = eagerness;
    this.#heat = new Uint16Array(words.length + 3);
  }

  /** Another CPU begins: what is seldom in the life of one is not to become hot in the lives of many. */
  cool(): void {
    this.#lives += 1;
    this.#heat.fill(0);
  }

  /** Control has come to this word, and nothing is translated there. */
  count(pc: number): void {
    const heat = this.#heat[pc]!;
    const hot = this.#lives > 1 ? this.#eagerness.hot : this.#eagerness.hotAtFirst;
    if (heat >= hot) return;
    this.#heat[pc] = heat + 1;
    if (heat + 1 < hot || this.#seen.has(pc)) return;
    this.#seen.add(pc);
    this.#waiting.push(pc);
  }

  /** Whether there is so much to translate that it is time. */
  get due(): boolean {
    const { first, growth } = this.#eagerness;
    return this.#waiting.length >= Math.max(first, this.#translated * growth);
  }

  /** For CPUs of one shape only: false for any other. */
  translate(around: Surroundings, shape: string): boolean {
    this.#shape ??= shape;
    if (shape !== this.#shape) return false;
    if (this.due) this.#make(around);
    return true;
  }

  #make(around: Surroundings): void {
    const functions = new Map<number, number>();
    const site: Site = {
      ...around,
      words: this.#words,
      functionAt: (pc) => functions.get(pc),
      numberOf: (pc) => this.#begun.get(pc),
    };
    const from = 1 + this.#translated;
    const starts = this.#waiting.filter((pc) => isTranslated(site, pc)).slice(0, MOST_TRANSLATIONS - this.#translated);
    this.#waiting = [];
    if (starts.length === 0) return;
    this.#translated += starts.length;
    for (const [index, pc] of starts.entries()) functions.set(pc, FIRST_TRANSLATION + index);
    const inTable = starts.map((pc) => new Trace(site, pc).body);
    for (const [index, pc] of starts.entries()) this.#begun.set(pc, from + index);
    const module = new engine.Module(moduleBytes({ imports: IMPORTS, exported: [WRITE_SUM], inTable, at: from }));
    this.batches.push({ module, starts, from });
  }
}
