/** A serial binding whose other end is a function of this process, with the delays and faults that a test asks for. */

import type { BindingInterface, BindingPortInterface, OpenOptions } from '../bindings.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface Peer {
  /** The port was opened (a board resets now). */
  opened?(): void;
  /** Bytes from the host, latin1. */
  hear(text: string): void;
}

export interface Cable {
  /** Delay of a piece of text, each way; a piece never overtakes another. */
  readonly delay_ms: (way: 'toPeer' | 'toHost') => number;
  /** What becomes of a line on its way: itself, nothing, itself twice, or something else. */
  readonly pass: (line: string, way: 'toPeer' | 'toHost') => string;
}

export const PERFECT_CABLE: Cable = { delay_ms: () => 0.5, pass: (line) => line };

/** The test's hand on the cable. */
export class MemoryCable {
  readonly #time: VirtualTime;
  readonly #cable: Cable;
  readonly peer: Peer;
  #lastArrival_ms = { toPeer: 0, toHost: 0 };
  #received: Buffer[] = [];
  #reader: PromiseWithResolvers<void> | null = null;
  #open = false;
  openings = 0;
  readonly sent: string[] = [];
  /** A fault to open with, e.g. `Error: No such file or directory`. */
  refusal: string | null = null;
  /** Whether `set` fails, as on a pty. */
  modemLines = true;

  constructor(time: VirtualTime, makePeer: (say: (text: string) => void) => Peer, cable: Cable = PERFECT_CABLE) {
    this.#time = time;
    this.#cable = cable;
    this.peer = makePeer((text) => this.#carry(text, 'toHost'));
  }

  /** The device vanishes, as when the plug is pulled. */
  unplug(): void {
    this.#reader?.reject(new Error('ENXIO: the device is gone'));
    this.#reader = null;
  }

  readonly binding: BindingInterface = {
    list: async () =>
      ['mem:a', 'mem:b'].map((path) => ({
        path,
        manufacturer: undefined,
        serialNumber: undefined,
        pnpId: undefined,
        locationId: undefined,
        productId: undefined,
        vendorId: '2341',
      })),
    open: async (options) => {
      if (this.refusal !== null) throw new Error(this.refusal);
      this.#open = true;
      this.openings += 1;
      this.peer.opened?.();
      return this.#port(options);
    },
  };

  #port(options: OpenOptions): BindingPortInterface {
    const isOpen = (): boolean => this.#open;
    return {
      openOptions: {
        dataBits: 8,
        stopBits: 1,
        parity: 'none',
        lock: true,
        hupcl: true,
        rtscts: false,
        xon: false,
        xoff: false,
        xany: false,
        ...options,
      },
      get isOpen() {
        return isOpen();
      },
      read: async (buffer, offset, length) => {
        if (this.#received.length === 0) {
          this.#reader = Promise.withResolvers();
          await this.#reader.promise;
        }
        const chunk = this.#received.shift()!;
        const bytesRead = chunk.copy(buffer, offset, 0, length);
        if (bytesRead < chunk.length) this.#received.unshift(chunk.subarray(bytesRead));
        return { buffer, bytesRead };
      },
      write: async (buffer) => {
        const text = buffer.toString('latin1');
        this.sent.push(...text.split('\n').slice(0, -1));
        this.#carry(text, 'toPeer');
      },
      close: async () => {
        this.#open = false;
        this.#reader?.reject(Object.assign(new Error('closed'), { canceled: true }));
        this.#reader = null;
      },
      set: async () => {
        if (!this.modemLines) throw new Error('Error: Inappropriate ioctl for device, cannot set');
      },
      get: async () => ({ cts: false, dsr: false, dcd: false }),
      update: async () => undefined,
      getBaudRate: async () => ({ baudRate: options.baudRate }),
      flush: async () => undefined,
      drain: async () => undefined,
    };
  }

  #carry(text: string, way: 'toPeer' | 'toHost'): void {
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const passed = lines.map((line) => this.#cable.pass(line, way)).join('');
    if (passed === '') return;
    const arrival_ms = Math.max(this.#time.now_ms + this.#cable.delay_ms(way), this.#lastArrival_ms[way]);
    this.#lastArrival_ms[way] = arrival_ms;
    this.#time.at(arrival_ms, () => {
      if (way === 'toPeer') return this.peer.hear(passed);
      if (!this.#open) return;
      this.#received.push(Buffer.from(passed, 'latin1'));
      this.#reader?.resolve();
      this.#reader = null;
    });
  }
}
