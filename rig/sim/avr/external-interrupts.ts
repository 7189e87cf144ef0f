/** INT0 to INT7 and the pin-change groups: edge and level detection, flags, and which of them work without the I/O clock. */

import type { Core } from './core.ts';
import type { Ports } from './ports.ts';

export interface ExternalInterruptConfig {
  readonly pin: string;
  readonly vector: number;
  /** EICRA or EICRB, and the position of ISCn0 in it. */
  readonly control: number;
  readonly shift: number;
  /** Edges are noticed with the I/O clock stopped as well (INT3:0 of the ATmega2560). */
  readonly asynchronousEdges: boolean;
}

export interface PinChangeConfig {
  readonly vector: number;
  readonly mask: number;
  /** Ports whose pins belong to the group; `bits` of the port, shifted left by `shift`, are the group's bits. */
  readonly sources: readonly { readonly port: string; readonly bits: number; readonly shift: number }[];
}

export interface ExternalConfig {
  readonly interrupts: readonly ExternalInterruptConfig[];
  readonly groups: readonly PinChangeConfig[];
}

const PCIFR = 0x3b;
const EIFR = 0x3c;
const EIMSK = 0x3d;
const PCICR = 0x68;

type Sense = 'level' | 'change' | 'falling' | 'rising';
const SENSES: readonly Sense[] = ['level', 'change', 'falling', 'rising'];

export class ExternalInterrupts {
  readonly #core: Core;
  readonly #config: ExternalConfig;
  readonly #pins: readonly (() => boolean)[];
  #flags = 0;
  #groupFlags = 0;
  /** Called when INT0's flag rises: it can trigger the ADC. */
  onInt0: () => void = () => {};

  constructor(core: Core, ports: Ports, config: ExternalConfig) {
    this.#core = core;
    this.#config = config;
    const { data } = core;
    this.#pins = config.interrupts.map(({ pin }, index) => {
      const { port, bit } = ports.find(pin);
      port.onLevel(bit, (level) => this.#edge(index, level));
      return () => port.level(bit);
    });
    for (const [index, { vector, control }] of config.interrupts.entries()) {
      core.interrupts.attach(vector, () => {
        this.#flags &= ~(1 << index);
        this.#request(index);
      });
      core.onWrite(control, (value) => {
        data[control] = value;
        this.#requestAll();
      });
    }
    for (const [index, { vector, sources, mask }] of config.groups.entries()) {
      core.interrupts.attach(vector, () => {
        this.#groupFlags &= ~(1 << index);
        this.#requestGroup(index);
      });
      for (const { port: letter, bits, shift } of sources) {
        ports.find(`P${letter}0`).port.onChange((changed) => {
          if ((((changed & bits) << shift) & (data[mask] as number)) === 0) return;
          this.#groupFlags |= 1 << index;
          this.#requestGroup(index);
        });
      }
    }
    core.onWrite(EIMSK, (value) => {
      data[EIMSK] = value;
      this.#requestAll();
    });
    core.onRead(EIFR, () => this.#flags);
    core.onWrite(EIFR, (value, mask) => {
      this.#flags &= ~(value & mask);
      this.#requestAll();
    });
    core.onWrite(PCICR, (value) => {
      data[PCICR] = value;
      this.#requestGroups();
    });
    core.onRead(PCIFR, () => this.#groupFlags);
    core.onWrite(PCIFR, (value, mask) => {
      this.#groupFlags &= ~(value & mask);
      this.#requestGroups();
    });
  }

  reset(): void {
    this.#flags = 0;
    this.#groupFlags = 0;
  }

  #sense(index: number): Sense {
    const { control, shift } = this.#config.interrupts[index] as ExternalInterruptConfig;
    return SENSES[((this.#core.data[control] as number) >> shift) & 3] as Sense;
  }

  #edge(index: number, level: boolean): void {
    const sense = this.#sense(index);
    if (sense !== 'level' && (this.#core.io.running || this.#config.interrupts[index]?.asynchronousEdges === true)) {
      if (sense === 'change' || (sense === 'rising') === level) {
        const risen = (this.#flags & (1 << index)) === 0;
        this.#flags |= 1 << index;
        if (risen && index === 0) this.onInt0();
      }
    }
    this.#request(index);
  }

  #request(index: number): void {
    const { vector } = this.#config.interrupts[index] as ExternalInterruptConfig;
    const enabled = ((this.#core.data[EIMSK] as number) >> index) & 1;
    // A low level requests as long as it lasts and leaves no flag behind.
    const wanted = this.#sense(index) === 'level' ? this.#pins[index]?.() === false : ((this.#flags >> index) & 1) !== 0;
    this.#core.interrupts.request(vector, enabled !== 0 && wanted);
  }

  #requestAll(): void {
    for (const index of this.#config.interrupts.keys()) this.#request(index);
  }

  #requestGroup(index: number): void {
    const { vector } = this.#config.groups[index] as PinChangeConfig;
    this.#core.interrupts.request(vector, (((this.#core.data[PCICR] as number) & this.#groupFlags) >> index) % 2 === 1);
  }

  #requestGroups(): void {
    for (const index of this.#config.groups.keys()) this.#requestGroup(index);
  }
}
