/** The analog-to-digital converter: when it samples, when it is done, and what starts it. */

import type { Core } from './core.ts';
import type { ChipEvent } from './event-queue.ts';

/** What a multiplexer setting connects; null = not emulated (differential inputs with gain). */
export type AdcInput = { readonly channel: number } | { readonly fixed: 'bandgap' | 'ground' } | { readonly volts: number } | null;
export type AdcReference = 'aref' | 'avcc' | 'bandgap' | '2.56V';
/** What ADTS2:0 selects, in its order from 0. */
export const ADC_TRIGGERS = ['freeRunning', 'comparator', 'int0', 'ocf0a', 'tov0', 'ocf1b', 'tov1', 'icf1'] as const;
export type AdcTrigger = (typeof ADC_TRIGGERS)[number];

export interface AdcConfig {
  readonly vector: number;
  /** By MUX4:0, and MUX5 as bit 5 where it exists. */
  readonly input: (mux: number) => AdcInput;
  /** By REFS1:0; null = reserved. */
  readonly references: readonly (AdcReference | null)[];
}

/** The analog outside world and what to do about settings that are not emulated. */
export interface AdcSurroundings {
  sample(channel: number, cycle: number): number;
  reference_V(reference: AdcReference): number;
  bandgap_V(): number;
  refuse(register: string, address: number): void;
  /** Says which trigger the timers have to watch. */
  selectTrigger(trigger: AdcTrigger | null): void;
}

const ADCL = 0x78;
const ADCH = 0x79;
const ADCSRA = 0x7a;
const ADCSRB = 0x7b;
const ADMUX = 0x7c;
const ADEN = 0x80;
const ADSC = 0x40;
const ADATE = 0x20;
const ADIF = 0x10;
const ADIE = 0x08;
const ADLAR = 0x20;
/** Synchronization of an auto trigger (ATmega328P datasheet, 24.4). */
const TRIGGER_SYNC_CYCLES = 3;

/** Lengths in ADC clocks (ATmega328P datasheet, table 24-1): to the sample, and in all. */
const TIMING = {
  first: { sample: 13.5, total: 25 },
  normal: { sample: 1.5, total: 13 },
  triggered: { sample: 2, total: 13.5 },
} as const;

export class Adc {
  readonly #core: Core;
  readonly #config: AdcConfig;
  readonly #around: AdcSurroundings;
  readonly #sampling: ChipEvent;
  readonly #completing: ChipEvent;
  #control = 0;
  #flag = false;
  #converting = false;
  #first = true;
  #phase = 0;
  #mux = 0;
  #admux = 0;
  #sampled = 0;
  /** ADCH:ADCL as the firmware reads them. */
  #latched = 0;
  #locked = false;

  constructor(core: Core, config: AdcConfig, around: AdcSurroundings) {
    this.#core = core;
    this.#config = config;
    this.#around = around;
    this.#sampling = core.adc.event(() => this.#sample());
    this.#completing = core.adc.event(() => this.#complete());
    core.interrupts.attach(config.vector, () => {
      this.#flag = false;
      this.#request();
    });
    const { data } = core;
    core.onRead(ADCL, () => {
      this.#locked = true;
      return this.#latched & 0xff;
    });
    core.onRead(ADCH, () => {
      const high = this.#latched >> 8;
      this.#locked = false;
      return high;
    });
    core.onRead(ADCSRA, () => this.#control | (this.#converting ? ADSC : 0) | (this.#flag ? ADIF : 0));
    core.onWrite(ADCSRA, (value, mask) => this.#writeControl(value, mask));
    core.onWrite(ADCSRB, (value) => {
      data[ADCSRB] = value;
      this.#selectTrigger();
    });
  }

  reset(): void {
    this.#stop();
    this.#control = 0;
    this.#flag = false;
    this.#locked = false;
    this.#latched = 0;
    this.#around.selectTrigger(null);
  }

  /** The core has gone to sleep in idle or noise reduction mode: that starts a conversion (datasheet, "ADC Noise Canceler"). */
  sleepStarts(): void {
    if ((this.#control & ADEN) !== 0 && !this.#converting && (this.#control & ADATE) === 0) this.#start('normal');
  }

  /** A trigger source's flag has risen. */
  trigger(source: AdcTrigger): void {
    const wanted = ADC_TRIGGERS[(this.#core.data[ADCSRB] as number) & 7];
    if ((this.#control & (ADEN | ADATE)) !== (ADEN | ADATE) || wanted !== source || this.#converting) return;
    this.#start('triggered');
  }

  get #prescaler(): number {
    return Math.max(2, 1 << (this.#control & 7));
  }

  #writeControl(value: number, mask: number): void {
    const before = this.#control;
    this.#control = value & (ADEN | ADATE | ADIE | 7);
    if ((value & mask & ADIF) !== 0) this.#flag = false;
    if ((this.#control & ADEN) === 0) this.#stop();
    else if ((before & ADEN) === 0) {
      this.#first = true;
      this.#phase = this.#core.adc.now() + 1;
    }
    if ((before & ADATE) !== (this.#control & ADATE)) this.#selectTrigger();
    if ((this.#control & ADEN) !== 0 && (value & ADSC) !== 0 && !this.#converting) this.#start('normal');
    this.#request();
  }

  #selectTrigger(): void {
    const trigger = ADC_TRIGGERS[(this.#core.data[ADCSRB] as number) & 7] as AdcTrigger;
    const selected = (this.#control & ADATE) !== 0 ? trigger : null;
    if (selected === 'comparator') this.#around.refuse('ACSR', 0x50);
    this.#around.selectTrigger(selected);
  }

  #stop(): void {
    this.#core.adc.cancel(this.#sampling);
    this.#core.adc.cancel(this.#completing);
    this.#converting = false;
    this.#first = true;
  }

  #start(kind: 'normal' | 'triggered'): void {
    const divider = this.#prescaler;
    const now = this.#core.adc.now();
    let begin: number;
    if (kind === 'triggered') {
      // A trigger restarts the prescaler, so that the delay is fixed.
      begin = now + TRIGGER_SYNC_CYCLES;
      this.#phase = begin;
    } else begin = this.#phase + Math.ceil((now + 1 - this.#phase) / divider) * divider;
    this.#convert(begin, this.#first ? 'first' : kind);
  }

  #convert(begin: number, kind: keyof typeof TIMING): void {
    const { sample, total } = TIMING[kind];
    const divider = this.#prescaler;
    this.#converting = true;
    this.#first = false;
    this.#core.adc.schedule(this.#sampling, begin + sample * divider);
    this.#core.adc.schedule(this.#completing, begin + total * divider);
    this.#admux = this.#core.data[ADMUX] as number;
    this.#mux = (this.#admux & 0x1f) | (((this.#core.data[ADCSRB] as number) & 0x08) << 2);
  }

  #sample(): void {
    const reference = this.#config.references[this.#admux >> 6] ?? null;
    const input = this.#config.input(this.#mux);
    if (reference === null || input === null) {
      this.#around.refuse('ADMUX', ADMUX);
      this.#sampled = 0;
      return;
    }
    const volts = this.#volts(input);
    const code = Math.floor((volts / this.#around.reference_V(reference)) * 1024);
    this.#sampled = Number.isNaN(code) ? 0 : Math.min(1023, Math.max(0, code));
  }

  #volts(input: Exclude<AdcInput, null>): number {
    if ('channel' in input) return this.#around.sample(input.channel, this.#core.now);
    if ('volts' in input) return input.volts;
    return input.fixed === 'ground' ? 0 : this.#around.bandgap_V();
  }

  #complete(): void {
    this.#converting = false;
    // Between the reads of ADCL and ADCH the data register keeps its value; the new result is lost.
    if (!this.#locked) this.#latched = ((this.#core.data[ADMUX] as number) & ADLAR) !== 0 ? this.#sampled << 6 : this.#sampled;
    this.#flag = true;
    if ((this.#control & ADATE) !== 0 && ((this.#core.data[ADCSRB] as number) & 7) === 0) this.#convert(this.#core.adc.now(), 'normal');
    this.#request();
  }

  #request(): void {
    this.#core.interrupts.request(this.#config.vector, this.#flag && (this.#control & ADIE) !== 0);
  }
}
