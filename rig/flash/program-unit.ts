/** Firmware into the unit under test by the commands of a bench file: started without a shell, ended when their time is over, and believed only as far as something was read back. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import type { UnitProgram } from '../../scenarios/contracts/bench-file.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { FILE_WORD } from '../../scenarios/language/bench/command-words.ts';
import { RigError } from '../error.ts';
import { loadImage } from '../run/images.ts';
import { AvrdudeOutput } from './avrdude-output.ts';

/** How surely it is known what runs in a unit: read back, told by whoever gave the image, or not at all. */
export type UnitFirmware = 'verified' | 'declared' | 'unknown';

export interface ProgramOptions {
  readonly program: UnitProgram;
  /** Where a program given by a relative path lies. */
  readonly folder: string;
  readonly image: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the programs say, as it comes. */
  readonly onOutput: (text: string) => void;
}

const LAST_LINES = 6;

const failed = (message: string, hint: string, cause?: unknown): RigError => new RigError('unitProgram', message, { hint, cause });

const NOTHING_RUN = 'no case was run; look at the programmer, its cable and the unit';

/** The program with its arguments as it is started; a bare name is looked for on the PATH. */
const started = ([name = '', ...args]: readonly string[], { folder, image }: ProgramOptions): readonly [string, readonly string[]] => [
  /[\\/]/.test(name) ? path.resolve(folder, name) : name,
  args.map((arg) => arg.replaceAll(FILE_WORD, path.resolve(image))),
];

const lastWords = (text: string): string => {
  const lines = text.split(/[\r\n]+/).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return lines.length === 0 ? 'it said nothing' : lines.slice(-LAST_LINES).join(' / ');
};

/** What the program said. Throws RigError `unitProgram` where it does not end with 0 in time; the signal's reason where that aborts. */
const runProgram = async (words: readonly string[], what: string, options: ProgramOptions): Promise<string> => {
  const { program, clock, signal, onOutput } = options;
  const [file, args] = started(words, options);
  signal.throwIfAborted();
  // A group of its own, so that what the program starts ends with it.
  const ownGroup = process.platform !== 'win32';
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: false, detached: ownGroup });
  let said = '';
  const hear = (bytes: Buffer): void => {
    const text = bytes.toString('utf8');
    said += text;
    onOutput(text);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const kill = (): void => {
    try {
      if (ownGroup && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      else child.kill('SIGKILL');
    } catch {
      // ended in the meantime
    }
  };
  const over = new AbortController();
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, by) => resolve(code ?? by ?? 'an unknown end'));
  }).finally(() => over.abort());
  const timeout_ms = program.timeout_us / 1000;
  let late = false;
  const watch = clock.sleep(timeout_ms, AbortSignal.any([over.signal, signal])).then(
    () => {
      late = !over.signal.aborted && !signal.aborted;
      if (!over.signal.aborted) kill();
    },
    () => {
      if (!over.signal.aborted) kill();
    },
  );
  let exit: number | string;
  try {
    exit = await ended;
  } catch (cause) {
    throw failed(
      `${file} cannot be started to ${what} the unit: ${(cause as Error).message}.`,
      'correct `unit: program:` in the bench file, or install the program',
      cause,
    );
  } finally {
    await watch;
  }
  signal.throwIfAborted();
  if (late) throw failed(`${file} did not ${what} the unit within ${timeout_ms / 1000} s and was ended: ${lastWords(said)}.`, NOTHING_RUN);
  if (exit !== 0)
    throw failed(`${file} could not ${what} the unit: it ended with ${exit}, after the words: ${lastWords(said)}.`, NOTHING_RUN);
  return said;
};

/** avrdude 7.1 ends with 0 where every answer it got was garbled. */
const avrdudeFault = ([name = '']: readonly string[], said: string): RigError | null => {
  if (!/^avrdude(\.exe)?$/i.test(path.basename(name))) return null;
  const output = new AvrdudeOutput(() => undefined);
  output.take(said);
  return output.fault('the unit', 0);
};

/** Null for what is no image any more. */
const hashNow = (image: string): string | null => {
  try {
    return loadImage(image, 'unit').hash;
  } catch {
    return null;
  }
};

/** Programs the unit, and reads it back where the bench file says how. Throws RigError `unitProgram`, or an image's. */
export const programUnit = async (options: ProgramOptions): Promise<UnitFirmware> => {
  const { program, image } = options;
  const before = loadImage(image, 'unit').hash;
  await runProgram(program.command, 'program', options);
  if (program.verify !== null) {
    const fault = avrdudeFault(program.verify, await runProgram(program.verify, 'verify', options));
    if (fault !== null) throw failed(`The unit was not verified: ${fault.message}`, NOTHING_RUN, fault);
  }
  if (hashNow(image) !== before)
    throw failed(
      `${image} was changed while it was put into the unit, so nobody knows what is there.`,
      'run it again and leave the file alone',
    );
  return program.verify === null ? 'declared' : 'verified';
};
