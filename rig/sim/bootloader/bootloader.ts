/** The bootloader of an emulated Mega 2560: a peer that speaks STK500v2 (AVR068) from the first byte after a reset until it starts the application. */

import { type BoardMemories, MEGA_SIGNATURE, PAGE_bytes, spiAnswer, writePage } from './memories.ts';
import { framed, type HeardMessage, MessageReader } from './messages.ts';
import type { BootloaderFault } from './bootloader-fault.ts';

const COMMAND = {
  signOn: 0x01,
  setParameter: 0x02,
  getParameter: 0x03,
  loadAddress: 0x06,
  enterProgramming: 0x10,
  leaveProgramming: 0x11,
  chipErase: 0x12,
  programFlash: 0x13,
  readFlash: 0x14,
  programEeprom: 0x15,
  readEeprom: 0x16,
  readSignature: 0x1b,
  spiMulti: 0x1d,
} as const;
const OK = 0x00;
const FAILED = 0xc0;
const CHECKSUM_ERROR = 0xc1;
const UNKNOWN = 0xc9;
const ANSWER_CHECKSUM_ERROR = 0xb0;
const NAME = [...Buffer.from('AVRISP_2')];
/** Hardware, firmware and supply as a bootloader claims them; anything else reads 0. */
const PARAMETERS: Readonly<Record<number, number>> = { 0x90: 0x0f, 0x91: 2, 0x92: 10, 0x94: 50 };
/** Erasing and writing a page takes 4.5 ms each at most. Source: data sheet, "SPM Programming Time". */
const PAGE_WRITE_ms = 9;
/** Of a wrong board: what an ATmega328P says. */
const FOREIGN_SIGNATURE = [0x1e, 0x95, 0x0f] as const;
/** Pages after which a board that dies does so. */
const PAGES_OF_LIFE = 20;

/** A worn cell does not take a 0: the first one of the page stays 1. */
const withWornBit = (page: Uint8Array): Uint8Array => {
  const at = page.findIndex((byte) => byte !== 0xff);
  return page.map((byte, index) => (index === at ? byte | (byte + 1) : byte));
};

export interface BootloaderBoard {
  readonly memories: BoardMemories;
  /** Sends an answer. */
  say(bytes: Uint8Array): void;
  /** Calls back after so much of the board's time. */
  after(ms: number, action: () => void): void;
  /** Programming has begun: the application must not start by itself any more. */
  stay(): void;
  /** Starts the application. */
  leave(): void;
}

export class Bootloader {
  readonly #board: BootloaderBoard;
  readonly #fault: BootloaderFault | null;
  #reader = new MessageReader();
  /** Byte address; counts on with each page. */
  #address = 0;
  #pages = 0;
  #dead = false;
  #busy = false;

  constructor(board: BootloaderBoard, fault: BootloaderFault | null = null) {
    this.#board = board;
    this.#fault = fault;
  }

  /** After a reset. */
  begin(): void {
    this.#reader = new MessageReader();
    this.#address = 0;
    this.#pages = 0;
    this.#dead = this.#fault === 'silent';
    this.#busy = false;
  }

  hear(byte: number): void {
    if (this.#dead || this.#busy) return; // a chip that writes a page fetches no bytes
    const message = this.#reader.take(byte);
    if (message === null) return;
    if (!message.intact) this.#answer(message, [ANSWER_CHECKSUM_ERROR, CHECKSUM_ERROR]);
    else this.#obey(message);
  }

  #obey(message: HeardMessage): void {
    const { body } = message;
    const command = body[0]!;
    const done = (...more: readonly number[]): void => this.#answer(message, [command, OK, ...more]);
    switch (command) {
      case COMMAND.signOn:
        this.#board.stay();
        return done(NAME.length, ...NAME);
      case COMMAND.getParameter:
        return done(PARAMETERS[body[1] ?? 0] ?? 0);
      case COMMAND.setParameter:
      case COMMAND.enterProgramming:
        return done();
      case COMMAND.loadAddress:
        this.#address = ((((body[1] ?? 0) & 0x7f) << 24) | (body[2]! << 16) | (body[3]! << 8) | body[4]!) * 2;
        return done();
      case COMMAND.programFlash:
        return this.#programFlash(message);
      case COMMAND.readFlash:
        return done(...this.#read(this.#board.memories.flash, body), OK);
      case COMMAND.programEeprom:
        return this.#programEeprom(message);
      case COMMAND.readEeprom:
        return done(...this.#read(this.#board.memories.eeprom, body), OK);
      case COMMAND.readSignature:
        return done(this.#signature[body[4] ?? 0] ?? 0xff, OK);
      case COMMAND.spiMulti:
        return done(...this.#spi(body), OK);
      case COMMAND.leaveProgramming:
        done();
        return this.#board.leave();
      case COMMAND.chipErase:
        // A bootloader lives in the flash that this would erase.
        return this.#answer(message, [command, FAILED]);
      default:
        return this.#answer(message, [command, UNKNOWN]);
    }
  }

  get #signature(): readonly number[] {
    return this.#fault === 'wrong-signature' ? FOREIGN_SIGNATURE : MEGA_SIGNATURE;
  }

  #programFlash(message: HeardMessage): void {
    const { body } = message;
    const data = this.#payload(body);
    this.#pages += 1;
    if (this.#fault === 'dies-midway' && this.#pages > PAGES_OF_LIFE) {
      this.#dead = true;
      return;
    }
    const worn = this.#fault === 'worn-page' && this.#pages === PAGES_OF_LIFE;
    const written = writePage(this.#board.memories, this.#address, worn ? withWornBit(data) : data);
    this.#address += data.length;
    this.#busy = true;
    this.#board.after(PAGE_WRITE_ms, () => {
      this.#busy = false;
      this.#answer(message, [body[0]!, written ? OK : FAILED]);
    });
  }

  #programEeprom(message: HeardMessage): void {
    const data = this.#payload(message.body);
    this.#board.memories.eeprom.set(data, this.#address / 2);
    this.#address += data.length * 2;
    this.#answer(message, [message.body[0]!, OK]);
  }

  /** Size, mode, delay, three commands and two poll values come before the data. */
  #payload(body: Uint8Array): Uint8Array {
    const size = (body[1]! << 8) | body[2]!;
    return body.subarray(10, 10 + Math.min(size, PAGE_bytes));
  }

  #read(memory: Readonly<Uint8Array>, body: Uint8Array): readonly number[] {
    const size = Math.min((body[1]! << 8) | body[2]!, PAGE_bytes);
    const isFlash = memory === this.#board.memories.flash;
    const from = isFlash ? this.#address : this.#address / 2;
    this.#address += isFlash ? size : size * 2;
    return [...memory.subarray(from, from + size)];
  }

  /** Each byte that comes back is the one sent before it, and the last the chip's answer. */
  #spi(body: Uint8Array): readonly number[] {
    const [, sent = 0, wanted = 0, from = 0] = body;
    const instruction = body.subarray(4, 4 + sent);
    const line = [0, ...instruction.subarray(0, 2), spiAnswer(instruction, this.#signature)];
    return Array.from({ length: wanted }, (_, index) => line[from + index] ?? 0);
  }

  #answer({ sequence }: HeardMessage, body: readonly number[]): void {
    const bytes = framed(sequence, body);
    if (this.#fault === 'bad-checksum') bytes[bytes.length - 1]! ^= 0x55;
    this.#board.say(bytes);
  }
}
