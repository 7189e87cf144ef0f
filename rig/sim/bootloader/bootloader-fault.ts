/** What can be wrong with the board that is to be flashed, each by name. */

export const BOOTLOADER_FAULTS = {
  'wrong-signature': 'another chip answers: an ATmega328P',
  silent: 'nothing answers: the bootloader is gone, or the reset line is open',
  'bad-checksum': 'every answer comes with a wrong checksum',
  'dies-midway': 'the board says nothing more after 20 pages',
  'worn-page': 'one bit of the 20th page cannot be written',
} as const;

export type BootloaderFault = keyof typeof BOOTLOADER_FAULTS;

export const BOOTLOADER_FAULT_NAMES = Object.keys(BOOTLOADER_FAULTS) as readonly BootloaderFault[];
