/** The two-wire interface as a master that nobody answers. */

import type { Core } from './core.ts';
import type { ChipEvent } from './event-queue.ts';

const TWBR = 0xb8;
const TWSR = 0xb9;
const TWAR = 0xba;
const TWDR = 0xbb;
const TWCR = 0xbc;
const TWINT = 0x80;
const TWSTA = 0x20;
const TWSTO = 0x10;
const TWEN = 0x04;
const TWIE = 0x01;
/** Status codes of a master (ATmega328P datasheet, tables 22-2 and 22-3). */
const STATUS = { idle: 0xf8, started: 0x08, restarted: 0x10, addressWriteNack: 0x20, dataNack: 0x30, addressReadNack: 0x48 } as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

export class Twi {
  readonly #core: Core;
  readonly #vector: number;
  readonly #event: ChipEvent;
  #flag = false;
  #status: Status = STATUS.idle;
  #next: Status = STATUS.idle;

  constructor(core: Core, vector: number) {
    this.#core = core;
    this.#vector = vector;
    this.#event = core.io.event(() => {
      this.#status = this.#next;
      this.#flag = true;
      this.#request();
    });
    const { data } = core;
    core.onRead(TWSR, () => this.#status | ((data[TWSR] as number) & 3));
    core.onRead(TWCR, () => (data[TWCR] as number) | (this.#flag ? TWINT : 0));
    core.onWrite(TWCR, (value) => this.#control(value));
  }

  reset(): void {
    const { data, io } = this.#core;
    io.cancel(this.#event);
    this.#flag = false;
    this.#status = STATUS.idle;
    data[TWCR] = 0;
    data[TWDR] = 0xff;
    data[TWAR] = 0xfe;
  }

  #control(value: number): void {
    const { data, io } = this.#core;
    data[TWCR] = value & 0x65;
    if ((value & TWINT) !== 0) this.#flag = false;
    if ((value & TWEN) === 0) {
      io.cancel(this.#event);
      this.#status = STATUS.idle;
    } else if ((value & TWINT) !== 0) {
      if ((value & TWSTO) !== 0) this.#status = STATUS.idle;
      if ((value & TWSTA) !== 0) this.#later(this.#status === STATUS.idle ? STATUS.started : STATUS.restarted, 1);
      else if ((value & TWSTO) === 0) this.#send();
    }
    this.#request();
  }

  /** Address or data byte: nine bits, the last of which nobody pulls low. */
  #send(): void {
    if (this.#status === STATUS.started || this.#status === STATUS.restarted) {
      this.#later(((this.#core.data[TWDR] as number) & 1) !== 0 ? STATUS.addressReadNack : STATUS.addressWriteNack, 9);
    } else if (this.#status !== STATUS.idle) this.#later(STATUS.dataNack, 9);
  }

  #later(status: Status, bits: number): void {
    const { data, io } = this.#core;
    this.#next = status;
    const bitCycles = 16 + 2 * (data[TWBR] as number) * 4 ** ((data[TWSR] as number) & 3);
    io.schedule(this.#event, io.now() + bits * bitCycles);
  }

  #request(): void {
    this.#core.interrupts.request(this.#vector, this.#flag && ((this.#core.data[TWCR] as number) & TWIE) !== 0);
  }
}
