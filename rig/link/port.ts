/** A serial port as lines: the stream, the length limiter and the line parser, the same over a device, a pty or a simulated fixture. */

import type { BindingInterface } from './bindings.ts';
import { ReadlineParser } from '@serialport/parser-readline';
import { SerialPortStream } from '@serialport/stream';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { RigError } from '../error.ts';
import { LengthLimiter } from './length-limiter.ts';
import { closedFault, openFault } from './port-faults.ts';
import { listPaths } from './port-paths.ts';

/** Exact at 16 MHz. Source: PROTOCOL.md. */
export const BAUD_RATE = 500_000;

export interface PortOptions {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  readonly baudRate?: number;
}

export interface PortListener {
  /** A line without its newline (and without a `\r` before it), latin1. */
  onLine(line: string): void;
  /** The port is gone and not by `close()`. Called once at most. */
  onLost(fault: RigError): void;
}

export interface Port {
  readonly path: string;
  readonly limiter: LengthLimiter;
  listen(listener: PortListener): void;
  /** Sends text as it is; silently nothing once the port is gone (`onLost` tells). */
  write(text: string): void;
  close(): Promise<void>;
}

/** Loaded only when wanted: the simulated bench needs no native code. */
export const nativeBinding = async (clock: Clock): Promise<BindingInterface> => {
  const { SerialPort } = await clock.external(import('serialport'));
  return SerialPort.binding;
};

/** Opens a port. Throws RigError `portMissing`, `portBusy` or `portClosed`. Opening resets most boards (DTR). */
export const openPort = async ({ binding, path, clock, baudRate = BAUD_RATE }: PortOptions): Promise<Port> => {
  const used = binding ?? (await nativeBinding(clock));
  const stream = new SerialPortStream({ binding: used, path, baudRate, autoOpen: false });
  const refusal = await new Promise<Error | null>((resolve) => stream.open(resolve));
  if (refusal) throw openFault(path, refusal, await listPaths(used, clock));
  stream.set({ dtr: true, rts: true }, () => undefined); // a pty has no modem lines: its refusal does not matter
  return new SerialPortLines(path, stream);
};

class SerialPortLines implements Port {
  readonly path: string;
  readonly limiter = new LengthLimiter();
  readonly #stream: SerialPortStream;
  #listener: PortListener = { onLine: () => undefined, onLost: () => undefined };
  #state: 'open' | 'closing' | 'gone' = 'open';

  constructor(path: string, stream: SerialPortStream) {
    this.path = path;
    this.#stream = stream;
    const parser = new ReadlineParser({ delimiter: '\n', encoding: 'latin1' });
    stream.pipe(this.limiter).pipe(parser);
    parser.on('data', (line: string) => this.#listener.onLine(line.endsWith('\r') ? line.slice(0, -1) : line));
    stream.on('error', (cause: unknown) => this.#gone(cause));
    stream.on('close', (cause: unknown) => this.#gone(cause));
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
  }

  write(text: string): void {
    if (this.#state === 'open') this.#stream.write(text, 'latin1');
  }

  async close(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    await new Promise<void>((resolve) => this.#stream.close(() => resolve()));
    this.#state = 'gone';
  }

  #gone(cause: unknown): void {
    if (this.#state !== 'open') return;
    this.#state = 'gone';
    this.#listener.onLost(closedFault(this.path, cause));
    if (this.#stream.isOpen) this.#stream.close(() => undefined);
  }
}
