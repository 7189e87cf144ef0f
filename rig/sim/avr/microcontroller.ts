/** Puts core and peripherals together into one chip, and gives it its reset line and its way to sleep. */

import { Adc } from './adc.ts';
import type { AdcReference, AdcTrigger } from './adc.ts';
import type {
  Chip,
  ChipModel,
  ChipOptions,
  ChipSpi,
  ChipUart,
  ForbiddenAccessListener,
  PinListener,
  PinState,
  ResetCause,
} from './chip-interface.ts';
import { Core } from './core.ts';
import { Eeprom } from './eeprom.ts';
import { chipEvent } from './event-queue.ts';
import { ExternalInterrupts } from './external-interrupts.ts';
import type { HexImage } from './hex.ts';
import { atmega2560 } from './models/atmega2560.ts';
import { atmega328p } from './models/atmega328p.ts';
import type { ChipConfig } from './models/chip-config.ts';
import { Ports } from './ports.ts';
import { Prescaler } from './prescaler.ts';
import { sleepModeOf } from './sleep-modes.ts';
import { Spi } from './spi.ts';
import { paintStack, stackDepth } from './stack-paint.ts';
import { attachRefusals, attachSystemRegisters } from './system-registers.ts';
import type { SystemRegisters } from './system-registers.ts';
import { attachTimerRegisters } from './timer-registers.ts';
import { ICF, OCF, TOV, Timer } from './timer.ts';
import { Twi } from './twi.ts';
import { Usart } from './usart.ts';
import { Watchdog } from './watchdog.ts';

const CONFIGS: Readonly<Record<ChipModel, ChipConfig>> = { atmega2560, atmega328p };
const SMCR = 0x53;
const SE = 0x01;
const MCUSR = 0x54;
const MCUSR_BITS: Readonly<Record<ResetCause, number>> = { powerOn: 0x01, external: 0x02, brownOut: 0x04, watchdog: 0x08 };

/** Which timer's flag is behind each trigger of the ADC. */
const TRIGGER_FLAGS: Partial<Record<AdcTrigger, { readonly timer: number; readonly flag: number }>> = {
  ocf0a: { timer: 0, flag: OCF[0] },
  tov0: { timer: 0, flag: TOV },
  ocf1b: { timer: 1, flag: OCF[1] },
  tov1: { timer: 1, flag: TOV },
  icf1: { timer: 1, flag: ICF },
};

export class Microcontroller implements Chip {
  readonly model: ChipModel;
  readonly nominal_Hz = 16_000_000;
  readonly ram: Uint8Array;
  readonly spi: ChipSpi;
  readonly uart0: ChipUart;
  analog: (channel: number, cycle: number) => number = () => 0;
  aref_V = 5;
  avcc_V = 5;
  bandgap_V = 1.1;
  readonly #config: ChipConfig;
  readonly #core: Core;
  readonly #ports: Ports;
  readonly #adc: Adc;
  readonly #eeprom: Eeprom;
  readonly #watchdog: Watchdog;
  readonly #system: SystemRegisters;
  /** Reset in this order, after the registers were cleared. */
  readonly #resettable: readonly { reset(): void }[];
  readonly #resetListeners: ((cause: ResetCause, cycle: number) => void)[] = [];
  readonly #forbiddenListeners: ForbiddenAccessListener[] = [];
  readonly #start = chipEvent(() => {
    this.#core.held = false;
    this.#watchdog.restart();
  });
  #startupDelayCycles = 0;

  constructor(model: ChipModel, image: HexImage, { translates = true }: ChipOptions = {}) {
    const config = CONFIGS[model];
    if (image.flash.length !== config.flashBytes) {
      throw new RangeError(
        `The image is for ${image.flash.length} bytes of flash, the ${model} has ${config.flashBytes}; parse it with that size.`,
      );
    }
    this.model = model;
    this.#config = config;
    const core = new Core({
      flash: image.flash,
      ramStart: config.ramStart,
      ramEnd: config.ramEnd,
      interruptCycles: config.interruptCycles,
      translates,
    });
    this.#core = core;
    this.ram = core.data.subarray(config.ramStart, config.ramEnd + 1);
    const ports = new Ports(core, config.ports);
    this.#ports = ports;
    const refuse = (register: string, address: number): void => this.#refuse(register, address);
    const external = new ExternalInterrupts(core, ports, config.external);
    const prescalers = { synchronous: new Prescaler(core.io), asynchronous: new Prescaler(core.io) };
    const timers = config.timers.map((timer) => {
      const made = new Timer(core, ports, timer.index === 2 ? prescalers.asynchronous : prescalers.synchronous, timer);
      attachTimerRegisters(core, made);
      return made;
    });
    const usarts = config.usarts.map((usart) => new Usart(core, ports, usart));
    this.uart0 = usarts[0] as Usart;
    const spi = new Spi(core, ports, config.spi);
    this.spi = spi;
    this.#eeprom = new Eeprom(core, config.vectors.eepromReady, config.eepromBytes);
    this.#watchdog = new Watchdog(core, config.vectors.watchdog, () => this.#bite());
    const twi = new Twi(core, config.vectors.twi);
    this.#adc = new Adc(core, config.adc, {
      sample: (channel, cycle) => this.analog(channel, cycle),
      reference_V: (reference) => this.#reference_V(reference),
      bandgap_V: () => this.bandgap_V,
      refuse,
      selectTrigger: (trigger) => this.#watchTrigger(timers, trigger),
    });
    external.onInt0 = () => this.#adc.trigger('int0');
    this.#system = attachSystemRegisters(core, ports, prescalers, refuse);
    attachRefusals(core, config, refuse);
    const { synchronous, asynchronous } = prescalers;
    this.#resettable = [synchronous, asynchronous, external, ...timers, ...usarts, this.#adc, this.#eeprom, spi, twi, this.#system, ports];
    core.sleepControl = {
      enter: () => this.#sleep(),
      leave: () => this.#clocks(true, true),
      watchdogReset: () => this.#watchdog.restart(),
      selfProgramming: () => refuse('SPMCSR', 0x57),
      strayAccess: (address) => refuse(`data address 0x${address.toString(16)}`, address),
    };
    this.#reset('powerOn');
  }

  get cycles(): number {
    return this.#core.cpu.cycles;
  }

  get executedCycles(): number {
    return this.#core.cpu.cycles - this.#core.idleCycles;
  }

  get wakes(): number {
    return this.#core.wakes;
  }

  get asleep(): boolean {
    return this.#core.asleep;
  }

  get heldInReset(): boolean {
    return this.#core.held;
  }

  get eeprom(): Uint8Array {
    return this.#eeprom.contents;
  }

  get flash(): Readonly<Uint8Array> {
    return this.#core.cpu.flash;
  }

  program(address: number, bytes: Uint8Array): void {
    if (!this.#core.held) throw new Error('Program memory is written from outside while the chip is held in reset.');
    this.#core.cpu.program(address, bytes);
  }

  nextActivity(): number {
    return this.#core.nextActivity();
  }

  run(target: number): void {
    this.#core.run(Math.ceil(target));
  }

  stop(): void {
    this.#core.stop();
  }

  hold(cause: Exclude<ResetCause, 'watchdog'>): void {
    this.#core.atBoundary(() => this.#reset(cause));
  }

  release(startupDelayCycles: number): void {
    this.#core.atBoundary(() => {
      this.#startupDelayCycles = Math.ceil(startupDelayCycles);
      this.#core.queue.schedule(this.#start, this.#core.now + this.#startupDelayCycles);
    });
  }

  onReset(listener: (cause: ResetCause, cycle: number) => void): void {
    this.#resetListeners.push(listener);
  }

  setInput(pin: string, level: boolean | null): void {
    const { port, bit } = this.#ports.find(pin);
    port.setOutside(bit, level);
  }

  pinState(pin: string): PinState {
    const { port, bit } = this.#ports.find(pin);
    return port.state(bit);
  }

  onPinChange(listener: PinListener): void {
    this.#ports.onPinChange(listener);
  }

  at(cycle: number, action: () => void): void {
    this.#core.queue.schedule(chipEvent(action), Math.max(Math.ceil(cycle), this.#core.cpu.cycles));
  }

  onForbiddenAccess(listener: ForbiddenAccessListener): void {
    this.#forbiddenListeners.push(listener);
  }

  poke(address: number, value: number): void {
    const { cpu } = this.#core;
    this.#core.atBoundary(() => cpu.store(address, value, 0xff, cpu.pc + 1, cpu.cycles));
  }

  stackHighWater(): number {
    return stackDepth(this.ram);
  }

  #reset(cause: ResetCause): void {
    const core = this.#core;
    const { data } = core;
    core.queue.cancel(this.#start);
    core.held = true;
    core.reset();
    core.setDivider(1);
    this.#clocks(true, true);
    const flags = cause === 'powerOn' ? 0 : (data[MCUSR] as number);
    const stackPointer = core.cpu.sp;
    data.fill(0, 0x20, this.#config.ramStart);
    core.cpu.sp = stackPointer;
    data[MCUSR] = flags | MCUSR_BITS[cause];
    for (const part of this.#resettable) part.reset();
    this.#watchdog.reset(cause === 'watchdog' ? 'watchdog' : 'other');
    if (cause === 'powerOn') paintStack(this.ram);
    for (const listener of this.#resetListeners) listener(cause, core.now);
  }

  /** The watchdog resets the chip, which starts again after the delay its fuses give to every reset. */
  #bite(): void {
    this.#reset('watchdog');
    this.release(this.#startupDelayCycles);
  }

  #sleep(): { readonly wakeCycles: number } | null {
    const control = this.#core.data[SMCR] as number;
    if ((control & SE) === 0) return null;
    const mode = sleepModeOf(control);
    if (mode.startsConversion) this.#adc.sleepStarts();
    this.#clocks(mode.ioClock, mode.adcClock);
    return mode;
  }

  #clocks(io: boolean, adc: boolean): void {
    this.#core.io.set(io, this.#core.divider);
    this.#core.adc.set(adc, this.#core.divider);
  }

  #reference_V(reference: AdcReference): number {
    if (reference === 'aref') return this.aref_V;
    if (reference === 'avcc') return this.avcc_V;
    return reference === 'bandgap' ? this.bandgap_V : 2.56;
  }

  #watchTrigger(timers: readonly Timer[], trigger: AdcTrigger | null): void {
    const source = trigger === null ? undefined : TRIGGER_FLAGS[trigger];
    for (const timer of timers) {
      const watched = source !== undefined && timer.config.index === source.timer;
      timer.onFlag = watched && trigger !== null ? () => this.#adc.trigger(trigger) : () => {};
      timer.watch(watched ? source.flag : 0);
    }
  }

  #refuse(register: string, address: number): void {
    for (const listener of this.#forbiddenListeners) listener(register, address, this.#core.cpu.pc * 2);
  }
}
