/** A serial port as bytes, opened so that the board behind it resets: what a bootloader is reached through. */

import { SerialPortStream } from '@serialport/stream';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { RigError } from '../error.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { closedFault, openFault } from '../link/port-faults.ts';
import { listPaths } from '../link/port-paths.ts';
import { nativeBinding } from '../link/port.ts';

/** How long DTR and RTS are let go before they are asserted again: the capacitor in the reset line has to charge. */
const RELEASED_ms = 100;

export interface BytePort {
  readonly path: string;
  /** One listener at a time. */
  onBytes: (bytes: Uint8Array) => void;
  onLost: (fault: RigError) => void;
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

export interface BytePortOptions {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  readonly baudRate: number;
}

/** Throws RigError `portMissing`, `portBusy`, `portForeign` or `portClosed`. */
export const openAndReset = async ({ binding, path, clock, baudRate }: BytePortOptions): Promise<BytePort> => {
  const used = binding ?? (await nativeBinding(clock));
  const stream = new SerialPortStream({ binding: used, path, baudRate, autoOpen: false });
  const refusal = await new Promise<Error | null>((resolve) => stream.open(resolve));
  if (refusal) throw openFault(path, refusal, await listPaths(used, clock));
  const port = new StreamPort(path, stream);
  // A pty has no modem lines: its refusal does not matter, whoever serves it notices the opening itself.
  stream.set({ dtr: false, rts: false }, () => undefined);
  await clock.sleep(RELEASED_ms);
  stream.set({ dtr: true, rts: true }, () => undefined);
  return port;
};

class StreamPort implements BytePort {
  readonly path: string;
  onBytes: (bytes: Uint8Array) => void = () => undefined;
  onLost: (fault: RigError) => void = () => undefined;
  readonly #stream: SerialPortStream;
  #open = true;

  constructor(path: string, stream: SerialPortStream) {
    this.path = path;
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => this.onBytes(bytes));
    stream.on('error', (cause: unknown) => this.#gone(cause));
    stream.on('close', (cause: unknown) => this.#gone(cause));
  }

  write(bytes: Uint8Array): void {
    if (this.#open) this.#stream.write(Buffer.from(bytes));
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await new Promise<void>((resolve) => this.#stream.close(() => resolve()));
  }

  #gone(cause: unknown): void {
    if (!this.#open) return;
    this.#open = false;
    this.onLost(closedFault(this.path, cause));
    if (this.#stream.isOpen) this.#stream.close(() => undefined);
  }
}
