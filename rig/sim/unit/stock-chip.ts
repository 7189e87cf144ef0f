/** An ATmega328P of avr8js' stock peripherals that sleeps for real: a second opinion beside the rig's own chip, for images that use Timer1, pin change and single ADC conversions. */

import {
  AVRADC,
  AVRIOPort,
  AVRTimer,
  CPU,
  PinState,
  adcConfig,
  avrInstruction,
  avrInterrupt,
  portBConfig,
  portDConfig,
  timer1Config,
} from 'avr8js';
import type { Chip, PinListener } from '../avr/chip.ts';

/** What a test of the unit needs of a chip. */
export type UnitChip = Pick<Chip, 'cycles' | 'executedCycles' | 'wakes' | 'run' | 'setInput' | 'onPinChange' | 'analog' | 'avcc_V'>;

const SRAM_BYTES = 2048;
const SLEEP = 0x9588;
const SEI = 0x9478;
const RETI = 0x9518;
const SMCR = 0x53;
/** In the order of avr8js' PinState. */
const STATES = { [PinState.Low]: 'low', [PinState.High]: 'high', [PinState.Input]: 'input', [PinState.InputPullUp]: 'pullUp' } as const;

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

export class StockChip implements UnitChip {
  executedCycles = 0;
  wakes = 0;
  avcc_V = 5;
  analog: UnitChip['analog'] = () => 0;
  readonly timer1: AVRTimer;
  readonly #ports: ReadonlyMap<string, AVRIOPort>;
  readonly #cpu: CPU;
  readonly #inside: Internals;
  #asleep = false;

  /** The first instruction comes with the first run(). */
  constructor(flash: Uint8Array) {
    this.#cpu = new CPU(new Uint16Array(flash.slice().buffer), SRAM_BYTES);
    this.#inside = this.#cpu as unknown as Internals;
    this.timer1 = new AVRTimer(this.#cpu, timer1Config);
    this.#ports = new Map([
      ['PB', new AVRIOPort(this.#cpu, portBConfig)],
      ['PD', new AVRIOPort(this.#cpu, portDConfig)],
    ]);
    const adc = new AVRADC(this.#cpu, adcConfig);
    adc.onADCRead = (input) => {
      const volts = 'channel' in input ? this.analog(input.channel, this.cycles) : 0;
      const code = Math.max(0, Math.min(1023, Math.floor((volts / this.avcc_V) * 1024)));
      this.#cpu.addClockEvent(() => adc.completeADCRead(code), adc.sampleCycles);
    };
  }

  get cycles(): number {
    return this.#cpu.cycles;
  }

  setInput(pin: string, level: boolean | null): void {
    this.#ports.get(pin.slice(0, 2))?.setPin(Number(pin.slice(2)), level ?? false);
  }

  onPinChange(listener: PinListener): void {
    for (const [name, port] of this.#ports) {
      port.addListener(() => {
        for (let bit = 0; bit < 8; bit++) listener(`${name}${bit}`, STATES[port.pinState(bit)], this.cycles);
      });
    }
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
