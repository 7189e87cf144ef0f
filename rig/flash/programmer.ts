/** What puts an image on a board: the same demands of avrdude and of our own programmer. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import type { HexImage } from '../sim/avr/hex.ts';

export const MEGA_SIGNATURE = '1e9801';
/** What other boards that people have at hand carry; the rest is named by its signature. */
const CHIPS: Readonly<Record<string, string>> = {
  '1e950f': 'ATmega328P (Uno, Nano)',
  '1e9514': 'ATmega328 (Uno, Nano)',
  '1e9516': 'ATmega328PB (Nano)',
  '1e9587': 'ATmega32U4 (Leonardo, Micro)',
  '1e9703': 'ATmega1280 (the first Mega)',
  '1e9651': 'ATmega4809 (Nano Every)',
};

export type FlashPhase = 'write' | 'verify';

export interface FlashJob {
  readonly path: string;
  /** The Intel HEX file, and what is in it. */
  readonly file: string;
  readonly image: HexImage;
  readonly clock: Clock;
  readonly onProgress: (phase: FlashPhase, fraction: number) => void;
  readonly signal?: AbortSignal;
}

export interface Programmer {
  readonly name: 'avrdude' | 'built-in';
  /** Writes and verifies. Throws RigError: a port's, `bootloaderSilent`, `bootloaderFault`, `wrongBoard` or `verifyFailed`. */
  flash(job: FlashJob): Promise<void>;
  /** Writes the first bytes of EEPROM and reads them back. */
  writeEeprom(job: Omit<FlashJob, 'file' | 'image' | 'onProgress'>, bytes: Uint8Array): Promise<void>;
}

/** `signature` as six lower-case hexadecimal digits. */
export const wrongBoard = (path: string, signature: string): RigError =>
  new RigError(
    'wrongBoard',
    `The board at ${path} is no Mega 2560: its signature is ${signature.toUpperCase()}, ${CHIPS[signature] ?? 'an unknown chip'}; an ATmega2560 has ${MEGA_SIGNATURE.toUpperCase()}. Nothing was written.`,
    { hint: 'Choose the port of the fixture (`rig ports`).', blame: 'operator' },
  );

export const verifyFailed = (path: string, where: string): RigError =>
  new RigError('verifyFailed', `What ${path} holds is not what was written: ${where}.`, {
    hint: 'Flash it again; if it fails at the same address the chip is worn out: use another board.',
  });
