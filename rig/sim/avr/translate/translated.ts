/** A CPU's own side of translated code: its memory, and what the code calls in it. */

import { SUM_FLAGS } from '../arithmetic.ts';
import { budget } from '../budget.ts';
import type { Cpu } from '../cpu.ts';
import { engine, type Imports, type Memory } from './engine.ts';
import { ENTRIES_AT, memoryPages, PC_CELL, PENDING_CELL, SUM_FLAGS_AT } from './layout.ts';
import { MOST_TRANSLATIONS, runModule, shapeOf, type Surroundings, type Translation } from './translation.ts';

type Run = (pc: number, cycles: number) => number;

/** With less to go a translation would hardly have begun. */
const WORTH_cycles = 24;

export const memoryFor = (words: number): Memory => {
  const pages = memoryPages(words);
  return new engine.Memory({ initial: pages, maximum: pages });
};

export class Translated {
  /** Where translated code has left the program counter, at how many cycles it ends, and when it last enabled interrupts (layout.ts). */
  readonly cells: Int32Array;
  readonly #cpu: Cpu;
  readonly #memory: Memory;
  readonly #entries: Uint16Array;
  #translation: Translation;
  /** How many of its batches are in the table. */
  #batches = 0;
  #shape: string | null = null;
  #host: Imports | null = null;
  #run: Run = (_, cycles) => cycles;
  #base = 0;

  constructor(cpu: Cpu, memory: Memory, translation: Translation) {
    this.#cpu = cpu;
    this.#memory = memory;
    this.#translation = translation;
    translation.cool();
    this.cells = new Int32Array(memory.buffer, PC_CELL, 3);
    cpu.around.interrupts.shown = new Int32Array(memory.buffer, PENDING_CELL, 1);
    this.#entries = new Uint16Array(memory.buffer, ENTRIES_AT, cpu.words.length);
    new Uint8Array(memory.buffer).set(SUM_FLAGS, SUM_FLAGS_AT);
  }

  /** The program is another one, or what listens where has changed. */
  renew(translation = this.#translation): void {
    if (this.#shape !== null) this.#entries.fill(0);
    this.#translation = translation;
    this.#batches = 0;
    this.#shape = null;
    this.#host = null;
  }

  /** Before instructions are executed; cycles count from `base`. */
  begin(base: number): void {
    this.#base = base;
    const translation = this.#translation;
    if (translation.batches.length !== this.#batches || translation.due) this.#attach(translation);
  }

  /** Control has come to `pc`, with time until `end`. Gives the cycles then; as many as before where nothing is translated, or it was not worth it. */
  arrive(pc: number, cycles: number, end: number): number {
    if (end - cycles < WORTH_cycles) return cycles;
    if (this.#entries[pc] === 0) {
      this.#translation.count(pc);
      return cycles;
    }
    const { cells } = this;
    cells[1] = end;
    cells[2] = -1;
    const reached = this.#run(pc, cycles);
    if (cells[2] !== -1) this.#cpu.shadowCycle = Math.max(this.#cpu.shadowCycle, this.#base + cells[2]);
    return reached;
  }

  #attach(translation: Translation): void {
    const cpu = this.#cpu;
    const around: Surroundings = {
      wide: cpu.wide,
      ramStart: cpu.ramStart,
      ramBytes: cpu.ramBytes,
      hasRead: (address) => cpu.reads[address] != null,
      hasWrite: (address) => cpu.writes[address] != null,
      implemented: (address) => cpu.implemented[address] ?? 0xff,
    };
    this.#shape ??= shapeOf(around);
    if (!translation.translate(around, this.#shape)) {
      this.#batches = translation.batches.length; // none of them for this CPU
      return;
    }
    this.#host ??= this.#opened();
    for (const { module, starts, from } of translation.batches.slice(this.#batches)) {
      void new engine.Instance(module, { host: this.#host });
      for (const [index, pc] of starts.entries()) this.#entries[pc] = from + index;
    }
    this.#batches = translation.batches.length;
  }

  #opened(): Imports {
    const cpu = this.#cpu;
    const { cells } = this;
    const looked = (): void => {
      cells[1] = budget(cpu.around.queue.limit - this.#base);
    };
    const host = {
      memory: this.#memory,
      table: new engine.Table({ element: 'anyfunc', initial: MOST_TRANSLATIONS + 1 }),
      load: (address: number, pc: number, cycles: number): number => {
        const value = cpu.load(address, pc, this.#base + cycles);
        looked();
        return value;
      },
      store: (address: number, value: number, mask: number, pc: number, cycles: number): number => {
        const halted = cpu.store(address, value, mask, pc, this.#base + cycles);
        looked();
        return halted;
      },
      enabled: (cycles: number): void => {
        cpu.enabled(this.#base + cycles);
        looked();
      },
      loadProgram: (k: number): number => cpu.loadProgram(k),
    };
    this.#run = (new engine.Instance(runModule(), { host }).exports as { readonly run: Run }).run;
    return host;
  }
}
