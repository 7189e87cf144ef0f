/** A simulated bench whose board is to be flashed, in virtual time, and what became of an attempt. */

import { RigError } from '../../error.ts';
import { simulate } from '../../run/simulated-case.ts';
import type { BootloaderFault } from '../../sim/bootloader/bootloader-fault.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { loadFixtureImage } from '../fixture-image.ts';
import type { FlashOptions, FlashResult } from '../flash-board.ts';
import { ownProgrammer } from '../own-programmer.ts';

export const megaToFlash = ({
  fault = null,
  blank = true,
  seed = 1,
}: { fault?: BootloaderFault | null; blank?: boolean; seed?: number } = {}): Simulation =>
  simulate({ seed, occasion: 'flash', pace: 'virtual', blank, bootloaderFault: fault });

export const flashOptions = ({ binding, path, clock }: Simulation, more: Partial<FlashOptions> = {}): FlashOptions => ({
  path,
  binding,
  clock,
  programmer: ownProgrammer(binding),
  image: loadFixtureImage(),
  usb: null,
  replace: false,
  onStep: () => undefined,
  ...more,
});

/** The code and words of what stopped it; throws where nothing did. */
export const refusedFlash = async (work: Promise<FlashResult>): Promise<RigError> => {
  const cause = await work.then(
    () => new Error('The board was flashed.'),
    (fault: unknown) => fault,
  );
  if (cause instanceof RigError) return cause;
  throw cause;
};
