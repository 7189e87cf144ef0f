/** The memories of an ATmega2560 as its bootloader reaches them: pages of flash below its own section, EEPROM, signature and fuses. */

export const PAGE_bytes = 256;
/** The boot section of a Mega 2560 (BOOTSZ = 00): 4 096 words at the top. Source: ATmega2560 data sheet, "Boot Loader Parameters". */
export const BOOT_SECTION = 0x3e000;
export const MEGA_SIGNATURE = [0x1e, 0x98, 0x01] as const;
/** Fuses and lock bits that a Mega leaves its factory with. */
const FUSES = { low: 0xff, high: 0xd8, extended: 0xfd, lock: 0xcf } as const;

export interface BoardMemories {
  readonly flash: Readonly<Uint8Array>;
  program(address: number, bytes: Uint8Array): void;
  readonly eeprom: Uint8Array;
}

/** Erases and writes a page, as SPM does: what is left out of it reads 0xFF. False where the address is no page of the application. */
export const writePage = (memories: BoardMemories, address: number, bytes: Uint8Array): boolean => {
  if (address % PAGE_bytes !== 0 || bytes.length > PAGE_bytes || address + PAGE_bytes > BOOT_SECTION) return false;
  const page = new Uint8Array(PAGE_bytes).fill(0xff);
  page.set(bytes);
  memories.program(address, page);
  return true;
};

/** What serial programming would answer to an instruction of four bytes; the bootloader plays the part of the chip's SPI. Source: data sheet, "Serial Programming Instruction Set". */
export const spiAnswer = (instruction: Uint8Array, signature: readonly number[]): number => {
  const [operation = 0, middle = 0, low = 0] = instruction;
  if (operation === 0x30) return signature[low & 3] ?? 0xff;
  if (operation === 0x50) return middle === 0x08 ? FUSES.extended : FUSES.low;
  if (operation === 0x58) return middle === 0x08 ? FUSES.high : FUSES.lock;
  return 0;
};
