/** An ATmega328P of avr8js' own parts that sleeps for real: a second opinion beside the rig's own chip, for images that use Timer1, pin change and single ADC conversions. */

import { AVRADC, AVRIOPort, AVRTimer, CPU, adcConfig, avrInstruction, avrInterrupt, portBConfig, portDConfig, timer1Config } from 'avr8js';

export const FLASH_BYTES = 0x8000;
const SRAM_BYTES = 2048;
const SLEEP = 0x9588;
const SEI = 0x9478;
const RETI = 0x9518;
const SMCR = 0x53;

interface ClockEvent {
  readonly cycles: number;
  readonly callback: () => void;
  readonly next: ClockEvent | null;
}

/** The parts of avr8js' CPU that its typings hide. */
interface Internals {
  nextClockEvent: ClockEvent | null;
  readonly nextInterrupt: number;
  readonly pendingInterrupts: readonly (Parameters<CPU['clearInterrupt']>[0] | null)[];
}

export class StockChip {
  readonly timer1: AVRTimer;
  readonly portB: AVRIOPort;
  readonly portD: AVRIOPort;
  executedCycles = 0;
  wakes = 0;
  /** Volts on an ADC channel. */
  analog: (channel: number) => number = () => 0;
  readonly #cpu: CPU;
  readonly #inside: Internals;
  #asleep = false;

  constructor(flash: Uint8Array, avcc_V: number) {
    this.#cpu = new CPU(new Uint16Array(flash.slice().buffer), SRAM_BYTES);
    this.#inside = this.#cpu as unknown as Internals;
    this.timer1 = new AVRTimer(this.#cpu, timer1Config);
    this.portB = new AVRIOPort(this.#cpu, portBConfig);
    this.portD = new AVRIOPort(this.#cpu, portDConfig);
    const adc = new AVRADC(this.#cpu, adcConfig);
    adc.onADCRead = (input) => {
      const volts = 'channel' in input ? this.analog(input.channel) : 0;
      const code = Math.max(0, Math.min(1023, Math.floor((volts / avcc_V) * 1024)));
      this.#cpu.addClockEvent(() => adc.completeADCRead(code), adc.sampleCycles);
    };
  }

  get cycles(): number {
    return this.#cpu.cycles;
  }

  /** The pins of port B that are outputs and driven high. */
  get drivenHigh(): number {
    return (this.#cpu.data[portBConfig.PORT] ?? 0) & (this.#cpu.data[portBConfig.DDR] ?? 0);
  }

  run(target: number): void {
    const cpu = this.#cpu;
    while (cpu.cycles < target) {
      if (this.#asleep && this.#inside.nextInterrupt < 0) {
        cpu.cycles = Math.min(Math.max(this.#inside.nextClockEvent?.cycles ?? target, cpu.cycles), target);
      } else {
        const from = cpu.cycles;
        this.#step();
        this.executedCycles += cpu.cycles - from;
      }
      this.#fireDue();
    }
  }

  #fireDue(): void {
    for (let event = this.#inside.nextClockEvent; event !== null && event.cycles <= this.#cpu.cycles; event = this.#inside.nextClockEvent) {
      this.#inside.nextClockEvent = event.next;
      event.callback();
    }
  }

  /** One instruction, or the end of a sleep, then the interrupt that there is room for. */
  #step(): void {
    const cpu = this.#cpu;
    const operation = cpu.progMem[cpu.pc];
    if (this.#asleep) {
      this.#asleep = false;
      this.wakes++;
      cpu.cycles += 4;
    } else if (operation === SLEEP && ((cpu.data[SMCR] ?? 0) & 1) !== 0) {
      cpu.pc++;
      cpu.cycles++;
      this.#asleep = true;
      return;
    } else {
      avrInstruction(cpu);
      // One more instruction runs before an interrupt is served (datasheet, 7.7).
      if (operation === SEI || operation === RETI) return;
    }
    const interrupt = this.#inside.pendingInterrupts[this.#inside.nextInterrupt];
    if (interrupt === undefined || interrupt === null || !cpu.interruptsEnabled) return;
    cpu.cycles += 2; // avr8js counts 2 of the response's 4 cycles
    avrInterrupt(cpu, interrupt.address);
    cpu.clearInterrupt(interrupt);
  }
}
