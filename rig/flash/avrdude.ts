/** avrdude as the programmer of a board: found on the path, run without a shell, watched, and not believed by its exit code alone. */

import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { AvrdudeOutput } from './avrdude-output.ts';
import type { FlashJob, Programmer } from './programmer.ts';

/** A page that is not taken costs avrdude 5 s; several in a row, and it will not get better. */
const STUCK_ms = 12_000;
const LOOK_ms = 250;

const INSTALL: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'Debian and Ubuntu: apt-get install avrdude; Fedora: dnf install avrdude; Arch: pacman -S avrdude',
  darwin: 'brew install avrdude',
  win32: 'winget install AVRDudes.AVRDUDE, or unpack a release of avrdude and add its folder to PATH',
};

export const avrdudeMissing = (platform: NodeJS.Platform): RigError =>
  new RigError('programmerMissing', 'avrdude is not on the PATH.', {
    hint: `${INSTALL[platform] ?? 'install avrdude with the package manager of this system'}; or leave it to --programmer built-in`,
    blame: 'operator',
  });

export interface SearchPath {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** The whole path of the program, or null. */
export const findAvrdude = ({ env, platform }: SearchPath): string | null => {
  const names = platform === 'win32' ? ['avrdude.exe'] : ['avrdude'];
  // Windows calls it Path, and tells names of variables apart only by its own rules.
  const search = env['PATH'] ?? env['Path'] ?? '';
  for (const folder of search.split(platform === 'win32' ? ';' : ':').filter((one) => one !== ''))
    for (const name of names) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not there
      }
    }
  return null;
};

/** The Mega's bootloader is avrdude's `wiring`: STK500v2 behind a reset by DTR. -D: a bootloader cannot erase the chip it lives in. */
export const argumentsFor = (port: string, operation: string): readonly string[] => [
  '-p',
  'm2560',
  '-c',
  'wiring',
  '-P',
  port,
  '-b',
  '115200',
  '-D',
  '-U',
  operation,
];

interface Watched {
  readonly program: string;
  readonly args: readonly string[];
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly output: AvrdudeOutput;
}

/** Resolves with its exit code; null where it had to be ended. */
const run = async ({ program, args, clock, signal, output }: Watched): Promise<number | null> => {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: false });
  let last_ms = clock.now();
  const over = new AbortController();
  const hear = (bytes: Buffer): void => {
    if (output.take(bytes.toString('latin1'))) last_ms = clock.now();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => over.abort());
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await clock.sleep(LOOK_ms, over.signal).catch(() => undefined);
      if (!over.signal.aborted && (signal?.aborted || output.hopeless || clock.now() - last_ms > STUCK_ms)) child.kill('SIGKILL');
    }
  };
  const watching = watch();
  try {
    return await ended;
  } catch (cause) {
    throw new RigError('programmerMissing', `${program} cannot be started: ${(cause as Error).message}.`, {
      hint: 'install avrdude anew',
      cause,
    });
  } finally {
    await watching;
  }
};

export const avrdudeProgrammer = (program: string): Programmer => {
  const operate = async (
    { path: port, clock, signal }: Pick<FlashJob, 'path' | 'clock' | 'signal'>,
    operation: string,
    onProgress: FlashJob['onProgress'],
  ): Promise<void> => {
    const output = new AvrdudeOutput(onProgress);
    const exit = await run({ program, args: argumentsFor(port, operation), clock, output, ...(signal && { signal }) });
    signal?.throwIfAborted();
    const fault = output.fault(port, exit);
    if (fault !== null) throw fault;
  };
  return {
    name: 'avrdude',
    flash: (job) => operate(job, `flash:w:${job.file}:i`, job.onProgress),
    writeEeprom: (job, bytes) =>
      operate(job, `eeprom:w:${[...bytes].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(',')}:m`, () => undefined),
  };
};
