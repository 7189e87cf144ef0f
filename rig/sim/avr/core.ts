/** The AVR core: instructions, and around them the clock, events, sleep, and entry into interrupts. */

import { Cpu, I_FLAG, SREG } from './cpu.ts';
import type { ReadHook, WriteHook } from './cpu.ts';
import { ClockDomain, EventQueue } from './event-queue.ts';
import type { ChipEvent } from './event-queue.ts';
import { execute } from './execute.ts';
import { Interrupts } from './interrupts.ts';
import type { Translates } from './translate/translation.ts';

export interface CoreOptions {
  readonly flash: Uint8Array;
  readonly ramStart: number;
  /** Last address of the internal SRAM. */
  readonly ramEnd: number;
  /** Cycles from recognition to the first instruction of the vector: 4, or 5 where the program counter has 22 bits. */
  readonly interruptCycles: number;
  readonly translates?: Translates;
}

/** Start-up time in cycles once an interrupt has ended a sleep; null = SLEEP did not put the core to sleep (SE clear). */
export interface SleepControl {
  enter(): { readonly wakeCycles: number } | null;
  leave(): void;
  watchdogReset(): void;
  selfProgramming(): void;
  strayAccess(address: number): void;
}

export class Core {
  readonly cpu: Cpu;
  readonly data: Uint8Array;
  readonly queue = new EventQueue();
  readonly interrupts = new Interrupts(this.queue);
  /** The clock of timers, serial ports and pins; stops in every sleep mode but idle. */
  readonly io: ClockDomain;
  /** The clock of the ADC; runs in noise reduction sleep as well. */
  readonly adc: ClockDomain;
  asleep = false;
  held = true;
  wakes = 0;
  /** Cycles not spent on instructions: asleep or in reset. */
  idleCycles = 0;
  /** Crystal cycles per CPU cycle (CLKPR). */
  divider = 1;
  sleepControl: SleepControl | null = null;
  readonly #interruptCycles: number;
  #firingCycle = -1;
  #stopRequested = false;
  readonly #ramEnd: number;
  #inInstruction = false;
  readonly #deferred: (() => void)[] = [];
  #wakeCycles = 0;
  #wakeAt = -1;

  constructor({ flash, ramStart, ramEnd, interruptCycles, translates = true }: CoreOptions) {
    this.cpu = new Cpu(
      { flash, ramStart, ramEnd, translates },
      {
        queue: this.queue,
        interrupts: this.interrupts,
        sleep: () => this.#sleep(),
        watchdogReset: () => this.sleepControl?.watchdogReset(),
        selfProgramming: () => this.sleepControl?.selfProgramming(),
        strayAccess: (address) => this.sleepControl?.strayAccess(address),
      },
    );
    this.data = this.cpu.data;
    this.#ramEnd = ramEnd;
    this.#interruptCycles = interruptCycles;
    const now = (): number => this.now;
    this.io = new ClockDomain(this.queue, now);
    this.adc = new ClockDomain(this.queue, now);
  }

  /** The instant of what is happening: an event's own cycle while it fires, else the CPU's. */
  get now(): number {
    return this.#firingCycle >= 0 ? this.#firingCycle : this.cpu.cycles;
  }

  onRead(address: number, read: ReadHook): void {
    this.cpu.reads[address] = read;
    this.cpu.translated?.renew();
  }

  /** The hook stores what is to be stored. */
  onWrite(address: number, write: WriteHook): void {
    this.cpu.writes[address] = write;
    this.cpu.translated?.renew();
  }

  /** A register that is memory, of these bits. */
  isPlain(address: number, bits: number): void {
    this.cpu.implemented[address] = bits;
    this.cpu.translated?.renew();
  }

  /** Ends run() at the next instruction boundary, after what is due there. */
  stop(): void {
    this.#stopRequested = true;
    this.queue.limit = -1;
  }

  /** Does `action` now, or at the end of the instruction that is being executed (a reset must not happen inside one). */
  atBoundary(action: () => void): void {
    if (this.#inInstruction && this.#firingCycle < 0) {
      this.#deferred.push(action);
      this.queue.limit = -1;
    } else action();
  }

  isHooked(address: number): boolean {
    const { reads, writes, implemented } = this.cpu;
    return reads[address] != null || writes[address] != null || implemented[address] !== 0xff;
  }

  /** CLKPR: CPU, I/O and ADC clocks together. */
  setDivider(divider: number): void {
    this.divider = divider;
    this.io.set(this.io.running, divider);
    this.adc.set(this.adc.running, divider);
    this.queue.limit = -1;
  }

  nextActivity(): number {
    const { cycles } = this.cpu;
    if (!this.held && (!this.asleep || this.#canWake())) return cycles;
    return Math.max(cycles, Math.min(this.queue.nextCycle, this.#wakeAt < 0 ? Infinity : this.#wakeAt));
  }

  #canWake(): boolean {
    return this.#wakeAt < 0 && this.#canInterrupt();
  }

  /** CPU state after any reset; peripherals reset themselves. */
  reset(): void {
    this.cpu.pc = 0;
    this.data[SREG] = 0;
    this.cpu.sp = this.#ramEnd;
    this.cpu.shadowCycle = -1;
    this.interrupts.clear();
    this.asleep = false;
    this.#wakeAt = -1;
    this.queue.limit = -1;
  }

  run(target: number): void {
    this.#stopRequested = false;
    while (this.cpu.cycles < target && !this.#stopRequested) {
      if (this.held || this.asleep) this.#idle(target);
      else this.#execute(target);
    }
  }

  #execute(target: number): void {
    const { cpu } = this;
    this.#boundary(target);
    while (cpu.cycles < target && !this.#stopRequested && !this.asleep && !this.held) {
      const from = cpu.cycles;
      this.#inInstruction = true;
      try {
        execute(cpu);
      } finally {
        this.#inInstruction = false;
      }
      if (this.divider !== 1) cpu.cycles = from + (cpu.cycles - from) * this.divider;
      this.#boundary(target);
    }
  }

  /** Between two instructions: deferred actions, events due, then an interrupt. */
  #boundary(target: number): void {
    const { cpu, queue } = this;
    while (this.#deferred.length > 0) this.#deferred.shift()!();
    this.#fireDue();
    if (this.#canInterrupt() && !this.asleep && !this.held) {
      // One more instruction runs after SEI, RETI and a write that sets I.
      if (cpu.cycles === cpu.shadowCycle) {
        queue.limit = -1;
        return;
      }
      this.#enterInterrupt();
      this.#fireDue();
    }
    queue.limit = this.divider === 1 ? Math.min(target, queue.nextCycle) : -1;
  }

  #canInterrupt(): boolean {
    return this.interrupts.pending && ((this.data[SREG] as number) & I_FLAG) !== 0;
  }

  #sleep(): void {
    const sleep = this.sleepControl?.enter() ?? null;
    if (sleep === null) return;
    this.asleep = true;
    this.#wakeCycles = sleep.wakeCycles;
    this.#wakeAt = -1;
    this.queue.limit = -1;
  }

  #idle(target: number): void {
    const { cpu, queue } = this;
    if (this.asleep && !this.held && this.#canWake()) {
      this.#wakeAt = cpu.cycles + this.#wakeCycles;
    }
    const wakeAt = this.#wakeAt < 0 ? Infinity : this.#wakeAt;
    const to = Math.min(target, queue.nextCycle, wakeAt);
    if (to > cpu.cycles) {
      this.idleCycles += to - cpu.cycles;
      cpu.cycles = to;
    }
    this.#fireDue();
    if (this.asleep && this.#wakeAt >= 0 && cpu.cycles >= this.#wakeAt) {
      this.asleep = false;
      this.#wakeAt = -1;
      this.wakes++;
      this.sleepControl?.leave();
      // Sleep lengthens the response by as much again (both datasheets, "Interrupt Response Time").
      cpu.cycles += this.#interruptCycles * this.divider;
      this.#fireDue();
      if (this.#canInterrupt()) this.#enterInterrupt();
    }
  }

  #fireDue(): void {
    const { cpu, queue } = this;
    if (queue.nextCycle > cpu.cycles) return;
    let event: ChipEvent | null;
    while ((event = queue.takeDue(cpu.cycles)) !== null) {
      this.#firingCycle = event.cycle;
      try {
        event.action();
      } finally {
        this.#firingCycle = -1;
      }
    }
  }

  #enterInterrupt(): void {
    const { cpu, data } = this;
    const vector = this.interrupts.take();
    cpu.pushPc(cpu.pc);
    data[SREG] = (data[SREG] as number) & ~I_FLAG;
    cpu.cycles += this.#interruptCycles * this.divider;
    cpu.pc = vector * 2;
  }
}
