/** Puts an image on a Mega 2560 through its bootloader, where avrdude is not at hand: AVR068 in a few commands. */

import { RigError } from '../error.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { BootloaderLink, bootloaderSilent } from './bootloader-link.ts';
import { openAndReset } from './byte-port.ts';
import { type FlashJob, MEGA_SIGNATURE, type Programmer, verifyFailed, wrongBoard } from './programmer.ts';
import { COMMAND } from './stk500v2.ts';

/** Of the Mega's bootloader. Source: ELECTRICS.md, "Mega". */
const BAUD_RATE = 115_200;
const PAGE_bytes = 256;
const EEPROM_PAGE_bytes = 8;
/** The section of the bootloader itself, which it does not write. */
const BOOT_SECTION = 0x3e000;
/** A bootloader needs a moment to start, and gives up after about a second. */
const SIGN_ON_PATIENCE_ms = 200;
const SIGN_ON_ATTEMPTS = 12;

/** Time-out 200 ms, stabilisation 100, execution 25, 32 loops, no byte delay, poll value 0x53 at 3, and the chip's own instruction. Source: AVR068, CMD_ENTER_PROGMODE_ISP. */
const ENTER = [COMMAND.enterProgramming, 200, 100, 25, 32, 0, 0x53, 3, 0xac, 0x53, 0, 0];
const LEAVE = [COMMAND.leaveProgramming, 1, 1];
/** Four bytes out, four back; the last is the signature's. Source: AVR068, CMD_SPI_MULTI; data sheet, "Read Signature Byte". */
const signatureByte = (index: number): readonly number[] => [COMMAND.spiMulti, 4, 4, 0, 0x30, 0, index, 0];
/** A word address; bit 31 says that the chip has more than 64 K words. */
const loadAddress = (words: number): readonly number[] => [
  COMMAND.loadAddress,
  0x80 | (words >>> 24),
  (words >> 16) & 0xff,
  (words >> 8) & 0xff,
  words & 0xff,
];
const size = (bytes: number): readonly number[] => [bytes >> 8, bytes & 0xff];
/** Page mode by value polling off: the bootloader waits by itself. */
const programFlash = (page: Uint8Array): readonly number[] => [
  COMMAND.programFlash,
  ...size(page.length),
  0xc1,
  10,
  0x40,
  0x4c,
  0x20,
  0,
  0,
  ...page,
];
const programEeprom = (page: Uint8Array): readonly number[] => [
  COMMAND.programEeprom,
  ...size(page.length),
  0xc1,
  10,
  0xc1,
  0xc2,
  0xa0,
  0,
  0,
  ...page,
];

const signOn = async (link: BootloaderLink, path: string, signal?: AbortSignal): Promise<void> => {
  for (let attempt = 0; attempt < SIGN_ON_ATTEMPTS; attempt += 1) {
    signal?.throwIfAborted();
    const answer = await link.ask([COMMAND.signOn], SIGN_ON_PATIENCE_ms);
    if (answer !== null && answer[0] === COMMAND.signOn && answer[1] === 0) return;
  }
  if (link.garbled > 0)
    throw new RigError('bootloaderFault', `The bootloader at ${path} answers, but always with a wrong checksum.`, {
      hint: 'Check the USB cable, and try without a hub.',
      blame: 'link',
    });
  throw bootloaderSilent(path);
};

const demandMega = async (link: BootloaderLink, path: string): Promise<void> => {
  const bytes: number[] = [];
  for (let index = 0; index < 3; index += 1) bytes.push((await link.insist('read the signature', signatureByte(index)))[3] ?? 0);
  const signature = Buffer.from(bytes).toString('hex');
  if (signature !== MEGA_SIGNATURE) throw wrongBoard(path, signature);
};

const pagesOf = (bytes: number): readonly number[] =>
  Array.from({ length: Math.ceil(bytes / PAGE_bytes) }, (_, index) => index * PAGE_bytes);
const hexAddress = (address: number): string => `0x${address.toString(16).toUpperCase().padStart(5, '0')}`;

const writeAndVerify = async (link: BootloaderLink, { path, image, onProgress, signal }: FlashJob): Promise<void> => {
  const pages = pagesOf(image.usedBytes);
  const page = (address: number): Uint8Array => image.flash.subarray(address, address + PAGE_bytes);
  for (const [index, address] of pages.entries()) {
    signal?.throwIfAborted();
    await link.insist(`write the page at ${hexAddress(address)}`, loadAddress(address / 2), programFlash(page(address)));
    onProgress('write', (index + 1) / pages.length);
  }
  for (const [index, address] of pages.entries()) {
    signal?.throwIfAborted();
    const asked = [COMMAND.readFlash, ...size(PAGE_bytes), 0x20];
    const got = await link.insist(`read the page at ${hexAddress(address)}`, loadAddress(address / 2), asked);
    const wanted = page(address);
    const off = wanted.findIndex((byte, at) => got[at] !== byte);
    if (off >= 0) {
      const [want, have] = [wanted[off]!, got[off] ?? 0].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
      throw verifyFailed(path, `byte ${hexAddress(address + off)} reads ${have} instead of ${want}`);
    }
    onProgress('verify', (index + 1) / pages.length);
  }
};

const writeBytes = async (link: BootloaderLink, path: string, bytes: Uint8Array): Promise<void> => {
  const asked = [COMMAND.readEeprom, ...size(EEPROM_PAGE_bytes), 0xa0];
  const before = await link.insist('read the EEPROM', loadAddress(0), asked);
  const page = Uint8Array.from(before.subarray(0, EEPROM_PAGE_bytes));
  page.set(bytes);
  await link.insist('write the EEPROM', loadAddress(0), programEeprom(page));
  const after = await link.insist('read the EEPROM', loadAddress(0), asked);
  if (page.some((byte, at) => after[at] !== byte)) throw verifyFailed(path, 'the EEPROM does not keep the board id');
};

type Session = Pick<FlashJob, 'path' | 'clock' | 'signal'>;

/** Resets the board and speaks with its bootloader: a Mega's, or nothing is done. */
const session = async (
  { path, clock, signal }: Session,
  binding: BindingInterface | undefined,
  work: (link: BootloaderLink) => Promise<void>,
): Promise<void> => {
  const port = await openAndReset({ path, clock, baudRate: BAUD_RATE, ...(binding && { binding }) });
  try {
    const link = new BootloaderLink(port, clock);
    await signOn(link, path, signal);
    await link.insist('enter programming', ENTER);
    await demandMega(link, path);
    await work(link);
    await link.insist('leave programming', LEAVE);
  } finally {
    await port.close();
  }
};

/** Throws RigError `wrongBoard`, `bootloaderSilent` or `bootloaderFault`. Nothing is written. */
export const demandMegaAt = (where: Session, binding?: BindingInterface): Promise<void> => session(where, binding, async () => undefined);

/** `binding`: absent for the machine's own ports. */
export const ownProgrammer = (binding?: BindingInterface): Programmer => ({
  name: 'built-in',
  flash: (job) => {
    if (job.image.usedBytes > BOOT_SECTION)
      throw new RigError(
        'imageTooLarge',
        `The image has ${job.image.usedBytes} bytes; a Mega 2560 has ${BOOT_SECTION} below its bootloader.`,
      );
    return session(job, binding, (link) => writeAndVerify(link, job));
  },
  writeEeprom: (job, bytes) => session(job, binding, (link) => writeBytes(link, job.path, bytes)),
});
