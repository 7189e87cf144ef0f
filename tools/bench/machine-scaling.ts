/** How much more two processes with nothing in common get done on this machine than one does: what no worker thread can surpass. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { loadImage, UNIT_IMAGE } from '../../rig/run/images.ts';
import { median } from './timed-run.ts';
import { timeStockBoard } from './stock-loop.ts';

/** Of one board on the stock emulator: a tight loop that hardly touches memory. */
const VIRTUAL_s = 3;
const TRIES = 3;

/** Milliseconds that each of so many processes at once takes for the same work; the longest counts. */
const together = async (processes: number): Promise<number> => {
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, [fileURLToPath(import.meta.url)], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  const took_ms = await Promise.all(
    children.map(async (child) => {
      const [printed, [status]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      if (status !== 0) throw new Error(`A process of the machine's own measure ended with ${String(status)}.`);
      return Number(printed);
    }),
  );
  return Math.max(...took_ms);
};

/** Work a second of two processes, as a multiple of one's. */
export const machineScaling = async (): Promise<number> => {
  const tries: number[] = [];
  for (let index = 0; index < TRIES; index += 1) {
    const [one, two] = [await together(1), await together(2)];
    tries.push((2 * one) / two);
  }
  return median(tries);
};

if (import.meta.main) {
  const { flash } = loadImage(UNIT_IMAGE, 'unit').image;
  timeStockBoard('unit', flash, VIRTUAL_s / 10); // compiles
  process.stdout.write(String(timeStockBoard('unit', flash, VIRTUAL_s)));
}
