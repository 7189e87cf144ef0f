/** The whole of flashing: who is there, is it the right board, write and verify, and does what answers afterwards run the image that was meant. */

import { randomBytes } from 'node:crypto';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { isSimulatedBoard } from '../fixture/board-id.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { Conversation } from '../link/conversation.ts';
import { acquireLock } from '../link/lock.ts';
import { openPort, type Port } from '../link/port.ts';
import { hex } from '../wire/lines.ts';
import type { FixtureImage } from './fixture-image.ts';
import { demandMegaAt } from './own-programmer.ts';
import type { FlashPhase, Programmer } from './programmer.ts';
import { type UsbIdentity, usbVerdict } from './usb-boards.ts';

export type FlashStep = 'greet' | 'identify' | FlashPhase | 'name' | 'check';

export interface FlashOptions {
  readonly path: string;
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly clock: Clock;
  readonly programmer: Programmer;
  readonly image: FixtureImage;
  /** What the system says of the device; null where it says nothing. */
  readonly usb: UsbIdentity | null;
  /** Also where something else than a fixture answers. */
  readonly replace: boolean;
  /** Eight hexadecimal digits to be known by from now on; undefined: the board keeps its id, or draws one where it has none. */
  readonly boardId?: string;
  readonly onStep: (step: FlashStep, fraction: number) => void;
  readonly signal?: AbortSignal;
}

export interface FlashResult {
  readonly path: string;
  readonly board: string;
  readonly build: string;
  /** What the fixture ran before; null where no fixture of this version answered. */
  readonly previous: string | null;
  readonly named: boolean;
  readonly simulated: boolean;
}

/** As for `rig ports`: longer than most bootloaders hold a board. */
const GREETING_ms = 2_600;
/** A port that was just closed is opened again by another program, or another rate. */
const BETWEEN_ms = 100;
const BLANK_ID = 0xffff_ffff;

interface Greeted {
  readonly board: number;
  readonly build: string;
}

const open = ({ path, clock, binding }: FlashOptions): Promise<Port> => openPort({ path, clock, ...(binding && { binding }) });

const greetOn = async (port: Port, { clock }: FlashOptions, patience_ms?: number): Promise<Greeted> => {
  const conversation = new Conversation({ port, clock, nonce: 0x2000, ...(patience_ms !== undefined && { patience_ms }) });
  try {
    const { board, build } = await conversation.hello();
    return { board, build: hex(build, 8) };
  } finally {
    await conversation.close();
    await clock.sleep(BETWEEN_ms);
  }
};

/** The fixture that is there; null for a board that is blank, or a fixture of another version. Throws where something else answers. */
const whoIsThere = async (options: FlashOptions): Promise<Greeted | null> => {
  // What is no port at all cannot be replaced either.
  const port = await open(options);
  try {
    return await greetOn(port, options, GREETING_ms);
  } catch (cause) {
    if (!(cause instanceof RigError)) throw cause;
    if (['fixtureSilent', 'protocolVersion', 'signalTable'].includes(cause.code)) return null;
    if (cause.code === 'portForeign' && options.replace) return null;
    if (cause.code !== 'portForeign') throw cause;
    throw new RigError('portForeign', `${cause.message.replace(/\.$/, '')}. Nothing was written.`, {
      hint: 'Choose another port (`rig ports`), or give --replace where what runs on that board may be lost.',
      blame: 'operator',
      cause,
    });
  }
};

const refuseOtherBoard = ({ path, usb }: FlashOptions): void => {
  const verdict = usb === null ? null : usbVerdict(usb);
  if (verdict?.kind !== 'other') return;
  throw new RigError('wrongBoard', `${path} is an ${verdict.name} by its USB numbers, no Mega 2560. Nothing was written.`, {
    hint: 'Choose the port of the fixture (`rig ports`).',
    blame: 'operator',
  });
};

/** Any id but those that mean something: nothing written, and simulated. */
const drawId = (): number => {
  for (;;) {
    const id = randomBytes(4).readUInt32BE();
    if (id !== BLANK_ID && id !== 0 && !isSimulatedBoard(id)) return id;
  }
};

/** A simulated board stays known as one, and a real one is never taken for it. */
const wantedId = (board: number, asked: string | undefined): number => {
  if (asked === undefined) return board === BLANK_ID ? drawId() : board;
  const wanted = parseInt(asked, 16);
  if (isSimulatedBoard(wanted) === isSimulatedBoard(board)) return wanted;
  throw new RigError(
    'optionBad',
    `The board ${hex(board, 8)} cannot be called ${asked}: ids that begin with 51 are those of simulated boards, and only theirs.`,
    {
      hint: 'choose another id',
      blame: 'operator',
    },
  );
};

const bigEndian = (id: number): Uint8Array => Uint8Array.from([id >>> 24, (id >>> 16) & 0xff, (id >>> 8) & 0xff, id & 0xff]);

const checked = async (options: FlashOptions): Promise<Greeted> => {
  const greeted = await greetOn(await open(options), options);
  if (greeted.build !== options.image.build)
    throw new RigError(
      'verifyFailed',
      `The fixture at ${options.path} was flashed with build ${options.image.build} and answers as build ${greeted.build}.`,
      { hint: 'Flash it again; if it stays so, this is another board than the one that was written.' },
    );
  return greeted;
};

/**
 * Puts the image on a Mega and greets it. Throws RigError: a port's (`portMissing`, `portBusy`, `portForeign`, `portClosed`), `wrongBoard`,
 * `bootloaderSilent`, `bootloaderFault`, `verifyFailed`, or a greeting's. A board that failed midway keeps its bootloader: it is flashed again.
 */
export const flashBoard = async (options: FlashOptions): Promise<FlashResult> => {
  const { path, clock, programmer, image, binding, signal, onStep } = options;
  refuseOtherBoard(options);
  const lock = binding === undefined ? acquireLock(path) : null;
  const job = { path, clock, ...(signal && { signal }) };
  const step = (name: FlashStep): void => {
    signal?.throwIfAborted();
    onStep(name, 0);
  };
  try {
    step('greet');
    const previous = await whoIsThere(options);
    if (previous !== null) wantedId(previous.board, options.boardId);
    step('identify');
    await demandMegaAt(job, binding);
    await clock.sleep(BETWEEN_ms);
    step('write');
    await programmer.flash({ ...job, file: image.file, image: image.image, onProgress: onStep });
    await clock.sleep(BETWEEN_ms);
    step('check');
    let { board } = await checked(options);
    const wanted = wantedId(board, options.boardId);
    const named = wanted !== board;
    if (named) {
      step('name');
      await programmer.writeEeprom(job, bigEndian(wanted));
      await clock.sleep(BETWEEN_ms);
      step('check');
      ({ board } = await checked(options));
      if (board !== wanted)
        throw new RigError('verifyFailed', `The fixture was given the id ${hex(wanted, 8)} and calls itself ${hex(board, 8)}.`, {
          hint: 'Flash it again; if it stays so, its EEPROM is worn out.',
        });
    }
    return { path, board: hex(board, 8), build: image.build, previous: previous?.build ?? null, named, simulated: isSimulatedBoard(board) };
  } finally {
    lock?.release();
  }
};
