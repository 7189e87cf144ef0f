/** The digital pins: port registers, what peripherals override, what comes from outside, and who is told of changes. */

import type { PinListener, PinState } from './chip-interface.ts';
import type { Core } from './core.ts';

export interface PortConfig {
  readonly letter: string;
  /** Address of PINx; DDRx and PORTx follow it. */
  readonly pin: number;
  /** Bits that exist. */
  readonly mask: number;
}

/** Told of every change of the level a pin reads as. */
export type LevelListener = (level: boolean) => void;

const STATES: readonly PinState[] = ['input', 'pullUp', 'low', 'high'];

export class Port {
  readonly letter: string;
  readonly #core: Core;
  readonly #address: number;
  readonly #mask: number;
  readonly #ports: Ports;
  readonly #levelListeners: LevelListener[][] = [[], [], [], [], [], [], [], []];
  readonly #changeListeners: ((changed: number, levels: number) => void)[] = [];
  #outsideDriven = 0;
  #outsideHigh = 0;
  #overridden = 0;
  #overrideHigh = 0;
  #forcedOutput = 0;
  /** Per bit: driven, and level or pull-up. */
  #driven = 0;
  #high = 0;
  /** Levels as PINx reads them. */
  levels = 0;

  constructor(core: Core, config: PortConfig, ports: Ports) {
    this.letter = config.letter;
    this.#core = core;
    this.#address = config.pin;
    this.#mask = config.mask;
    this.#ports = ports;
    const { data } = core;
    // Writing ones to PINx toggles PORTx (both datasheets, "Toggling the Pin").
    core.onWrite(config.pin, (value, mask) => this.#writePort((data[config.pin + 2] as number) ^ (value & mask)));
    core.onWrite(config.pin + 1, (value) => {
      data[config.pin + 1] = value & this.#mask;
      this.update();
    });
    core.onWrite(config.pin + 2, (value) => this.#writePort(value));
  }

  #writePort(value: number): void {
    this.#core.data[this.#address + 2] = value & this.#mask;
    this.update();
  }

  reset(): void {
    this.#core.data[this.#address + 1] = 0;
    this.#core.data[this.#address + 2] = 0;
    this.#overridden = 0;
    this.#forcedOutput = 0;
    this.update();
  }

  setOutside(bit: number, level: boolean | null): void {
    const mask = 1 << bit;
    this.#outsideDriven = level === null ? this.#outsideDriven & ~mask : this.#outsideDriven | mask;
    this.#outsideHigh = level === true ? this.#outsideHigh | mask : this.#outsideHigh & ~mask;
    this.update();
  }

  /** A peripheral takes the pin's value (null gives it back); with `asOutput` its direction as well. */
  override(bit: number, level: boolean | null, asOutput = false): void {
    const mask = 1 << bit;
    this.#overridden = level === null ? this.#overridden & ~mask : this.#overridden | mask;
    this.#overrideHigh = level === true ? this.#overrideHigh | mask : this.#overrideHigh & ~mask;
    this.#forcedOutput = level !== null && asOutput ? this.#forcedOutput | mask : this.#forcedOutput & ~mask;
    this.update();
  }

  isOutput(bit: number): boolean {
    return ((this.#driven >> bit) & 1) !== 0;
  }

  level(bit: number): boolean {
    return ((this.levels >> bit) & 1) !== 0;
  }

  state(bit: number): PinState {
    return STATES[(((this.#driven >> bit) & 1) << 1) | ((this.#high >> bit) & 1)] as PinState;
  }

  onLevel(bit: number, listener: LevelListener): void {
    this.#levelListeners[bit]?.push(listener);
  }

  onChange(listener: (changed: number, levels: number) => void): void {
    this.#changeListeners.push(listener);
  }

  /** Brings stages and levels up to date with the registers and tells who listens. */
  update(): void {
    const { data } = this.#core;
    const port = data[this.#address + 2] as number;
    const driven = ((data[this.#address + 1] as number) | this.#forcedOutput) & this.#mask;
    const out = (port & ~this.#overridden) | (this.#overrideHigh & this.#overridden);
    const pullUps = this.#ports.pullUpsDisabled ? 0 : port;
    const high = ((out & driven) | (pullUps & ~driven)) & this.#mask;
    const outside = (this.#outsideHigh & this.#outsideDriven) | (high & ~this.#outsideDriven);
    const levels = ((out & driven) | (outside & ~driven)) & this.#mask;
    const changedStates = (driven ^ this.#driven) | (high ^ this.#high);
    const changedLevels = levels ^ this.levels;
    this.#driven = driven;
    this.#high = high;
    this.levels = levels;
    data[this.#address] = levels; // memory to read: firmware looks far more often than a pin changes
    if (changedLevels !== 0) {
      for (const listener of this.#changeListeners) listener(changedLevels, levels);
      for (let bit = 0; bit < 8; bit++) {
        if (((changedLevels >> bit) & 1) === 0) continue;
        for (const listener of this.#levelListeners[bit] as LevelListener[]) listener(((levels >> bit) & 1) !== 0);
      }
    }
    if (changedStates !== 0) this.#ports.announce(this, changedStates);
  }
}

export class Ports {
  /** MCUCR.PUD */
  pullUpsDisabled = false;
  readonly #core: Core;
  readonly #ports = new Map<string, Port>();
  readonly #listeners: PinListener[] = [];

  constructor(core: Core, configs: readonly PortConfig[]) {
    this.#core = core;
    for (const config of configs) this.#ports.set(config.letter, new Port(core, config, this));
  }

  /** Port and bit of a pin name such as 'PB3'. */
  find(pin: string): { readonly port: Port; readonly bit: number } {
    const port = this.#ports.get(pin.charAt(1));
    const bit = Number(pin.slice(2));
    if (port === undefined || pin.length !== 3 || pin.charAt(0) !== 'P' || !(bit >= 0 && bit < 8)) {
      throw new RangeError(`There is no pin "${pin}" on this chip; expected a port letter and a bit, such as "PB3".`);
    }
    return { port, bit };
  }

  onPinChange(listener: PinListener): void {
    this.#listeners.push(listener);
  }

  announce(port: Port, changed: number): void {
    const cycle = this.#core.now;
    for (let bit = 0; bit < 8; bit++) {
      if (((changed >> bit) & 1) === 0) continue;
      for (const listener of this.#listeners) listener(`P${port.letter}${bit}`, port.state(bit), cycle);
    }
  }

  reset(): void {
    this.pullUpsDisabled = false;
    for (const port of this.#ports.values()) port.reset();
  }

  update(): void {
    for (const port of this.#ports.values()) port.update();
  }
}
