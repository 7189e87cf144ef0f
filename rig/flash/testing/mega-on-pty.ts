/** A Mega's bootloader behind a pseudo-terminal with no wire time: what another program flashes in a test within a second. */

import { Bootloader } from '../../sim/bootloader/bootloader.ts';
import type { BootloaderFault } from '../../sim/bootloader/bootloader-fault.ts';
import { openPty } from '../../sim/pty.ts';

const FLASH_bytes = 256 * 1024;
const EEPROM_bytes = 4096;
const BOOTLOADER_baud = 115_200;

export interface MegaOnPty {
  readonly path: string;
  readonly flash: Uint8Array;
  readonly eeprom: Uint8Array;
  /** How often its port was opened, and its application started. */
  readonly counts: { opened: number; started: number };
  close(): void;
}

export const megaOnPty = async (fault: BootloaderFault | null = null): Promise<MegaOnPty> => {
  const pty = await openPty();
  const flash = new Uint8Array(FLASH_bytes).fill(0xff);
  const eeprom = new Uint8Array(EEPROM_bytes).fill(0xff);
  const counts = { opened: 0, started: 0 };
  const bootloader = new Bootloader(
    {
      memories: { flash, eeprom, program: (address, bytes) => flash.set(bytes, address) },
      say: (bytes) => pty.write(bytes),
      after: (_ms, action) => action(),
      stay: () => undefined,
      leave: () => (counts.started += 1),
    },
    fault,
  );
  pty.onOpen = () => {
    counts.opened += 1;
    bootloader.begin();
  };
  pty.onData = (bytes) => {
    if (pty.baudRate() === BOOTLOADER_baud) for (const byte of bytes) bootloader.hear(byte);
  };
  return { path: pty.path, flash, eeprom, counts, close: () => pty.close() };
};
