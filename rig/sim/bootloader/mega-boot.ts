/** The serial port of an emulated Mega: the bootloader's from a reset until the application starts, the chip's own from then on. */

import type { ChipUart } from '../avr/chip.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TrueTime_ns } from '../kernel/oscillator.ts';
import type { Board } from '../kernel/world.ts';
import { Bootloader } from './bootloader.ts';
import type { BootloaderFault } from './bootloader-fault.ts';

/** Both halves of a Mega make this rate with the same divisor, so that they agree whatever a nominal 115 200 is. */
const BOOTLOADER_baud = 115_200;
const BITS_PER_FRAME = 10;
const FRAME_ns = (BITS_PER_FRAME / BOOTLOADER_baud) * 1e9;
const PORTION_bytes = 62;
/** From leaving to the first instruction of the application. */
const LEAVING_ms = 20;

export interface MegaBootParts {
  readonly kernel: Pick<Kernel, 'at' | 'now_ns'>;
  readonly board: Board;
  /** What the other end of the cable is set to. */
  readonly hostBaudRate: () => number;
  readonly hold: () => void;
  readonly fault: BootloaderFault | null;
}

/** A word of 0xFFFF at the reset vector: nothing was ever flashed. */
const isBlank = (flash: Readonly<Uint8Array>): boolean => flash[0] === 0xff && flash[1] === 0xff;

export class MegaBoot implements ChipUart {
  readonly #parts: MegaBootParts;
  readonly #bootloader: Bootloader;
  readonly #listeners: ((byte: number, endCycle: number) => void)[] = [];
  /** The reset line is released and the application has not started. */
  #booting = false;
  #lineFree_ns: TrueTime_ns = 0;
  readonly #coming: { readonly byte: number; readonly at_ns: TrueTime_ns }[] = [];
  /** A page was written: what runs from now on may be half an image. */
  programmed = false;

  constructor(parts: MegaBootParts) {
    this.#parts = parts;
    const { kernel, board } = parts;
    const { chip } = board;
    this.#bootloader = new Bootloader(
      {
        memories: {
          get flash() {
            return chip.flash;
          },
          program: (address, bytes) => {
            this.programmed = true;
            chip.program(address, bytes);
          },
          eeprom: chip.eeprom,
        },
        say: (bytes) => this.#say(bytes),
        after: (ms, action) => void kernel.at(kernel.now_ns + ms * 1e6, action),
        stay: () => {
          parts.hold();
          this.#booting = true;
        },
        leave: () => void kernel.at(Math.max(kernel.now_ns, this.#lineFree_ns), () => this.#start(LEAVING_ms)),
      },
      parts.fault,
    );
    chip.uart0.onTransmit((byte, endCycle) => this.#sent(byte, endCycle));
    chip.onReset(() => (this.#booting = false));
  }

  /** The reset line is released: the bootloader listens for so long. */
  released(bootloader_ms: number): void {
    this.#booting = true;
    this.#bootloader.begin();
    if (!isBlank(this.#parts.board.chip.flash)) this.#release(bootloader_ms);
  }

  receive(byte: number, cycle: number, fault?: 'frameError'): void {
    const { board, kernel, hostBaudRate } = this.#parts;
    const { chip, oscillator } = board;
    chip.uart0.receive(byte, cycle, fault);
    if (!this.#booting || !chip.heldInReset || hostBaudRate() !== BOOTLOADER_baud) return;
    this.#coming.push({ byte, at_ns: oscillator.instantOf(cycle) });
    if (this.#coming.length === 1) kernel.at(this.#coming[0]!.at_ns, () => this.#hear());
  }

  /** Hears what has come by now; the rest when its last byte is there, since nothing is answered before a message is complete. */
  #hear(): void {
    const { kernel, board } = this.#parts;
    while (this.#coming.length > 0 && this.#coming[0]!.at_ns <= kernel.now_ns) {
      const { byte } = this.#coming.shift()!;
      if (this.#booting && board.chip.heldInReset) this.#bootloader.hear(byte);
    }
    const last = this.#coming.at(-1);
    if (last !== undefined) kernel.at(last.at_ns, () => this.#hear());
  }

  onTransmit(listener: (byte: number, endCycle: number) => void): void {
    this.#listeners.push(listener);
  }

  get cyclesPerFrame(): number {
    const { chip } = this.#parts.board;
    return this.#booting && chip.heldInReset && this.#parts.hostBaudRate() === BOOTLOADER_baud
      ? Math.round((chip.nominal_Hz * BITS_PER_FRAME) / BOOTLOADER_baud)
      : chip.uart0.cyclesPerFrame;
  }

  get bitsPerFrame(): number {
    return this.#parts.board.chip.uart0.bitsPerFrame;
  }

  get overruns(): number {
    return this.#parts.board.chip.uart0.overruns;
  }

  #start(after_ms: number): void {
    if (this.#booting) this.#release(after_ms);
  }

  #release(after_ms: number): void {
    const { chip } = this.#parts.board;
    chip.release(Math.round((after_ms * chip.nominal_Hz) / 1000));
  }

  /** In portions of what a USB packet holds, each when its last byte is out. */
  #say(bytes: Uint8Array): void {
    const { kernel, board } = this.#parts;
    const from_ns = Math.max(kernel.now_ns, this.#lineFree_ns);
    const end_ns = (index: number): TrueTime_ns => from_ns + (index + 1) * FRAME_ns;
    for (let first = 0; first < bytes.length; first += PORTION_bytes) {
      const portion = bytes.subarray(first, first + PORTION_bytes);
      kernel.at(end_ns(first + portion.length - 1), () => {
        for (const [index, byte] of portion.entries()) this.#sent(byte, board.oscillator.cycleAt(end_ns(first + index)));
      });
    }
    this.#lineFree_ns = end_ns(bytes.length - 1);
  }

  #sent(byte: number, endCycle: number): void {
    for (const listener of this.#listeners) listener(byte, endCycle);
  }
}
