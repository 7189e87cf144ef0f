/** The simulated fixture as a serialport binding: what `SerialPortStream` opens instead of a device. Opening resets the board, as on a real one. */

import type { BindingInterface, BindingPortInterface, OpenOptions, PortInfo } from '../../link/bindings.ts';
import type { Kernel } from './kernel.ts';
import type { UsbCable } from './usb-cable.ts';

export const SIMULATED_PATH = 'sim:fixture';

export interface BindingOptions {
  readonly kernel: Pick<Kernel, 'clock' | 'now_ns' | 'whenAwake'>;
  readonly cable: UsbCable;
  /** Pulls the reset line of the fixture's board, as DTR does when a port opens. */
  readonly resetBoard: () => void;
}

const canceled = (): Error => Object.assign(new Error('The port was closed.'), { canceled: true });

class SimulatedPort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>;
  isOpen = true;
  readonly #options: BindingOptions;
  readonly #released: () => void;
  #gone: Error | null = null;
  #received: Uint8Array[] = [];
  #reader: { resolve: () => void; reject: (cause: Error) => void } | null = null;

  constructor(options: BindingOptions, open: OpenOptions, released: () => void) {
    this.#options = options;
    this.#released = released;
    this.openOptions = {
      dataBits: 8,
      stopBits: 1,
      parity: 'none',
      lock: true,
      hupcl: true,
      rtscts: false,
      xon: false,
      xoff: false,
      xany: false,
      ...open,
    };
    options.cable.onData = (bytes) =>
      options.kernel.whenAwake(() => {
        this.#received.push(bytes);
        this.#reader?.resolve();
        this.#reader = null;
      });
    options.cable.plug(open.baudRate);
    options.resetBoard();
  }

  async read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    this.#demandOpen();
    if (this.#received.length === 0) await new Promise<void>((resolve, reject) => (this.#reader = { resolve, reject }));
    let bytesRead = 0;
    while (this.#received.length > 0 && bytesRead < length) {
      const chunk = this.#received[0]!;
      const part = chunk.subarray(0, length - bytesRead);
      buffer.set(part, offset + bytesRead);
      bytesRead += part.length;
      if (part.length === chunk.length) this.#received.shift();
      else this.#received[0] = chunk.subarray(part.length);
    }
    return { buffer, bytesRead };
  }

  /** The device vanishes: what is being read or written fails, as with a plug pulled. */
  vanish(cause: Error): void {
    this.#gone = cause;
    this.#reader?.reject(cause);
    this.#reader = null;
  }

  async write(buffer: Buffer): Promise<void> {
    this.#demandOpen();
    this.#options.cable.send(buffer);
  }

  async close(): Promise<void> {
    this.isOpen = false;
    this.#options.cable.unplug();
    this.#reader?.reject(canceled());
    this.#reader = null;
    this.#released();
  }

  async update(options: { baudRate: number }): Promise<void> {
    this.#options.cable.baudRate = options.baudRate;
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    return { baudRate: this.#options.cable.baudRate };
  }

  async drain(): Promise<void> {
    this.#demandOpen();
    const { kernel, cable } = this.#options;
    await kernel.clock.sleep(Math.max(0, cable.drained_ns - kernel.now_ns) / 1e6);
  }

  async set(): Promise<void> {}

  async get(): Promise<{ cts: boolean; dsr: boolean; dcd: boolean }> {
    return { cts: false, dsr: false, dcd: false };
  }

  async flush(): Promise<void> {
    this.#received = [];
  }

  #demandOpen(): void {
    if (!this.isOpen) throw canceled();
    if (this.#gone) throw this.#gone;
  }
}

export interface SimulatedBinding extends BindingInterface {
  /** Ends an open port as a pulled plug does. */
  vanish(cause: Error): void;
  /** The same, and the device is no longer there to be opened until it is plugged in again. */
  unplug(): void;
  replug(): void;
}

const SIMULATED_DEVICE: PortInfo = {
  path: SIMULATED_PATH,
  manufacturer: 'bms-rig (simulated)',
  serialNumber: undefined,
  pnpId: undefined,
  locationId: undefined,
  productId: undefined,
  vendorId: undefined,
};

export const createBinding = (options: BindingOptions): SimulatedBinding => {
  let open: SimulatedPort | null = null;
  let present = true;
  return {
    vanish: (cause) => open?.vanish(cause),
    unplug: () => {
      present = false;
      open?.vanish(new Error('No such device'));
      options.cable.unplug();
    },
    replug: () => {
      present = true;
    },
    list: async (): Promise<PortInfo[]> => (present ? [SIMULATED_DEVICE] : []),
    open: async (openOptions) => {
      if (!present || openOptions.path !== SIMULATED_PATH)
        throw new Error(`Error: No such file or directory, cannot open ${openOptions.path}`);
      if (open) throw new Error('Error Resource temporarily unavailable Cannot lock port');
      open = new SimulatedPort(options, openOptions, () => (open = null));
      return open;
    },
  };
};
