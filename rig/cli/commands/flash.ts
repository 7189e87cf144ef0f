/** `rig flash`: the committed image onto the fixture's Mega 2560, verified, and the fixture greeted. */

import type { Argv } from 'yargs';
import { toFlashDocument } from '../../../reports/json.ts';
import { avrdudeMissing, avrdudeProgrammer, findAvrdude } from '../../flash/avrdude.ts';
import { loadFixtureImage } from '../../flash/fixture-image.ts';
import { flashBoard, type FlashOptions, type FlashResult } from '../../flash/flash-board.ts';
import { ownProgrammer } from '../../flash/own-programmer.ts';
import type { Programmer } from '../../flash/programmer.ts';
import { usbVerdict } from '../../flash/usb-boards.ts';
import { withdrawVerification } from '../../bench-file/verification.ts';
import type { PortInfo } from '../../link/bindings.ts';
import { nativeBinding } from '../../link/port.ts';
import { identityOf, listIdentities } from '../../link/usb-identity.ts';
import { UsageError } from '../failures.ts';
import { BENCH_OPTIONS, namedBenchFile } from '../bench-choice.ts';
import { flashProgress } from '../flash-progress.ts';
import { JSON_OPTION } from '../options.ts';
import { listenForStop, Stopped } from '../stop.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  programmer: {
    choices: ['auto', 'avrdude', 'built-in'] as const,
    requiresArg: true,
    default: 'auto',
    describe: 'what writes; auto: avrdude where it is on the PATH',
  },
  replace: { type: 'boolean', default: false, describe: 'also a board that runs something else than a fixture' },
  'board-id': { type: 'string', requiresArg: true, describe: 'eight hexadecimal digits to be known by [default: its own, or a new one]' },
  'bench-file': BENCH_OPTIONS['bench-file'],
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('port', { type: 'string', describe: 'serial port of the fixture [default: the only Mega 2560 there is]' })
    .options(OPTIONS)
    .example('$0 flash /dev/ttyACM0', 'bring the fixture there up to date')
    .example('$0 flash COM5 --replace', 'a Mega 2560 that ran something else until now');

interface Args {
  readonly port?: string;
  readonly programmer: 'auto' | 'avrdude' | 'built-in';
  readonly replace: boolean;
  readonly 'board-id'?: string;
  readonly 'bench-file'?: string;
  readonly json: boolean;
}

const chooseProgrammer = (asked: Args['programmer'], { err, env }: Surroundings, json: boolean): Programmer => {
  if (asked === 'built-in') return ownProgrammer();
  const found = findAvrdude({ env, platform: process.platform });
  if (found !== null) return avrdudeProgrammer(found);
  const missing = avrdudeMissing(process.platform);
  if (asked === 'avrdude') throw missing;
  if (!json) err.write(`${missing.message} Using the built-in programmer.\n`);
  return ownProgrammer();
};

/** The one Mega by its USB numbers; anything less clear is for the person to say. */
const onlyMega = (ports: readonly PortInfo[]): string => {
  const megas = ports.filter((port) => usbVerdict(port).kind === 'mega');
  if (megas.length === 1) return megas[0]!.path;
  const others = ports.filter((port) => port.vendorId !== undefined && usbVerdict(port).kind !== 'other').map(({ path }) => path);
  if (megas.length > 1)
    throw new UsageError(`There are ${megas.length} Mega 2560: ${megas.map(({ path }) => path).join(', ')}.`, 'say which: rig flash PORT');
  throw new UsageError(
    'No port is that of a Mega 2560 by its USB numbers.',
    others.length > 0
      ? `say which port it is: rig flash PORT, for example ${others.join(' or ')}`
      : 'plug it in, or say which port it is: rig flash PORT',
  );
};

const readBoardId = (text: string | undefined): string | undefined => {
  if (text === undefined) return undefined;
  if (!/^[0-9A-Fa-f]{8}$/.test(text) || /^(0{8}|F{8})$/i.test(text))
    throw new UsageError(`--board-id wants eight hexadecimal digits, not "${text}".`, 'for example --board-id 0A000001');
  return text.toUpperCase();
};

const sentence = ({ path, board, build: now, previous, named }: FlashResult, programmer: string): string =>
  `${path}: fixture ${board} runs build ${now}${previous === null ? '' : previous === now ? ', as before' : `, before it build ${previous}`}${named ? '; the board id is new' : ''} (written and verified by ${programmer}).\n`;

/** Who stopped it must not take the board for a fixture. */
const HALF_WRITTEN = 'the pins are safe, but the board may hold incomplete firmware: flash it again before anything is run on it';

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { json, replace } = args;
  const { out, clock } = surroundings;
  const boardId = readBoardId(args['board-id']);
  // Its verification ends with the flash.
  const file = namedBenchFile(args['bench-file'], surroundings);
  const image = loadFixtureImage();
  const programmer = chooseProgrammer(args.programmer, surroundings, json);
  const ports = await listIdentities(await nativeBinding(clock), clock);
  const path = args.port ?? onlyMega(ports);
  const usb = identityOf(path, ports);
  const stop = listenForStop();
  const progress = flashProgress(json, surroundings);
  /** From here on the board is not what it was. */
  let writing = false;
  try {
    const { signal } = stop;
    const onStep: FlashOptions['onStep'] = (step, fraction) => {
      writing ||= step === 'write';
      progress.onStep(step, fraction);
    };
    const result = await flashBoard({
      path,
      clock,
      programmer,
      image,
      usb,
      replace,
      onStep,
      signal,
      ...(boardId !== undefined && { boardId }),
    });
    progress.finish();
    if (file !== null && withdrawVerification(file, result.board) && !json)
      surroundings.err.write(`Bench ${file.name} has to be verified again: rig verify-bench.\n`);
    out.write(
      json
        ? `${JSON.stringify(toFlashDocument({ ...result, programmer: programmer.name, bytes: image.image.usedBytes }))}\n`
        : sentence(result, programmer.name),
    );
    return 0;
  } catch (cause) {
    progress.finish();
    throw cause instanceof Stopped && writing ? cause.but(HALF_WRITTEN) : cause;
  } finally {
    stop.release();
  }
};
