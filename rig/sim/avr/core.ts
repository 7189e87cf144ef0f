/** The AVR core: instructions by avr8js, and around them our own clock, events, register hooks, sleep and interrupt entry. */

import { CPU, avrInstruction } from 'avr8js';
import { ClockDomain, EventQueue } from './event-queue.ts';
import type { ChipEvent } from './event-queue.ts';
import { Interrupts } from './interrupts.ts';

const SREG = 0x5f;
const I_FLAG = 0x80;
const OP_SLEEP = 0x9588;
const OP_RETI = 0x9518;
const OP_SPM = 0x95e8;

export interface CoreOptions {
  readonly flash: Uint8Array;
  /** Last address of the internal SRAM. */
  readonly ramEnd: number;
  /** Cycles from recognition to the first instruction of the vector: 4, or 5 where the program counter has 22 bits. */
  readonly interruptCycles: number;
}

/** Start-up time in cycles once an interrupt has ended a sleep; null = SLEEP did not put the core to sleep (SE clear). */
export interface SleepControl {
  enter(): { readonly wakeCycles: number } | null;
  leave(): void;
  watchdogReset(): void;
  selfProgramming(): void;
}

export class Core {
  readonly cpu: CPU;
  readonly data: Uint8Array;
  readonly queue = new EventQueue();
  readonly interrupts = new Interrupts();
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
  #inInstruction = false;
  #interruptible = false;
  readonly #deferred: (() => void)[] = [];
  #wakeCycles = 0;
  #wakeAt = -1;

  constructor({ flash, ramEnd, interruptCycles }: CoreOptions) {
    const words = new Uint16Array(flash.buffer.slice(flash.byteOffset, flash.byteOffset + flash.byteLength));
    // avr8js adds only 0x100 bytes of registers to what it is told.
    this.cpu = new CPU(words, ramEnd + 1 - 0x100);
    this.data = this.cpu.data;
    this.#interruptCycles = interruptCycles;
    const now = (): number => this.now;
    this.io = new ClockDomain(this.queue, now);
    this.adc = new ClockDomain(this.queue, now);
    this.cpu.onWatchdogReset = () => this.sleepControl?.watchdogReset();
  }

  /** The instant of what is happening: an event's own cycle while it fires, else the CPU's. */
  get now(): number {
    return this.#firingCycle >= 0 ? this.#firingCycle : this.cpu.cycles;
  }

  onRead(address: number, read: (address: number) => number): void {
    this.cpu.readHooks[address] = read;
  }

  /** The hook stores what is to be stored. `mask` = the bits the instruction means to touch (one bit for SBI and CBI). */
  onWrite(address: number, write: (value: number, mask: number) => void): void {
    this.cpu.writeHooks[address] = (value, _old, _address, mask) => {
      write(value, mask);
      return true;
    };
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
    return this.cpu.readHooks[address] !== undefined || this.cpu.writeHooks[address] !== undefined;
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
    return this.#wakeAt < 0 && this.interrupts.pending && ((this.data[SREG] as number) & I_FLAG) !== 0;
  }

  /** CPU state after any reset; peripherals reset themselves. */
  reset(): void {
    this.cpu.pc = 0;
    this.data[SREG] = 0;
    this.cpu.SP = this.data.length - 1;
    this.interrupts.clear();
    this.asleep = false;
    this.#wakeAt = -1;
    this.#interruptible = false;
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
    const { cpu, queue, interrupts, data } = this;
    const { progMem } = cpu;
    this.#boundary(target);
    while (cpu.cycles < target && !this.#stopRequested && !this.asleep && !this.held) {
      const opcode = progMem[cpu.pc];
      if (opcode === undefined) {
        cpu.pc = 0;
        continue;
      }
      const from = cpu.cycles;
      const before = data[SREG] as number;
      this.#inInstruction = true;
      if (opcode === OP_SLEEP || opcode === OP_SPM) this.#special(opcode);
      else avrInstruction(cpu);
      this.#inInstruction = false;
      if (cpu.cycles < queue.limit && !interrupts.pending) continue;
      if (this.divider !== 1) cpu.cycles = from + (cpu.cycles - from) * this.divider;
      // I must have been set before the instruction as well: one more instruction runs after SEI, RETI and OUT SREG.
      this.#interruptible = (before & (data[SREG] as number) & I_FLAG) !== 0 && opcode !== OP_RETI;
      this.#boundary(target);
    }
  }

  /** Between two instructions: deferred actions, events due, then an interrupt. */
  #boundary(target: number): void {
    const { queue } = this;
    for (let action = this.#deferred.shift(); action !== undefined; action = this.#deferred.shift()) action();
    this.#fireDue();
    if (this.interrupts.pending && this.#interruptible && !this.asleep && !this.held) {
      this.#enterInterrupt();
      this.#fireDue();
    }
    queue.limit = this.divider === 1 ? Math.min(target, queue.nextCycle) : -1;
  }

  #special(opcode: number): void {
    const { cpu } = this;
    cpu.pc++;
    cpu.cycles++;
    if (opcode === OP_SPM) {
      this.sleepControl?.selfProgramming();
      return;
    }
    const sleep = this.sleepControl?.enter() ?? null;
    if (sleep === null) return;
    this.asleep = true;
    this.#wakeCycles = sleep.wakeCycles;
    this.#wakeAt = -1;
    this.queue.limit = -1;
  }

  #idle(target: number): void {
    const { cpu, queue, interrupts } = this;
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
      if (interrupts.pending) this.#enterInterrupt();
      this.#interruptible = false;
    }
  }

  #fireDue(): void {
    const { cpu, queue } = this;
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
    let sp = cpu.SP;
    data[sp--] = cpu.pc & 0xff;
    data[sp--] = (cpu.pc >> 8) & 0xff;
    if (cpu.pc22Bits) data[sp--] = (cpu.pc >> 16) & 0xff;
    cpu.SP = sp;
    data[SREG] = (data[SREG] as number) & ~I_FLAG;
    this.#interruptible = false;
    cpu.cycles += this.#interruptCycles * this.divider;
    cpu.pc = vector * 2;
  }
}
